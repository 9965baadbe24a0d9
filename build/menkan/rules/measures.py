"""Inputs that can be compared: whole numbers, decimals, days and instants.

A limit is a figure's name ("fact.figure"), another input, or a quantity worked out from inputs.
"""

from datetime import date

from .errors import CheckerError
from .inputs import LONGEST_TEXT, Input, JsonNumber
from .nodes import Compare, Season
from .quantities import Figure, Itself, Later, Quantity, Sum, YearlyFigure
from .scales import (
    SCALE,
    date_text,
    datetime_text,
    decimal_text,
    odd_number,
    read_date,
    read_datetime,
    read_decimal,
    without_exponent,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    # What an answer is compared with: a figure's name, another input, a quantity.
    Limit = str | Input | Quantity

__all__ = ["Date", "DateTime", "Decimal", "Integer"]

# Wide enough for any amount a seller meets, small enough that sums stay readable.
_MOST = 10**12


class _Ordered(Input):
    """An input that can be compared with a limit."""

    def at_least(self, limit: "Limit") -> Compare:
        """The answer is the limit or more (for days: that day or later)."""
        return self._compare(">=", limit)

    def at_most(self, limit: "Limit") -> Compare:
        """The answer is the limit or less (for days: that day or earlier)."""
        return self._compare("<=", limit)

    def above(self, limit: "Limit") -> Compare:
        """The answer is more than the limit (for days: later than it)."""
        return self._compare(">", limit)

    def below(self, limit: "Limit") -> Compare:
        """The answer is less than the limit (for days: earlier than it)."""
        return self._compare("<", limit)

    def _compare(self, sign: str, limit: "Limit") -> Compare:
        if isinstance(limit, str):
            limit = Figure(limit, self.kind)
        elif isinstance(limit, Input):
            limit = Itself(limit)
        return Compare(self, sign, limit)


class Integer(_Ordered):
    """A whole number of `unit`.

    >>> months = Integer("months", unit="months")
    >>> rule = months.at_least("history.months").cites("history")
    >>> checker = Checker("example", {"history": rule}).bind({"history.months": [(None, "6")]})
    >>> [checker.judge({"months": n}).verdict for n in (5, 6)]
    ['not_eligible', 'eligible']
    """

    kind = "int"

    def __init__(self, name: str, unit: str, at_least: int = 0, at_most: int = _MOST):
        super().__init__(name, at_least, at_most)
        self.unit = unit

    def read(self, answer: object) -> int | str:
        if isinstance(answer, JsonNumber):
            return odd_number(answer) or self.read_text(answer)
        if isinstance(answer, bool) or not isinstance(answer, int):
            return "not_whole" if isinstance(answer, float) else "wrong_type"
        return answer

    def read_text(self, text: str) -> int | str:
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit():
            return int(text)
        number = without_exponent(text) if isinstance(text, JsonNumber) else text
        return "not_whole" if read_decimal(number, LONGEST_TEXT) is not None else "wrong_type"

    def write(self, value: int) -> int:
        return value


class Decimal(_Ordered):
    """An exact decimal in `unit`, at most 9 places. `step` is what a person would change it by.

    >>> rating = Decimal("rating", unit="points", at_most="5")
    >>> rule = rating.at_least("floor.rating").cites("floor")
    >>> checker = Checker("example", {"rated": rule}).bind({"floor.rating": [(None, "4.6")]})
    >>> [checker.judge({"rating": text}).verdict for text in ("4.59", "4.60")]
    ['not_eligible', 'eligible']
    """

    kind = "decimal"

    def __init__(
        self,
        name: str,
        unit: str,
        at_least: str = "0",
        at_most: str = str(_MOST),
        step: str = "0.01",
    ):
        super().__init__(name, _bound(at_least), _bound(at_most))
        self.unit = unit
        self.step = _bound(step)

    def read(self, answer: object) -> int | str:
        if isinstance(answer, bool):
            return "wrong_type"
        if isinstance(answer, int):
            return answer * SCALE
        if type(answer).__name__ == "Decimal" and not isinstance(answer, Input):
            answer = JsonNumber(str(answer))  # decimal.Decimal, without importing it
        if not isinstance(answer, str):
            return "binary_float" if isinstance(answer, float) else "wrong_type"
        text = without_exponent(answer) if isinstance(answer, JsonNumber) else answer
        value = read_decimal(text)
        if value is not None:
            return value
        if read_decimal(text, places=LONGEST_TEXT) is not None:
            return "too_many_places"
        return odd_number(answer) or "wrong_type"

    def write(self, value: int) -> str:
        return decimal_text(value)

    def nearest(self, value: int, first: int, last: int) -> int:
        """Give the nearest answer, in whole steps where the cell has room for one."""
        close = super().nearest(value, first, last)
        if close == value or close % self.step == 0:
            return close
        rounded = close // self.step * self.step + (self.step if close > value else 0)
        return rounded if first <= rounded <= last else close

    def plus(self, other: "Decimal") -> Sum:
        """Add another answer to this one."""
        return Sum(self, other)


class _Moment(_Ordered):
    """A day or an instant. `default` names what the page and the command line fill in."""

    def __init__(
        self, name: str, low: int, high: int, default: str | None, not_before: "Input | None"
    ):
        super().__init__(name, low, high)
        self.default = default
        self.not_before = not_before


class Date(_Moment):
    """A calendar day, 1900 to 2199.

    >>> opened, today = Date("opened_on"), Date("today", default="today")
    >>> rule = today.at_least(opened.plus_months("wait.months")).cites("wait")
    >>> checker = Checker("example", {"waited": rule}).bind({"wait.months": [(None, "1")]})
    >>> checker.judge({"opened_on": "2026-01-31", "today": "2026-02-28"}).verdict
    'eligible'
    """

    kind = "date"

    def __init__(self, name: str, default: str | None = None, not_before: "Date | None" = None):
        super().__init__(name, _FIRST_DAY, _LAST_DAY, default, not_before)

    def read(self, answer: object) -> int | str:
        if not isinstance(answer, str) or isinstance(answer, JsonNumber):
            return "wrong_type"
        day = read_date(answer)
        return "not_a_date" if day is None else day

    def write(self, value: int) -> str:
        return date_text(value)

    def plus_months(self, figure: str) -> Later:
        """The day that many calendar months later."""
        return Later(self, "months", Figure(figure, "int"))

    def plus_days(self, figure: str) -> Later:
        """The day that many days later."""
        return Later(self, "days", Figure(figure, "int"))

    def plus_working_days(self, figure: str) -> Later:
        """The last of that many Chinese working days after the day (see `workdays`)."""
        return Later(self, "working_days", Figure(figure, "int"))

    def in_season(self, first: str, last: str) -> Season:
        """The day falls, in any year, from `first` to `last`, both days included."""
        return Season(self, YearlyFigure(first), YearlyFigure(last))


class DateTime(_Moment):
    """An instant with its offset from UTC, 1900 to 2199.

    >>> told, now = DateTime("told_at"), DateTime("now", default="now")
    >>> rule = now.at_most(told.plus_hours("window.hours")).cites("window")
    >>> checker = Checker("example", {"in_time": rule}).bind({"window.hours": [(None, "72")]})
    >>> checker.judge({"told_at": "2026-01-01T09:00+08:00", "now": "2026-01-04T01:00Z"}).verdict
    'eligible'
    """

    kind = "datetime"

    def __init__(self, name: str, default: str | None = None, not_before: "DateTime | None" = None):
        super().__init__(name, _FIRST_INSTANT, _LAST_INSTANT, default, not_before)

    def read(self, answer: object) -> int | str:
        if not isinstance(answer, str) or isinstance(answer, JsonNumber):
            return "wrong_type"
        moment = read_datetime(answer)
        if moment is not None:
            return moment[0]
        return "no_offset" if read_datetime(answer + "Z") is not None else "not_a_datetime"

    def write(self, value: int, offset: int = 0) -> str:
        return datetime_text(value, offset)

    def plus_hours(self, figure: str) -> Later:
        """The instant that many hours later."""
        return Later(self, "hours", Figure(figure, "int"))


def _bound(text: str) -> int:
    """Read what bounds a decimal input, or say that it is no such thing."""
    value = read_decimal(text)
    if value is None:
        raise CheckerError(
            f"{text!r} cannot bound a decimal input.\n  Write a plain decimal such as '4.5'."
        )
    return value


_FIRST_DAY, _LAST_DAY = date(1900, 1, 1).toordinal(), date(2199, 12, 31).toordinal()
_A_DAY = 86_400_000_000  # microseconds
_FIRST_INSTANT = (_FIRST_DAY - date(1970, 1, 1).toordinal()) * _A_DAY
_LAST_INSTANT = (_LAST_DAY + 1 - date(1970, 1, 1).toordinal()) * _A_DAY - 1_000_000
