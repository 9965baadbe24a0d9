"""What a package offers, read from its source without running it."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Entry", "read_package"]

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Entry:
    """One public name: a class, a function or a constant.

    signature: as it is called, None for a constant and for a class that takes nothing of its own. doc: its docstring, "" where it has none.
    raises: the package's own errors that its code raises. above: the public classes whose methods
    it has too. members: its own public methods, and those of private classes it is made from.
    """

    name: str
    module: str
    signature: str | None
    doc: str
    raises: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    members: tuple["Entry", ...] = ()


def read_package(folder: Path) -> tuple[Entry, ...]:
    """The names in a package's `__all__`, module by module in their order in the source.

    Raises LookupError for a name that none of its modules defines.
    """
    public = _listed(_tree(folder / "__init__.py"))
    trees = {
        path.stem: _tree(path) for path in sorted(folder.glob("*.py")) if path.stem != "__init__"
    }
    classes = {
        node.name: (module, node)
        for module, tree in trees.items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }
    reader = _Reader(public, classes)
    found = [
        entry
        for module, tree in trees.items()
        if (listed := _listed(tree)) & public
        for entry in reader.entries(module, tree, listed & public)
    ]
    missing = public - {entry.name for entry in found}
    if missing:
        raise LookupError(f"{folder.name}: no module defines {', '.join(sorted(missing))}.")
    return tuple(found)


@dataclass(frozen=True)
class _Reader:
    """Reads entries of one package; `classes` are all of its classes, private ones too."""

    public: set[str]
    classes: dict[str, tuple[str, ast.ClassDef]]

    def entries(self, module: str, tree: ast.Module, wanted: set[str]) -> Iterator[Entry]:
        for place, node in enumerate(tree.body):
            if isinstance(node, ast.ClassDef) and node.name in wanted:
                yield self._class(module, node)
            elif isinstance(node, _Function) and node.name in wanted:
                yield self._function(module, node)
            elif (name := _assigned(node)) in wanted:
                yield Entry(name, module, None, _text_after(tree.body, place))

    def _class(self, module: str, node: ast.ClassDef) -> Entry:
        line = list(self._line(node))
        init = next((own for one in line if (own := _method(one, "__init__"))), None)
        above = next((one.name for one in line[1:] if one.name in self.public), None)
        between = line[: [one.name for one in line].index(above)] if above else line
        members: dict[str, Entry] = {}
        for one in between:
            for method in one.body:
                if not isinstance(method, _Function) or method.name.startswith("_"):
                    continue
                entry = self._function(module, method, bound=True)
                # An override that says nothing is told where it is first defined.
                if entry.doc or not self._told_above(line, method.name):
                    members.setdefault(method.name, entry)
        return Entry(
            node.name,
            module,
            f"{node.name}({_arguments(init, bound=True)})" if init else None,
            ast.get_docstring(node) or "",
            self._raises(init) if init in node.body else (),
            (above,) if above else (),
            tuple(members.values()),
        )

    def _function(self, module: str, node: _Function, bound: bool = False) -> Entry:
        property_ = any(
            isinstance(one, ast.Name) and one.id == "property" for one in node.decorator_list
        )
        result = f" -> {_annotation(node.returns)}" if node.returns else ""
        call = "" if property_ else f"({_arguments(node, bound)})"
        return Entry(
            node.name,
            module,
            f"{node.name}{call}{result}",
            ast.get_docstring(node) or "",
            self._raises(node),
        )

    def _line(self, node: ast.ClassDef) -> Iterator[ast.ClassDef]:
        """A class and those of the package it is made from, nearest first."""
        yield node
        for base in node.bases:
            if isinstance(base, ast.Name) and base.id in self.classes:
                yield from self._line(self.classes[base.id][1])

    def _told_above(self, line: list[ast.ClassDef], name: str) -> bool:
        return any((own := _method(one, name)) and ast.get_docstring(own) for one in line)

    def _raises(self, node: ast.AST | None) -> tuple[str, ...]:
        """The package's public errors that a function itself raises."""
        found = (
            one.exc.func.id
            for one in ast.walk(node or ast.Module([], []))
            if isinstance(one, ast.Raise)
            and isinstance(one.exc, ast.Call)
            and isinstance(one.exc.func, ast.Name)
        )
        return tuple(dict.fromkeys(name for name in found if name in self.public))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _assigned(node: ast.stmt) -> str:
    """The one name that a statement assigns to, else ""."""
    target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
    return target.id if isinstance(target, ast.Name) else ""


def _listed(tree: ast.Module) -> set[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and _assigned(node) == "__all__":
            return set(ast.literal_eval(node.value))
    return set()


def _text_after(body: list[ast.stmt], place: int) -> str:
    """The string that follows an assignment: a constant's docstring."""
    following = body[place + 1] if place + 1 < len(body) else None
    if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
        return inspect.cleandoc(str(following.value.value))
    return ""


def _method(node: ast.ClassDef, name: str) -> _Function | None:
    return next((one for one in node.body if isinstance(one, _Function) and one.name == name), None)


def _arguments(node: _Function, bound: bool) -> str:
    """The parameters as they are written, without self; quotes around annotations go."""
    given = node.args
    places = [*given.posonlyargs, *given.args]
    blank: list[ast.expr | None] = [None] * (len(places) - len(given.defaults))
    told = [_argument(*pair) for pair in zip(places, [*blank, *given.defaults], strict=True)]
    if given.vararg:
        told.append(f"*{_argument(given.vararg)}")
    elif given.kwonlyargs:
        told.append("*")
    told += [_argument(*pair) for pair in zip(given.kwonlyargs, given.kw_defaults, strict=True)]
    if given.kwarg:
        told.append(f"**{_argument(given.kwarg)}")
    return ", ".join(told[1:] if bound else told)


def _argument(one: ast.arg, default: ast.expr | None = None) -> str:
    if one.annotation is None:
        return one.arg if default is None else f"{one.arg}={_value(default)}"
    told = f"{one.arg}: {_annotation(one.annotation)}"
    return told if default is None else f"{told} = {_value(default)}"


def _value(node: ast.expr) -> str:
    return ast.unparse(node).replace("'", '"')


def _annotation(node: ast.expr) -> str:
    """A type as it is meant: what is quoted only to be read late is shown without quotes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp):
        return f"{_annotation(node.left)} | {_annotation(node.right)}"
    return _value(node)
