"""Values beside the verdict over whole columns: due dates, costs, what is left of a quota."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from menkan.rules import Node
from menkan.rules.exact import possible
from menkan.rules.quantities import Figure
from menkan.rules.scales import SCALE
from menkan.rules.space import Space
from menkan.rules.truth import NO, YES
from menkan.rules.values import Beyond, NextDay, OnlyIf, Pick, Says, Shown, Times, Unless, Value

from .cells import Cells
from .columns import Column
from .vectors import NOWHERE_AT, Scale, key_of

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

__all__ = ["DTYPES", "Worked"]

# What a column of values holds. Decimals are text, as in the verdict's JSON: no engine rounds it.
DTYPES: "dict[str, PolarsDataType]" = {
    "bool": pl.Boolean,
    "int": pl.Int64,
    "decimal": pl.String,
    "date": pl.Date,
    "datetime": pl.Datetime("us", "UTC"),
}

_FIRST_DAY = 719_163
_EMPTY, _FALSE, _TRUE = range(3)


class Worked:
    """One value of a checker, ready to be worked out for columns."""

    def __init__(self, space: Space, name: str, value: Value):
        self.space = space
        self.name = name
        self.value = value
        self._cells = {node: self._cells_of(node) for node in _nodes(value)}

    def column(self, columns: dict[str, Column], scale: Scale, rows: int) -> pl.Series:
        """Give the value of every row, null where it cannot be given (yet)."""
        found = self._at(self.value, columns, scale, rows)
        if not isinstance(found, pl.Series):
            found = pl.repeat(found, rows, dtype=_whole(self.value.kind, scale), eager=True)
        kind = self.value.kind
        if kind == "bool":
            found = found.cast(pl.Boolean)
        elif kind == "decimal":
            found = _text(found, scale.unit if not isinstance(self.value, Times) else None)
        elif kind == "date":
            found = (found - _FIRST_DAY).cast(pl.Int32).cast(pl.Date)
        elif kind == "datetime":
            found = found.cast(DTYPES[kind])
        return found.alias(self.name)

    def _at(self, value: Value, columns: dict[str, Column], scale: Scale, rows: int) -> Any:
        """Give whole numbers: a column, or one number for all rows."""

        def column(name: str) -> pl.Series:
            return columns[name].values

        if isinstance(value, Says):
            return self._says(value.nodes[0], columns, scale, rows)
        if isinstance(value, (OnlyIf, Unless)):
            says = self._says(value.nodes[0], columns, scale, rows)
            inner = self._at(value.value, columns, scale, rows)
            if not isinstance(inner, pl.Series):
                inner = pl.repeat(inner, rows, dtype=_whole(value.kind, scale), eager=True)
            empty = pl.repeat(None, rows, dtype=inner.dtype, eager=True)
            if isinstance(value, OnlyIf):
                return inner.zip_with((says == 1).fill_null(False), empty)
            zero = pl.repeat(0, rows, dtype=inner.dtype, eager=True)
            shown = inner.zip_with((says == 0).fill_null(False), empty)
            return zero.zip_with((says == 1).fill_null(False), shown)
        if isinstance(value, Pick):
            figures = [value.figures[choice].value for choice in value.inputs[0].choices]
            return pl.Series(figures, dtype=pl.Int64).gather(
                column(value.inputs[0].name).cast(pl.UInt32)
            )
        if isinstance(value, Beyond):
            more = self._at(value.more, columns, scale, rows)
            less = self._at(value.less, columns, scale, rows)
            more, less = (
                each
                if isinstance(each, pl.Series)
                else pl.repeat(each, rows, dtype=_whole(value.kind, scale), eager=True)
                for each in (more, less)
            )
            return (more - less).clip(lower_bound=0)
        if isinstance(value, NextDay):
            name = value.inputs[0].name
            key = "next", key_of(value.figure), value.after, name
            table = scale.day_table(
                key, value.inputs[0], lambda day: value.at({name: day}, _nothing)
            )
            return table(column(name))
        if isinstance(value, Times):
            inner = self._at(value.value, columns, scale, rows)
            return _times(inner, scale.unit, value.factor)
        if isinstance(value, Shown):
            quantity = value.quantity
            if isinstance(quantity, Figure) and quantity.kind != "decimal":
                return quantity.value
            found = scale.quantity(quantity, column)
            if isinstance(quantity, Figure):
                return found[0]
            nowhere = found == NOWHERE_AT
            return found.set(nowhere.fill_null(False), None) if nowhere.any() else found
        raise TypeError(f"a table cannot work out {type(value).__name__} yet")

    def _says(self, node: Node, columns: dict[str, Column], scale: Scale, rows: int) -> pl.Series:
        cells = self._cells[node]
        places = cells.places(columns, scale, rows)
        said = pl.Series(places.rows(np.array(cells.found, np.uint8)))
        return said.set(said == _EMPTY, None) - _FALSE

    def _cells_of(self, node: Node) -> Cells[int]:
        leaves = list(node.leaves())
        names = {one.name for leaf in leaves for one in leaf.inputs}

        def look(values: dict[str, int]) -> int:
            outcome = node.truth(values)
            free = [name for name in self.space.inputs if name in names and name not in values]
            outcomes = (
                {outcome} if outcome in (NO, YES) else possible(self.space, node, free, values)
            )
            if outcomes == {YES}:
                return _TRUE
            return _EMPTY if YES in outcomes else _FALSE

        return Cells(self.space, names, leaves, look)


def _nodes(value: Value) -> Iterator[Node]:
    yield from value.nodes
    for part in ("value", "more", "less"):
        inner = getattr(value, part, None)
        if isinstance(inner, Value):
            yield from _nodes(inner)


def _whole(kind: str, scale: Scale) -> "PolarsDataType":
    return pl.Int128 if kind == "decimal" and scale.unit < 10**12 else pl.Int64


def _nothing(node: Node) -> set[int]:
    """What conditions can come to, for a value that asks about none."""
    return set()


def _times(counts: pl.Series, unit: int, factor: Figure) -> pl.Series:
    """Multiply counts of `unit` by a figure; the product is in counts of 10**-18."""
    step = 10**9
    wide = counts.cast(pl.Int128) * pl.Series([unit // step], dtype=pl.Int128)
    return wide * pl.Series([factor.value // step], dtype=pl.Int128)


def _text(counts: pl.Series, unit: int | None) -> pl.Series:
    """Write counts as the verdict's JSON does, without exponent or trailing zeros."""
    places = len(str(SCALE // unit)) - 1 if unit else 18
    size = pl.Series([10**places], dtype=counts.dtype)
    whole = (counts // size).cast(pl.Int64)
    rest = (counts % size).cast(pl.Int64)
    frame = pl.DataFrame({"whole": whole, "rest": rest})
    fraction = pl.col("rest").cast(pl.String).str.zfill(places).str.strip_chars_end("0")
    return frame.select(
        pl.when(pl.col("rest") == 0)
        .then(pl.col("whole").cast(pl.String))
        .otherwise(pl.concat_str(pl.col("whole").cast(pl.String), pl.lit("."), fraction))
    ).to_series()
