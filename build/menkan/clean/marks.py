"""Marks on what stays: exact duplicates, and fragments that start or stop in mid-sentence."""

import re

from .model import KEPT, Page

__all__ = ["drop_duplicates", "mark_cuts"]

_ENDS = "。.!?;:…。”\"』」)】》〉]}!?;:)”’'~—"
_START = re.compile(
    r"[,、。;:?!)\]}】》」』”’%.,;:?!)]|[的了吗呢吧们地得](?![\u4e00-\u9fff]{0,2}(?:士|确|是))|[A-Za-z]{2,8}\)|[A-Za-z](?=[\u4e00-\u9fff]{2})|[\u4e00-\u9fff]{1,3}。"
)
# The title of a window: the page's own, a dash or the like, the name of the site.
_WINDOW = re.compile(
    r"([^-_|\u2014\u2013]{4,60}?)\s?[-_|\u2014\u2013]{1,2}\s?[^-_|\u2014\u2013。,]{2,20}$"
)
# A help page's last words, which come after its last sentence.
_PARENT = re.compile(r"(?:父主题|上级主题|parent topic)[:\uff1a]\s?\S{1,20}$", re.IGNORECASE)
_PAIRS = {
    "(": ")",
    "[": "]",
    "【": "】",
    "《": "》",
    "「": "」",
    "『": "』",
    "“": "”",
    "\uff08": "\uff09",
}
_CLOSER = re.compile(r"[)\]】》」』”\uff09]")
_CLOSERS = {close: opening for opening, close in _PAIRS.items()}


def drop_duplicates(page: Page) -> Page:
    """Drop a line that stood on the page before, word for word, and say where.

    Only lines of eight or more characters: short ones ("注意:", a button's name in two lists of
    steps) repeat for good reason. What is dropped already is only flagged, and never costs a line
    of the article its place.
    """
    first: dict[str, int] = {}
    dropped: dict[str, int] = {}
    windows: dict[str, int] = {}
    verdicts, marks = {}, {}
    for index, text in enumerate(page.text):
        if page.label[index] is not None:
            if len(text) >= 8 and dropped.setdefault(text, page.line[index]) != page.line[index]:
                marks[index] = f"duplicate_of:{dropped[text]}"
            continue
        if text in windows:
            other = windows.pop(text)
            verdicts[other] = ("metadata", "the page's title with the site's name behind it")
            marks[other] = f"duplicate_of:{page.line[index]}"
        if len(text) < (16 if text[:1].isdigit() else 8):
            continue
        if text in first:
            verdicts[index] = (
                "metadata" if len(text) < 40 else "related",
                f"says the same as line {first[text]}",
            )
            marks[index] = f"duplicate_of:{first[text]}"
            continue
        first[text] = page.line[index]
        window = _WINDOW.match(text) if len(text) <= 100 else None
        if window:
            windows[window[1]] = index
    return page.judged(verdicts).flagged(marks)


def mark_cuts(page: Page) -> Page:
    """Flag kept text that starts or stops in mid-sentence; nothing is filled in.

    Headings are never flagged at their end, nor is a list item, whose end mark is often missing.
    """
    starts, ends = {}, {}
    for index, name in enumerate(page.label):
        if name not in KEPT:
            continue
        text = page.text[index]
        if _START.match(text) or _CLOSER.search(text) and _closes_unopened(text[:200]):
            starts[index] = "cut_start"
        if name == "content" and len(text) >= 24 and text[-1] not in _ENDS and _is_cut(text):
            ends[index] = "cut_end"
    return page.flagged(starts).flagged(ends)


def _is_cut(text: str) -> bool:
    if _PARENT.search(text):
        return False
    return "。" in text[:-1] or ". " in text


def _closes_unopened(text: str) -> bool:
    """Tell whether a bracket closes that nothing opened, before anything else is bracketed."""
    for sign in text:
        if sign in _PAIRS:
            return False
        if sign in _CLOSERS:
            # 1) and a) are list marks.
            return text.index(sign) > 2
    return False
