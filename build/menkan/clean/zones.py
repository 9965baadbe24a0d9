"""Related zones: headings that open a list of teasers, and where the article takes up again."""

import re

from . import words
from .model import Page
from .shape import BLANK, ITEM, PROSE, SHORT, bare, folded, is_section, number, width
from .shape import shapes as shapes_of

__all__ = ["CUT", "is_zone_heading", "label_related"]

_TAIL = re.compile(r"(?:更多|more|换一批|换一换|查看全部|查看更多|全部|>+|\d{1,3})$")
_INLINE = re.compile(r"([^:]{2,14}):\s?(.{1,})$")
_PARTS = sorted({*words.ZONE_WORDS, *words.ZONE_NOUNS}, key=len, reverse=True)
_FIRSTS = frozenset(word[0] for word in (*words.ZONE_WORDS, *words.ZONE_HEADINGS))
_NEWS = re.compile(r"(?:\d{1,2}月\d{1,2}日|今日|近日|日前|昨日|据悉)")
CUT = re.compile(
    r"(?:\.{3,}|…|\[?(?:详细|详情|阅读全文|查看全文|全文|更多|read more)\]?)\s?[>»]{0,2}$"
)


def is_zone_heading(line: str) -> bool:
    """Tell a heading such as 相关推荐 or "You may also like", by its words and nothing else.

    >>> is_zone_heading("【热门推荐】"), is_zone_heading("推荐位如何申请")
    (True, False)
    """
    if not 2 <= len(line) <= 40:
        return False
    core = bare(line)
    if core[:1] not in _FIRSTS and not core.isascii() and core not in words.ZONE_HEADINGS:
        return False
    core = bare(_TAIL.sub("", core))
    if core in words.ZONE_HEADINGS:
        return True
    if len(core) > 14 or not any(noun in core for noun in words.ZONE_NOUNS):
        return False
    return len(core) >= 4 and _made_of_parts(core)


def _made_of_parts(core: str) -> bool:
    """Tell whether nothing but zone words is in it, at least one of them saying "other"."""
    here, parts = 0, []
    while here < len(core):
        for part in _PARTS:
            if core.startswith(part, here):
                parts.append(part)
                here += len(part)
                break
        else:
            return False
    return len(parts) >= 2 and parts[0] in words.ZONE_WORDS


def label_related(page: Page) -> Page:
    """Drop related zones, wherever they open; take the article up again where its body does.

    A zone of titles ends at the first sentence that a body follows (headings, steps or further
    sentences). A zone of whole teasers ends only where an article plainly begins: sections or
    steps follow one another. What a cue has settled inside a zone keeps its label.

    Costs: a lone closing sentence behind a zone of titles is kept, flagged.
    """
    lines = folded(page.text)
    heads = [
        index
        for index in range(len(page))
        if page.label[index] is None and len(lines[index]) <= 40 and is_zone_heading(lines[index])
    ]
    verdicts: dict[int, tuple[str, str]] = {}
    doubtful: dict[int, str] = {}
    if not heads:
        return _inline(page, lines)
    shapes = [
        kind if label is None else BLANK
        for kind, label in zip(shapes_of(page.text), page.label, strict=True)
    ]
    done = -1
    seen_body = 0
    for order, head in enumerate(heads):
        if head < done:
            continue
        seen_body += sum(kind == PROSE for kind in shapes[max(done, 0) : head])
        stop = heads[order + 1] if order + 1 < len(heads) else len(page)
        counted = next(
            (number(lines[i]) for i in range(head - 1, max(done, 0) - 1, -1) if shapes[i] == ITEM),
            None,
        )
        end, unsure = _zone_end(page, lines, shapes, head, stop, seen_body > 0, counted)
        alone = end == head + 1 and any(word in lines[head][:6] for word in ("热", "最"))
        verdicts[head] = (
            ("navigation", "a heading with nothing under it")
            if alone
            else ("related", "opens a list of other pages")
        )
        for index in range(head + 1, end):
            if page.label[index] is None:
                verdicts[index] = (
                    "related",
                    f"in the list of other pages opened on line {page.line[head]}",
                )
        if unsure and end < stop:
            doubtful.update((i, "uncertain") for i in range(end, stop) if shapes[i] == PROSE)
        done = end
    return _inline(page.judged(verdicts).flagged(doubtful), lines)


def _inline(page: Page, lines: tuple[str, ...]) -> Page:
    """Drop a zone that is one line: 相关阅读: a title."""
    verdicts = {}
    for index in page.open():
        line = lines[index]
        found = _INLINE.match(line) if ":" in line[:16] and len(line) < 400 else None
        if found and is_zone_heading(found[1]) and "。" not in line:
            verdicts[index] = ("related", "names another page")
    return page.judged(verdicts)


def _zone_end(
    page: Page,
    lines: tuple[str, ...],
    shapes: list[int],
    head: int,
    stop: int,
    body_before: bool,
    counted: int | None,
) -> tuple[int, bool]:
    """Find the first block behind the zone, and whether that is doubtful."""
    members = [i for i in range(head + 1, stop) if shapes[i] != BLANK]
    if not members:
        return head + 1, False
    titles = shapes[members[0]] != PROSE or not body_before and len(members) == 1
    count = 0
    for place, index in enumerate(members):
        ahead = members[place : place + 14]
        kind = shapes[index]
        if _is_article_start(page, lines, shapes, ahead):
            return index, False
        if kind == ITEM and counted is not None and number(lines[index]) == counted + 1:
            return index, False
        if titles:
            if count == 0 and kind == SHORT:
                count += 1
                continue
            if kind == SHORT and not lines[index].endswith(":"):
                count += 1
                continue
            if kind == ITEM and not _is_text_item(lines[index]) and not is_section(lines[index]):
                count += 1
                continue
            if _resumes(page, lines, shapes, ahead):
                return _with_heading(lines, shapes, members, place, count), False
            if kind == PROSE and not body_before and not _is_teaser(page, lines, index):
                return _with_heading(lines, shapes, members, place, count), True
            if kind == PROSE and len(ahead) == 1 and not _is_teaser(page, lines, index):
                return index, True
            count += 1
        elif _begins(lines, shapes, ahead):
            return index, True
    return stop, False


def _is_article_start(
    page: Page, lines: tuple[str, ...], shapes: list[int], ahead: list[int]
) -> bool:
    """Tell a title, its stamp and sentences in a row: an article, not one more teaser."""
    here = ahead[0]
    if shapes[here] != SHORT or width(lines[here]) < 6 or len(ahead) < 3:
        return False
    after = next((i for i in range(here + 1, min(here + 4, len(page))) if lines[i]), here)
    if page.label[after] != "metadata":
        return False
    follow = [i for i in ahead[1:5] if not (shapes[i] == SHORT and width(lines[i]) <= 5)]
    return (
        len(follow) >= 2
        and all(shapes[i] in (PROSE, ITEM) for i in follow[:2])
        and all(page.label[i] != "metadata" for i in range(follow[0], follow[1]))
    )


def _with_heading(
    lines: tuple[str, ...], shapes: list[int], members: list[int], place: int, count: int
) -> int:
    """Let a heading right before the first sentence go with it, when titles remain for the zone."""
    index = members[place]
    touches = place and count >= 3 and members[place - 1] == index - 1
    if touches and shapes[index - 1] == SHORT and is_section(lines[index - 1]):
        return index - 1
    return index


def _is_text_item(line: str) -> bool:
    return line.endswith(("。", ";", ":", ",")) or width(line) > 34 or "。" in line


def _is_teaser(page: Page, lines: tuple[str, ...], index: int) -> bool:
    """Tell a teaser: cut off, opened by a date of its own, or stamped on the next line."""
    line = lines[index]
    if CUT.search(line[-12:]) or _NEWS.match(line):
        return True
    after = next((i for i in range(index + 1, min(index + 3, len(page))) if lines[i]), None)
    return after is not None and page.label[after] == "metadata"


def _resumes(page: Page, lines: tuple[str, ...], shapes: list[int], ahead: list[int]) -> bool:
    """Tell whether a body starts here: sentences in a row, or sections and steps behind one."""
    teasers = sum(_is_teaser(page, lines, i) for i in ahead if shapes[i] == PROSE)
    prose = sum(shapes[i] == PROSE for i in ahead)
    items = [i for i in ahead if shapes[i] == ITEM]
    if any(is_section(lines[i]) for i in items) or sum(_is_text_item(lines[i]) for i in items) >= 2:
        return teasers * 2 <= prose or teasers <= 1
    if prose and teasers * 2 > prose:
        return False
    row = 0
    for i in ahead:
        row = row + 1 if shapes[i] in (PROSE, ITEM) else 0
        if row >= 2:
            return True
    return False


def _begins(lines: tuple[str, ...], shapes: list[int], ahead: list[int]) -> bool:
    """Tell a new article behind teasers: its numbered sections come in order."""
    sections = [i for i in ahead if shapes[i] == ITEM and is_section(lines[i])]
    items = sum(shapes[i] == ITEM for i in ahead[:8])
    return bool(sections) and items >= 3 and ahead[0] in sections
