"""A checker over one piece of a table: verdict, rules, values, needs, reasons and errors.

Rules that share an input form a cluster; each cluster's cells are judged once (`cells`), and a
row's verdict is the lowest of its clusters. Pieces are independent of one another, so an engine
may hand them over in any order and on any machine.
"""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from menkan.rules import BoundChecker, InputError
from menkan.rules.exact import HOLDS, OPEN, telling
from menkan.rules.nodes import Compare

from .cells import LOCK, Places
from .clusters import clusters_of, least_unit
from .columns import MICRO, Column, TableError, as_cells, read_column
from .reasons import STATUSES, VERDICTS, Reasons, Wordlist
from .vectors import Days, Scale
from .worked import DTYPES, Worked

__all__ = ["Kernel"]

# Rows worked on at a time: small enough for the processor's caches, large enough to be quick.
_ROWS = 1 << 18


class Kernel:
    """Judges frames of Polars.

    `columns` maps inputs to columns (an input without one is looked for under its own name),
    `given` gives answers that hold for every row, `text` reads strings as typed text, `words` are
    other words for answers by input, and `reasons` (a `Wordlist`) asks for a column of reasons.
    """

    def __init__(
        self,
        bound: BoundChecker,
        columns: Mapping[str, str] | None = None,
        given: Mapping[str, object] | None = None,
        text: bool = False,
        words: Mapping[str, Mapping[str, str]] | None = None,
        reasons: Wordlist | None = None,
        prefix: str = "",
    ):
        self.bound = bound
        self.inputs = bound.space.inputs
        self.columns = {name: name for name in self.inputs} | dict(columns or {})
        self.given = dict(given or {})
        for name in (*(columns or {}), *self.given):
            if name not in self.inputs:
                known = ", ".join(self.inputs)
                raise TableError(f"There is no input {name!r}.\n  The inputs are: {known}.")
        self.text = text
        self.words = words or {}
        self.prefix = prefix
        self._days: dict[object, Days] = {}
        self._least_unit = least_unit(bound)
        self.clusters = clusters_of(bound)
        self.values = [Worked(bound.space, name, value) for name, value in bound.values.items()]
        self.reasons = Reasons(reasons, bound.checker) if reasons else None
        self._needs: dict[tuple[int, ...], int] = {}
        self._need_texts = [""]

    def schema(self) -> dict[str, Any]:
        """Give the columns that are added and what they hold."""
        found: dict[str, Any] = {"verdict": pl.Enum(VERDICTS)}
        found |= {f"rule_{name}": pl.Enum(STATUSES) for name in self.bound.checker.rules}
        found |= {f"value_{each.name}": DTYPES[each.value.kind] for each in self.values}
        found["needs"] = pl.String
        if self.reasons:
            found["reasons"] = pl.String
        found["error"] = pl.String
        return {self.prefix + name: dtype for name, dtype in found.items()}

    def __getstate__(self) -> dict[str, Any]:
        # Tables of days are made anew on the machine that needs them.
        return self.__dict__ | {"_days": {}}

    def missing(self, present: Collection[str]) -> list[str]:
        """Name the inputs that have neither a column among `present` nor a given answer."""
        return [
            name
            for name, column in self.columns.items()
            if column not in present and name not in self.given
        ]

    def check(self, present: Collection[str]) -> None:
        """Raise `TableError` for columns that are named and not there, or there twice over."""
        for name, column in self.columns.items():
            if name != column and column not in present:
                raise TableError(
                    f"There is no column {column!r} to answer {name}.\n"
                    f"  The columns are: {', '.join(present)}."
                )
        if self.inputs and len(self.missing(present)) == len(self.inputs):
            raise TableError(
                f"No column answers any question.\n"
                f"  Name columns as the inputs are, or map them: {', '.join(self.inputs)}."
            )
        taken = [name for name in self.schema() if name in present]
        if taken:
            raise TableError(
                f"The table has a column {taken[0]!r} already, which would be written over.\n"
                f"  Rename it, or give a prefix for what is added."
            )

    def judge(self, frame: pl.DataFrame, only: str | None = None) -> pl.DataFrame:
        """Give the added columns for a frame; with `only` ("rules") just verdict and rules."""
        if frame.height > _ROWS:
            starts = range(0, frame.height, _ROWS)
            with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
                pieces = pool.map(
                    lambda start: self._judge(frame.slice(start, _ROWS), only), starts
                )
                return pl.concat(pieces, rechunk=False)
        return self._judge(frame, only)

    def _judge(self, frame: pl.DataFrame, only: str | None) -> pl.DataFrame:
        rows = frame.height
        columns, scale, errors = self._read(frame)
        places = [cluster.cells.places(columns, scale, rows) for cluster in self.clusters]
        bad = np.zeros(rows, bool)
        if errors is not None:
            bad[errors["row"].to_numpy()] = True
        verdicts, statuses = self._verdicts(places, rows)
        found = {"verdict": _enum(verdicts, VERDICTS, bad)}
        for name in self.bound.checker.rules:
            found[f"rule_{name}"] = _enum(statuses[name], STATUSES, bad)
        if only != "rules":
            empty = pl.Series(bad) if errors is not None else None
            for each in self.values:
                column = each.column(columns, scale, rows)
                found[f"value_{each.name}"] = _without(column, empty)
            needs = self._needed(places, verdicts)
            texts = pl.Series(self._need_texts, dtype=pl.String)
            found["needs"] = _without(texts.gather(pl.Series(needs)), empty)
            if self.reasons:
                reasons = self.reasons.column(verdicts, statuses, needs, self._need_texts)
                found["reasons"] = _without(reasons, empty)
        found["error"] = _messages(errors, rows)
        return pl.DataFrame({self.prefix + name: each for name, each in found.items()})

    def _read(self, frame: pl.DataFrame) -> tuple[dict[str, Column], Scale, pl.DataFrame | None]:
        columns: dict[str, Column] = {}
        errors: list[pl.DataFrame] = []
        for name, one in self.inputs.items():
            if self.columns[name] in frame.columns:
                cells = frame[self.columns[name]]
                columns[name] = read_column(cells, one, self.text, self.words.get(name))
            elif self.given.get(name) is not None:
                columns[name] = as_cells(self.given[name], one, frame.height)
            else:
                dtype: Any = pl.UInt8 if one.kind in ("bool", "choice") else pl.Int64
                empty = pl.repeat(None, frame.height, dtype=dtype, eager=True)
                columns[name] = Column(empty, MICRO if one.kind == "decimal" else 1)
            wrong = columns[name].errors
            if wrong is not None:
                errors.append(wrong)
        scale = self._count_alike(columns)
        errors += self._orders(frame, columns, scale)
        return columns, scale, pl.concat(errors) if errors else None

    def _count_alike(self, columns: dict[str, Column]) -> Scale:
        decimals = [name for name, one in self.inputs.items() if one.kind == "decimal"]
        unit = min([self._least_unit, *(columns[name].unit for name in decimals)])
        for name in decimals:
            column = columns[name]
            if column.unit != unit:
                step = pl.Series([column.unit // unit], dtype=pl.Int128)
                columns[name] = Column(column.values.cast(pl.Int128) * step, unit, column.errors)
        return Scale(unit, self._days)

    def _orders(
        self, frame: pl.DataFrame, columns: dict[str, Column], scale: Scale
    ) -> list[pl.DataFrame]:
        """Find answers that lie before the ones they must follow, and take them out."""
        errors = []
        for order in self.bound.orders:
            later = order.inputs[0].name
            wrong = scale.outcome(order, lambda name: columns[name].values) == 0
            if not wrong.any():
                continue
            rows = wrong.arg_true()
            told = [self._told(frame, row, order) for row in rows]
            errors.append(pl.DataFrame({"row": rows.cast(pl.UInt32), "message": told}))
            held = columns[later]
            columns[later] = Column(held.values.set(wrong, None), held.unit, held.errors)
        return errors

    def _told(self, frame: pl.DataFrame, row: int, order: Compare) -> str:
        def shown(name: str) -> str:
            if self.columns[name] in frame.columns:
                return str(frame[self.columns[name]][row])
            return str(self.given.get(name))

        later, earlier = (one.name for one in order.inputs)
        accepts = {"not_before": earlier, "limit": shown(earlier)}
        return " ".join(str(InputError(later, "before", shown(later), accepts)).split())

    def _verdicts(
        self, places: list[Places], rows: int
    ) -> tuple[NDArray[Any], dict[str, NDArray[Any]]]:
        verdicts = np.full(rows, HOLDS, np.uint8)
        statuses = {}
        for cluster, place in zip(self.clusters, places, strict=True):
            found = cluster.cells.found
            table = np.array([each[0] for each in found], np.uint8)
            np.minimum(verdicts, place.rows(table), out=verdicts)
            for position, name in enumerate(cluster.rule_names):
                table = np.array([each[1][position] for each in found], np.uint8)
                statuses[name] = place.rows(table)
        return verdicts, statuses

    def _needed(self, places: list[Places], verdicts: NDArray[Any]) -> NDArray[Any]:
        """Give for each row the place of its needs among `_need_texts`."""
        needs = np.zeros(len(verdicts), np.uint32)
        undecided = verdicts == OPEN
        if not undecided.any():
            return needs
        profiles = []
        for cluster, place in zip(self.clusters, places, strict=True):
            table = np.array([each[2] for each in cluster.cells.found], np.uint64)
            profiles.append(place.rows(table)[undecided])
        sizes = [len(cluster.profiles) for cluster in self.clusters]
        strides = [1, *accumulate(sizes, lambda one, other: one * other)]
        combined = np.zeros(len(profiles[0]), np.uint64)
        for profile, stride in zip(profiles, strides, strict=False):
            combined += profile * np.uint64(stride)
        unique, back = np.unique(combined, return_inverse=True)
        texts: list[int] = []
        for number in unique.tolist():
            key = tuple(
                number // stride % size for stride, size in zip(strides, sizes, strict=False)
            )
            if key not in self._needs:
                with LOCK:
                    self._needs[key] = self._text_of(" ".join(self._telling(key)))
            texts.append(self._needs[key])
        needs[undecided] = np.array(texts, np.uint32)[back]
        return needs

    def _telling(self, key: tuple[int, ...]) -> list[str]:
        studied = [
            part
            for cluster, profile in zip(self.clusters, key, strict=True)
            for part in cluster.profiles[profile]
        ]
        names = list(self.inputs)
        weights = telling(studied)
        return sorted(weights, key=lambda name: (-weights[name], names.index(name)))

    def _text_of(self, text: str) -> int:
        if text not in self._need_texts:
            self._need_texts.append(text)
        return self._need_texts.index(text)


def _enum(codes: NDArray[Any], names: Iterable[str], bad: NDArray[Any]) -> pl.Series:
    series = pl.Series(codes).cat.to(pl.Enum(names))
    return series.set(pl.Series(bad), None) if bad.any() else series


def _without(column: pl.Series, empty: pl.Series | None) -> pl.Series:
    if empty is None:
        return column
    return column.zip_with(~empty, pl.repeat(None, len(column), dtype=column.dtype, eager=True))


def _messages(errors: pl.DataFrame | None, rows: int) -> pl.Series:
    if errors is None:
        return pl.repeat(None, rows, dtype=pl.String, eager=True)
    told = errors.group_by("row", maintain_order=True).agg(pl.col("message").str.join("; "))
    table = pl.DataFrame({"row": pl.int_range(rows, dtype=pl.UInt32, eager=True)})
    return table.join(told, on="row", how="left", maintain_order="left")["message"]
