"""Readings: the pinyin in brackets that a scraper wrote behind characters."""

import re
from collections import Counter
from itertools import pairwise

from .model import Page
from .pinyin import LETTERS, SYLLABLE, is_common, reads, starts_reading, toned, usual

__all__ = ["remove_readings"]

_HAN = "㐀-䶿一-鿿\uf900-\ufaff"
_OPENING = "(\\[{【〔〖\uff08\uff3b\uff5b"
_CLOSING = ")\\]}】〕〗\uff09\uff3d\uff5d"
_LABEL = f"(?:[{_HAN}]{{1,3}}[:\uff1a][ ]?)?"
# A character, a bracket, perhaps a label such as "读:", one syllable, the bracket's end.
# Every part is bounded and starts at a bracket, so the search is linear.
_READING = f"[{_OPENING}][ ]?{_LABEL}(?P<reading>{SYLLABLE})[ ]?[{_CLOSING}]"
_BARE = re.compile(_READING)
_MARK = re.compile(f"(?<=([{_HAN}])){_READING}")
_OPEN = re.compile(f"([{_HAN}])[{_OPENING}]{_LABEL}([{LETTERS}]{{1,6}})$")
_BRACKETS = re.compile(f"[{_OPENING}]")


def remove_readings(page: Page) -> Page:
    """Take out the readings a scraper put in, and those the end of a line cut open.

    A reading goes only where pypinyin confirms that its character is read so, and only on a page
    that shows the habit: a machine marks common characters with their everyday reading, again and
    again, or side by side. An author explains a rare character, or a rare reading, once; such a
    page keeps its glosses and the doubtful ones are flagged. Words, units and abbreviations in
    brackets are not readings of what stands before them and stay.

    Costs: a machine's reading on a page that holds one or two of them may stay, flagged; a Latin
    word cut open at a line's end goes if it happens to start a reading of the character before it.
    """
    whole = "\n".join(page.text)
    if not _BRACKETS.search(whole):
        return page
    marks = [m for m in _MARK.finditer(whole) if reads(m[1], m["reading"])]
    text = list(page.text)
    habit = _is_habit(marks, whole)
    doubtful: dict[int, str] = {}
    if marks:
        for index, line in enumerate(text):
            if not _BRACKETS.search(line):
                continue
            if habit:
                text[index] = _strip(line)
            elif any(reads(m[1], m["reading"]) and _idle(m) for m in _MARK.finditer(line)):
                doubtful[index] = "uncertain"
    for index, line in enumerate(text):
        cut = _OPEN.search(line[-16:])
        if cut and starts_reading(cut[1], cut[2]):
            text[index] = line[: len(line) - len(cut[0]) + 1]
    return page.with_text(text, "repaired").flagged(doubtful)


def _strip(line: str) -> str:
    """Take the readings out of one line; a second one behind the same character goes too."""
    parts, here = [], 0
    owner, owned = "", -1  # the last character with a reading, and where that reading ended
    for mark in _BARE.finditer(line):
        if mark.start() != owned:
            owner = line[mark.start() - 1 : mark.start()]
        if reads(owner, mark["reading"]):
            parts.append(line[here : mark.start()])
            here = owned = mark.end()
    parts.append(line[here:])
    return "".join(parts)


def _idle(mark: re.Match[str]) -> bool:
    """Tell a reading nobody needs: an everyday character in its first reading."""
    return is_common(mark[1]) and usual(mark[1], mark["reading"])


def _is_habit(marks: list[re.Match[str]], whole: str) -> bool:
    """Tell a page that a machine has marked from one whose author explains a word."""
    idle = [m for m in marks if _idle(m)]
    if not idle:
        return False
    glosses = len(marks) - len(idle)
    if len(idle) >= 6 and len(idle) >= 2 * glosses:
        return True
    seen = Counter(m[1] for m in idle)
    # The same everyday character marked twice, or wherever it stands: no author does that.
    if any(count >= 2 for count in seen.values()) and glosses <= len(idle):
        return True
    # 烟(yan)台(tai): one character between two marks.
    if any(b.start() - a.end() == 1 for a, b in pairwise(idle)):
        return True
    if (
        glosses == 0
        and len(idle) >= 2
        and (len(idle) >= 3 or all(toned(m["reading"]) for m in idle))
    ):
        return True
    return glosses == 0 and any(toned(m["reading"]) and _traditional(m[1]) for m in idle)


def _traditional(sign: str) -> bool:
    from .script import simplify

    return simplify(sign) != sign
