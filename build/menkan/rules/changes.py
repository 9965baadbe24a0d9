"""What would change a not_eligible: the smallest change of given answers that reopens it.

Rules that share no input are looked at apart. Within such a cluster the fewest answers are
changed that let every rule of it come to something else than "not met"; among equally few,
first those that let the rules be met, then those that move a number or a day rather than switch
an option, then those that are measured against a limit rather than those a limit is worked out
from, then those asked first; each by as little as possible.

After `MOST_TRIED` completions the search ends with the best found among the fewest, or nothing:
a cluster that entangled cannot be searched in the time a reader waits.
"""

from itertools import combinations

from .space import TooEntangled
from .truth import NO, YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .nodes import Node
    from .space import Space

    # How well a change does, lower is better, and the change.
    Found = tuple[tuple[bool, int, int, list[int], list[int]], list[tuple[str, int]]]

__all__ = ["MOST_TRIED", "smallest_changes"]

MOST_TRIED = 50_000


def smallest_changes(
    space: "Space",
    nodes: "Sequence[Node]",
    cluster: "Sequence[int]",
    names: "Sequence[str]",
    values: "Mapping[str, int]",
) -> list[tuple[str, int]]:
    """Give (input, new answer) pairs for one cluster of rules; empty when nothing helps.

    `names` are the cluster's inputs in asking order; `values` the answers given.
    """
    given = [name for name in names if name in values]
    unanswered = [name for name in names if name not in values]
    anchors = {
        one.name for rule in cluster for leaf in nodes[rule].leaves() for one in leaf.inputs[1:]
    }
    left = MOST_TRIED
    for size in range(1, len(given) + 1):
        best: Found | None = None
        for chosen in combinations(given, size):
            kept = {name: value for name, value in values.items() if name not in chosen}
            rank = (
                sum(space.inputs[name].kind in ("bool", "choice") for name in chosen),
                sum(name in anchors for name in chosen),
                [names.index(name) for name in chosen],
            )
            try:
                for full in space.completions((*chosen, *unanswered), kept, left, near=values):
                    left -= 1
                    outcome = min(nodes[rule].truth(full) for rule in cluster)
                    if outcome == NO:
                        continue
                    distances = [abs(full[name] - values[name]) for name in chosen]
                    candidate = (outcome != YES, *rank, distances)
                    if best is None or candidate < best[0]:
                        best = candidate, [(name, full[name]) for name in chosen]
            except TooEntangled:
                return best[1] if best else []
        if best is not None:
            return best[1]
    return []
