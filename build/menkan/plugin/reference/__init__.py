"""Reference pages drawn from the code itself, so that they cannot differ from it.

A page written by hand takes one in with a line `<!-- menkan: rules -->`; so may the pages of any
site. Nothing here knows a site's own pages.
"""

import re
from collections.abc import Callable

from menkan.plugin.reference.commands import commands_reference, examples, installed_command
from menkan.plugin.reference.formats import formats_reference
from menkan.plugin.reference.options import options_table
from menkan.plugin.reference.rules import rules_reference, told
from menkan.plugin.reference.source import Entry, read_package
from menkan.site import Site

__all__ = [
    "REFERENCES",
    "Entry",
    "commands_reference",
    "examples",
    "formats_reference",
    "installed_command",
    "options_table",
    "read_package",
    "rules_reference",
    "told",
    "with_reference",
]

# Every reference that a page may take in, by the name in its marker.
REFERENCES: dict[str, Callable[[Site, str, str], str]] = {
    "commands": lambda site, language, prefix: commands_reference(language),
    "json": formats_reference,
    "options": lambda site, language, prefix: options_table(language),
    "rules": lambda site, language, prefix: rules_reference(language),
}
_MARKER = re.compile(rf"^<!-- *menkan: *({'|'.join(REFERENCES)}) *-->[ \t]*$", re.MULTILINE)


def with_reference(text: str, site: Site, language: str, prefix: str = "") -> str:
    """Replace the markers of references in a page's Markdown; others are left as they are.

    `prefix` is the address of the root of the language's pages, relative to the page's own.
    """
    return _MARKER.sub(lambda match: REFERENCES[match[1]](site, language, prefix), text)
