"""The theme's stylesheet without the rules and names that no page of the finished site can use.

A browser paints nothing before the stylesheet is there, so its bytes are the reader's waiting.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
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
_USED_INSIDE = re.compile(rb"var\(\s*(--[\w-]+)")
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
    """What these pages have that a sheet may ask for or they of it.

    Classes as they are, directions as `dir=ltr`, custom properties that are used as `--name`.
    """
    values: set[tuple[bytes, bytes]] = set()  # whole: most of them stand on every page
    names: set[str] = set()
    for page in pages:
        values.update((kind, v) for kind, *quoted in _VALUES.findall(page) for v in quoted)
        names.update(name.decode() for name in _USED_INSIDE.findall(page))
    for kind, value in values:
        names.update(f"dir={n}" if kind == b"dir" else n for n in value.decode().split())
    return names


def trimmed(css: str, names: set[str], scripts: str = "", others: str = "") -> str:
    """`css` without what cannot apply to pages with `names` and what `scripts` do to them.

    A selector goes if it asks for a class or a direction that no page has and no script names, in
    whole or by its beginning. A custom property goes if neither the rest, `scripts` nor `others`,
    the other stylesheets, name it.
    """
    words = set(_WORD.findall(scripts))
    begun = tuple(word for word in words if word.endswith("-"))

    def known(name: str) -> bool:
        return name in names or name in words or name.startswith(begun)

    rules = list(_kept(_parsed(css), known))
    used = {*names, *_NAME.findall(scripts), *_NAME.findall(others)}
    found = {name for rule in rules for name in rule.uses(used)}
    while not found <= used:  # what is used may use others
        used |= found
        found = {name for rule in rules for name in rule.uses(used)}
    return "".join(rule.text(used) for rule in rules)


@cache
def _parsed(css: str) -> list[Any]:
    """The rules of a sheet; all languages of a site have the same."""
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)


def _texts(kind: str, *folders: Path) -> str:
    paths = [path for folder in folders for path in sorted(folder.rglob(kind))]
    return "\n".join(path.read_text("utf-8") for path in paths)


class _Verbatim:
    """What is kept as it stands: a page's margins, an animation, a font."""

    def __init__(self, text: str) -> None:
        self._text = text

    def uses(self, used: set[str]) -> list[str]:
        return _USE.findall(self._text)

    def text(self, used: set[str]) -> str:
        return self._text


class _Rule:
    """Selectors and their declarations, of which custom properties may go."""

    def __init__(self, selectors: str, content: list[Any]) -> None:
        self._selectors = selectors
        parts = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        self._parts = [
            (part.name if part.type == "declaration" else "", part.serialize().rstrip(";"))
            for part in parts
        ]

    def _left(self, used: set[str]) -> list[str]:
        return [text for name, text in self._parts if not name.startswith("--") or name in used]

    def uses(self, used: set[str]) -> list[str]:
        return [name for text in self._left(used) for name in _USE.findall(text)]

    def text(self, used: set[str]) -> str:
        left = self._left(used)
        return f"{self._selectors}{{{';'.join(left)}}}" if left else ""


class _Group:
    """Rules under one condition: a medium, a width, what the browser supports."""

    def __init__(self, head: str, rules: list["_Kept"]) -> None:
        self._head = head
        self._rules = rules

    def uses(self, used: set[str]) -> list[str]:
        return [name for rule in self._rules for name in rule.uses(used)]

    def text(self, used: set[str]) -> str:
        body = "".join(rule.text(used) for rule in self._rules)
        return f"{self._head}{{{body}}}" if body else ""


_Kept = _Verbatim | _Rule | _Group


def _kept(nodes: list[Any], known: _Known) -> Iterator[_Kept]:
    """The rules that can apply."""
    for node in nodes:
        if node.type == "qualified-rule":
            selectors = [one for one in _split(node.prelude) if all(map(known, _asked(one)))]
            if selectors:
                yield _Rule(",".join(map(tinycss2.serialize, selectors)), node.content)
        elif node.type == "at-rule" and node.lower_at_keyword in _GROUPS and node.content:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            head = f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}"
            yield _Group(head, list(_kept(inner, known)))
        else:
            yield _Verbatim(node.serialize())


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
