"""Sources without their types: the reader's Python has no use for them, and they weigh a tenth.

Nothing else changes, not even the number of a line; what a type checker alone reads is cut out of
the text. `ast.unparse` would do it shorter, and give other bytes with another Python.
"""

import ast
from collections.abc import Iterator

__all__ = ["untyped"]


def untyped(source: bytes) -> bytes:
    """Return Python source without annotations and without what stands under `if TYPE_CHECKING:`.

    >>> untyped(b"def add(one: int, other: int = 1) -> int:\\n    return one + other\\n")
    b'def add(one, other = 1) :\\n    return one + other\\n'
    """
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + column

    def end(node: ast.expr | ast.stmt) -> int:
        return place(node.end_lineno or node.lineno, node.end_col_offset or node.col_offset)

    def cuts() -> Iterator[tuple[int, int, bytes]]:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.arg) and node.annotation:
                name = place(node.lineno, node.col_offset) + len(node.arg.encode())
                yield name, end(node.annotation), b""
            elif isinstance(node, ast.FunctionDef) and node.returns:
                arrow = source.rindex(b"->", 0, place(node.returns.lineno, node.returns.col_offset))
                yield arrow, end(node.returns), b""
            elif isinstance(node, ast.AnnAssign) and node.value:
                yield end(node.target), end(node.annotation), b""
            elif isinstance(node, ast.AnnAssign):
                yield place(node.lineno, node.col_offset), end(node), b"pass"
            elif isinstance(node, ast.If) and _is_for_types(node.test):
                # The compiler drops what stands under a plain zero.
                yield place(node.test.lineno, node.test.col_offset), end(node.test), b"0"

    for start, stop, instead in sorted(cuts(), reverse=True):
        lines = source.count(b"\n", start, stop)
        source = source[:start] + instead + b"\n" * lines + source[stop:]
    return source


def _is_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"
