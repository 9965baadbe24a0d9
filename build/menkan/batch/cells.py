"""Rows sorted into cells: rows of one cell come to the same outcome, so one of them is judged.

A row's cell is told by a number made of the outcomes of the conditions it answers. Where a limit
ties answers together and some of them are missing, what the missing ones can still do is told by
the outcomes with each of them at its edges, and by the order of the cuts that known answers make
in a missing one. The first row met of a cell goes through the rules' own evaluation, with all its
exactness; the others take its result. So a table cannot disagree with a single answer unless two
rows share a number and not a cell, and that is what the tests hunt for.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import combinations, product
from math import prod
from threading import RLock
from typing import Any, Generic, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from menkan.rules.nodes import Compare, Leaf
from menkan.rules.quantities import Later
from menkan.rules.space import Space
from menkan.rules.workdays import covered_days

from .columns import Column
from .vectors import MISSES, Get, Scale, key_of

__all__ = ["LOCK", "Cells", "Places"]

# Engines may work on several pieces at a time; what is remembered is written under this lock.
LOCK = RLock()

# Cells numbered below this are looked up in an array, others by sorting.
_MOST_DENSE = 1 << 20
# Bits of a word that hold outcomes, two each.
_BITS = 64


# Numbers of any width, and what a cell comes to.
Numbers = NDArray[Any]
Found = TypeVar("Found")


class Places:
    """Where the rows of a piece are found: row -> number -> place in `Cells.found`."""

    def __init__(self, numbers: Numbers, table: Numbers | None = None):
        self.numbers = numbers
        self.table = table

    def rows(self, values: Numbers) -> Numbers:
        """Give each row the value of its place; `values` holds one for each place."""
        if not len(self.numbers):
            return values[:0]
        found: Numbers = (values if self.table is None else values[self.table])[self.numbers]
        return found


class Cells(Generic[Found]):
    """The cells of some conditions. `names` are the inputs they read, in asking order.

    `leaves` are the bound conditions on inputs, orders between inputs among them. `look` is given
    the answers of one row of a new cell, as whole numbers by name, and says what the cell comes
    to; `found` holds what it said.
    """

    def __init__(
        self,
        space: Space,
        names: Collection[str],
        leaves: Iterable[Leaf],
        look: Callable[[dict[str, int]], Found],
    ):
        self.names = [name for name in space.inputs if name in names]
        self.inputs = {name: space.inputs[name] for name in self.names}
        leaves = list({key_of(leaf): leaf for leaf in leaves}.values())
        self.ties: list[Leaf] = [leaf for leaf in leaves if len(leaf.inputs) > 1]
        self.tied = [name for name in self.names if any(name in _names(leaf) for leaf in self.ties)]
        self.single = {
            name: [leaf for leaf in leaves if _names(leaf) == {name}] for name in self.names
        }
        self.crossed = [
            (name, one, other)
            for name in self.tied
            for one, other in combinations([leaf for leaf in self.ties if name in _names(leaf)], 2)
            if _names(one) != _names(other)
        ]
        self.edges = {name: self._edges(name) for name in self.tied}
        if self.crossed or any(self.single[name] for name in self.tied):
            # What one missing answer does to another shows at the edges of its own cells too.
            for name in self.tied:
                cells = space.cells(name, {})
                edges = {edge for cell in cells for edge in cell}
                self.edges[name] = sorted(edges.union(self.edges[name]))
        self.look = look
        self.found: list[Found] = []
        self._places: dict[object, int] = {}  # key of a cell -> place in found
        self.sizes = {name: self._size(name) for name in self.names}
        self.size = 4 ** len(self.ties) * prod(self.sizes.values())
        self._dense = np.full(self.size, -1, np.int32) if self.size <= _MOST_DENSE else None

    def places(self, columns: dict[str, Column], scale: Scale, rows: int) -> "Places":
        """Give for each row the place in `found` of its cell; `columns` are `Column`s by name."""

        def column(name: str) -> pl.Series:
            return columns[name].values

        numbers = self._numbers(column, scale, rows)
        partial = self._partial(column)
        if partial is None:
            return self._look_up(numbers, columns)
        places = np.empty(rows, np.int32)
        for mask in (~partial, partial):
            kept = mask.to_numpy()
            if not kept.any():
                continue
            part = {
                name: type(columns[name])(column(name).filter(mask), columns[name].unit)
                for name in self.names
            }
            if mask is partial:
                places[kept] = self._look_up_partial(numbers[kept], part, scale)
            else:
                places[kept] = self._look_up(numbers[kept], part).rows(np.arange(len(self.found)))
        return Places(places)

    def _size(self, name: str) -> int:
        """Say how many ways an answer to this input alone can fall, "unanswered" among them."""
        one = self.inputs[name]
        if not self.single[name]:
            return 1
        return one.high + 2 if one.kind in ("bool", "choice") else (1 << len(self.single[name])) + 1

    def _numbers(self, column: Get, scale: Scale, rows: int) -> Numbers:
        """Number each row by the outcomes of its conditions."""
        kinds: tuple[Any, ...] = (np.uint8, np.uint16, np.uint32, np.uint64)
        kind = next(kind for kind in kinds if self.size <= np.iinfo(kind).max + 1)
        numbers: Numbers | None = None
        digits = [
            (size, self._digit(name, column, scale))
            for name, size in self.sizes.items()
            if size > 1
        ]
        digits += [(4, scale.outcome(leaf, column).to_numpy()) for leaf in self.ties]
        for size, digit in digits:
            if numbers is None:
                numbers = digit.astype(kind, copy=False)
            else:
                numbers = numbers * kind(size)
                numbers += digit.astype(kind, copy=False)
        return np.zeros(rows, kind) if numbers is None else numbers

    def _digit(self, name: str, column: Get, scale: Scale) -> Numbers:
        values, leaves = column(name), self.single[name]
        if self.inputs[name].kind in ("bool", "choice"):
            return _whole(values, self.sizes[name] - 1)
        if len(leaves) == 1:
            return scale.outcome(leaves[0], column, self.sizes[name] - 1).to_numpy()
        held = np.zeros(len(values), np.uint16)
        for leaf in leaves:
            held = held * np.uint16(2) + scale.outcome(leaf, column, 0).to_numpy()
        if values.null_count():
            held[values.is_null().to_numpy()] = self.sizes[name] - 1
        return held

    def _partial(self, column: Get) -> pl.Series | None:
        """Mark rows in which a tied answer is missing; None when there are none."""
        holed = [column(name) for name in self.tied if column(name).null_count()]
        if not holed:
            return None
        mask = holed[0].is_null()
        for other in holed[1:]:
            mask |= other.is_null()
        return mask

    def _look_up(self, numbers: Numbers, columns: dict[str, Column]) -> Places:
        if self._dense is None:
            unique, first, back = np.unique(numbers, return_index=True, return_inverse=True)
            table = [
                self._place(int(number), columns, int(row))
                for number, row in zip(unique, first, strict=True)
            ]
            return Places(back, np.array(table, np.int32))
        if (self._dense >= 0).all():
            return Places(numbers, self._dense)
        seen = np.zeros(self.size, bool)
        seen[numbers] = True
        if (seen & (self._dense < 0)).any():
            for number, row in zip(*np.unique(numbers, return_index=True), strict=True):
                if self._dense[number] < 0:
                    self._dense[number] = self._place(int(number), columns, int(row))
        return Places(numbers, self._dense)

    def _look_up_partial(
        self, numbers: Numbers, columns: dict[str, Column], scale: Scale
    ) -> Numbers:
        def column(name: str) -> pl.Series:
            return columns[name].values

        words = [pl.Series("number", numbers)]
        bits = [column(name).is_null() for name in self.tied]
        plain: list[pl.Series] = []
        for feature in self._features(column, scale):
            (bits if feature.dtype == pl.UInt8 else plain).append(feature)
        for start in range(0, len(bits), _BITS // 2):
            packed = np.zeros(len(numbers), np.uint64)
            for each in bits[start : start + _BITS // 2]:
                packed <<= np.uint64(2)
                packed |= each.cast(pl.UInt8).to_numpy()
            words.append(pl.Series(f"word {start}", packed))
        words += [each.alias(f"plain {place}") for place, each in enumerate(plain)]
        keyed = pl.DataFrame(words).with_row_index("row")
        names = [word.name for word in words]
        cells = keyed.group_by(names, maintain_order=True).agg(pl.col("row").first())
        table = [
            self._place(("partial", *key), columns, row)
            for *key, row in cells.select(*names, "row").iter_rows()
        ]
        cells = cells.drop("row").with_columns(place=pl.Series(table, dtype=pl.Int32))
        joined = keyed.join(cells, on=names, nulls_equal=True, how="left", maintain_order="left")
        return joined["place"].to_numpy()

    def _features(self, column: Get, scale: Scale) -> Iterator[pl.Series]:
        """Yield, for rows with holes, what the missing answers can still do."""
        fills: dict[tuple[str, int], pl.Series] = {}

        def filled(name: str, edge: int) -> pl.Series:
            if (name, edge) not in fills:
                one = self.inputs[name]
                count = edge // scale.unit if one.kind == "decimal" else edge
                fills[name, edge] = column(name).fill_null(count)
            return fills[name, edge]

        for leaf in self.ties:
            for view in self._views(_names(leaf), column, filled):
                yield scale.outcome(leaf, view)
        for name, one, other in self.crossed:
            others = (_names(one) | _names(other)) - {name}
            known = column(name).is_not_null()
            for view in self._views(others, column, filled):
                cuts = [scale.cut(leaf, name, view) for leaf in (one, other)]
                if any(cut is None for cut in cuts):
                    # No closed form for where they cross: such rows stand for themselves.
                    yield from (column(each) for each in sorted(others))
                    break
                order = ((cuts[0] - cuts[1]).sign() + 1).cast(pl.UInt8).fill_null(MISSES)
                yield order.set(known, MISSES)

    def _views(
        self, tied: Collection[str], column: Get, filled: Callable[[str, int], pl.Series]
    ) -> Iterator[Get]:
        """Yield columns with holes filled by edges, in every way that can matter."""
        names = sorted(tied)
        if len(names) <= 2:  # one of two is known, or there is nothing to tell
            chosen = [{name: edge} for name in names for edge in self.edges[name]]
        else:
            corners = product(*(self.edges[name] for name in names))
            chosen = [dict(zip(names, each, strict=True)) for each in corners]
        for edges in chosen:
            yield partial(_seen, column, filled, edges)

    def _edges(self, name: str) -> list[int]:
        """Give the answers at which what an input is tied to starts, ends or loses its calendar."""
        one = self.inputs[name]
        edges = {one.low, one.high}
        for leaf in self.ties:
            limit = leaf.limit if isinstance(leaf, Compare) else None
            if isinstance(limit, Later) and limit.unit == "working_days":
                first, last = covered_days(limit.amount.value)
                if limit.inputs[0].name == name:
                    edges |= {first - 1, first, last, last + 1}
        return sorted(edges)

    def _place(self, key: object, columns: dict[str, Column], row: int) -> int:
        place = self._places.get(key)
        if place is not None:
            return place
        values = {}
        for name in self.names:
            value = columns[name].values[row]
            if value is not None:
                values[name] = value * columns[name].unit
        with LOCK:
            if key not in self._places:
                self.found.append(self.look(values))
                self._places[key] = len(self.found) - 1
        return self._places[key]


def _seen(
    column: Get, filled: Callable[[str, int], pl.Series], edges: dict[str, int], name: str
) -> pl.Series:
    """Give a column, its holes filled where an edge stands for them."""
    return filled(name, edges[name]) if name in edges else column(name)


def _whole(values: pl.Series, empty: int) -> Numbers:
    """Give small whole numbers as an array, with a number for the empty ones."""
    return (values.fill_null(empty) if values.null_count() else values).to_numpy()


def _names(leaf: Leaf) -> set[str]:
    return {one.name for one in leaf.inputs}
