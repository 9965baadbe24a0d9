"""The tables of Python that rules never read: old character sets and the names of all characters.

Reading what was left out traps nowhere, so a table goes only where all of this agrees over a long
stretch of memory: nothing was read there while `exercise` ran; no function that is kept names an
address there; nothing that stands near something that was read points there. Some room is left on
either side, for a table that is read in places only, or is reached from beside it.
"""

import re
import struct
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

__all__ = ["named_addresses", "unread"]

# Bytes on either side that stay, and bytes between them that are worth a cut.
_ROOM = 4_096
_WORTH = 16_384
# Bytes around something read in which pointers are believed: they stand in one structure, or list.
_NEAR = 1_024
_NAMED = re.compile(rb"\bi32\.const (\d+)|\boffset=(\d+)")


def named_addresses(text: Path) -> set[int]:
    """Every constant and every offset of a load or store in a module's text as Binaryen prints it.

    Plain numbers are among them; those cost a little room each.
    """
    with text.open("rb") as lines:
        code = (line for line in lines if not line.startswith(b" (data "))
        return {int(found[1] or found[2]) for line in code for found in _NAMED.finditer(line)}


def unread(
    memory: bytes, read: bytes, named: Iterable[int], *, low: int, objects: int
) -> list[tuple[int, int]]:
    """Stretches of `memory` that may go, as (first address, address after the last).

    `read` holds a byte for each address, not 0 where something was read; `low` is the first address
    that holds anything; pointers stand from `objects` on, before that are constants only.
    """
    places = [at for found in re.finditer(rb"[^\0]+", read) for at in range(*found.span())]
    marks = {*places, *named, *_pointers(memory, places, objects)}
    last, stretches = low, []
    for mark in [*sorted(at for at in marks if low <= at < len(memory)), len(memory)]:
        first, after = last + _ROOM, mark - _ROOM
        if after - first >= _WORTH:
            stretches.append((first, after))
        last = mark
    return stretches


def _pointers(memory: bytes, places: list[int], objects: int) -> set[int]:
    """Every aligned word from `objects` on that stands near one of the sorted `places`."""
    found = set()
    begin = objects & ~3
    for number, (word,) in enumerate(struct.iter_unpack("<I", memory[begin : len(memory) & ~3])):
        at = begin + 4 * number
        place = bisect_left(places, at - _NEAR)
        if place < len(places) and places[place] <= at + _NEAR:
            found.add(word)
    return found
