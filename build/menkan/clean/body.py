"""The body of a page: runs of sentences, the short lines that belong to them, and the title."""

import re

from .model import Page
from .shape import ITEM, PROSE, SHORT, bigrams, cells, fold, is_section, shape, width

__all__ = ["label_body"]

_FIGURE = re.compile(r"\d|[:|\t]")
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
    lines = {i: fold(page.text[i][:4000]) for i in left}
    shapes = {i: _kind(page, i, lines[i]) for i in left}
    body = [i for i in left if shapes[i] != SHORT]
    if not body:
        return _only_short(page, left, lines)
    verdicts: dict[int, tuple[str, str]] = {}
    doubtful: dict[int, str] = {}
    for i in body:
        if shapes[i] == ITEM and is_section(lines[i]) and _is_title(lines[i]):
            verdicts[i] = ("heading", "a numbered heading")
        else:
            verdicts[i] = ("content", "a sentence" if shapes[i] == PROSE else "an item of a list")
    grams = bigrams("\n".join(lines[i] for i in body))
    _judge_title(page, [i for i in left if i < body[0]], lines, grams, body[0], verdicts)
    for run in _runs(left, shapes, body):
        _judge_run(page, run, lines, grams, verdicts, doubtful)
    for i in left:
        if i > body[-1]:
            _judge_tail(page, i, lines, body[-1], verdicts, doubtful)
    return page.judged(verdicts).flagged(doubtful)


def _kind(page: Page, index: int, line: str) -> int:
    kind = shape(line)
    if kind == ITEM and page.hint[index] == "link" and width(line) < 30:
        return SHORT
    return kind


def _is_title(line: str) -> bool:
    """Tell a numbered heading from a numbered sentence: short, and no sentence by its end."""
    return width(line) <= 26 and not line.endswith(("。", ";", ".", ",")) and line[:1] not in "第qs问"


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


def _judge_title(page, before, lines, grams, first, verdicts) -> None:
    """Keep the title among the short lines before the body, and a heading that touches it."""
    scored = [(i, _overlap(lines[i], grams)) for i in before]
    best, score = max(
        scored,
        key=lambda one: (one[1] * min(width(lines[one[0]]), 24) + (page.hint[one[0]] == "heading") * 6, one[0]),
        default=(None, 0.0),
    )
    if best is not None and width(lines[best]) >= 5 and score >= 0.34:
        verdicts[best] = ("heading", "a title: the body repeats its words")
    for i, share in reversed(scored):
        if i in verdicts:
            continue
        near = i + 1 == first or all(not page.text[k] or page.label[k] for k in range(i + 1, first))
        if near and (share >= 0.5 or lines[i].endswith((":", "?")) or page.hint[i] == "heading"):
            verdicts[i] = ("heading", "stands right above the first sentence")
        elif _is_byline(page, i, lines[i]):
            verdicts[i] = ("metadata", "a name above a stamp")
        else:
            verdicts[i] = ("navigation", "a short line before the body that the body does not repeat")


def _is_byline(page: Page, index: int, line: str) -> bool:
    after = next((k for k in range(index + 1, min(index + 3, len(page))) if page.text[k]), None)
    return after is not None and page.label[after] == "metadata" and width(line) <= 10


def _runs(left, shapes, body):
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


def _judge_run(page, run, lines, grams, verdicts, doubtful) -> None:
    before = next((lines[i] for i in range(run[0] - 1, -1, -1) if i in lines), "")
    listed = before.endswith(_CONTINUES)
    figures = sum(bool(_FIGURE.search(lines[i])) for i in run)
    table = len({len(cells(lines[i])) for i in run}) == 1 and len(cells(lines[run[0]])) > 1
    for place, i in enumerate(run):
        last = place == len(run) - 1
        if _is_byline(page, i, lines[i]):
            verdicts[i] = ("metadata", "a name above a stamp")
        elif listed or table or figures * 2 >= len(run) and len(run) > 1:
            verdicts[i] = ("content", "a row of a list or table in the body")
        elif len(run) <= 2 or last:
            verdicts[i] = ("heading", "a short line between sentences")
            if _overlap(lines[i], grams) < 0.34 and page.hint[i] != "heading":
                doubtful[i] = "uncertain"
        elif len(run) <= 4 or _overlap(lines[i], grams) >= 0.6 and width(lines[i]) >= 6:
            verdicts[i] = ("content", "a short line inside the body")
            doubtful[i] = "uncertain"
        else:
            verdicts[i] = ("navigation", "one of many short lines in a row")


def _judge_tail(page, i, lines, last, verdicts, doubtful) -> None:
    if lines[last].endswith(_CONTINUES) or (i == last + 1 and _FIGURE.search(lines[i])):
        verdicts[i] = ("content", "goes on after the last sentence")
        doubtful[i] = "uncertain"
    elif lines[i].endswith("?") and width(lines[i]) >= 8:
        verdicts[i] = ("related", "a title behind the end of the body")
    else:
        verdicts[i] = ("navigation", "a short line behind the end of the body")
