"""Fingerprints of lines, and what became of each line in a newer copy.

A copy is other people's text and is not kept; its lines' fingerprints may be. One fingerprint is
two numbers: a digest that only the same text has, and a similarity hash (after Charikar, 2002) of
which a slightly edited text keeps most bits. Neither gives the text back.
"""

import hashlib
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .model import Decision

__all__ = ["Change", "Fingerprint", "align", "fingerprints"]

_SPACE = re.compile(r"[\W_]+")
# Of 64 bits, unrelated lines differ in 32 on average; fewer than this is an edited line.
_NEAR = 21


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One line: `digest` tells equal from unequal, `sketch` near from far."""

    digest: str
    sketch: int

    def __str__(self) -> str:
        return f"{self.digest}{self.sketch:016x}"

    @classmethod
    def parse(cls, text: str) -> "Fingerprint":
        """Read what `str()` wrote; raises ValueError for anything else."""
        if len(text) != 32:
            raise ValueError(f"a fingerprint has 32 characters, this has {len(text)}")
        return cls(text[:16], int(text[16:], 16))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an old line: `untouched`, `moved`, `changed` or `gone`; `line` is the new one."""

    kind: str
    line: int | None


def fingerprints(decisions: Sequence[Decision]) -> list[Fingerprint]:
    """Fingerprint the cleaned lines of a copy, so that repaired damage makes no difference."""
    return [_fingerprint(one.text) for one in decisions]


def _fingerprint(text: str) -> Fingerprint:
    bare = _SPACE.sub("", text.lower())
    digest = hashlib.sha256(bare.encode()).hexdigest()[:16] if bare else "0" * 16
    counts = [0] * 64
    for at in range(len(bare) - 1):
        code = int.from_bytes(hashlib.blake2b(bare[at : at + 2].encode(), digest_size=8).digest())
        for bit in range(64):
            counts[bit] += 1 if code >> bit & 1 else -1
    return Fingerprint(digest, sum(1 << bit for bit in range(64) if counts[bit] > 0))


def align(old: Sequence[Fingerprint], new: Sequence[Fingerprint]) -> list[Change]:
    """Tell for every old line what became of it.

    Equal lines that kept their order are anchors (the longest such chain). A line that is equal
    elsewhere has moved; one whose near likeness stands between the same anchors has changed.
    """
    places: dict[str, list[int]] = {}
    for index, mark in enumerate(new):
        places.setdefault(mark.digest, []).append(index)
    chain = _chain(old, places)
    changes: list[Change] = []
    taken = set(chain.values())
    anchors = sorted(chain.items())
    for index, mark in enumerate(old):
        if index in chain:
            there = chain[index]
            changes.append(Change("untouched" if there == index else "moved", there + 1))
            continue
        free = [place for place in places.get(mark.digest, ()) if place not in taken]
        if free and mark.sketch:
            taken.add(free[0])
            changes.append(Change("moved", free[0] + 1))
            continue
        near = _nearest(index, mark, new, anchors, taken)
        if near is None:
            changes.append(Change("gone", None))
        else:
            taken.add(near)
            changes.append(Change("changed", near + 1))
    return changes


def _chain(old: Sequence[Fingerprint], places: dict[str, list[int]]) -> dict[int, int]:
    """The longest chain of equal lines in order; lines that stand once in the new copy only."""
    tails: list[int] = []
    ends: list[int] = []
    came: dict[int, int | None] = {}
    match: dict[int, int] = {}
    for index, mark in enumerate(old):
        there = places.get(mark.digest, ())
        if len(there) != 1 or not mark.sketch:
            continue
        match[index] = there[0]
        at = bisect_left(tails, there[0])
        came[index] = ends[at - 1] if at else None
        tails[at : at + 1] = [there[0]]
        ends[at : at + 1] = [index]
    chain: dict[int, int] = {}
    here = ends[-1] if ends else None
    while here is not None:
        chain[here] = match[here]
        here = came[here]
    return chain


def _nearest(
    index: int,
    mark: Fingerprint,
    new: Sequence[Fingerprint],
    anchors: list[tuple[int, int]],
    taken: set[int],
) -> int | None:
    """The most alike free line between the anchors around an old line."""
    if not mark.sketch:
        return None
    at = bisect_left(anchors, (index, -1))
    low = anchors[at - 1][1] + 1 if at else 0
    high = anchors[at][1] if at < len(anchors) else len(new)
    best, distance = None, _NEAR
    for place in range(low, high):
        if place not in taken and new[place].sketch:
            apart = (mark.sketch ^ new[place].sketch).bit_count()
            if apart < distance:
                best, distance = place, apart
    return best
