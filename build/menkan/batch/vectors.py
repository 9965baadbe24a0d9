"""Conditions and quantities over whole columns, with the outcomes of the single check.

A condition's outcome is 0 for no, 1 for yes, 2 where it cannot be known (a day outside the working
calendar) and 3 where an answer is missing. What depends on a day alone (a month later, working
days, a season) is worked out once per day by the rules themselves and looked up.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from menkan.rules import Input
from menkan.rules.nodes import Compare, Leaf, OneOf, Season
from menkan.rules.quantities import NOWHERE, Figure, Itself, Later, Quantity, Sum, YearlyFigure
from menkan.rules.truth import NO, YES

from .columns import NANO

if TYPE_CHECKING:
    from menkan.rules.quantities import Nowhere

__all__ = ["MISSES", "NOWHERE_AT", "Days", "Scale", "key_of"]

# How a column of quantities says NOWHERE, and how a column of outcomes says "unanswered".
NOWHERE_AT = -(2**62)
MISSES = 3

_MICROSECONDS_PER_HOUR = 3_600_000_000

# Gives the answers to an input, by its name; what is worked out of a day.
Get = Callable[[str], pl.Series]
OfDay = Callable[[int], "int | Nowhere | None"]


class Days:
    """A function of a day, worked out once for each day that is met."""

    def __init__(self, function: OfDay, first: int, last: int):
        self.function = function
        self.first = first
        self.known = np.zeros(last - first + 1, bool)
        self.table = np.zeros(last - first + 1, np.int64)

    def __call__(self, days: pl.Series) -> pl.Series:
        """Look up each day; null where it is null."""
        empty = days.is_null() if days.null_count() else None
        places = (days if empty is None else days.fill_null(self.first)).to_numpy() - self.first
        met = np.zeros(len(self.known), bool)
        met[places] = True
        for place in np.flatnonzero(met & ~self.known).tolist():
            found = self.function(self.first + place)
            if found is None:
                raise ValueError("a day comes to nothing")
            self.table[place] = NOWHERE_AT if found is NOWHERE else found
            self.known[place] = True
        worked = pl.Series(self.table[places])
        return worked if empty is None else worked.set(empty, None)


class Scale:
    """Works out conditions over columns of whole numbers.

    `unit` is what one count of a decimal column is worth; all decimals of a frame are counted
    alike. `days` keeps the tables of what depends on a day alone.
    """

    def __init__(self, unit: int, days: dict[object, Days]):
        self.unit = unit
        self._days = days

    def outcome(self, leaf: Leaf, column: Get, missing: int = MISSES) -> pl.Series:
        """Give the outcomes of a leaf; `column(name)` gives the answers to an input."""
        own = leaf.inputs[0]
        values = column(own.name)
        if isinstance(leaf, OneOf):
            found = values.is_in(list(leaf.places)).cast(pl.UInt8)
        elif isinstance(leaf, Compare):
            limit = self.quantity(leaf.limit, column)
            found = _SIGNS[leaf.sign](values, limit).cast(pl.UInt8)
            if isinstance(leaf.limit, Later) and leaf.limit.unit == "working_days":
                found = found.set((limit == NOWHERE_AT).fill_null(False), 2)
        else:
            turned = self.day_table(key_of(leaf), own, lambda day: _outcome(leaf, own.name, day))
            found = turned(values).cast(pl.UInt8)
        return found.fill_null(missing) if found.null_count() else found

    def quantity(self, quantity: Quantity, column: Get) -> Any:
        """Give a quantity as a column (or a number, for a figure) on the inputs' counting."""
        if isinstance(quantity, Figure):
            if quantity.kind != "decimal":
                return quantity.value
            count, rest = divmod(quantity.value, self.unit)
            if rest:
                raise ValueError(f"{quantity.name} has more places than a table is counted in.")
            return pl.Series([count], dtype=pl.Int128 if self.unit == NANO else pl.Int64)
        if isinstance(quantity, Itself):
            return column(quantity.inputs[0].name)
        if isinstance(quantity, Sum):
            first, *others = (column(one.name) for one in quantity.inputs)
            for other in others:
                first = first + other
            return first
        if not isinstance(quantity, Later):
            raise TypeError(f"a table cannot work out {type(quantity).__name__} yet")
        name = quantity.inputs[0].name
        amount = quantity.amount.value
        if quantity.unit == "hours":
            return column(name) + amount * _MICROSECONDS_PER_HOUR
        if quantity.unit == "days":
            return column(name) + amount
        table = self.day_table(
            key_of(quantity), quantity.inputs[0], lambda day: quantity.at({name: day})
        )
        return table(column(name))

    def cut(self, leaf: Leaf, name: str, column: Get) -> Any:
        """Give where, as the answer to `name` grows, the leaf turns; None without a closed form."""
        if not isinstance(leaf, Compare) or leaf.inputs[0].kind == "decimal":
            return None
        above = int(leaf.sign in (">", "<="))
        if name == leaf.inputs[0].name:
            if isinstance(leaf.limit, Later) and leaf.limit.unit == "working_days":
                return None
            return self.quantity(leaf.limit, column) + above
        level = column(leaf.inputs[0].name) + (1 - above)
        if isinstance(leaf.limit, Itself):
            return level
        if isinstance(leaf.limit, Later) and leaf.limit.unit in ("days", "hours"):
            step = _MICROSECONDS_PER_HOUR if leaf.limit.unit == "hours" else 1
            return level - leaf.limit.amount.value * step
        return None

    def day_table(self, key: object, one: Input, function: OfDay) -> Days:
        """Give the table of a function of the days of an input, made once for each `key`."""
        if key not in self._days:
            self._days[key] = Days(function, one.low, one.high)
        return self._days[key]


def key_of(thing: Leaf | Quantity | YearlyFigure) -> tuple[object, ...]:
    """Give what tells a bound leaf or quantity from another, as a hashable value."""
    if isinstance(thing, YearlyFigure):
        return "figure", "month_day", thing.value
    if isinstance(thing, Figure):
        return "figure", thing.kind, thing.value
    names = tuple(one.name for one in thing.inputs)
    if isinstance(thing, OneOf):
        return "one of", names, tuple(sorted(thing.places))
    if isinstance(thing, Compare):
        return "compare", names, thing.sign, key_of(thing.limit)
    if isinstance(thing, Later):
        return "later", names, thing.unit, thing.amount.value
    if isinstance(thing, (Itself, Sum)):
        return type(thing).__name__, names
    if isinstance(thing, Season):
        return "Season", names, thing.first.value, thing.last.value
    raise TypeError(f"a table cannot tell one {type(thing).__name__} from another yet")


def _outcome(leaf: Leaf, name: str, day: int) -> int:
    return {NO: 0, YES: 1}.get(leaf.truth({name: day}), 2)


_SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": lambda value, limit: value >= limit,
    ">": lambda value, limit: value > limit,
    "<=": lambda value, limit: value <= limit,
    "<": lambda value, limit: value < limit,
}
