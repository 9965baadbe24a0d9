"""The questions a checker asks: six kinds of input, each with strict reading.

An input turns an answer into a whole number on its scale (`scales`) and back. Reading never
coerces: a boolean is no number, 1.0 is no whole number, a binary float is no decimal. The methods
of an input make conditions and quantities, so a checker reads like its source.
"""

from .errors import CheckerError, InputError
from .nodes import All, Any, Compare, Node, OneOf, Season
from .quantities import Figure, Itself, Later, Sum
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

__all__ = ["Choice", "Date", "DateTime", "Decimal", "Input", "Integer", "JsonNumber", "YesNo"]

# Wide enough for any amount a seller meets, small enough that sums stay readable.
_MOST = 10**12
_LONGEST_TEXT = 64


class JsonNumber(str):
    """A JSON number as it was written, for reading it without a binary float in between."""

    __slots__ = ()


class Input:
    """One question. `low` and `high` bound its answers as whole numbers, both included."""

    kind = ""
    unit = None
    choices = None
    default = None
    not_before = None

    def __init__(self, name: str, low: int, high: int):
        if not name.isidentifier() or name != name.lower():
            raise CheckerError(
                f"{name!r} cannot name an input.\n  Use lower-case words joined by underscores."
            )
        self.name = name
        self.low = low
        self.high = high

    @property
    def minimum(self):
        """The least answer, as JSON shows it."""
        return self.write(self.low)

    @property
    def maximum(self):
        """The greatest answer, as JSON shows it."""
        return self.write(self.high)

    def read(self, answer) -> int | str:
        """Give the answer as a whole number on the input's scale, or a code saying why not."""
        raise NotImplementedError

    def read_text(self, text: str) -> int | str:
        """Read what a person typed or a table cell holds; like `read` otherwise."""
        return self.read(text)

    def write(self, value: int):
        """Give the answer back as JSON shows it."""
        raise NotImplementedError

    def nearest(self, value: int, first: int, last: int) -> int:
        """Give the answer between `first` and `last` that is nearest to `value`."""
        return min(max(value, first), last)

    def check(self, answer, as_text: bool = False) -> int | InputError:
        """Read an answer and hold it against the bounds."""
        if isinstance(answer, str) and len(answer) > _LONGEST_TEXT:
            result = "too_long"
        elif as_text and isinstance(answer, str):
            result = self.read_text(answer)
        else:
            result = self.read(answer)
        if isinstance(result, int):
            if self.low <= result <= self.high:
                return result
            result = "too_small" if result < self.low else "too_large"
        return InputError(self.name, result, answer, self.accepts())

    def accepts(self) -> dict:
        """Say as plain data what answers are taken."""
        accepts = {"kind": self.kind}
        if self.unit:
            accepts["unit"] = self.unit
        if self.choices:
            accepts["choices"] = list(self.choices)
        else:
            accepts["minimum"] = self.minimum
            accepts["maximum"] = self.maximum
        return accepts

    def _compare(self, sign, limit) -> Compare:
        if isinstance(limit, str):
            limit = Figure(limit, self.kind)
        elif isinstance(limit, Input):
            limit = Itself(limit)
        return Compare(self, sign, limit)

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class _Ordered(Input):
    """An input that can be compared. A limit is a figure ("fact.figure"), input or quantity."""

    def at_least(self, limit) -> Compare:
        """The answer is the limit or more (for days: that day or later)."""
        return self._compare(">=", limit)

    def at_most(self, limit) -> Compare:
        """The answer is the limit or less (for days: that day or earlier)."""
        return self._compare("<=", limit)

    def above(self, limit) -> Compare:
        """The answer is more than the limit (for days: later than it)."""
        return self._compare(">", limit)

    def below(self, limit) -> Compare:
        """The answer is less than the limit (for days: earlier than it)."""
        return self._compare("<", limit)


class YesNo(Input):
    """A yes/no question."""

    kind = "bool"

    def __init__(self, name: str):
        super().__init__(name, 0, 1)

    def read(self, answer):
        return int(answer) if isinstance(answer, bool) else "wrong_type"

    def read_text(self, text):
        return {"true": 1, "false": 0}.get(text.lower(), "wrong_type")

    def write(self, value):
        return bool(value)

    def is_true(self) -> OneOf:
        """The answer is yes."""
        return OneOf(self, (1,))

    def is_false(self) -> OneOf:
        """The answer is no."""
        return OneOf(self, (0,))


class Choice(Input):
    """One of a few options; where they have an order, the lowest stands first."""

    kind = "choice"

    def __init__(self, name: str, *choices: str):
        super().__init__(name, 0, len(choices) - 1)
        self.choices = choices

    def read(self, answer):
        if not isinstance(answer, str):
            return "wrong_type"
        return self.choices.index(answer) if answer in self.choices else "not_a_choice"

    def write(self, value):
        return self.choices[value]

    def is_(self, *choices: str) -> OneOf:
        """The answer is one of these options."""
        return OneOf(self, tuple(self._place(choice) for choice in choices))

    def at_least(self, choice: str) -> OneOf:
        """The answer is this option or a higher one."""
        return OneOf(self, tuple(range(self._place(choice), len(self.choices))))

    def switch(self, **conditions: Node) -> Node:
        """For each option its own condition; every option has one."""
        if sorted(conditions) != sorted(self.choices):
            raise CheckerError(
                f"{self.name}.switch(…) names {sorted(conditions)}.\n"
                f"  Give one condition for each of {sorted(self.choices)}."
            )
        return Any(*(All(self.is_(choice), node) for choice, node in conditions.items()))

    def _place(self, choice: str) -> int:
        if choice not in self.choices:
            raise CheckerError(
                f"{self.name} has no option {choice!r}.\n  It has: {', '.join(self.choices)}."
            )
        return self.choices.index(choice)


class Integer(_Ordered):
    """A whole number of `unit`."""

    kind = "int"

    def __init__(self, name: str, unit: str, at_least: int = 0, at_most: int = _MOST):
        super().__init__(name, at_least, at_most)
        self.unit = unit

    def read(self, answer):
        if isinstance(answer, JsonNumber):
            return odd_number(answer) or "not_whole"
        if isinstance(answer, bool) or not isinstance(answer, int):
            return "not_whole" if isinstance(answer, float) else "wrong_type"
        return answer

    def read_text(self, text):
        digits = text.removeprefix("-")
        if digits.isascii() and digits.isdigit():
            return int(text)
        return "not_whole" if read_decimal(text) is not None else "wrong_type"

    def write(self, value):
        return value


class Decimal(_Ordered):
    """An exact decimal in `unit`, at most 9 places. `step` is what a person would change it by."""

    kind = "decimal"

    def __init__(
        self, name: str, unit: str, at_least: str = "0", at_most: str = str(_MOST), step="0.01"
    ):
        super().__init__(name, read_decimal(at_least), read_decimal(at_most))
        self.unit = unit
        self.step = read_decimal(step)

    def read(self, answer):
        if isinstance(answer, bool):
            return "wrong_type"
        if isinstance(answer, int):
            return answer * SCALE
        if type(answer).__name__ == "Decimal" and not isinstance(answer, Input):
            answer = JsonNumber(answer)  # decimal.Decimal, without importing it
        if not isinstance(answer, str):
            return "binary_float" if isinstance(answer, float) else "wrong_type"
        text = without_exponent(answer) if isinstance(answer, JsonNumber) else answer
        value = read_decimal(text)
        if value is not None:
            return value
        if read_decimal(text, places=_LONGEST_TEXT) is not None:
            return "too_many_places"
        return odd_number(answer) or "wrong_type"

    def write(self, value):
        return decimal_text(value)

    def nearest(self, value, first, last):
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

    def __init__(self, name, low, high, default, not_before):
        super().__init__(name, low, high)
        self.default = default
        self.not_before = not_before


class Date(_Moment):
    """A calendar day, 1900 to 2199."""

    kind = "date"

    def __init__(self, name: str, default: str | None = None, not_before: "Date | None" = None):
        super().__init__(name, _FIRST_DAY, _LAST_DAY, default, not_before)

    def read(self, answer):
        if not isinstance(answer, str) or isinstance(answer, JsonNumber):
            return "wrong_type"
        day = read_date(answer)
        return "not_a_date" if day is None else day

    def write(self, value):
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
        return Season(self, Figure(first, "month_day"), Figure(last, "month_day"))


class DateTime(_Moment):
    """An instant with its offset from UTC, 1900 to 2199."""

    kind = "datetime"

    def __init__(self, name: str, default: str | None = None, not_before: "DateTime | None" = None):
        super().__init__(name, _FIRST_INSTANT, _LAST_INSTANT, default, not_before)

    def read(self, answer):
        if not isinstance(answer, str) or isinstance(answer, JsonNumber):
            return "wrong_type"
        moment = read_datetime(answer)
        if moment is not None:
            return moment[0]
        return "no_offset" if read_datetime(answer + "Z") is not None else "not_a_datetime"

    def write(self, value, offset: int = 0):
        return datetime_text(value, offset)

    def plus_hours(self, figure: str) -> Later:
        """The instant that many hours later."""
        return Later(self, "hours", Figure(figure, "int"))


_FIRST_DAY, _LAST_DAY = read_date("1900-01-01"), read_date("2199-12-31")
_FIRST_INSTANT = read_datetime("1900-01-01T00:00Z")[0]
_LAST_INSTANT = read_datetime("2199-12-31T23:59:59Z")[0]
