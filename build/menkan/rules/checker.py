"""Checkers: named rules over inputs, bound to a record's figures and then asked for verdicts."""

from .changes import smallest_changes
from .errors import CheckerError, InputError, InputErrors, shorten
from .exact import FAILS, HOLDS, parts, possible, study, telling
from .figures import Figures
from .inputs import Input
from .measures import DateTime
from .nodes import Compare, Rule
from .quantities import Itself
from .scales import date_text, datetime_text, decimal_text, read_datetime
from .space import Space
from .truth import NO, NOTES, YES, status
from .values import as_value
from .verdict import Finding, Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .exact import Part
    from .inputs import Json
    from .nodes import Node
    from .quantities import Quantity
    from .values import Value

    # "fact.figure" to (from, value) pairs, oldest first; `from` is an ISO date or None.
    Dated = Mapping[str, Sequence[tuple[str | None, str]]]

__all__ = ["BoundChecker", "Checker"]

# Answers met again come from memory; past this many the memory starts afresh.
_MOST_REMEMBERED = 4096


class Checker:
    """One yes/no question about a seller: rules that must all be met, and values beside them.

    `rules` maps ids to conditions with citations, `values` names to quantities, conditions or
    values. Inputs are asked in the order the rules read them, unless `order` lists them.

    >>> verified = YesNo("owner_verified")
    >>> checker = Checker("example", rules={"verified": verified.is_true().cites("owner-check")})
    >>> checker.inputs, checker.rules["verified"].cited
    ((YesNo('owner_verified'),), ('owner-check',))
    """

    __slots__ = ("inputs", "rules", "slug", "values")

    def __init__(
        self,
        slug: str,
        rules: "Mapping[str, Rule]",
        values: "Mapping[str, Value | Quantity | Node | str] | None" = None,
        order: "Iterable[Input] | None" = None,
    ):
        self.slug = slug
        self.rules = rules
        self.values = {name: as_value(each) for name, each in (values or {}).items()}
        if not rules:
            raise CheckerError(f"{slug} has no rules.\n  Name at least one, with its citation.")
        for name, rule in rules.items():
            if not isinstance(rule, Rule):
                raise CheckerError(
                    f"{slug}: the rule {name} cites no fact.\n  End it with .cites(…)."
                )
        read = {one: None for rule in rules.values() for one in _inputs(rule.node)}
        read.update((one, None) for value in self.values.values() for one in value.inputs)
        read.update((each, None) for one in tuple(read) for each in _forerunners(one))
        self.inputs: tuple[Input, ...] = tuple(read if order is None else order)
        self._check_inputs(read)

    def _check_inputs(self, read: "Iterable[Input]") -> None:
        missing = [one.name for one in read if one not in self.inputs]
        names = [one.name for one in self.inputs]
        if missing or len(set(names)) < len(names):
            raise CheckerError(
                f"{self.slug}: order lists {', '.join(names)}.\n"
                f"  List every input once; missing: {', '.join(missing) or 'none'}."
            )

    def bind(
        self, figures: "Dated", as_of: str | None = None, on: str | None = None
    ) -> "BoundChecker":
        """Read the figures of a guide's record; raise `FigureError` where one is missing.

        `figures` maps "fact.figure" to (from, value) pairs, oldest first. `as_of` is the date of
        the source (ISO), shown in every verdict. With `on` (ISO date) the figures in force that
        day count, else the newest.
        """
        return BoundChecker(self, Figures(figures, on), as_of)

    def __repr__(self) -> str:
        return f"Checker({self.slug!r})"


class BoundChecker:
    """A checker with its figures, ready to judge.

    `nodes` are its rules' conditions with their figures in place, `figures_read` the names of
    the figures they and the values read.

    >>> verified = YesNo("owner_verified")
    >>> bound = Checker("example", {"verified": verified.is_true().cites("owner-check")}).bind({})
    >>> bound.judge({}).needs
    ('owner_verified',)
    >>> values, errors = bound.read({"owner_verified": "yes"})
    >>> values, errors[0].code
    ({}, 'wrong_type')
    """

    def __init__(self, checker: Checker, figures: Figures, as_of: str | None):
        self.checker = checker
        self.as_of = as_of
        self.nodes = tuple(rule.node.bind(figures) for rule in checker.rules.values())
        self.values = {name: value.bind(figures) for name, value in checker.values.items()}
        self.figures_read = frozenset(figures.names)
        self.orders = tuple(
            Compare(one, ">=", Itself(earlier))
            for one in checker.inputs
            for earlier in _forerunners(one)
        )
        shown = [node for value in self.values.values() for node in value.nodes]
        leaves = [leaf for node in (*self.nodes, *shown) for leaf in node.leaves()]
        self.space = Space(checker.inputs, leaves, self.orders)
        self._names = [one.name for one in checker.inputs]
        self.reads = [frozenset(one.name for one in _inputs(node)) for node in self.nodes]
        self._pairs = [frozenset(one.name for one in leaf.inputs) for leaf in self.orders]
        self._remembered: dict[tuple[object, ...], Part] = {}

    def read(
        self, answers: "Mapping[str, object]", as_text: bool = False
    ) -> tuple[dict[str, int], list[InputError]]:
        """Split answers into usable ones (whole numbers by input name) and errors.

        Unanswered (None) inputs are left out. Of two answers in the wrong order the later input
        is the error. With `as_text` strings are the text a person typed, "" is no answer.
        """
        values: dict[str, int] = {}
        errors: list[InputError] = []
        known = self.space.inputs
        for name, answer in answers.items():
            if name not in known:
                accepts = {"inputs": self._names}
                errors.append(InputError(shorten(name), "unknown_input", answer, accepts))
        for one in self.checker.inputs:
            answer = answers.get(one.name)
            if answer is None or (as_text and answer == ""):
                continue
            result = one.check(answer, as_text)
            if isinstance(result, InputError):
                errors.append(result)
            else:
                values[one.name] = result
        for order in self.orders:
            later, earlier = (one.name for one in order.inputs)
            if order.truth(values) == NO:
                del values[later]
                bounds = {"not_before": earlier, "limit": answers[earlier]}
                errors.append(InputError(later, "before", answers[later], bounds))
        return values, errors

    def judge(self, answers: "Mapping[str, object]") -> Verdict:
        """Judge answers given as plain data (see the inputs); raise `InputErrors` for bad ones."""
        values, errors = self.read(answers)
        if errors:
            raise InputErrors(errors)
        return self.judge_values(values, answers)

    def judge_values(self, values: dict[str, int], answers: "Mapping[str, object]") -> Verdict:
        """Judge answers already read; `answers` are the originals, for their clocks' offsets."""
        studied = self.study(values)
        lowest = min(part.lowest for part in studied)
        highest = min(part.highest for part in studied)
        needs: list[str] = []
        changes: list[tuple[str, Json]] = []
        if highest == FAILS:
            verdict = "not_eligible"
            changes = self._changes(values, answers, studied)
        elif lowest == HOLDS:
            verdict = "eligible"
        else:
            verdict = "undetermined"
            weights = telling(studied)
            needs = sorted(weights, key=lambda name: (-weights[name], self._names.index(name)))
        return Verdict(
            self.checker.slug,
            self.as_of,
            verdict,
            self.findings(studied),
            self._values(values, answers),
            tuple(needs),
            tuple(changes),
        )

    def study(self, values: dict[str, int]) -> "list[Part]":
        """Study every part; rules that are settled or read nothing unanswered are parts too."""
        unanswered = frozenset(name for name in self._names if name not in values)
        settled: list[int] = []
        undecided: list[int] = []
        for rule, node in enumerate(self.nodes):
            outcome = node.truth(values)
            open_ended = outcome not in (NO, YES) and self.reads[rule] & unanswered
            (undecided if open_ended else settled).append(rule)
        groups: list[tuple[list[int], frozenset[str]]] = [([rule], frozenset()) for rule in settled]
        groups += parts(self.reads, self._pairs, undecided, unanswered)
        return [self._remember(tuple(rules), names, values) for rules, names in groups]

    def _remember(
        self, rules: tuple[int, ...], names: frozenset[str], values: dict[str, int]
    ) -> "Part":
        read: frozenset[str] = frozenset().union(
            *(self.reads[rule] for rule in rules), *(self.space.beside[name] for name in names)
        )
        given = tuple(
            [
                (name, self.space.place(name, values[name]))
                for name in self._names
                if name in read and name in values
            ]
        )
        key = rules, names, given
        part = self._remembered.get(key)
        if part is None:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            free = tuple(name for name in self._names if name in names)
            part = self._remembered[key] = study(self.space, self.nodes, rules, free, values)
        return part

    def findings(self, studied: "list[Part]") -> dict[str, Finding]:
        """What `study` found, by rule: met, not met or unknown, and what the rule ended in."""
        findings = {}
        outcomes: dict[int, set[int]] = {}
        for part in studied:
            outcomes.update(zip(part.rules, part.outcomes, strict=True))
        for place, (name, rule) in enumerate(self.checker.rules.items()):
            reached = outcomes[place]
            note = NOTES.get(next(iter(reached))) if len(reached) == 1 else None
            findings[name] = Finding(status(min(reached), max(reached)), note, rule.cited)
        return findings

    def _values(
        self, values: dict[str, int], answers: "Mapping[str, object]"
    ) -> "dict[str, Json | None]":
        def can(node: "Node") -> set[int]:
            outcome = node.truth(values)
            if outcome in (NO, YES):
                return {outcome}
            free = {one.name for one in _inputs(node)} - values.keys()
            return possible(self.space, node, [n for n in self._names if n in free], values)

        shown: dict[str, Json | None] = {}
        for name, value in self.values.items():
            result = value.at(values, can)
            shown[name] = None if result is None else _show(value, result, answers)
        return shown

    def _changes(
        self, values: dict[str, int], answers: "Mapping[str, object]", studied: "list[Part]"
    ) -> "list[tuple[str, Json]]":
        failing = {rule for part in studied if part.highest == FAILS for rule in part.rules}
        changes: list[tuple[str, int]] = []
        for cluster, names in parts(
            self.reads, self._pairs, range(len(self.nodes)), frozenset(self._names)
        ):
            if failing.isdisjoint(cluster):
                continue
            ordered = [name for name in self._names if name in names]
            found = smallest_changes(self.space, self.nodes, cluster, ordered, values)
            if not found:
                return []
            changes += found
        changes.sort(key=lambda change: self._names.index(change[0]))
        return [(name, self._write(name, value, answers)) for name, value in changes]

    def _write(self, name: str, value: int, answers: "Mapping[str, object]") -> "Json":
        one = self.space.inputs[name]
        if isinstance(one, DateTime):
            return one.write(value, _offset(answers[name]))
        return one.write(value)


def _forerunners(one: Input) -> "Iterator[Input]":
    """Yield every input whose answer this one's must not lie before, nearest first."""
    while one.not_before:
        one = one.not_before
        yield one


def _offset(answer: object) -> int:
    """Give the minutes by which the clock of an instant that was read is ahead of UTC."""
    moment = read_datetime(str(answer))
    return moment[1] if moment else 0


def _inputs(node: "Node") -> list[Input]:
    """List the inputs a condition reads, in the order it reads them."""
    return list(dict.fromkeys(one for leaf in node.leaves() for one in leaf.inputs))


def _show(value: "Value", result: int, answers: "Mapping[str, object]") -> "Json":
    if value.kind == "bool":
        return bool(result)
    if value.kind == "int":
        return result
    if value.kind == "decimal":
        return decimal_text(result)
    if value.kind == "date":
        return date_text(result)
    return datetime_text(result, _offset(answers[value.inputs[0].name]))
