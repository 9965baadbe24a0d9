"""Exact judgement of partial answers: what every possible completion would come to.

The verdict is the lowest of all rules, and rules that share no unanswered input are studied
apart, each over the cells of its own unanswered inputs. A part with more than `MOST_CELLS`
combinations, or tied in a shape `Space` does not cut exactly, falls back to Kleene's evaluation:
never wrong, but it may say "can't tell" too long and may ask for an input that no longer matters.
"""

from .space import TooEntangled
from .truth import MISSING, NO, YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from .nodes import Node
    from .space import Space

    # For each unanswered input: how often its answer alone can make just these classes.
    Swings = dict[str, dict[frozenset[int], int]]

__all__ = ["FAILS", "HOLDS", "MOST_CELLS", "OPEN", "Part", "parts", "possible", "study", "telling"]

# 4,096 combinations of one rule's cells: twelve unanswered yes/no questions in a single rule.
MOST_CELLS = 4096

# Verdict classes, in the order of outcomes: not eligible, cannot tell, eligible.
FAILS, OPEN, HOLDS = range(3)


class Part:
    """What the completions of one part come to.

    `outcomes`: for each rule the set of its outcomes. `weights`: how many completions fail, stay
    open and hold. `swings`: for each unanswered input, one set of classes per way the other
    answers of the part can fall: what this answer alone can make of them.
    """

    __slots__ = ("highest", "lowest", "outcomes", "rules", "swings", "weights")

    def __init__(
        self,
        rules: "Sequence[int]",
        outcomes: list[set[int]],
        weights: list[int],
        swings: "Swings",
    ):
        self.rules = rules
        self.outcomes = outcomes
        self.weights = weights
        self.swings = swings
        present = [each for each in (FAILS, OPEN, HOLDS) if weights[each]] or [OPEN]
        self.lowest, self.highest = present[0], present[-1]


def parts(
    reads: "Sequence[frozenset[str]]",
    orders: "Iterable[frozenset[str]]",
    undecided: "Iterable[int]",
    unanswered: frozenset[str],
) -> list[tuple[list[int], frozenset[str]]]:
    """Group undecided rules that share unanswered inputs, directly or through an order.

    `reads[rule]` names the inputs of a rule, `orders` are pairs of names. Gives pairs of
    (rules, unanswered inputs) in the order of the rules.
    """
    groups = [([rule], unanswered & reads[rule]) for rule in undecided]
    for pair in orders:
        if pair <= unanswered:
            groups.append(([], pair))
    joined: list[tuple[list[int], frozenset[str]]] = []
    for rules, names in groups:
        apart = []
        for other_rules, other_names in joined:
            if names & other_names:
                rules, names = other_rules + rules, names | other_names
            else:
                apart.append((other_rules, other_names))
        joined = [*apart, (rules, names)]
    return [(sorted(rules), names) for rules, names in joined if rules]


def study(
    space: "Space",
    nodes: "Sequence[Node]",
    rules: "Sequence[int]",
    free: "Collection[str]",
    values: "Mapping[str, int]",
) -> Part:
    """Study one part: `free` are its unanswered inputs in asking order."""
    try:
        if not space.tied_exactly(free):
            raise TooEntangled
        return _study(space, nodes, rules, free, values)
    except TooEntangled:
        outcomes = [{NO, MISSING, YES} for _ in rules]
        swings = {name: {frozenset((FAILS, HOLDS)): 1} for name in free}
        return Part(rules, outcomes, [1, 1, 1], swings)


def _study(
    space: "Space",
    nodes: "Sequence[Node]",
    rules: "Sequence[int]",
    free: "Collection[str]",
    values: "Mapping[str, int]",
) -> Part:
    outcomes: list[set[int]] = [set() for _ in rules]
    swings: Swings = {}
    for last in free or (None,):
        order = [name for name in free if name != last]
        if last:
            order.append(last)
        weights = [0, 0, 0]
        groups: dict[tuple[int, ...], int] = {}
        for full in space.completions(order, values, MOST_CELLS):
            lowest = YES
            for place, rule in enumerate(rules):
                outcome = nodes[rule].truth(full)
                outcomes[place].add(outcome)
                lowest = min(lowest, outcome)
            verdict = FAILS if lowest == NO else HOLDS if lowest == YES else OPEN
            weights[verdict] += 1
            key = tuple([full[name] for name in order[:-1]])
            groups[key] = groups.get(key, 0) | 1 << verdict
        if last:
            counts: dict[frozenset[int], int] = {}
            swings[last] = counts
            for mask in groups.values():
                reached = frozenset(each for each in range(3) if mask >> each & 1)
                counts[reached] = counts.get(reached, 0) + 1
    return Part(rules, outcomes, weights, swings)


def possible(
    space: "Space", node: "Node", free: "Collection[str]", values: "Mapping[str, int]"
) -> set[int]:
    """Give every outcome a single condition can still come to."""
    return study(space, [node], (0,), free, values).outcomes[0]


def telling(studied: list[Part]) -> dict[str, int]:
    """Weigh each unanswered input that can still change the verdict; others are left out.

    The weight is the share of the ways in which all other answers can fall (counted in cells)
    where this answer alone changes the verdict: Banzhaf's measure of a voter's power.
    """
    weights: dict[str, int] = {}
    for part in studied:
        everything = above_failing = holding = 1
        for other in studied:
            if other is not part:
                everything *= sum(other.weights)
                above_failing *= other.weights[OPEN] + other.weights[HOLDS]
                holding *= other.weights[HOLDS]
        ceilings = {OPEN: above_failing - holding, HOLDS: holding}
        for name, swings in part.swings.items():
            ways = sum(swings.values())
            decisive = sum(
                count * number
                for ceiling, number in ceilings.items()
                for reached, count in swings.items()
                if len({min(ceiling, each) for each in reached}) > 1
            )
            if decisive:
                # One integer per input, equal when the shares are equal; no fraction is rounded
                # differently on another machine.
                weights[name] = decisive * sum(part.weights) * 10**30 // ways
    return weights
