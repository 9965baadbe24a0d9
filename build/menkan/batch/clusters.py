"""Clusters: the rules of a checker that share inputs, and what each of their cells comes to."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from menkan.rules import BoundChecker, Value
from menkan.rules.exact import FAILS, HOLDS, OPEN, Part, parts
from menkan.rules.nodes import Leaf
from menkan.rules.quantities import Figure

from .cells import Cells
from .columns import MICRO, NANO
from .reasons import STATUSES

if TYPE_CHECKING:
    from menkan.rules.exact import Swings

__all__ = ["Cluster", "clusters_of", "least_unit"]

# What a cell comes to: its class, the place of each rule's status, the place of its profile.
Look = tuple[int, list[int], int]


class Cluster:
    """Rules that share inputs. A cell comes to (class, statuses, profile)."""

    def __init__(self, bound: BoundChecker, rules: list[int], names: frozenset[str]):
        self.bound = bound
        self.rules = rules
        self.rule_names = [list(bound.checker.rules)[rule] for rule in rules]
        shown = [node for value in bound.values.values() for node in value.nodes]
        leaves: list[Leaf] = [leaf for rule in rules for leaf in bound.nodes[rule].leaves()]
        ties: list[Leaf] = [*bound.orders, *(leaf for node in shown for leaf in node.leaves())]
        leaves += [
            leaf
            for leaf in ties
            if len(leaf.inputs) > 1 and any(one.name in names for one in leaf.inputs)
        ]
        self.cells = Cells(bound.space, names, leaves, self._look)
        self._profiles: dict[object, int] = {}
        self.profiles: list[list[Part]] = []  # the parts of each profile

    def _look(self, values: dict[str, int]) -> Look:
        studied = self.bound.study(values)
        findings = self.bound.findings(studied)
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


def _counted(swings: "Swings") -> tuple[object, ...]:
    return tuple(
        (name, tuple(sorted((tuple(sorted(each)), number) for each, number in counts.items())))
        for name, counts in sorted(swings.items())
    )


def clusters_of(bound: BoundChecker) -> list[Cluster]:
    """Group the rules that share an input, directly or through an order or a tie."""
    ties = [frozenset(one.name for one in leaf.inputs) for leaf in _ties(bound)]
    groups = parts(bound.reads, ties, range(len(bound.nodes)), frozenset(bound.space.inputs))
    return [Cluster(bound, rules, names) for rules, names in groups]


def least_unit(bound: BoundChecker) -> int:
    """Give what one count of a decimal column must be worth at most, for figures to be whole."""
    return min((NANO if value % MICRO else MICRO for value in _figures(bound)), default=MICRO)


def _ties(bound: BoundChecker) -> list[Leaf]:
    shown = [node for value in bound.values.values() for node in value.nodes]
    leaves: list[Leaf] = [*bound.orders, *(leaf for node in shown for leaf in node.leaves())]
    return [leaf for leaf in leaves if len(leaf.inputs) > 1]


def _figures(bound: BoundChecker) -> Iterator[int]:
    """Yield the decimal figures that answers are compared with or counted against."""
    leaves = [leaf for node in bound.nodes for leaf in node.leaves()]
    things: list[object] = [getattr(leaf, "limit", None) for leaf in leaves]
    seen: list[Value] = list(bound.values.values())
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
