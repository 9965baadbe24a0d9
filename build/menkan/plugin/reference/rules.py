"""Every public name of `menkan.rules`, from its source: what a checker can be written with."""

import doctest
import re
from pathlib import Path

import menkan.rules
from menkan.plugin.reference.source import Entry, read_package
from menkan.plugin.reference.words import Words, words

__all__ = ["rules_reference"]

# In the order in which somebody who writes a checker meets them.
_MODULES = (
    *("inputs", "measures", "nodes", "values", "checker", "verdict"),
    *("errors", "tables", "linting", "loading"),
)


def rules_reference(language: str, folder: Path | None = None) -> str:
    """The page's Markdown: signature, docstring, errors and example of each name.

    `folder` is that of the package, the installed one without it.
    """
    say = words(language)
    found = read_package(folder or Path(menkan.rules.__file__).parent)
    names = {entry.name for entry in found}
    strange = sorted({entry.module for entry in found} - set(_MODULES))
    if strange:
        raise LookupError(f"menkan.rules: no heading is known for {', '.join(strange)}.")
    parts = [say["from_code"]]
    for module in _MODULES:
        parts.append(f"## {say[f'modules.{module}']} {{#{module}}}")
        parts += [_entry(entry, names, say) for entry in found if entry.module == module]
    return "\n\n".join(parts)


def _entry(entry: Entry, names: set[str], say: Words) -> str:
    prose, example = told(entry)
    parts = [f"### `{entry.name}` {{#{entry.name}}}"]
    if entry.signature:
        parts.append(_code("python", entry.signature))
    parts.append(say.english(prose))
    raises = [name for name in (*entry.raises, *_named(prose)) if name in names]
    if raises:
        linked = ", ".join(f"[`{name}`](#{name})" for name in dict.fromkeys(raises))
        parts.append(f"**{say['raises']}** {linked}")
    parts += [say["and"].replace("`{}`", f"[`{name}`](#{name})") for name in entry.above]
    if entry.members:
        rows = [f"- `{one.signature}`<br>{_inline(one, names, say)}" for one in entry.members]
        parts.append("\n".join(rows))
    if example:
        parts.append(_code("pycon", example))
    return "\n\n".join(parts)


def told(entry: Entry) -> tuple[str, str]:
    """An entry's docstring as prose and the example in it, as typed and answered."""
    first = entry.doc.find(">>> ")
    if first < 0:
        return entry.doc, ""
    doctest.DocTestParser().get_examples(entry.doc)  # ValueError where it is badly written
    return entry.doc[:first].strip(), entry.doc[first:].strip()


def _inline(member: Entry, names: set[str], say: Words) -> str:
    prose = " ".join(told(member)[0].split())
    raises = [name for name in (*member.raises, *_named(prose)) if name in names]
    linked = ", ".join(f"[`{name}`](#{name})" for name in dict.fromkeys(raises))
    return say.english_words(prose) + (f" **{say['raises']}** {linked}" if linked else "")


def _named(prose: str) -> list[str]:
    """The errors that a docstring names."""
    return re.findall(r"`(\w+Errors?)`", prose)


def _code(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"
