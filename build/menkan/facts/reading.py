"""Read YAML and remember the line of every key and item.

Plain data out: mappings, lists, strings, numbers, booleans, null. What a record may hold is not
known here (see `model.py`). Dates stay strings and `yes`/`no`/`on`/`off` are words, so that a
choice called `no` is not silently a boolean.
"""

import re
from dataclasses import dataclass

import yaml

__all__ = ["Document", "Mistake", "read_yaml"]

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Mistake:
    """One thing wrong in a file: `line` (1-based), what was seen, what to do about it."""

    file: str
    line: int
    seen: str
    todo: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.seen}\n  {self.todo}"


@dataclass(frozen=True)
class Document:
    """The data of one file and where each part of it stands."""

    file: str
    data: object
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of the nearest part of `path` that exists in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mistake(self, path: Path, seen: str, todo: str) -> Mistake:
        """Return a mistake that points at `path`."""
        return Mistake(self.file, self.line(path), seen, todo)


# YAML's core types without timestamps, sexagesimals and yes/no booleans.
_TYPES = (
    ("null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("bool", r"^(?:true|false)$", ["t", "f"]),
    ("int", r"^[-+]?(?:0|[1-9][0-9]*)$", list("-+0123456789")),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", list("-+0123456789")),
)


_CORE = "tag:yaml.org,2002:"
_TAGS = {f"{_CORE}{name}" for name in ("str", *(one[0] for one in _TYPES))}


def _loader(base: type[yaml.SafeLoader]) -> type[yaml.SafeLoader]:
    """Make a loader of these types out of one of PyYAML's."""
    loader: type[yaml.SafeLoader] = type("Loader", (base,), {"yaml_implicit_resolvers": {}})
    for name, pattern, first in _TYPES:
        loader.add_implicit_resolver(f"{_CORE}{name}", re.compile(pattern), first)
    return loader


# The C parser reads ten times as fast; the Python one words its errors better.
_Fast = _loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader))
_Telling = _loader(yaml.SafeLoader)


def read_yaml(text: str, file: str) -> tuple[Document | None, list[Mistake]]:
    """Parse `text`; return the document (None where YAML itself is broken) and the mistakes.

    Duplicate keys are mistakes, not the last one winning. A broken file gives one mistake,
    because YAML cannot be read past its first error.
    """
    try:
        node, loader = _node(text)
        if node is None:
            return None, [Mistake(file, 1, "the file is empty.", "Write a record or delete it.")]
        mistakes: list[Mistake] = []
        lines: dict[Path, int] = {}
        data = _plain(loader, node, (), lines, mistakes, file)
    except (yaml.YAMLError, ValueError) as error:
        return None, [_broken(error, text, file)]
    return Document(file, data, lines), mistakes


def _node(text: str) -> tuple[yaml.Node | None, yaml.SafeLoader]:
    """Parse `text` into YAML's tree, with the loader that can construct its scalars."""
    try:
        loader = _Fast(text)
        return loader.get_single_node(), loader
    except yaml.YAMLError:
        loader = _Telling(text)
        return loader.get_single_node(), loader


def _plain(
    loader: yaml.SafeLoader,
    node: yaml.Node,
    path: Path,
    lines: dict[Path, int],
    mistakes: list[Mistake],
    file: str,
    within: tuple[int, ...] = (),
) -> object:
    if id(node) in within:
        raise yaml.YAMLError("an alias stands inside what it names")
    within = (*within, id(node))
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
            if key in result:
                first = lines[(*path, key)]
                mistakes.append(
                    Mistake(
                        file,
                        line,
                        f'the key "{key}" stands here a second time; it is also in line {first}.',
                        "Keep one of the two; YAML would silently drop the other.",
                    )
                )
                continue
            lines[(*path, key)] = line
            result[key] = _plain(loader, value_node, (*path, key), lines, mistakes, file, within)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [
            _plain(loader, item, (*path, index), lines, mistakes, file, within)
            for index, item in enumerate(node.value)
        ]
    if node.tag not in _TAGS:
        raise yaml.YAMLError(f"the tag {node.tag.replace(_CORE, '!!')} is not allowed")
    return loader.construct_object(node)


def _broken(error: Exception, text: str, file: str) -> Mistake:
    """Say in two lines what YAML's own message says in six."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None and not isinstance(error, yaml.reader.ReaderError):
        todo = "Write it as plain mappings, lists and quoted text, without tags and aliases."
        return Mistake(file, 1, f"YAML cannot be read: {error}.", todo)
    if mark is None:
        bad = getattr(error, "position", 0)
        line = text.count("\n", 0, bad) + 1
        return Mistake(
            file,
            line,
            "a character that YAML does not allow stands here.",
            "Delete the control character; most editors can show it.",
        )
    rows = text.split("\n")
    # A bad indent is noticed on the next token: look back at the line that holds the tab.
    for number in range(mark.line, max(mark.line - 2, -1), -1):
        row = rows[number] if number < len(rows) else ""
        if "\t" in row[: len(row) - len(row.lstrip())]:
            return Mistake(
                file,
                number + 1,
                "the line is indented with a tab.",
                "YAML takes spaces only. Replace the tab with two spaces per level.",
            )
    row = rows[mark.line].strip()[:60] if mark.line < len(rows) else "the end of the file"
    problem = getattr(error, "problem", None) or "cannot be read"
    return Mistake(
        file,
        mark.line + 1,
        f"YAML stops at “{row}”: {problem}.",
        "Check the indent against the line above, and put quotes around text that holds “: ”, "
        "“ #” or begins with *, &, {, [ or a quote mark.",
    )
