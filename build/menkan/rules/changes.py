"""What would change a not_eligible: the smallest change of given answers that reopens it.

Rules that share no input are looked at apart. Within such a cluster the fewest answers are
changed that let every rule of it come to something else than "not met"; among equally few,
first those that let the rules be met, then those that are measured against a limit rather than
those a limit is worked out from, then those asked first; each by as little as possible.
"""

from itertools import combinations

from .exact import MOST_CELLS
from .space import TooEntangled
from .truth import NO, YES

__all__ = ["smallest_changes"]


def smallest_changes(space, nodes, cluster, names, values) -> list[tuple[str, int]]:
    """Give (input, new answer) pairs for one cluster of rules; empty when nothing helps.

    `names` are the cluster's inputs in asking order; `values` the answers given.
    """
    given = [name for name in names if name in values]
    unanswered = [name for name in names if name not in values]
    anchors = {
        one.name for rule in cluster for leaf in nodes[rule].leaves() for one in leaf.inputs[1:]
    }
    for size in range(1, len(given) + 1):
        best = None
        for chosen in combinations(given, size):
            kept = {name: value for name, value in values.items() if name not in chosen}
            rank = sum(name in anchors for name in chosen), [names.index(each) for each in chosen]
            try:
                for full in space.completions(
                    (*chosen, *unanswered), kept, MOST_CELLS, near=values
                ):
                    outcome = min(nodes[rule].truth(full) for rule in cluster)
                    if outcome == NO:
                        continue
                    distances = [abs(full[name] - values[name]) for name in chosen]
                    candidate = (outcome != YES, *rank, distances)
                    if best is None or candidate < best[0]:
                        best = candidate, [(name, full[name]) for name in chosen]
            except TooEntangled:
                continue
        if best is not None:
            return best[1]
    return []
