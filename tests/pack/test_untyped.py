"""The rules as the reader's browser gets them: the same code, without its types."""

import ast

import pytest

from menkan.pack.runtime import RULES
from menkan.pack.untyped import untyped

SOURCES = sorted(RULES.glob("*.py"))


class Stripped(ast.NodeTransformer):
    """What `untyped` should come to, worked out on the tree instead of the text."""

    def visit_arg(self, node):
        node.annotation = None
        return node

    def visit_FunctionDef(self, node):
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node):
        if node.value is None:
            return ast.Pass()
        return ast.Assign([node.target], self.generic_visit(node).value)

    def visit_If(self, node):
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.test = ast.Constant(0)
        return self.generic_visit(node)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_nothing_but_types_is_taken_out(path):
    source = path.read_bytes()

    left = untyped(source)

    assert ast.dump(ast.parse(left)) == ast.dump(Stripped().visit(ast.parse(source)))
    assert left.count(b"\n") == source.count(b"\n")


def test_the_types_are_gone():
    whole = b"".join(path.read_bytes() for path in SOURCES)

    left = b"".join(untyped(path.read_bytes()) for path in SOURCES)

    assert b"Mapping[str" in whole
    assert b"->" in whole
    nodes = list(ast.walk(ast.parse(left)))
    assert not [one for one in nodes if isinstance(one, ast.AnnAssign)]
    assert not [one for one in nodes if isinstance(one, ast.arg) and one.annotation]
    assert not [one for one in nodes if isinstance(one, ast.FunctionDef) and one.returns]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (b"x: int = 1\n", b"x = 1\n"),
        (b"class A:\n    x: int\n", b"class A:\n    pass\n"),
        (b"def f(a: 'x->y', *b: int) -> str: ...\n", b"def f(a, *b) : ...\n"),
        ("def f(门: int, 槛: int): ...\n".encode(), "def f(门, 槛): ...\n".encode()),
        (
            b"def f(\n    a: dict[\n        str, int\n    ],\n): ...\n",
            b"def f(\n    a\n\n,\n): ...\n",
        ),
        (
            b"if TYPE_CHECKING:\n    import a\nelse:\n    b = 1\n",
            b"if 0:\n    import a\nelse:\n    b = 1\n",
        ),
    ],
)
def test_each_kind_of_type_is_cut(typed, plain):
    assert untyped(typed) == plain
