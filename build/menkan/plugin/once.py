"""Templates compiled once, and the entries of the navigation that look alike on many pages.

Every page shows the whole navigation, so rendering it anew each time costs pages times entries.
An entry that the reader is not in differs between pages only by where its links start from: it is
rendered once for each folder of pages.
"""

import re
from collections.abc import Callable
from posixpath import dirname, normpath

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

__all__ = ["Entries", "prepare"]

_BLANK = re.compile(r"\s*\n\s*")


class Entries:
    """The entries of one build's navigation, as HTML."""

    def __init__(self, nav: Navigation) -> None:
        self._kept: dict[tuple[str, str], str] = {}
        # Seen from above a page, the link to it starts differently than seen from beside.
        self._above = {folder for page in nav.pages for folder in _above(page.url)}

    def __call__(
        self,
        render: Callable[[Page | Section, str, int], str],
        item: Page | Section,
        path: str,
        page: Page | None,
    ) -> str:
        """Return what `render` gives for a top-level entry of the navigation, in fewer blanks.

        `path` is the entry's id in the page; `page` the one it is shown on, None for a template.
        """
        if page is None or item.active:
            return render(item, path, 1)
        base = normpath(page.url.rpartition("/")[0])
        key = path, base if base in self._above else f"beside {dirname(base)}/"
        if key not in self._kept:
            self._kept[key] = _BLANK.sub("\n", render(item, path, 1))
        return self._kept[key]


def _above(url: str) -> list[str]:
    """The folders above an address: `a` and `.` for `a/b/`."""
    found = []
    folder = normpath(url)
    while folder != ".":
        folder = dirname(folder) or "."
        found.append(folder)
    return found


class _Compiled(BytecodeCache):
    """Compiled templates by name and source, shared by all builds of the process."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], object] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


def prepare(env: Environment, entries: Entries) -> Environment:
    """Give a build's templates what `theme/partials/nav.html` calls, and the compiled ones."""
    env.bytecode_cache = _COMPILED
    env.globals["menkan_entry"] = entries
    return env
