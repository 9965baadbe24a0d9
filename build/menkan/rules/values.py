"""Values: results shown beside the verdict (a due date, a cost, what is left of a quota).

A value is null while an answer it rests on is missing.
"""

from datetime import date

from .errors import CheckerError
from .inputs import Input
from .nodes import Node
from .quantities import NOWHERE, Figure, Itself, Quantity, YearlyFigure
from .scales import SCALE, day_of_year
from .truth import YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeAlias

    from .figures import Figures

    # Gives every outcome a condition can still come to.
    Can = Callable[[Node], set[int]]
    # What can be compared: a figure's name, an input, a quantity, a value.
    Measured: TypeAlias = "str | Input | Quantity | Value"

__all__ = ["Beyond", "NextDay", "OnlyIf", "Pick", "Says", "Times", "Unless", "Value"]


class Value:
    """A result. `kind` is its scale, `unit` its unit or None, `inputs` what it may read.

    >>> opened = Date("opened_on")
    >>> earliest = opened.plus_months("wait.months")
    >>> rule = Date("today").at_least(earliest).cites("wait")
    >>> checker = Checker("example", {"waited": rule}, values={"earliest": earliest})
    >>> bound = checker.bind({"wait.months": [(None, "3")]})
    >>> bound.judge({"opened_on": "2026-01-12"}).values, bound.judge({}).values
    ({'earliest': '2026-04-12'}, {'earliest': None})
    """

    __slots__ = ("inputs", "kind", "unit")
    nodes: tuple[Node, ...] = ()

    def __init__(self, kind: str, unit: str | None, inputs: "Iterable[Input]"):
        self.kind = kind
        self.unit = unit
        self.inputs = tuple(dict.fromkeys(inputs))

    def bind(self, figures: "Figures") -> "Value":
        """Read the figures."""
        return self

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        """Give the result as a whole number; None when it cannot be given (yet).

        `can(node)` gives every outcome a condition can still come to.
        """
        raise NotImplementedError


def as_value(thing: Value | Quantity | Node | str) -> Value:
    """Take a value, a quantity, a condition or a decimal figure's name as a value."""
    if isinstance(thing, Value):
        return thing
    if isinstance(thing, Node):
        return Says(thing)
    if isinstance(thing, str):
        thing = Figure(thing, "decimal")
    return Shown(thing)


class Shown(Value):
    """A quantity as it stands."""

    __slots__ = ("quantity",)

    def __init__(self, quantity: Quantity):
        unit = quantity.inputs[0].unit if quantity.inputs else None
        super().__init__(quantity.kind, unit, quantity.inputs)
        self.quantity = quantity

    def bind(self, figures: "Figures") -> "Shown":
        return Shown(self.quantity.bind(figures))

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        result = self.quantity.at(values)
        return None if result is NOWHERE else result


class Says(Value):
    """Whether a condition is met: true or false once no answer can change that.

    >>> home = YesNo("home")
    >>> rule = YesNo("verified").is_true().cites("owner-check")
    >>> checker = Checker("example", {"verified": rule}, values={"abroad": Says(~home.is_true())})
    >>> checker.bind({}).judge({"home": False}).values
    {'abroad': True}
    """

    __slots__ = ("nodes",)

    def __init__(self, node: Node):
        super().__init__("bool", None, (one for leaf in node.leaves() for one in leaf.inputs))
        self.nodes = (node,)

    def bind(self, figures: "Figures") -> "Says":
        return Says(self.nodes[0].bind(figures))

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        outcomes = can(self.nodes[0])
        if outcomes == {YES}:
            return 1
        return None if YES in outcomes else 0


class _Conditional(Value):
    __slots__ = ("nodes", "value")

    def __init__(self, node: Node, value: Value | Quantity | Node | str):
        self.value = as_value(value)
        read = (one for leaf in node.leaves() for one in leaf.inputs)
        super().__init__(self.value.kind, self.value.unit, (*read, *self.value.inputs))
        self.nodes = (node,)

    def bind(self, figures: "Figures") -> "_Conditional":
        return type(self)(self.nodes[0].bind(figures), self.value.bind(figures))


class OnlyIf(_Conditional):
    """A value that is given only while a condition is met.

    >>> home = YesNo("home").is_true()
    >>> fee = OnlyIf(home, "fee.amount")
    >>> checker = Checker("example", {"home": home.cites("fee")}, values={"fee": fee})
    >>> bound = checker.bind({"fee.amount": [(None, "30")]})
    >>> [bound.judge({"home": answer}).values for answer in (True, False)]
    [{'fee': '30'}, {'fee': None}]
    """

    __slots__ = ()

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        return self.value.at(values, can) if can(self.nodes[0]) == {YES} else None


class Unless(_Conditional):
    """0 when a condition is met, else a value.

    >>> home = YesNo("home").is_true()
    >>> fee = Unless(home, "fee.amount")
    >>> checker = Checker("example", {"home": home.cites("fee")}, values={"fee": fee})
    >>> bound = checker.bind({"fee.amount": [(None, "30")]})
    >>> [bound.judge({"home": answer}).values for answer in (True, False)]
    [{'fee': '0'}, {'fee': '30'}]
    """

    __slots__ = ()

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        outcomes = can(self.nodes[0])
        if outcomes == {YES}:
            return 0
        return None if YES in outcomes else self.value.at(values, can)


class Pick(Value):
    """A figure for each option of a choice.

    >>> plan = Choice("plan", "basic", "gold")
    >>> shops = Pick(plan, unit="shops", basic="quota.basic", gold="quota.gold")
    >>> rule = plan.is_("basic", "gold").cites("plans")
    >>> figures = {"quota.basic": [(None, "2")], "quota.gold": [(None, "10")]}
    >>> checker = Checker("example", {"plan": rule}, values={"shops": shops}).bind(figures)
    >>> checker.judge({"plan": "gold"}).values
    {'shops': 10}
    """

    __slots__ = ("figures",)

    def __init__(
        self, choice: Input, kind: str = "int", unit: str | None = None, **figures: str | Figure
    ):
        super().__init__(kind, unit, (choice,))
        self.figures = {
            name: Figure(figure, kind) if isinstance(figure, str) else figure
            for name, figure in figures.items()
        }

    def bind(self, figures: "Figures") -> "Pick":
        bound = {name: figure.bind(figures) for name, figure in self.figures.items()}
        return Pick(self.inputs[0], self.kind, self.unit, **bound)

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        place = values.get(self.inputs[0].name)
        if place is None:
            return None
        return self.figures[self.inputs[0].choices[place]].value


class Beyond(Value):
    """By how much one thing exceeds another; 0 when it does not.

    >>> used = Decimal("used", unit="GB")
    >>> rule = used.at_least("quota.free").cites("quota")
    >>> checker = Checker("example", {"full": rule}, values={"over": Beyond(used, "quota.free")})
    >>> checker.bind({"quota.free": [(None, "1")]}).judge({"used": "1.5"}).values
    {'over': '0.5'}
    """

    __slots__ = ("less", "more")

    def __init__(self, more: "Measured", less: "Measured"):
        self.more, self.less = _measured(more, less), _measured(less, more)
        unit = self.less.unit or self.more.unit
        super().__init__(self.more.kind, unit, (*self.more.inputs, *self.less.inputs))

    def bind(self, figures: "Figures") -> "Beyond":
        return Beyond(self.more.bind(figures), self.less.bind(figures))

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        more, less = self.more.at(values, can), self.less.at(values, can)
        return None if more is None or less is None else max(0, more - less)


class Times(Value):
    """A decimal value multiplied by a figure, exactly.

    >>> used = Decimal("used", unit="GB")
    >>> cost = Times(Beyond(used, "quota.free"), "price.each", unit="CNY")
    >>> rule = used.at_least("quota.free").cites("quota")
    >>> figures = {"quota.free": [(None, "1")], "price.each": [(None, "4.5")]}
    >>> bound = Checker("example", {"full": rule}, values={"cost": cost}).bind(figures)
    >>> bound.judge({"used": "3"}).values
    {'cost': '9'}
    """

    __slots__ = ("factor", "value")

    def __init__(self, value: Value, factor: str | Figure, unit: str | None):
        super().__init__("decimal", unit, value.inputs)
        self.value = value
        self.factor = Figure(factor, "decimal") if isinstance(factor, str) else factor

    def bind(self, figures: "Figures") -> "Times":
        return Times(self.value.bind(figures), self.factor.bind(figures), self.unit)

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        value = self.value.at(values, can)
        return None if value is None else value * self.factor.value // SCALE


class NextDay(Value):
    """The next such day of a year on or after an answer; with `after`, the next day following one.

    >>> today = Date("today", default="today")
    >>> rule = today.in_season("season.first", "season.last").cites("season")
    >>> figures = {"season.first": [(None, "04-15")], "season.last": [(None, "10-15")]}
    >>> opens = NextDay(today, "season.first")
    >>> checker = Checker("example", {"season": rule}, values={"opens": opens}).bind(figures)
    >>> checker.judge({"today": "2026-11-01"}).values
    {'opens': '2027-04-15'}
    """

    __slots__ = ("after", "figure")

    def __init__(self, start: Input, figure: str | YearlyFigure, after: bool = False):
        super().__init__("date", None, (start,))
        self.figure = YearlyFigure(figure) if isinstance(figure, str) else figure
        self.after = after

    def bind(self, figures: "Figures") -> "NextDay":
        return NextDay(self.inputs[0], self.figure.bind(figures), self.after)

    def at(self, values: "Mapping[str, int]", can: "Can") -> int | None:
        start = values.get(self.inputs[0].name)
        if start is None:
            return None
        year = date.fromordinal(start).year
        days = [
            day_of_year(each, self.figure.value, self.after) for each in (year - 1, year, year + 1)
        ]
        return next(day for day in days if day >= start)


def _measured(thing: "Measured", other: "Measured") -> Value:
    """Make a value of an input, of a figure's name on the other thing's scale, or of a value."""
    if isinstance(thing, str):
        if isinstance(other, str):
            raise CheckerError(
                f"Beyond({thing!r}, {other!r}) has no scale.\n  One of the two is an input or a value."
            )
        return Shown(Figure(thing, other.kind))
    if isinstance(thing, Value):
        return thing
    return Shown(thing if isinstance(thing, Quantity) else Itself(thing))
