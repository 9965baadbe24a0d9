"""Decision tables: a checker written out as rows of conditions and verdicts, as pure data.

The rows come from the same trees the verdicts come from. Together they cover every set of valid
answers; rows that overlap say the same. Words are added elsewhere (`menkan.guides`).
"""

from .errors import CheckerError
from .nodes import All, Compare, Leaf, Not, OneOf, Open, Season
from .quantities import Figure, Later
from .truth import NO, YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from .checker import BoundChecker
    from .inputs import Input
    from .nodes import Node
    from .quantities import Quantity

    # A sign and the figure it compares with.
    End = tuple[str, Figure]
    # See the comment above `_Stretch`. One subject is always asked for one kind of thing.
    Subject = Input | tuple[Any, ...]
    Case = dict[Subject, Any]

__all__ = ["MOST_CASES", "Condition", "Row", "Table", "decision_table"]

# Working days cannot be counted: the outcome of a comparison that is neither YES nor NO.
_OUTSIDE = "outside"

# Nobody reads a table this long; its making ends here instead of running on.
MOST_CASES = 1000

_OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}


class Condition:  # noqa: PLW1641 - it holds a mapping: nothing to hash
    """What one row asks of one input, as plain data in `data`.

    `{"is": [option, …]}` (for yes/no inputs True or False); `{"sign": ">=", "limit": …}` with
    signs >=, >, <= and <; `{"season": [first, last], "inside": bool}` with days as MM-DD, both
    ends included; `{"outside_calendar": input}` where working days cannot be counted from that
    input. A limit is `{"figure": name, "value": text, "unit": unit}`, or `{"input": name}` with,
    where something is added to it, `"plus": text, "unit": unit, "figure": name`, or
    `{"sum": [input, …]}`.

    >>> rule = Integer("months", unit="months").at_least("history.months").cites("history")
    >>> bound = Checker("example", {"history": rule}).bind({"history.months": [(None, "6")]})
    >>> decision_table(bound).rows[0].conditions["months"][0].data
    {'sign': '<', 'limit': {'figure': 'history.months', 'value': '6', 'unit': 'months'}}
    """

    __slots__ = ("data",)

    def __init__(self, data: "dict[str, Any]"):
        self.data = data

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Condition) and self.data == other.data


class Row:
    """One case: `conditions` maps input names to what is asked of them; others may be anything.

    >>> rule = YesNo("owner_verified").is_true().cites("owner-check")
    >>> bound = Checker("example", {"verified": rule}).bind({})
    >>> [(row.verdict, list(row.conditions)) for row in decision_table(bound).rows]
    [('not_eligible', ['owner_verified']), ('eligible', ['owner_verified'])]
    """

    __slots__ = ("conditions", "verdict")

    def __init__(self, conditions: dict[str, tuple[Condition, ...]], verdict: str):
        self.conditions = conditions
        self.verdict = verdict


class Table:
    """`inputs` are the columns, in asking order; `rows` stand worst verdict first.

    >>> rule = YesNo("owner_verified").is_true().cites("owner-check")
    >>> table = decision_table(Checker("example", {"verified": rule}).bind({}))
    >>> table.to_json()["rows"][0]
    {'conditions': {'owner_verified': [{'is': [False]}]}, 'verdict': 'not_eligible'}
    """

    __slots__ = ("checker", "inputs", "rows")

    def __init__(self, checker: str, inputs: tuple[str, ...], rows: tuple[Row, ...]):
        self.checker = checker
        self.inputs = inputs
        self.rows = rows

    def to_json(self) -> "dict[str, Any]":
        """Give plain data."""
        return {
            "checker": self.checker,
            "inputs": list(self.inputs),
            "rows": [
                {
                    "conditions": {
                        name: [condition.data for condition in conditions]
                        for name, conditions in row.conditions.items()
                    },
                    "verdict": row.verdict,
                }
                for row in self.rows
            ],
        }


def decision_table(bound: "BoundChecker") -> Table:
    """Write a bound checker out as a table; `CheckerError` past `MOST_CASES` cases.

    >>> rule = YesNo("owner_verified").is_true().cites("owner-check")
    >>> decision_table(Checker("example", {"verified": rule}).bind({})).inputs
    ('owner_verified',)
    """
    whole = All(*bound.nodes)
    inputs = bound.checker.inputs
    rows = []
    for wanted, verdict in ((NO, "not_eligible"), (None, "undetermined"), (YES, "eligible")):
        cases = _needed(_widest(_cases(whole, wanted)), inputs)
        rows += [Row(_by_input(case, inputs), verdict) for case in cases]
    return Table(bound.checker.slug, tuple(one.name for one in inputs), tuple(rows))


# A case maps subjects to what it asks of them. The subject of a comparison with constants is the
# input, and what is asked is a frozenset of options or a `_Stretch`; any other leaf is a subject
# of its own, and what is asked is its outcome.


class _Stretch:
    """Numbers from `low` to `high`, with the (sign, figure) each end comes from, or None."""

    __slots__ = ("ends", "high", "low")

    def __init__(self, low: int, high: int, ends: "tuple[End | None, End | None]"):
        self.low = low
        self.high = high
        self.ends = ends

    def __and__(self, other: "_Stretch") -> "_Stretch":
        lower = self if self.low >= other.low else other
        upper = self if self.high <= other.high else other
        return _Stretch(lower.low, upper.high, (lower.ends[0], upper.ends[1]))

    def __le__(self, other: "_Stretch") -> bool:
        return other.low <= self.low and self.high <= other.high

    def __bool__(self) -> bool:
        return self.low <= self.high


def _cases(node: "Node", wanted: int | None) -> "list[Case]":
    """List the ways a condition comes to NO, YES or (None) stays open."""
    if isinstance(node, Leaf):
        return _leaf_cases(node, wanted)
    if isinstance(node, Open):
        return [{}] if wanted is None else []
    if isinstance(node, Not):
        return _cases(node.parts[0], {NO: YES, YES: NO, None: None}[wanted])
    settling, other = (NO, YES) if isinstance(node, All) else (YES, NO)
    if wanted == settling:
        return [case for part in node.parts for case in _cases(part, settling)]
    combined: list[tuple[Case, bool]] = [({}, False)]
    for part in node.parts:
        ways = [(case, False) for case in _cases(part, other)]
        if wanted is None:
            ways += [(case, True) for case in _cases(part, None)]
        combined = [
            (merged, is_open or more_open)
            for case, is_open in combined
            for more, more_open in ways
            if (merged := _merge(case, more)) is not None
        ]
        if len(combined) > MOST_CASES:
            raise CheckerError(
                f"The rules are too entangled for a table: more than {MOST_CASES} cases.\n"
                f"  Split the checker, or leave its table out."
            )
    return [case for case, is_open in combined if is_open == (wanted is None)]


def _leaf_cases(leaf: Leaf, wanted: int | None) -> "list[Case]":
    measured = leaf.inputs[0]
    if isinstance(leaf, OneOf):
        options = frozenset(leaf.places)
        everything = frozenset(range(measured.low, measured.high + 1))
        return (
            []
            if wanted is None
            else [{measured: options if wanted == YES else everything - options}]
        )
    if isinstance(leaf, Season):
        days = [leaf.first.text, leaf.last.text]
        season = measured, "season", *days
        return [] if wanted is None else [{season: _Outcome(wanted, days)}]
    if not isinstance(leaf, Compare):
        raise CheckerError(f"A table has no words for a {type(leaf).__name__}.\n  Leave it out.")
    if isinstance(leaf.limit, Figure):
        if wanted is None:
            return []
        sign = leaf.sign if wanted == YES else _OPPOSITE[leaf.sign]
        edge = leaf.limit.value + (sign in (">", "<="))
        if sign in (">=", ">"):
            return [{measured: _Stretch(edge, measured.high, ((sign, leaf.limit), None))}]
        return [{measured: _Stretch(measured.low, edge - 1, (None, (sign, leaf.limit)))}]
    counted = isinstance(leaf.limit, Later) and leaf.limit.unit == "working_days"
    limit = _limit(leaf.limit, measured)
    # "At least" is told of every comparison, so that two ways of putting it are one subject.
    at_or_above = leaf.sign in (">=", "<")
    subject = measured, "at_least" if at_or_above else "above", tuple(map(str, limit.items()))
    if wanted is None:
        return [{subject: _Outcome(_OUTSIDE, limit)}] if counted else []
    holds = (wanted == YES) == (leaf.sign in (">=", ">"))
    return [{subject: _Outcome(YES if holds else NO, limit)}]


class _Outcome:
    """What a comparison with days of the year or with a worked-out limit comes to."""

    __slots__ = ("limit", "outcome")

    def __init__(self, outcome: int | str, limit: "list[str] | dict[str, Any]"):
        self.outcome = outcome
        self.limit = limit

    def __and__(self, other: "_Outcome") -> "_Outcome | frozenset[int]":
        return self if self.outcome == other.outcome else frozenset()

    def __le__(self, other: "_Outcome") -> bool:
        return self.outcome == other.outcome


def _merge(case: "Case", more: "Case") -> "Case | None":
    """Join two cases; None when no answer meets both."""
    merged = dict(case)
    for subject, asked in more.items():
        if subject in merged:
            asked = merged[subject] & asked
            if not asked:
                return None
        merged[subject] = asked
    return merged


def _within(case: "Case", other: "Case") -> bool:
    return all(subject in case and case[subject] <= asked for subject, asked in other.items())


def _widest(cases: "Iterable[Case]") -> "list[Case]":
    """Drop cases that lie within another."""
    kept: list[Case] = []
    for case in cases:
        if not any(_within(case, other) for other in kept):
            kept = [other for other in kept if not _within(other, case)]
            kept.append(case)
    return kept


def _needed(cases: "list[Case]", inputs: "Sequence[Input]") -> "list[Case]":
    """Drop a case when others cover it, option by option of some choice it leaves open."""
    for case in tuple(cases):
        others = [other for other in cases if other is not case]
        for one in inputs:
            if one.kind not in ("bool", "choice") or one in case:
                continue
            options = [{**case, one: frozenset((place,))} for place in range(one.high + 1)]
            if all(any(_within(option, other) for other in others) for option in options):
                cases = others
                break
    return cases


def _by_input(case: "Case", inputs: "Sequence[Input]") -> dict[str, tuple[Condition, ...]]:
    found: dict[str, list[Condition]] = {one.name: [] for one in inputs}
    for subject, asked in case.items():
        measured = subject[0] if isinstance(subject, tuple) else subject
        found[measured.name] += _conditions(subject, asked, measured)
    return {name: tuple(conditions) for name, conditions in found.items() if conditions}


def _conditions(subject: "Any", asked: "Any", measured: "Input") -> list[Condition]:
    if isinstance(asked, frozenset):
        return [Condition({"is": [measured.write(place) for place in sorted(asked)]})]
    if isinstance(asked, _Stretch):
        ends = [end for end in asked.ends if end]
        return [
            Condition({"sign": sign, "limit": _limit(figure, measured)}) for sign, figure in ends
        ]
    if subject[1] == "season":
        return [Condition({"season": asked.limit, "inside": asked.outcome == YES})]
    if asked.outcome == _OUTSIDE:
        return [Condition({"outside_calendar": asked.limit["input"]})]
    sign = {"at_least": ">=", "above": ">"}[subject[1]]
    sign = sign if asked.outcome == YES else _OPPOSITE[sign]
    return [Condition({"sign": sign, "limit": asked.limit})]


def _limit(limit: "Quantity", measured: "Input") -> "dict[str, Any]":
    if isinstance(limit, Figure):
        return {"figure": limit.name, "value": limit.text, "unit": measured.unit}
    if isinstance(limit, Later):
        return {
            "input": limit.inputs[0].name,
            "plus": limit.amount.text,
            "unit": limit.unit,
            "figure": limit.amount.name,
        }
    if len(limit.inputs) == 1:
        return {"input": limit.inputs[0].name}
    return {"sum": [one.name for one in limit.inputs]}
