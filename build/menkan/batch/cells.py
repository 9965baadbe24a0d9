"""Rows sorted into cells: rows of one cell come to the same outcome, so one of them is judged.

A row's cell is told by a number made of the outcomes of the conditions it answers. Where a limit
ties answers together and some of them are missing, what the missing ones can still do is told by
the outcomes with each of them at its edges, and by the order of the cuts that known answers make
in a missing one. The first row met of a cell goes through the rules' own evaluation, with all its
exactness; the others take its result. So a table cannot disagree with a single answer unless two
rows share a number and not a cell, and that is what the tests hunt for.
"""

from itertools import combinations, product
from threading import RLock

import numpy as np
import polars as pl

from menkan.rules.quantities import Later
from menkan.rules.workdays import covered_days

from .vectors import Scale, key_of

__all__ = ["LOCK", "Cells"]

# Engines may work on several pieces at a time; what is remembered is written under this lock.
LOCK = RLock()

# Cells numbered below this are looked up in an array, others by sorting.
_MOST_DENSE = 1 << 20

class Cells:
    """The cells of some conditions. `names` are the inputs they read, in asking order.

    `leaves` are the bound conditions on inputs, orders between inputs among them. `look` is given
    the answers of one row of a new cell, as whole numbers by name, and says what the cell comes
    to; `found` holds what it said.
    """

    def __init__(self, space, names, leaves, look):
        self.names = [name for name in space.inputs if name in names]
        self.inputs = {name: space.inputs[name] for name in self.names}
        leaves = list({key_of(leaf): leaf for leaf in leaves}.values())
        self.ties = [leaf for leaf in leaves if len(leaf.inputs) > 1]
        self.tied = [
            name for name in self.names if any(name in _names(leaf) for leaf in self.ties)
        ]
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
        if self.crossed:
            # What a second missing answer does to the first shows at the edges of its own cells.
            for name in self.tied:
                cells = space.cells(name, {})
                self.edges[name] = sorted({edge for cell in cells for edge in cell})
        self.look = look
        self.found: list = []
        self._places: dict = {}  # key of a cell -> place in found
        sizes = [2 ** len(each) + 1 for each in self.single.values()] + [4] * len(self.ties)
        self.size = int(np.prod(sizes, dtype=object))
        self._dense = np.full(self.size, -1, np.int32) if self.size <= _MOST_DENSE else None

    def places(self, columns: dict, scale: Scale) -> np.ndarray:
        """Give for each row the place in `found` of its cell; `columns` are `Column`s by name."""
        rows = len(next(iter(columns.values())).values) if columns else 0

        def column(name):
            return columns[name].values

        if not self.names:  # a condition that reads no answer
            return np.full(rows, self._place((), {}, 0), np.int32)
        numbers = self._numbers(column, scale, rows)
        partial = self._partial(column)
        if partial is None:
            return self._look_up(numbers, columns)
        places = np.empty(rows, np.int32)
        for mask, find in ((~partial, self._look_up), (partial, self._look_up_partial)):
            kept = mask.to_numpy()
            if kept.any():
                part = {
                    name: type(columns[name])(column(name).filter(mask), columns[name].unit)
                    for name in self.names
                }
                arguments = (part,) if find == self._look_up else (part, scale)
                places[kept] = find(numbers[kept], *arguments)
        return places

    def _numbers(self, column, scale, rows):
        """Number each row by the outcomes of its conditions."""
        dtype = np.uint16 if self.size <= 1 << 16 else np.uint32 if self.size < 1 << 32 else None
        numbers = np.zeros(rows, dtype or np.uint64)
        for name, leaves in self.single.items():
            size = 2 ** len(leaves) + 1
            if len(leaves) == 1:
                held = scale.outcome(leaves[0], column).to_numpy()
                held = np.minimum(held, 2)
            else:
                held = np.zeros(rows, np.uint16)
                for leaf in leaves:
                    held = held * np.uint16(2) + (scale.outcome(leaf, column).to_numpy() & 1)
                if column(name).null_count():
                    held[column(name).is_null().to_numpy()] = size - 1
            numbers *= numbers.dtype.type(size)
            numbers += held
        for leaf in self.ties:
            numbers *= numbers.dtype.type(4)
            numbers += scale.outcome(leaf, column).to_numpy()
        return numbers

    def _partial(self, column):
        """Mark rows in which a tied answer is missing; None when there are none."""
        holed = [column(name) for name in self.tied if column(name).null_count()]
        if not holed:
            return None
        mask = holed[0].is_null()
        for other in holed[1:]:
            mask |= other.is_null()
        return mask

    def _look_up(self, numbers, columns):
        if self._dense is None:
            unique, first, back = np.unique(numbers, return_index=True, return_inverse=True)
            table = [
                self._place(int(number), columns, int(row))
                for number, row in zip(unique, first, strict=True)
            ]
            return np.array(table, np.int32)[back]
        seen = np.zeros(self.size, bool)
        seen[numbers] = True
        if (seen & (self._dense < 0)).any():
            for number, row in zip(*np.unique(numbers, return_index=True), strict=True):
                if self._dense[number] < 0:
                    self._dense[number] = self._place(int(number), columns, int(row))
        return self._dense[numbers]

    def _look_up_partial(self, numbers, columns, scale):
        def column(name):
            return columns[name].values

        keys = {"number": pl.Series(numbers)}
        for name in self.tied:
            keys[f"holed {name}"] = column(name).is_null()
        for place, feature in enumerate(self._features(column, scale)):
            keys[f"feature {place}"] = feature
        keyed = pl.DataFrame(keys)
        names = list(keyed.columns)
        keyed = keyed.with_row_index("row")
        cells = keyed.group_by(names, maintain_order=True).agg(pl.col("row").first())
        table = [
            self._place(("partial", *key), columns, row)
            for *key, row in cells.select(*names, "row").iter_rows()
        ]
        cells = cells.drop("row").with_columns(place=pl.Series(table, dtype=pl.Int32))
        joined = keyed.join(cells, on=names, nulls_equal=True, how="left", maintain_order="left")
        return joined["place"].to_numpy()

    def _features(self, column, scale):
        """Yield, for rows with holes, what the missing answers can still do."""
        for leaf in self.ties:
            for filled in self._filled(_names(leaf), column, scale):
                yield scale.outcome(leaf, filled)
        for name, one, other in self.crossed:
            yield from self._crossings(name, one, other, column, scale)

    def _filled(self, names, column, scale):
        """Yield columns with their holes filled: once for every way to fill them with edges."""
        names = sorted(names)
        for chosen in product(*(self.edges[name] for name in names)):
            edges = {
                name: edge // scale.unit if self.inputs[name].kind == "decimal" else edge
                for name, edge in zip(names, chosen, strict=True)
            }
            yield lambda name, edges=edges: column(name).fill_null(edges[name])

    def _crossings(self, name, one, other, column, scale):
        """Yield the order of the cuts that two ties make in a missing answer to `name`."""
        others = (_names(one) | _names(other)) - {name}
        for filled in self._filled(others, column, scale):
            cuts = [scale.cut(leaf, name, filled) for leaf in (one, other)]
            if any(cut is None for cut in cuts):
                # No closed form for where they cross: such rows stand for themselves.
                yield from (column(each) for each in sorted(others))
                return
            yield (cuts[0] - cuts[1]).sign().set(column(name).is_not_null(), None)

    def _edges(self, name):
        """Give the answers at which what an input is tied to starts, ends or loses its calendar."""
        one = self.inputs[name]
        edges = {one.low, one.high}
        for leaf in self.ties:
            limit = leaf.limit
            if isinstance(limit, Later) and limit.unit == "working_days":
                first, last = covered_days(limit.amount.value)
                if limit.inputs[0].name == name:
                    edges |= {first - 1, first, last, last + 1}
        return sorted(edges)

    def _place(self, key, columns, row):
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


def _names(leaf):
    return {one.name for one in leaf.inputs}
