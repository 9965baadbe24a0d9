"""A checker over one piece of a table: verdict, rules, values, needs, reasons and errors.

Rules that share an input form a cluster; each cluster's cells are judged once (`cells`), and a
row's verdict is the lowest of its clusters. Pieces are independent of one another, so an engine
may hand them over in any order and on any machine.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate

import numpy as np
import polars as pl

from menkan.rules import BoundChecker, InputError
from menkan.rules.exact import FAILS, HOLDS, OPEN, parts, telling
from menkan.rules.quantities import Figure

from .cells import LOCK, Cells
from .columns import MICRO, NANO, Column, TableError, as_cells, read_column
from .reasons import STATUSES, VERDICTS, Reasons
from .vectors import Scale
from .worked import DTYPES, Worked

__all__ = ["Kernel"]

# Rows worked on at a time: small enough for the processor's caches, large enough to be quick.
_ROWS = 1 << 18


class _Cluster:
    """Rules that share inputs. A cell's result is (class, statuses, parts, profile)."""

    def __init__(self, bound, rules, names):
        self.bound = bound
        self.rules = rules
        self.rule_names = [list(bound.checker.rules)[rule] for rule in rules]
        shown = [node for value in bound.values.values() for node in value.nodes]
        leaves = [leaf for rule in rules for leaf in bound.nodes[rule].leaves()]
        ties = [*bound.orders, *(leaf for node in shown for leaf in node.leaves())]
        leaves += [
            leaf
            for leaf in ties
            if len(leaf.inputs) > 1 and any(one.name in names for one in leaf.inputs)
        ]
        self.cells = Cells(bound.space, names, leaves, self._look)
        self._profiles: dict = {}
        self.profiles: list = []  # the parts of each profile

    def _look(self, values):
        studied = self.bound._study(values)
        findings = self.bound._findings(studied)
        own = [part for part in studied if set(part.rules) <= set(self.rules)]
        statuses = [findings[name].note or findings[name].status for name in self.rule_names]
        if min(part.highest for part in own) == FAILS:
            found = FAILS
        else:
            found = HOLDS if min(part.lowest for part in own) == HOLDS else OPEN
        key = tuple((tuple(part.weights), _counted(part.swings)) for part in own)
        if key not in self._profiles:
            self._profiles[key] = len(self.profiles)
            self.profiles.append(own)
        return found, [STATUSES.index(status) for status in statuses], self._profiles[key]


def _counted(swings):
    return tuple(
        (name, tuple(sorted((tuple(sorted(each)), number) for each, number in counts.items())))
        for name, counts in sorted(swings.items())
    )


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
        reasons=None,
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
        self._days: dict = {}
        self._least_unit = min(map(_unit_of, _figures(bound)), default=MICRO)
        names = list(self.inputs)
        ties = [frozenset(one.name for one in leaf.inputs) for leaf in _ties(bound)]
        self.clusters = [
            _Cluster(bound, rules, members)
            for rules, members in parts(
                bound._reads, ties, range(len(bound.nodes)), frozenset(names)
            )
        ]
        self.values = [Worked(bound.space, name, value) for name, value in bound.values.items()]
        self.reasons = Reasons(reasons, bound.checker) if reasons else None
        self._needs: dict = {}
        self._need_texts = [""]

    def schema(self) -> dict[str, object]:
        """Give the columns that are added and what they hold."""
        found = {"verdict": pl.Enum(VERDICTS)}
        found |= {f"rule_{name}": pl.Enum(STATUSES) for name in self.bound.checker.rules}
        found |= {f"value_{each.name}": DTYPES[each.value.kind] for each in self.values}
        found["needs"] = pl.String
        if self.reasons:
            found["reasons"] = pl.String
        found["error"] = pl.String
        return {self.prefix + name: dtype for name, dtype in found.items()}

    def __getstate__(self):
        # Tables of days are made anew on the machine that needs them.
        return self.__dict__ | {"_days": {}}

    def missing(self, present) -> list[str]:
        """Name the inputs that have neither a column among `present` nor a given answer."""
        return [
            name
            for name, column in self.columns.items()
            if column not in present and name not in self.given
        ]

    def check(self, present) -> None:
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

    def judge(self, frame: pl.DataFrame, only=None) -> pl.DataFrame:
        """Give the added columns for a frame; with `only` ("rules") just verdict and rules."""
        if frame.height > _ROWS:
            starts = range(0, frame.height, _ROWS)
            with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
                pieces = pool.map(
                    lambda start: self._judge(frame.slice(start, _ROWS), only), starts
                )
                return pl.concat(pieces, rechunk=False)
        return self._judge(frame, only)

    def _judge(self, frame, only):
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

    def _read(self, frame):
        columns, errors = {}, []
        for name, one in self.inputs.items():
            if self.columns[name] in frame.columns:
                cells = frame[self.columns[name]]
                columns[name] = read_column(cells, one, self.text, self.words.get(name))
            elif self.given.get(name) is not None:
                columns[name] = as_cells(self.given[name], one, frame.height)
            else:
                dtype = pl.UInt8 if one.kind in ("bool", "choice") else pl.Int64
                empty = pl.repeat(None, frame.height, dtype=dtype, eager=True)
                columns[name] = Column(empty, MICRO if one.kind == "decimal" else 1)
            if columns[name].errors is not None:
                errors.append(columns[name].errors)
        scale = self._count_alike(columns)
        errors += self._orders(frame, columns, scale)
        return columns, scale, pl.concat(errors) if errors else None

    def _count_alike(self, columns):
        decimals = [name for name, one in self.inputs.items() if one.kind == "decimal"]
        unit = min([self._least_unit, *(columns[name].unit for name in decimals)])
        for name in decimals:
            column = columns[name]
            if column.unit != unit:
                step = pl.Series([column.unit // unit], dtype=pl.Int128)
                columns[name] = Column(column.values.cast(pl.Int128) * step, unit, column.errors)
        return Scale(unit, self._days)

    def _orders(self, frame, columns, scale):
        """Find answers that lie before the ones they must follow, and take them out."""
        errors = []
        for order in self.bound.orders:
            later = order.inputs[0].name
            wrong = scale.outcome(order, lambda name: columns[name].values) == 0
            if not wrong.any():
                continue
            rows = wrong.arg_true()
            told = [self._told(frame, columns, row, order) for row in rows]
            errors.append(pl.DataFrame({"row": rows.cast(pl.UInt32), "message": told}))
            held = columns[later]
            columns[later] = Column(held.values.set(wrong, None), held.unit, held.errors)
        return errors

    def _told(self, frame, columns, row, order):
        def shown(name):
            if self.columns[name] in frame.columns:
                return str(frame[self.columns[name]][row])
            return str(self.given.get(name))

        later, earlier = (one.name for one in order.inputs)
        accepts = {"not_before": earlier, "limit": shown(earlier)}
        return " ".join(str(InputError(later, "before", shown(later), accepts)).split())

    def _verdicts(self, places, rows):
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

    def _needed(self, places, verdicts):
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
        combined = sum(
            profile * np.uint64(stride) for profile, stride in zip(profiles, strides, strict=False)
        )
        unique, back = np.unique(combined, return_inverse=True)
        table = []
        for number in unique.tolist():
            key = tuple(
                number // stride % size for stride, size in zip(strides, sizes, strict=False)
            )
            if key not in self._needs:
                with LOCK:
                    self._needs[key] = self._text_of(" ".join(self._telling(key)))
            table.append(self._needs[key])
        needs[undecided] = np.array(table, np.uint32)[back]
        return needs

    def _telling(self, key):
        studied = [
            part
            for cluster, profile in zip(self.clusters, key, strict=True)
            for part in cluster.profiles[profile]
        ]
        names = list(self.inputs)
        weights = telling(studied)
        return sorted(weights, key=lambda name: (-weights[name], names.index(name)))

    def _text_of(self, text):
        if text not in self._need_texts:
            self._need_texts.append(text)
        return self._need_texts.index(text)


def _ties(bound):
    shown = [node for value in bound.values.values() for node in value.nodes]
    leaves = [*bound.orders, *(leaf for node in shown for leaf in node.leaves())]
    return [leaf for leaf in leaves if len(leaf.inputs) > 1]


def _figures(bound):
    """Yield the decimal figures that answers are compared with or counted against."""
    leaves = [leaf for node in bound.nodes for leaf in node.leaves()]
    things = [leaf.limit for leaf in leaves if hasattr(leaf, "limit")]
    seen = list(bound.values.values())
    while seen:
        value = seen.pop()
        things.append(getattr(value, "quantity", None))
        seen += [getattr(value, part) for part in ("value", "more", "less") if hasattr(value, part)]
        things += [
            limit
            for node in value.nodes
            for limit in (getattr(leaf, "limit", None) for leaf in node.leaves())
        ]
    for thing in things:
        if isinstance(thing, Figure) and thing.kind == "decimal":
            yield thing.value


def _unit_of(value):
    return NANO if value % MICRO else MICRO


def _enum(codes, names, bad):
    series = pl.Series(codes).cat.to(pl.Enum(names))
    return series.set(pl.Series(bad), None) if bad.any() else series


def _without(column, empty):
    if empty is None:
        return column
    return column.zip_with(~empty, pl.repeat(None, len(column), dtype=column.dtype, eager=True))


def _messages(errors, rows):
    if errors is None:
        return pl.repeat(None, rows, dtype=pl.String, eager=True)
    told = errors.group_by("row", maintain_order=True).agg(pl.col("message").str.join("; "))
    table = pl.DataFrame({"row": pl.int_range(rows, dtype=pl.UInt32, eager=True)})
    return table.join(told, on="row", how="left", maintain_order="left")["message"]
