"""The body of a page: runs of sentences, the short lines that belong to them, and the title."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from .model import Page
from .shape import ITEM, PROSE, SHORT, bigrams, cells, fold, folded, is_section, number, width
from .shape import shapes as shapes_of
from .zones import CUT

# The lines nobody has judged yet, by block; what was decided on blocks: label and reason.
Lines = dict[int, str]
Verdicts = dict[int, tuple[str, str]]

__all__ = ["label_body"]

# Who signs a notice.
_OFFICES = ("部", "中心", "团队", "公司", "委员会", "办公室", "小组", " team")
_FIGURE = re.compile(r"\d|[:|\t]")
_SMALL = re.compile(
    r"[的了是在和或与及将可会不要后前时如需应若则并其由被把从到也还就]|\b(?:the|of|to|and|is|in|for|a)\b"
)
_CONTINUES = (":", "如下", "包括", "如下所示", "following")


def label_body(page: Page) -> Page:
    """Settle every block that is left: sentences and items stay, short lines by their company.

    A short line before the body stays if the body repeats its words (a title), inside the body if
    few stand together or they belong to a list or table, and not at all behind its end. Whatever
    only stayed for lack of a reason to drop it is flagged.
    """
    left = page.open()
    if not left:
        return page
    whole, kinds = folded(page.text), shapes_of(page.text)
    lines = {i: whole[i] for i in left}
    shapes = {i: _kind(page, i, lines[i], kinds[i]) for i in left}
    body = [i for i in left if shapes[i] != SHORT]
    if not body:
        return _only_short(page, left, lines)
    firm = [i for i in body if shapes[i] == PROSE or not _is_weak(lines[i])] or body
    body = _within(page, body, firm, lines)
    body = _upwards(body, lines)
    verdicts: dict[int, tuple[str, str]] = {}
    doubtful: dict[int, str] = {}
    for i in body:
        if shapes[i] == ITEM and is_section(lines[i]) and _is_title(lines[i]):
            verdicts[i] = ("heading", "a numbered heading")
        else:
            verdicts[i] = ("content", "a sentence" if shapes[i] == PROSE else "an item of a list")
    grams = bigrams("\n".join(lines[i] for i in body))
    _judge_behind_end(page, body, lines, verdicts, doubtful)
    _judge_title(page, [i for i in left if i < body[0]], lines, grams, body[0], verdicts)
    shapes.update((i, SHORT) for i in left if i not in verdicts)
    names = _names(page)
    for run in _runs(left, shapes, body):
        _judge_run(page, run, lines, grams, names, verdicts, doubtful)
    last = body[-1]
    for i in left:
        if i > last and i not in verdicts:
            _judge_tail(page, i, lines, last, verdicts, doubtful)
            last = i if verdicts[i][0] == "content" and _FIGURE.search(lines[i]) else last
    return page.judged(verdicts).flagged(doubtful)


def _kind(page: Page, index: int, line: str, kind: int) -> int:
    return SHORT if kind == ITEM and page.hint[index] == "link" and width(line) < 30 else kind


def _is_weak(line: str) -> bool:
    """Tell an item that might as well be an entry of a menu: short, and no sentence in it."""
    return (
        not is_section(line)
        and width(line) <= 12
        and not line.endswith(("。", ";", ":", "!"))
        and "," not in line
    )


def _within(page: Page, body: list[int], firm: list[int], lines: dict[int, str]) -> list[int]:
    """Leave out weak items before the first sentence, and behind the last unless they go on."""
    kept = [i for i in body if firm[0] <= i <= firm[-1]]
    for i in body:
        if i > firm[-1]:
            if _above(page, i) != kept[-1]:
                break
            bullet = number(lines[i]) is None
            if bullet and not lines[kept[-1]].endswith(_CONTINUES) and kept[-1] <= firm[-1]:
                break
            kept.append(i)
    return kept


def _upwards(body: list[int], lines: dict[int, str]) -> list[int]:
    """Add the first lines of a paragraph that was broken into lines above its first full stop."""
    grown = list(body)
    while True:
        above = grown[0] - 1
        line = lines.get(above, "")
        if (
            "," not in line
            or line.endswith("?")
            or width(line) < 12
            or len(_SMALL.findall(line)) < 2
        ):
            return grown
        grown.insert(0, above)


def _judge_behind_end(
    page: Page, body: list[int], lines: Lines, verdicts: Verdicts, doubtful: dict[int, str]
) -> None:
    """Drop sentences behind the article's end (a notice, a page turner) that share no words with it.

    Costs: nothing is dropped unless most of the page stands before such an end; what shares words
    with the article stays and is flagged.
    """
    ends = [
        i
        for i in range(body[0], body[-1])
        if page.label[i] == "boilerplate" or page.reason[i] == "a step to another page"
    ]
    sizes = list(accumulate(width(lines[i]) for i in body))
    for end in ends:
        place = bisect_left(body, end)
        if place < 2 or sizes[place - 1] < 0.6 * sizes[-1]:
            continue
        before, after = body[:place], body[place:]
        grams = bigrams("\n".join(lines[i] for i in before))
        for i in after:
            if _overlap(lines[i], grams) < 0.3:
                verdicts[i] = (
                    "related",
                    "stands behind the article's end and shares no words with it",
                )
            else:
                doubtful[i] = "uncertain"
        return


def _is_title(line: str) -> bool:
    """Tell a numbered heading from a numbered sentence: short, and no sentence by its end."""
    return (
        width(line) <= 26 and not line.endswith(("。", ";", ".", ",")) and line[:1] not in "第qs问"
    )


def _only_short(page: Page, left: list[int], lines: dict[int, str]) -> Page:
    """Judge a page without a sentence: a few lines stay, a long list of labels does not."""
    few = len(left) <= 4
    verdicts, doubtful = {}, {}
    for i in left:
        if few or (_FIGURE.search(lines[i]) and width(lines[i]) >= 8):
            verdicts[i] = ("content", "a short line on a page without sentences")
            doubtful[i] = "uncertain"
        else:
            verdicts[i] = ("navigation", "one of many short lines on a page without sentences")
    return page.judged(verdicts).flagged(doubtful)


def _overlap(line: str, grams: set[str]) -> float:
    own = bigrams(line)
    return len(own & grams) / len(own) if own else 0.0


def _judge_title(
    page: Page, before: list[int], lines: Lines, grams: set[str], first: int, verdicts: Verdicts
) -> None:
    """Keep the title among the short lines before the body, and a heading that touches it.

    A title stands right above the body, or above the stamps that do; another line further up is
    one if the body repeats most of its words.
    """
    top = _above(page, first)
    while (
        top is not None
        and top in lines
        and _is_byline(page, top, lines[top])
        and _overlap(lines[top], grams) < 0.3
    ):
        verdicts[top] = ("metadata", "a name above a stamp")
        top = _above(page, top)
    if top is not None and top in lines and lines[top].endswith(":"):
        verdicts[top] = ("content", "leads into the body")
        top = _above(page, top)
    if top is not None and top in lines and (width(lines[top]) >= 5 or page.hint[top] == "heading"):
        verdicts[top] = ("heading", "stands right above the body")
    scored = [
        (_overlap(lines[i], grams) * min(width(lines[i]), 24), i)
        for i in before
        if i not in verdicts
    ]
    _, best = max(scored, default=(0, None))
    titled = any(label == "heading" for i, (label, _) in verdicts.items() if i < first)
    if best is not None and width(lines[best]) >= 5:
        share = _overlap(lines[best], grams)
        if share >= (0.6 if titled else 0.3) or page.hint[best] == "heading":
            verdicts[best] = ("heading", "a title: the body repeats its words")
    for i in before:
        if i not in verdicts:
            byline = _is_byline(page, i, lines[i])
            verdicts[i] = (
                ("metadata", "a name above a stamp")
                if byline
                else ("navigation", "a short line before the body that the body does not repeat")
            )


def _above(page: Page, index: int) -> int | None:
    """The nearest block above that is neither empty nor a stamp nor a picture."""
    for i in range(index - 1, -1, -1):
        if page.text[i] and page.label[i] not in ("metadata", "placeholder"):
            return i
    return None


def _is_byline(page: Page, index: int, line: str) -> bool:
    return width(line) <= 5 and _stamped(page, index)


def _stamped(page: Page, index: int) -> bool:
    after = next((k for k in range(index + 1, min(index + 4, len(page))) if page.text[k]), None)
    return after is not None and page.label[after] == "metadata"


def _runs(left: Iterable[int], shapes: dict[int, int], body: list[int]) -> Iterator[list[int]]:
    """Give the runs of short lines between two blocks of the body."""
    run: list[int] = []
    for i in left:
        if not body[0] < i < body[-1]:
            continue
        if shapes[i] == SHORT:
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_speaker(page: Page, index: int, line: str) -> bool:
    """Tell the name of a Latin writer above the stamp of a post; in a body no title stands there."""
    return line.isascii() and line.count(" ") <= 2 and len(line) <= 30 and _stamped(page, index)


def _judge_run(
    page: Page,
    run: list[int],
    lines: Lines,
    grams: set[str],
    names: set[str],
    verdicts: Verdicts,
    doubtful: dict[int, str],
) -> None:
    heads = len(run) > 1 and _stamped(page, run[-1]) and all(width(lines[i]) <= 8 for i in run)
    before = next((lines[i] for i in range(run[0] - 1, -1, -1) if i in lines), "")
    listed = before.endswith(_CONTINUES)
    figures = sum(bool(_FIGURE.search(lines[i])) for i in run)
    table = len({len(cells(lines[i])) for i in run}) == 1 and len(cells(lines[run[0]])) > 1
    for place, i in enumerate(run):
        last = place == len(run) - 1
        if _is_byline(page, i, lines[i]) or _is_speaker(page, i, lines[i]) or heads:
            verdicts[i] = ("metadata", "a name above a stamp")
        elif lines[i] in names:
            verdicts[i] = ("metadata", "a name that stands in a stamp of the page")
        elif listed or table or figures * 2 >= len(run) and len(run) > 1:
            verdicts[i] = ("content", "a row of a list or table in the body")
        elif len(run) <= 2 or last:
            verdicts[i] = ("heading", "a short line between sentences")
            if _overlap(lines[i], grams) < 0.34 and page.hint[i] != "heading":
                doubtful[i] = "uncertain"
        elif _is_wrapped(run, lines):
            verdicts[i] = ("content", "a line of a broken paragraph")
            doubtful[i] = "uncertain"
        elif len(run) <= 4 or _overlap(lines[i], grams) >= 0.6 and width(lines[i]) >= 6:
            verdicts[i] = ("content", "a short line inside the body")
            doubtful[i] = "uncertain"
        else:
            verdicts[i] = ("navigation", "one of many short lines in a row")


def _names(page: Page) -> set[str]:
    """The words of the page's stamps, among them the names of those who write on it."""
    return {
        word
        for text, label in zip(page.text, page.label, strict=True)
        if label == "metadata" and len(text) < 90
        for word in fold(text).replace(":", " ").split()
    }


def _is_wrapped(run: list[int], lines: dict[int, str]) -> bool:
    """Tell a paragraph broken into lines from a list of labels: long lines full of small words."""
    long = sum(width(lines[i]) >= 12 and len(_SMALL.findall(lines[i])) >= 2 for i in run)
    return long * 3 >= len(run) * 2


def _judge_tail(
    page: Page, i: int, lines: Lines, last: int, verdicts: Verdicts, doubtful: dict[int, str]
) -> None:
    if CUT.search(lines[i][-12:]):
        verdicts[i] = ("related", "a teaser behind the end of the body")
    elif (
        lines[last].endswith(_CONTINUES)
        or (i == last + 1 and _FIGURE.search(lines[i]))
        or (_above(page, i) == last and ("," in lines[i] or lines[i].endswith(_OFFICES)))
    ):
        verdicts[i] = ("content", "goes on after the last sentence")
        doubtful[i] = "uncertain"
    elif lines[i].endswith("?") and width(lines[i]) >= 8:
        verdicts[i] = ("related", "a title behind the end of the body")
    else:
        verdicts[i] = ("navigation", "a short line behind the end of the body")
