"""What a line looks like, whatever it says: a sentence, an item of a list, a label, a row.

Everything here looks at folded text: NFKC and lower case, so that full-width marks and the
half-width ones of folded copies are the same.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

__all__ = [
    "BLANK",
    "ITEM",
    "PROSE",
    "SHORT",
    "bare",
    "bigrams",
    "cells",
    "fold",
    "folded",
    "is_section",
    "number",
    "shape",
    "shapes",
    "width",
]

BLANK, SHORT, ITEM, PROSE = range(4)

_NUMBER = "一二三四五六七八九十百"
_ITEM = re.compile(
    rf"第[{_NUMBER}\d]{{1,4}}[步条章节点项款部类种个]|[{_NUMBER}]{{1,3}}[、.:)]|[({{\[【][{_NUMBER}\d]{{1,3}}[)}}\]】]"
    r"|\d{1,3}(?:\.\d{1,2}){0,3}[、)]|\d{1,3}(?:\.\d{1,2}){0,3}[.:](?![\d])|\d(?:\.\d{1,2}){1,3}[ 、]"
    r"|[①-⑳❶-❿]|[•·●◆■▪★☆▶►◇○✓✔※➤-]\s{0,2}(?=\S)|[a-z][.)](?=\s|[^\x00-\x7f])|step\s?\d"
    r"|(?:q|a|问|答|q&a)\d{0,2}[:、.]"
)
_SECTION = re.compile(
    rf"第[{_NUMBER}\d]{{1,4}}[步条章节点项款部]|[{_NUMBER}]{{1,3}}[、.:]|[(【][{_NUMBER}]{{1,3}}[)】]|step\s?\d|问[::]|q\d{{0,2}}[:.]"
)
_ITEM_SIGNS = frozenset(f"第问答{_NUMBER}【")
_LEADING = re.compile(rf"[(【第]?(\d{{1,3}}|[{_NUMBER}]{{1,3}})(?=[、.:)】步条])")
_STOPS = re.compile(r"[。!;]")
_ENGLISH_STOP = re.compile(r"[a-z)\"'%\d][.!;](?=\s|$)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_CUT = re.compile(r"\s{0,4}(?:\t|\||│|丨|\xa0|  )\s{0,4}|\s")
_GRAM = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Fold for comparing: NFKC, lower case; the number of line ends does not change."""
    return unicodedata.normalize("NFKC", text).lower()


@lru_cache(maxsize=1)
def folded(text: tuple[str, ...]) -> tuple[str, ...]:
    """Fold all blocks of a page; the passes that label share one fold."""
    return tuple(fold("\n".join(text)).split("\n"))


@lru_cache(maxsize=1)
def shapes(text: tuple[str, ...]) -> tuple[int, ...]:
    """The shape of each block of a page."""
    return tuple(map(shape, folded(text)))


def bare(line: str) -> str:
    """Strip what is neither letter nor figure from both ends."""
    if line[:1].isalnum() and line[-1:].isalnum():
        return line
    return _EDGES.sub("", line)


def width(line: str) -> int:
    """How much a line says, in Chinese characters: three Latin letters count for one."""
    latin = len(line) - len(line.encode("ascii", "ignore")) if not line.isascii() else 0
    return latin + (len(line) - latin + 2) // 3


def shape(line: str) -> int:
    """Tell a sentence from an item, a short line and nothing.

    A question is no sentence here: titles and teasers are questions as often as text is.
    """
    if not line:
        return BLANK
    if (line[0] < "\u3000" or line[0] in _ITEM_SIGNS) and _ITEM.match(line):
        return ITEM
    size = width(line)
    if size < 5:
        return SHORT
    if _STOPS.search(line) or (size >= 5 and line.count(" ") >= 2 and _ENGLISH_STOP.search(line)):
        return PROSE
    if line.endswith(":") and size >= 8:
        return PROSE
    if line.count(",") + line.count("、") and size >= 22:
        return PROSE
    return PROSE if size >= 40 and len(cells(line)) * 12 <= size else SHORT


def is_section(line: str) -> bool:
    """Tell a numbered heading or step (一、, 第二步, Q1:) from other items."""
    return _SECTION.match(line) is not None


def number(line: str) -> int | None:
    """The number an item starts with, in either kind of figures.

    >>> number("2. leave room"), number("十二、费用"), number("a) b")
    (2, 12, None)
    """
    found = _LEADING.match(line)
    if not found:
        return None
    figure = found[1]
    if figure.isdigit():
        return int(figure)
    tens, ten, ones = figure.rpartition("十")
    return (_NUMBER.find(tens) + 1 or 1) * 10 * bool(ten) + (_NUMBER.find(ones) + 1 if ones else 0)


def cells(line: str) -> list[str]:
    """Split a row of a menu or a table into its cells."""
    return [cell for cell in _CUT.split(line) if cell]


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring letters of a text, punctuation skipped; English by words."""
    grams: set[str] = set()
    for word in _GRAM.findall(text):
        if word.isascii():
            grams.add(word)
        else:
            grams.update(map("".join, pairwise(word)))
    return grams
