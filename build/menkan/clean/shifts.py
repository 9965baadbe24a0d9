"""Byte shifts: nonsense left where a reading was written into the middle of two GBK characters.

The readings were put in by replacing byte pairs in GBK text. Where a pair straddled two
characters, as D6 94 (謹) does in 分數 = B7D6 94B5, the page was left with

    B7 [D6 94] "(jǐn)" B5 ...   shown as   分?jǐn)…

because the byte before the bracket is no character any more and swallowed it, and every byte
behind the reading moved by one, until an ASCII byte or a second mark took the odd one up.
All of that can be computed back: the reading names the lost byte, the rest is pairing again.

The damage run forward and its inverse stand together here, over three hundred lines, because each
is the other's specification.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .model import Page
from .pinyin import LETTERS, is_common, reads
from .script import simplify

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["damage", "repair_shifts"]

_HAN = "㐀-䶿一-鿿"
_LOST = "?\uff1f\ufffd"
_MARK = re.compile(
    rf"([{_HAN}])(?P<own>[(\uff08][{LETTERS}]{{1,8}}[)\uff09])?[{_LOST}][(\uff08]?(?P<reading>[{LETTERS}]{{1,8}})[)\uff09]"
)
_FAST = re.compile(rf"[{_LOST}][(\uff08]?[{LETTERS}]{{1,8}}[)\uff09]")
_SECOND = re.compile(rf"[{_LOST}][(\uff08]?([{LETTERS}]{{1,8}})[)\uff09]")
_INNER = re.compile(rf"[(\uff08]([{LETTERS}]{{1,8}})[)\uff09]")
# How far a shift is followed. The longest seen ran over seven characters.
_REACH = 48
# The window a repair looks at, and how many it tries on a page before it only flags.
_WINDOW = 160
_TRIES = 2000
# By how much (natural logarithms) the likeliest words must beat the next to count as confirmed.
_MARGIN = 2.0
# Bytes whose pair is no character but a private one, which scrapers drop without a trace.
_PRIVATE = tuple(
    (first, second)
    for first in (*range(0xA1, 0xA8), *range(0xAA, 0xB0), *range(0xF8, 0xFF))
    for second in (range(0x40, 0xA1) if first < 0xA8 else range(0xA1, 0xFF))
    if second != 0x7F
)
_TRAILS = tuple(byte for byte in range(0x40, 0xFF) if byte != 0x7F)


def repair_shifts(page: Page) -> Page:
    """Compute shifted bytes back, and flag what cannot be confirmed.

    Each repair is confirmed by running the damage forward: the repaired text with the same reading
    written between the same bytes must give the very text of the page. Several readings of the
    lost byte are told apart by the words they make (jieba's dictionary). A question mark before a
    Latin word in brackets is left alone unless the bytes say otherwise.
    """
    text = list(page.text)
    doubtful = {}
    changed, budget = False, _TRIES
    for index, line in enumerate(text):
        if not _FAST.search(line):
            continue
        fixed, unsure, tried = _repair_line(line, budget)
        budget -= tried
        if fixed != line:
            text[index], changed = fixed, True
        if unsure:
            doubtful[index] = "uncertain"
    page = page.with_text(text, "repaired") if changed else page
    return page.flagged(doubtful)


def damage(before: str, pairs: list[tuple[int, str]], after: str = "") -> str:
    """Run the damage forward: write readings into the GBK bytes of `before`, then read them again.

    `pairs` are (byte offset behind the marked pair, reading). Text is read as the scraper did:
    a lead byte without a trail becomes `?` and takes the next character with it, a private
    character vanishes. `after` follows unchanged.

    >>> damage("分數", [(3, "jǐn"), (4, "shù")])
    '分?jǐn)?shù)'
    """
    code = before.encode("gb18030")
    shown = []
    todo = sorted(pairs)
    odd: int | None = None
    for offset in range(len(code) + 1):
        while todo and todo[0][0] == offset:
            reading = todo.pop(0)[1]
            # A lead byte left alone swallows the bracket that follows it.
            shown.append(f"?{reading})" if odd is not None else f"({reading})")
            odd = None
        if offset == len(code):
            break
        byte = code[offset]
        if odd is not None:
            shown.append(_pair(odd, byte))
            odd = None
        elif byte >= 0x81:
            odd = byte
        else:
            shown.append("\u20ac" if byte == 0x80 else chr(byte))
    if odd is not None:
        shown.append("?")
    return "".join(shown) + after


def _pair(lead: int, trail: int) -> str:
    try:
        sign = bytes((lead, trail)).decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "" if "\ue000" <= sign <= "\uf8ff" else sign


def _repair_line(line: str, budget: int) -> tuple[str, bool, int]:
    """Repair one line from left to right; tell whether a mark had to be left, and the tries."""
    parts, here, unsure, tries = [], 0, False, budget
    while True:
        mark = _MARK.search(line, here)
        if mark is None:
            break
        found = None
        if budget > 0:
            start = max(0, mark.start() - 12)
            window = line[start : mark.start() + _WINDOW]
            found = _solve(window, mark.start() - start)
            budget -= 1
        if found is None:
            # A letter pair such as 5?a) is no reading; a toned one is damage we cannot undo.
            unsure = unsure or not mark["reading"].isascii()
            parts.append(line[here : mark.end()])
            here = mark.end()
            continue
        text, length, close = found
        unsure = unsure or close
        parts += (line[here : mark.start()], text)
        here = mark.start() + length
    parts.append(line[here:])
    return "".join(parts), unsure, tries - budget


@lru_cache(maxsize=1 << 12)
def _solve(line: str, at: int) -> tuple[str, int, bool] | None:
    """Find the text that the damage at `at` came from: (text, length, whether another was close)."""
    mark = _MARK.match(line, at)
    if mark is None:
        return None
    lead = _bytes(mark[1])
    if len(lead) != 2 or lead[1] < 0x81:
        return None
    firsts = [
        byte for byte in _TRAILS if byte >= 0x81 and _reads_pair(lead[1], byte, mark["reading"])
    ]
    if not firsts:
        return None
    context = re.sub(
        rf"[(\uff08][{LETTERS}]{{1,8}}[)\uff09]", "", line[max(0, mark.start() - 12) : mark.start()]
    )
    # The character before may have had a reading of its own: 當(dāng)?shù)…
    own = [(2, mark["own"][1:-1])] if mark["own"] else []
    found: dict[tuple[str, int], None] = {}
    for tail, end, second, inner in _tails(line, mark.end()):
        for first in firsts:
            for code, marks in _completions(first, tail, second):
                try:
                    text = mark[1] + code.decode("gb18030")
                except UnicodeDecodeError:
                    continue
                if not _plausible(text):
                    continue
                pairs = [
                    *own,
                    (3, mark["reading"]),
                    *((3 + at, reading) for at, reading in inner),
                    *marks,
                ]
                shown = damage(text, pairs)
                if _folded(shown) == _folded(line[mark.start() : end]):
                    found[text, end] = None
    if not found:
        return None
    scored = sorted(
        ((_score(context, text, line[end : end + 24]), text, end) for text, end in found),
        reverse=True,
    )
    best, text, end = scored[0]
    close = len(scored) > 1 and best - scored[1][0] < _MARGIN
    return text, end - at, close


def _tails(
    line: str, start: int
) -> Iterator[tuple[bytes, int, str | None, tuple[tuple[int, str], ...]]]:
    """Follow the shifted characters from `start`: (bytes, end on the page, second reading, inner).

    The shift ends where an ASCII byte served as a trail, or at a second swallowed bracket.
    """
    code, here = bytearray(), start
    inner: list[tuple[int, str]] = []
    for _ in range(_REACH):
        second = _SECOND.match(line, here)
        if second:
            yield bytes(code), second.end(), second[1], tuple(inner)
            return
        sign = line[here : here + 1]
        if not sign:
            return
        marked = _INNER.match(line, here) if code else None
        if marked:
            inner.append((len(code), marked[1]))
            here = marked.end()
            continue
        # A lone 0x80, which ends 個 and others, is shown as a euro sign.
        pair = b"\x80" if sign == "\u20ac" else _bytes(sign)
        if pair == b"\x80":
            yield bytes(code) + pair, here + 1, None, tuple(inner)
            return
        if len(pair) == 1:
            if 0x40 <= pair[0] <= 0x7E:
                yield bytes(code) + pair, here + 1, None, tuple(inner)
            return
        if len(pair) != 2:
            return
        code += pair
        here += 1


def _completions(
    first: int, tail: bytes, second: str | None
) -> Iterator[tuple[bytes, list[tuple[int, str]]]]:
    """Put the lost bytes around the shifted ones: (bytes from `first` on, marks at their end)."""
    if second is None:
        yield bytes((first,)) + tail, []
        return
    # The byte before the second mark was swallowed; its pair is read as the mark says. One
    # private pair may have vanished on the way.
    head = bytes((first,)) + tail
    for closing in _closings(head[-1], second):
        code = head + closing
        yield code, [(2 + len(code), second)]


@lru_cache(maxsize=1 << 14)
def _closings(lead: int, second: str) -> tuple[bytes, ...]:
    """What may follow a lead byte up to a character read as `second`, all of it in common use."""
    direct = [bytes((last,)) for last in _lasts(lead, second)]
    bridged = [
        bytes((*gone, last))
        for gone in _PRIVATE
        if is_common(_pair(lead, gone[0]))
        for last in _lasts(gone[1], second)
        if is_common(_pair(gone[1], last))
    ]
    return (*direct, *bridged)


@lru_cache(maxsize=4096)
def _lasts(lead: int, reading: str) -> tuple[int, ...]:
    return tuple(b for b in _TRAILS if b >= 0x81 and lead >= 0x81 and _reads_pair(lead, b, reading))


@lru_cache(maxsize=1 << 15)
def _reads_pair(lead: int, trail: int, reading: str) -> bool:
    sign = _pair(lead, trail)
    return len(sign) == 1 and reads(sign, reading)


def _bytes(sign: str) -> bytes:
    try:
        return sign.encode("gb18030")
    except UnicodeEncodeError:
        return b""


def _plausible(text: str) -> bool:
    """Nothing but characters in use: not private, not half a code."""
    return not any("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" for sign in text)


def _folded(text: str) -> str:
    return text.translate(_FOLD)


_FOLD = str.maketrans("\uff1f\ufffd\uff08\uff09", "??()")


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    import jieba

    jieba.setLogLevel(60)
    words = jieba.Tokenizer()
    words.initialize()
    return words


def _score(before: str, text: str, after: str) -> float:
    """How likely the words are: the best segmentation's log probability."""
    after = re.sub(rf"[(\uff08][{LETTERS}]{{1,8}}[)\uff09]", "", after)[:4]
    sentence = simplify(before[-3:] + text + after)
    words = _dictionary()
    route: dict[int, tuple[float, int]] = {}
    words.calc(sentence, words.get_DAG(sentence), route)
    return route[0][0] - 10 * sum(map(_is_foreign, text))


@lru_cache(maxsize=1 << 12)
def _is_foreign(sign: str) -> bool:
    """Tell a character of simplified script alone, which a damaged page hardly ever writes."""
    from opencc import OpenCC

    if not _TO_TRADITIONAL:
        _TO_TRADITIONAL.append(OpenCC("s2t"))
    return bool(_TO_TRADITIONAL[0].convert(sign) != sign)


_TO_TRADITIONAL: "list[OpenCC]" = []
