"""Quantities: numbers worked out from figures and answers, used as limits and shown as values.

Every quantity used as a limit grows with each of the answers it reads (or stays level). That is
what lets the exact evaluation find, by halving, the one answer at which a comparison turns.
"""

from datetime import date

from .errors import CheckerError
from .workdays import covered_days, plus_working_days

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum
    from typing import Final

    from .figures import Figures
    from .inputs import Input

    class Nowhere(Enum):
        """What a type checker takes `NOWHERE` for, so that `is NOWHERE` narrows."""

        IT = 0

    NOWHERE: Final = Nowhere.IT
else:
    # The quantity cannot be known for these answers: they lie outside a calendar's coverage.
    NOWHERE = object()

__all__ = [
    "NOWHERE",
    "Figure",
    "Itself",
    "Later",
    "Quantity",
    "Sum",
    "YearlyFigure",
    "plus_months",
]

_MICROSECONDS_PER_HOUR = 3_600_000_000


def plus_months(day: int, months: int) -> int:
    """Count calendar months on from a day number; 31 January plus one is the end of February."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    following = date(year + month // 11, (month + 1) % 12 + 1, 1).toordinal()
    return min(date(year, month + 1, 1).toordinal() + start.day - 1, following - 1)


_STEPS: "dict[str, tuple[str, Callable[[int, int], int]]]" = {
    "months": ("date", plus_months),
    "days": ("date", lambda day, days: day + days),
    "working_days": ("date", plus_working_days),
    "hours": ("datetime", lambda instant, hours: instant + hours * _MICROSECONDS_PER_HOUR),
}


class Quantity:
    """A number worked out from answers. `inputs` are the inputs it reads, `kind` its scale."""

    __slots__ = ()
    inputs: "tuple[Input, ...]" = ()
    kind: str

    def bind(self, figures: "Figures") -> "Quantity":
        """Read the figures; give a quantity whose `at` can be called."""
        return self

    def at(self, values: "Mapping[str, int]") -> "int | Nowhere | None":
        """Give the number, None while an answer is missing, or NOWHERE outside coverage."""
        raise NotImplementedError

    def span(self, name: str) -> tuple[int, int]:
        """Between which answers to `name` the quantity is known."""
        for one in self.inputs:
            if one.name == name:
                return one.low, one.high
        raise KeyError(name)

    def crossings(self, name: str, values: "Mapping[str, int]", level: int) -> list[int]:
        """Where, as the answer to `name` grows, the quantity first reaches `level`.

        Includes the edges of coverage. `values` holds every other answer that is read.
        """
        low, high = first, last = self.span(name)
        trial = dict(values)
        high += 1
        while low < high:
            middle = (low + high) // 2
            trial[name] = middle
            if self.known(trial) >= level:
                high = middle
            else:
                low = middle + 1
        return [first, low, last + 1]

    def known(self, values: "Mapping[str, int]") -> int:
        """Give the number where every answer is there and covered; ValueError elsewhere."""
        number = self.at(values)
        if number is None or number is NOWHERE:
            raise ValueError(f"the quantity cannot be known from {dict(values)}")
        return number


class Figure(Quantity):
    """A figure of the record, read on the scale of the input it is compared with.

    `text` and `value` are there once it is bound.
    """

    __slots__ = ("kind", "name", "text", "value")
    text: str
    value: int

    def __init__(self, name: str, kind: str):
        self.name = name
        self.kind = kind

    def bind(self, figures: "Figures") -> "Figure":
        bound = Figure(self.name, self.kind)
        bound.value = figures.read(self.name, self.kind)
        bound.text = figures.text(self.name)
        return bound

    def at(self, values: "Mapping[str, int]") -> int:
        return self.value


class YearlyFigure:
    """A figure of the record that is a day of every year; `value` is its month and day.

    `text` and `value` are there once it is bound.
    """

    __slots__ = ("name", "text", "value")
    text: str
    value: tuple[int, int]

    def __init__(self, name: str):
        self.name = name

    def bind(self, figures: "Figures") -> "YearlyFigure":
        """Read the figure; give one whose `value` is known."""
        bound = YearlyFigure(self.name)
        bound.value = figures.read_yearly(self.name)
        bound.text = figures.text(self.name)
        return bound


class Itself(Quantity):
    """The answer to another input, as it stands."""

    __slots__ = ("inputs", "kind")

    def __init__(self, of: "Input"):
        self.inputs = (of,)
        self.kind = of.kind

    def at(self, values: "Mapping[str, int]") -> int | None:
        return values.get(self.inputs[0].name)


class Later(Quantity):
    """A day or instant a figure's number of months, days, working days or hours after an answer."""

    __slots__ = ("amount", "inputs", "kind", "unit")

    def __init__(self, start: "Input", unit: str, amount: Figure):
        if start.kind != _STEPS[unit][0]:
            raise CheckerError(
                f"{start.name} is a {start.kind}; {unit} cannot be added to it.\n"
                f"  Use an input of kind {_STEPS[unit][0]}."
            )
        self.inputs = (start,)
        self.kind = start.kind
        self.unit = unit
        self.amount = amount

    def bind(self, figures: "Figures") -> "Later":
        return Later(self.inputs[0], self.unit, self.amount.bind(figures))

    def at(self, values: "Mapping[str, int]") -> "int | Nowhere | None":
        start = values.get(self.inputs[0].name)
        if start is None:
            return None
        if self.unit == "working_days":
            first, last = covered_days(self.amount.value)
            if not first <= start <= last:
                return NOWHERE
        return _STEPS[self.unit][1](start, self.amount.value)

    def span(self, name: str) -> tuple[int, int]:
        low, high = super().span(name)
        if self.unit == "working_days":
            first, last = covered_days(self.amount.value)
            return max(low, first), min(high, last)
        return low, high


class Sum(Quantity):
    """The sum of two decimal answers or two whole-number answers."""

    __slots__ = ("inputs", "kind")

    def __init__(self, *inputs: "Input"):
        self.inputs = inputs
        self.kind = inputs[0].kind

    def at(self, values: "Mapping[str, int]") -> int | None:
        total = 0
        for one in self.inputs:
            value = values.get(one.name)
            if value is None:
                return None
            total += value
        return total
