"""The theme's stylesheet without the rules and names that no page of the finished site can use.

A browser paints nothing before the stylesheet is there, so its bytes are the reader's waiting.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import tinycss2

from menkan.pack.files import digest

__all__ = ["names_in", "trim_styles", "trimmed"]

_VALUES = re.compile(rb"""\b(class|dir)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_NAME = re.compile(r"--[\w-]+")
_USE = re.compile(r"var\(\s*(--[\w-]+)")
_GROUPS = {"media", "supports", "layer", "container"}
_Known = Callable[[str], bool]


def trim_styles(folder: Path, shared: Path) -> None:
    """Trim the theme's main stylesheet in the finished pages below `folder`, and name it anew.

    `shared` holds the scripts and forms of all languages. The sheet's name tells what is in it, so
    that no cache gives a page the sheet of an older site.
    """
    pages = sorted(folder.rglob("*.html"))
    forms = sorted(shared.rglob("*.html"))
    scripts = _texts("*.js", folder, shared)
    names = names_in(page.read_bytes() for page in [*pages, *forms])
    for sheet in sorted(folder.glob("assets/stylesheets/main.*.min.css")):
        css = sheet.read_text("utf-8")
        sheet.unlink()
        sheet.with_name(f"{sheet.name}.map").unlink(missing_ok=True)
        text = trimmed(css, names, scripts, _texts("*.css", folder, shared))
        new = sheet.with_name(f"main.{digest(text)[:8]}.min.css")
        new.write_text(text, encoding="utf-8")
        for page in pages:
            html = page.read_bytes()
            page.write_bytes(html.replace(sheet.name.encode(), new.name.encode()))


def names_in(pages: Iterable[bytes]) -> set[str]:
    """What selectors may ask for in these pages: classes, as they are, and directions: `dir=ltr`."""
    # Values are gathered whole first: most of them stand on every page.
    values = {
        (kind, value)
        for page in pages
        for kind, *quoted in _VALUES.findall(page)
        for value in quoted
    }
    return {
        f"dir={name}" if kind == b"dir" else name
        for kind, value in values
        for name in value.decode().split()
    }


def trimmed(css: str, names: set[str], scripts: str = "", others: str = "") -> str:
    """`css` without what cannot apply to pages with `names` and what `scripts` do to them.

    A selector goes if it asks for a class or a direction that no page has and no script names, in
    whole or by its beginning. A custom property goes if neither the rest, `scripts` nor `others`,
    the other stylesheets, name it.
    """
    words = set(_WORD.findall(scripts))
    begun = tuple(word for word in words if word.endswith("-"))
    named = {*_NAME.findall(scripts), *_NAME.findall(others)}

    def known(name: str) -> bool:
        return name in names or name in words or name.startswith(begun)

    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    before, text = "", "".join(_rules(rules, known))
    while text != before:
        before = text
        used = {*_USE.findall(text), *named}
        text = "".join(_declared(tinycss2.parse_stylesheet(text), used))
    return text


def _texts(kind: str, *folders: Path) -> str:
    paths = [path for folder in folders for path in sorted(folder.rglob(kind))]
    return "\n".join(path.read_text("utf-8") for path in paths)


def _rules(nodes: list[Any], known: _Known) -> Iterator[str]:
    """The text of the rules that can apply."""
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [one for one in _split(node.prelude) if all(map(known, _asked(one)))]
            if selectors:
                body = tinycss2.serialize(node.content)
                yield f"{','.join(map(tinycss2.serialize, selectors))}{{{body}}}"
        elif node.type == "at-rule" and node.lower_at_keyword in _GROUPS and node.content:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            body = "".join(_rules(inner, known))
            if body:
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{body}}}"
        else:
            yield node.serialize()


def _declared(nodes: list[Any], used: set[str]) -> Iterator[str]:
    """The text of rules without the custom properties that nothing uses."""
    for node in nodes:
        if node.type == "qualified-rule":
            declarations = tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            )
            kept = [
                one
                for one in declarations
                if one.type != "declaration" or not one.name.startswith("--") or one.name in used
            ]
            if kept:
                body = ";".join(one.serialize().rstrip(";") for one in kept)
                yield f"{tinycss2.serialize(node.prelude)}{{{body}}}"
        else:
            yield node.serialize()


def _split(prelude: list[Any]) -> list[list[Any]]:
    """The selectors of a rule, as tokens: what stands between its commas."""
    selectors: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _asked(selector: list[Any]) -> Iterator[str]:
    """The names without which a selector fits nothing; what stands in :not() and the like is none."""
    for dot, name in pairwise(selector):
        if dot.type == "literal" and dot.value == "." and name.type == "ident":
            yield name.value
    for token in selector:
        if token.type == "[] block":
            asked = tinycss2.serialize(token.content).replace('"', "")
            if asked.startswith("dir="):
                yield asked
