"""Conditions: the small trees that rules are made of.

A leaf reads one input and compares it with constants, or with a limit worked out from other
inputs (`quantities`). `&`, `|` and `~` join conditions. Nothing here calls back into a checker:
a tree is data that is judged, cut into cells, tabled and mutated by the same few methods.
"""

from datetime import date

from .errors import CheckerError
from .quantities import NOWHERE
from .scales import day_of_year
from .truth import (
    MISSING,
    NO,
    OUT_OF_COVERAGE,
    SILENT,
    STILL_OPEN,
    YES,
    invert,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .figures import Figures
    from .inputs import Input
    from .quantities import Quantity, YearlyFigure

__all__ = [
    "SOURCE_SILENT",
    "UNTIL_DEADLINE",
    "All",
    "Any",
    "Compare",
    "Node",
    "Not",
    "OneOf",
    "Open",
    "Rule",
    "Season",
]


class Node:
    """A condition. `parts` are the conditions it is made of.

    >>> home, verified = YesNo("home"), YesNo("verified")
    >>> either = home.is_true() | ~verified.is_true()
    >>> checker = Checker("example", {"either": either.cites("owner-check")}).bind({})
    >>> checker.judge({"home": False, "verified": False}).verdict
    'eligible'
    """

    __slots__ = ()
    parts: "tuple[Node, ...]" = ()

    def __and__(self, other: "Node") -> "All":
        return All(self, other)

    def __or__(self, other: "Node") -> "Any":
        return Any(self, other)

    def __invert__(self) -> "Not":
        return Not(self)

    def __bool__(self) -> bool:
        # `a and b` would silently drop a: refuse, so that nobody writes it in a checker.
        raise TypeError("a condition has no truth of its own; join conditions with & | ~")

    def cites(self, *facts: str) -> "Rule":
        """Make this condition a rule that rests on these facts of the guide's record."""
        return Rule(self, facts)

    def bind(self, figures: "Figures") -> "Node":
        """Read the figures; give the same condition with its numbers in place."""
        raise NotImplementedError

    def truth(self, values: "Mapping[str, int]") -> int:
        """Evaluate as Kleene does; `values` maps input names to whole numbers (see `scales`)."""
        raise NotImplementedError

    def leaves(self) -> "Iterator[Leaf]":
        """Yield the conditions that read inputs, left to right."""
        for part in self.parts:
            yield from part.leaves()


class Rule:
    """A named requirement: a condition and the facts it rests on.

    >>> YesNo("owner_verified").is_true().cites("owner-check", "owner-check-abroad").cited
    ('owner-check', 'owner-check-abroad')
    """

    __slots__ = ("cited", "node")

    def __init__(self, node: Node, cited: tuple[str, ...]):
        if not cited:
            raise CheckerError("A rule cites no fact.\n  Name at least one fact in .cites(…).")
        self.node = node
        self.cited = cited


class _Joined(Node):
    __slots__ = ("parts",)

    def __init__(self, *parts: Node):
        flat: list[Node] = []
        for part in parts:
            flat.extend(part.parts if type(part) is type(self) else [part])
        self.parts = tuple(flat)

    def bind(self, figures: "Figures") -> "_Joined":
        return type(self)(*(part.bind(figures) for part in self.parts))


class All(_Joined):
    """Every part must hold; with no part it holds.

    >>> both = All(YesNo("home").is_true(), YesNo("verified").is_true())  # or with &
    >>> Checker("example", {"both": both.cites("check")}).bind({}).judge({"home": True}).verdict
    'undetermined'
    """

    __slots__ = ()

    def truth(self, values: "Mapping[str, int]") -> int:
        lowest = YES
        for part in self.parts:
            outcome = part.truth(values)
            if outcome == NO:
                return NO
            lowest = min(lowest, outcome)
        return lowest


class Any(_Joined):
    """One part is enough; with no part it fails.

    >>> one = Any(YesNo("home").is_true(), YesNo("verified").is_true())  # or with |
    >>> Checker("example", {"one": one.cites("check")}).bind({}).judge({"home": True}).verdict
    'eligible'
    """

    __slots__ = ()

    def truth(self, values: "Mapping[str, int]") -> int:
        highest = NO
        for part in self.parts:
            outcome = part.truth(values)
            if outcome == YES:
                return YES
            highest = max(highest, outcome)
        return highest


class Not(Node):
    """The part must fail.

    >>> free = Not(YesNo("suspended").is_true())  # or with ~
    >>> checker = Checker("example", {"free": free.cites("check")}).bind({})
    >>> checker.judge({"suspended": True}).verdict
    'not_eligible'
    """

    __slots__ = ("parts",)

    def __init__(self, part: Node):
        self.parts = (part,)

    def bind(self, figures: "Figures") -> "Not":
        return Not(self.parts[0].bind(figures))

    def truth(self, values: "Mapping[str, int]") -> int:
        return invert(self.parts[0].truth(values))


class Open(Node):
    """Unknown whatever is answered, for a reason that is told."""

    __slots__ = ("outcome",)

    def __init__(self, outcome: int):
        self.outcome = outcome

    def bind(self, figures: "Figures") -> "Open":
        return self

    def truth(self, values: "Mapping[str, int]") -> int:
        return self.outcome


SOURCE_SILENT = Open(SILENT)
"""What the source does not say: unknown whatever is answered, and told as `source_silent`.

>>> home = YesNo("home")
>>> rule = (home.is_true() | (~home.is_true() & SOURCE_SILENT)).cites("owner-check")
>>> checker = Checker("example", {"verified": rule}).bind({})
>>> checker.judge({"home": False}).rules["verified"].note
'source_silent'
"""

UNTIL_DEADLINE = Open(STILL_OPEN)
"""What is not decided before a deadline has passed: unknown, and told as `still_open`.

>>> paid = YesNo("paid")
>>> rule = (paid.is_true() | (~paid.is_true() & UNTIL_DEADLINE)).cites("payment")
>>> Checker("example", {"paid": rule}).bind({}).judge({"paid": False}).rules["paid"].note
'still_open'
"""


class Leaf(Node):
    """A condition on inputs. The first of `inputs` is the one measured."""

    __slots__ = ()
    inputs: "tuple[Input, ...]"

    def leaves(self) -> "Iterator[Leaf]":
        yield self

    def cuts(self, name: str, values: "Mapping[str, int]") -> "Iterable[int]":
        """Give the answers to `name` from which on the truth may differ from the one below.

        `values` holds every other answer the leaf reads.
        """
        raise NotImplementedError


class OneOf(Leaf):
    """The answer is one of these options (of a choice, or True or False)."""

    __slots__ = ("inputs", "places")

    def __init__(self, measured: "Input", places: tuple[int, ...]):
        self.inputs = (measured,)
        self.places = places

    def bind(self, figures: "Figures") -> "OneOf":
        return self

    def truth(self, values: "Mapping[str, int]") -> int:
        value = values.get(self.inputs[0].name)
        if value is None:
            return MISSING
        return YES if value in self.places else NO

    def cuts(self, name: str, values: "Mapping[str, int]") -> "Iterable[int]":
        own = self.inputs[0]
        return range(own.low + 1, own.high + 1)


class Compare(Leaf):
    """The answer is `>=`, `>`, `<=` or `<` a limit, which may be worked out from other answers."""

    __slots__ = ("inputs", "limit", "sign")

    def __init__(self, measured: "Input", sign: str, limit: "Quantity"):
        if measured.kind != limit.kind or measured in limit.inputs:
            raise CheckerError(
                f"{measured.name} is a {measured.kind} and cannot be compared with this limit.\n"
                f"  Compare it with a limit of the same kind that does not read it."
            )
        self.inputs = (measured, *limit.inputs)
        self.sign = sign
        self.limit = limit

    def bind(self, figures: "Figures") -> "Compare":
        return Compare(self.inputs[0], self.sign, self.limit.bind(figures))

    def truth(self, values: "Mapping[str, int]") -> int:
        limit = self.limit.at(values)
        if limit is NOWHERE:
            return OUT_OF_COVERAGE
        value = values.get(self.inputs[0].name)
        if value is None or limit is None:
            return MISSING
        sign = self.sign
        if sign == ">=":
            holds = value >= limit
        elif sign == ">":
            holds = value > limit
        elif sign == "<=":
            holds = value <= limit
        else:
            holds = value < limit
        return YES if holds else NO

    def cuts(self, name: str, values: "Mapping[str, int]") -> "Iterable[int]":
        above = self.sign in (">", "<=")  # does the truth turn just above the limit, or at it?
        if name == self.inputs[0].name:
            return () if self.limit.at(values) is NOWHERE else (self.limit.known(values) + above,)
        level = values[self.inputs[0].name] + (not above)
        return self.limit.crossings(name, values, level)


class Season(Leaf):
    """A day that falls, in any year, between two days of the year, both included."""

    __slots__ = ("first", "inputs", "last")

    def __init__(self, measured: "Input", first: "YearlyFigure", last: "YearlyFigure"):
        self.inputs = (measured,)
        self.first = first
        self.last = last

    def bind(self, figures: "Figures") -> "Season":
        return Season(self.inputs[0], self.first.bind(figures), self.last.bind(figures))

    def truth(self, values: "Mapping[str, int]") -> int:
        value = values.get(self.inputs[0].name)
        if value is None:
            return MISSING
        day = date.fromordinal(value)
        first, last, now = self.first.value, self.last.value, (day.month, day.day)
        within = first <= now <= last if first <= last else not last < now < first
        return YES if within else NO

    def cuts(self, name: str, values: "Mapping[str, int]") -> "Iterable[int]":
        """Give the turns in the years around each end of the domain.

        The turns come back every year, so any stretch of years shows both sides of them; the
        cells add those around other cuts and around the answer given (`turns`).
        """
        own = self.inputs[0]
        return [*self.turns(own.low), *self.turns(own.high)]

    def turns(self, around: int) -> list[int]:
        """Give the days, in the year of this day and its neighbours, on which the truth turns."""
        year = date.fromordinal(around).year
        found = []
        for each in (year - 1, year, year + 1):
            found.append(day_of_year(each, self.first.value))
            found.append(day_of_year(each, self.last.value, after=True))
        return found
