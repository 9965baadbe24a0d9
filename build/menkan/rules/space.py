"""The space of answers, cut into cells within which no condition can tell two answers apart.

A condition compares an input with constants, so constants cut its answers into a few cells. Where
a limit is worked out from another answer, the cut depends on that answer: then inputs are cut one
after the other, each knowing the answers chosen before it, and also at every place where a cut of
a later input could appear, vanish or cross another (one step of such reasoning is enough when all
the limits that tie inputs together share one input; `tied_exactly` checks that).

Answers that break a `not_before` between two inputs are outside the space.
"""

from itertools import product

from .nodes import Season
from .truth import NO

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from .inputs import Input
    from .nodes import Compare, Leaf

__all__ = ["Space", "TooEntangled"]


class TooEntangled(Exception):
    """There are more cells than the stated bound allows."""


class Space:
    """The answers to some inputs, as the conditions that read them see them.

    `leaves` are all bound conditions on inputs, `orders` those that every valid set of answers
    must meet.
    """

    def __init__(
        self, inputs: "Iterable[Input]", leaves: "Sequence[Leaf]", orders: "Sequence[Compare]"
    ):
        self.inputs = {one.name: one for one in inputs}
        self._reading: dict[str, list[Leaf]] = {name: [] for name in self.inputs}
        for leaf in (*leaves, *orders):
            for one in leaf.inputs:
                self._reading[one.name].append(leaf)
        # Each input with those it is compared with: what its cells may depend on.
        self.beside = {
            name: frozenset({name, *(one.name for leaf in reading for one in leaf.inputs)})
            for name, reading in self._reading.items()
        }
        self._orders = {
            name: [leaf for leaf in orders if any(one.name == name for one in leaf.inputs)]
            for name in self.inputs
        }
        self.tied = frozenset(name for name, others in self.beside.items() if len(others) > 1)
        self._seasonal = {leaf.inputs[0].name for leaf in leaves if isinstance(leaf, Season)}
        self._ties = [leaf for leaf in (*leaves, *orders) if len(leaf.inputs) > 1]
        self._fixed = {name: self._cut(name, {}) for name in self.inputs if name not in self.tied}

    def cells(self, name: str, values: "Mapping[str, int]") -> list[tuple[int, int]]:
        """Give the cells of an input as (first, last) answers, knowing the answers in `values`."""
        return self._fixed[name] if name in self._fixed else self._cut(name, values)

    def place(self, name: str, value: int) -> int:
        """Give a number for the cell an answer lies in; a tied or seasonal one stands for itself."""
        if name in self.tied or name in self._seasonal:
            return value
        for number, (_, last) in enumerate(self._fixed[name]):
            if value <= last:
                return number
        raise ValueError(f"{name}: {value} is out of bounds")

    def tied_exactly(self, free: "Collection[str]") -> bool:
        """Say whether the limits that tie these unanswered inputs are of a shape cut exactly.

        That is one such limit, or several between two inputs each that all share one input.
        """
        tied = [frozenset(one.name for one in leaf.inputs) & set(free) for leaf in self._ties]
        ties = {names for names in tied if len(names) > 1}
        return len(ties) < 2 or (
            all(len(names) == 2 for names in ties) and len(frozenset.intersection(*ties)) > 0
        )

    def completions(
        self,
        free: "Iterable[str]",
        values: "Mapping[str, int]",
        limit: int,
        near: "Mapping[str, int] | None" = None,
    ) -> "Iterator[dict[str, int]]":
        """Yield one full set of answers per cell of the inputs in `free`, cut in that order.

        The same dictionary is yielded each time. For an input named in `near`, the answer nearest
        to the one given there stands for the cell. Raises `TooEntangled` past `limit` cells.
        """
        left = [limit]
        yield from self._complete(tuple(free), dict(values), left, near or {})

    def _complete(
        self,
        free: tuple[str, ...],
        values: dict[str, int],
        left: list[int],
        near: "Mapping[str, int]",
    ) -> "Iterator[dict[str, int]]":
        if not free:
            left[0] -= 1
            if left[0] < 0:
                raise TooEntangled
            yield values
            return
        name, rest = free[0], free[1:]
        own = self.inputs[name]
        for first, last in self._cells_near(name, values, near):
            if name in near:
                values[name] = own.nearest(near[name], first, last)
            else:
                values[name] = (first + last) // 2
            if all(leaf.truth(values) != NO for leaf in self._orders[name]):
                yield from self._complete(rest, values, left, near)
        del values[name]

    def _cells_near(
        self, name: str, values: "Mapping[str, int]", near: "Mapping[str, int]"
    ) -> list[tuple[int, int]]:
        seasons = [leaf for leaf in self._reading[name] if isinstance(leaf, Season)]
        if name not in near or not seasons:
            return self.cells(name, values)
        turns = {turn for leaf in seasons for turn in leaf.turns(near[name])}
        return self._between(name, turns | {first for first, _ in self.cells(name, values)})

    def _cut(self, name: str, values: "Mapping[str, int]") -> list[tuple[int, int]]:
        cuts = self._cuts(name, values, 1)
        seasons = [leaf for leaf in self._reading[name] if isinstance(leaf, Season)]
        for leaf in seasons:
            cuts |= {turn for cut in tuple(cuts) for turn in leaf.turns(cut)}
        return self._between(name, cuts)

    def _between(self, name: str, cuts: "Iterable[int]") -> list[tuple[int, int]]:
        own = self.inputs[name]
        starts = sorted({own.low, *(cut for cut in cuts if own.low < cut <= own.high)})
        return [
            (start, following - 1)
            for start, following in zip(starts, [*starts[1:], own.high + 1], strict=True)
        ]

    def _cuts(self, name: str, values: "Mapping[str, int]", depth: int) -> set[int]:
        """Collect the cuts of an input; unknown answers it is compared with stand at their edges.

        `depth` says how often the edges of an unknown answer may rest on further unknown ones.
        """
        cuts: set[int] = set()
        for leaf in self._reading[name]:
            others = [
                one.name for one in leaf.inputs if one.name != name and one.name not in values
            ]
            if not others:
                cuts.update(leaf.cuts(name, values))
            elif depth:
                edges = (self._edges(other, values, depth - 1) for other in others)
                for chosen in product(*edges):
                    known = {**values, **dict(zip(others, chosen, strict=True))}
                    cuts.update(leaf.cuts(name, known))
        return cuts

    def _edges(self, name: str, values: "Mapping[str, int]", depth: int) -> list[int]:
        cells = self._between(name, self._cuts(name, values, depth))
        return sorted({edge for cell in cells for edge in cell})
