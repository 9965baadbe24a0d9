"""Lines that say themselves that they are not the article: stamps, prompts, menus, spam.

The words are those of Chinese and English web pages at large. None is a marketplace's, and a word
alone rarely decides: rule pages themselves speak of QR codes, infringement and gambling.
"""

import re

from . import words
from .model import Page
from .shape import ITEM, PROSE, cells, fold, shape, width

__all__ = ["label_boilerplate", "label_metadata", "label_navigation", "label_placeholders",
           "label_solicitation", "label_spam", "spotted"]

_DATE = re.compile(
    r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?(?:[-/.月]\s?\d{1,2}\s?[日号]?)?|\d{1,2}月\d{1,2}日|\d{1,2}[-/]\d{1,2}(?=\s|$)"
    r"|\d{1,2}:\d{2}(?::\d{2})?|\d{1,3}\s?(?:秒|分钟|小时|天|周|个月|年|minutes?|hours?|days?|weeks?|months?|years?)\s?(?:之?前|ago)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2},?\s(?:19|20)\d{2}"
    r"|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s(?:19|20)\d{2}|星期[一二三四五六日天]|周[一二三四五六日](?=\W|$)|昨天|前天|刚刚"
)
_BY = ("by ", "posted by ", "written by ", "author ")
_PERSON = re.compile(r"[^\W\d_]{1,3}[人者师员编]:\s?[^\s:。,]{1,8}$")
_COUNTERS = re.compile(r"(?:[^\W\d_]{1,4}\s?[\d.,]{1,9}[万wk+]{0,2}(?:\s{1,4}|$)){2,8}$")
_COUNT = re.compile(r"[\d,.]+\s?[万wk+]{0,2}")
_REST = re.compile(r"[\W_]+")
_FILE = re.compile(r"[^\s<>]{0,120}\.(?:jpe?g|png|gif|webp|svg|bmp|mp4|ico)(?:[?@!][^\s]{0,120})?$|https?://\S+$|(?:image|format)[-/,]\w{2,12}$")
_CRUMB = re.compile(r"\s?(?:>>?|›|»|→|/|\\|::|-|—|_|\|)\s?")
_ARROWS = re.compile(r">|›|»|→")
_STEP = re.compile("进入|点击|点选|单击|选择|打开|路径|在|登录|到|前往|click|go to|select|open")
_CAPTION = re.compile(r"[(\[【]?\s?(?:图|表|image|figure|fig|photo|video|视频)[^\s。,]{0,3}(?:源|来源|片|像|\d)[^。]{0,24}$|(?:插图|配图|题图|图注|图说|头图|封面图?|图)[:/|][^。]{0,24}$")
_LEAD = re.compile(r"^[\W_]+|[\W_]+$")


def spotted(page: Page, wanted: tuple[str, ...]) -> dict[int, list[str]]:
    """Find which blocks hold which of the words: {block: words}, in one sweep per word."""
    whole = fold("\n".join(page.text))
    found: dict[int, list[str]] = {}
    ends: list[int] = []
    for word in wanted:
        at = whole.find(word)
        if at < 0:
            continue
        if not ends:
            ends = _line_ends(whole)
        last = -1
        while at >= 0:
            index = _line_of(ends, at)
            if index != last:
                found.setdefault(index, []).append(word)
                last = index
            at = whole.find(word, ends[index] if index < len(ends) else len(whole))
    return found


def _line_ends(whole: str) -> list[int]:
    ends, at = [], whole.find("\n")
    while at >= 0:
        ends.append(at)
        at = whole.find("\n", at + 1)
    return ends


def _line_of(ends: list[int], at: int) -> int:
    from bisect import bisect_left

    return bisect_left(ends, at)


def label_placeholders(page: Page) -> Page:
    """Drop what stands for a picture: file names, "[image]", credits of a caption."""
    verdicts = {}
    for index in page.open():
        text = page.text[index]
        if not text:
            verdicts[index] = ("blank", "nothing on this line")
            continue
        if len(text) > 160:
            continue
        line = fold(text)
        if _FILE.match(line):
            verdicts[index] = ("placeholder", "the name of a file, or an address")
        elif len(line) <= 34 and (_CAPTION.match(line) or _LEAD.sub("", line) in words.PLACEHOLDER):
            verdicts[index] = ("placeholder", "stands for a picture or its credit")
    return page.judged(verdicts)


def label_spam(page: Page) -> Page:
    """Drop lines made of adult or gambling catchwords; a rule that forbids such goods stays.

    Costs: a spam line that also says "forbidden" stays.
    """
    verdicts = {}
    found = spotted(page, words.SPAM)
    for index, hits in found.items():
        if page.label[index] is not None:
            continue
        line = fold(page.text[index])
        if any(word in line for word in words.FORBIDS):
            continue
        weight = sum(len(word) * line.count(word) for word in hits)
        if len(hits) >= 2 or len(hits[0]) >= 3 and weight * 4 >= len(line):
            verdicts[index] = ("spam", f"adult or gambling catchwords: {', '.join(hits[:3])}")
    return page.judged(verdicts)


def label_boilerplate(page: Page) -> Page:
    """Drop the legal and technical notices of a site: rights, liability, cookies, log-in banners."""
    verdicts = {}
    strong = spotted(page, words.NOTICE)
    weak = spotted(page, words.NOTICE_WEAK)
    for index in strong.keys() | weak.keys():
        if page.label[index] is not None:
            continue
        hits = strong.get(index, []) + weak.get(index, [])
        size = width(page.text[index])
        if (index in strong and size <= 160) or (len(hits) >= 2 and size <= 90):
            verdicts[index] = ("boilerplate", f"a notice of the site: {hits[0]}")
        elif size <= 14 and fold(page.text[index]).strip(" :|") in words.NOTICE_WEAK:
            verdicts[index] = ("boilerplate", "a link in a site's foot")
    return page.judged(verdicts)


def label_solicitation(page: Page) -> Page:
    """Drop requests to follow, add, scan, share or buy, also with dots inside the words.

    A numbered step of the article that mentions a QR code stays.
    """
    verdicts = {}
    strong = spotted(page, words.PROMPT)
    weak = spotted(page, words.PROMPT_WEAK)
    for index in page.open():
        text = page.text[index]
        if len(text) <= 90 and len(text) - len(_REST.sub("", text)) >= 3:
            # Dots and spaces inside the words: 微.信, 幕 思 城.
            squeezed = _REST.sub("", fold(text))
            for word in words.HIDDEN:
                if word in squeezed and word not in text:
                    strong.setdefault(index, []).append(word)
    for index in strong.keys() | weak.keys():
        if page.label[index] is not None:
            continue
        line = fold(page.text[index])
        size = width(line)
        hits = strong.get(index, []) + weak.get(index, [])
        if index in strong:
            enough = len(hits) >= (2 if shape(line) == ITEM or size > 60 else 1) and size <= 120
        else:
            enough = len(hits) >= (2 if size <= 16 else 3) and size <= 40 and shape(line) != ITEM
        if enough:
            verdicts[index] = ("solicitation", f"asks the reader for something: {hits[0]}")
    return page.judged(verdicts)


def label_metadata(page: Page) -> Page:
    """Drop stamps, counters, authors, sources and tags; a date inside a sentence stays."""
    verdicts = {}
    prose = False
    for index in page.open():
        text = page.text[index]
        if len(text) > 90:
            prose = prose or shape(text) == PROSE
            continue
        line = fold(text)
        prose = prose or shape(line) == PROSE
        key = line.split(":", 1)[0].strip(" 【[(") if ":" in line[:12] else ""
        if key in words.STAMP_KEYS and width(line) <= 40 and not line.endswith("。"):
            verdicts[index] = ("metadata", f"names the {words.STAMP_KEYS[key]} of the page")
            continue
        if line.startswith(_BY) and width(line) <= 14 and not line.endswith("."):
            verdicts[index] = ("metadata", "names the author of the page")
            continue
        if _in_table(page, index):
            continue
        if _PERSON.match(line) and not prose:
            verdicts[index] = ("metadata", "names a person behind the page")
            continue
        if _COUNTERS.match(line):
            verdicts[index] = ("metadata", "nothing but counters")
            continue
        dated = _DATE.sub(" ", line)
        rest = dated
        for word in words.STAMPS:
            if word in rest:
                rest = rest.replace(word, " ")
        counted = _COUNT.sub("", rest)
        plain = _REST.sub("", counted)
        stamped = dated != line or rest != dated
        if stamped and len(plain) <= (1 if dated == line else 8 if prose else 12) and not line.endswith(("。", "?")):
            if dated == line and counted == rest and len(line) > 4:
                continue
            verdicts[index] = ("metadata", "a date, a counter or a name about the page")
    return page.judged(verdicts)


def label_navigation(page: Page) -> Page:
    """Drop log-in prompts, paths through a site, page turners and rows of a menu.

    A row that stands among rows of the same make with figures in them is a table and stays, and
    so does a path the reader is told to follow.
    """
    verdicts = {}
    for index in page.open():
        text = page.text[index]
        if len(text) > 300:
            continue
        line = fold(text)
        bare = _LEAD.sub("", line)
        if not bare:
            verdicts[index] = ("navigation", "nothing but marks")
        elif bare in words.MENU:
            verdicts[index] = ("navigation", "a standing entry of menus")
        elif page.hint[index] in ("nav", "footer", "aside") and shape(line) != PROSE:
            verdicts[index] = ("navigation", f"stands in <{page.hint[index]}>")
        elif any(line.startswith(word) for word in words.MENU_STARTS) and width(line) <= 50:
            verdicts[index] = ("navigation", "a step to another page")
        elif sum(word in line for word in words.ACCOUNT) >= 2 and width(line) <= 24:
            verdicts[index] = ("navigation", "asks the reader to sign in")
        elif "。" not in line and "父主题" in line or "parent topic:" in line and width(line) < 60:
            verdicts[index] = ("navigation", "a list of pages under a parent topic")
        elif all(_LEAD.sub("", cell) in words.MENU for cell in cells(line)):
            verdicts[index] = ("navigation", "nothing but entries of menus")
        elif _is_crumb(line):
            verdicts[index] = ("navigation", "a path through the site")
        elif _is_menu_row(page, index, line):
            verdicts[index] = ("navigation", "a row of a menu: short entries side by side")
    return page.judged(verdicts)


def _is_crumb(line: str) -> bool:
    if "。" in line or width(line) > 60:
        return False
    if line.startswith(words.CRUMB_STARTS) and len(_CRUMB.split(line)) >= 3:
        return True
    arrows = _ARROWS.split(line)
    return len(arrows) >= 3 and not _STEP.search(line) and all(len(part) <= 20 for part in arrows)


def _is_menu_row(page: Page, index: int, line: str) -> bool:
    row = cells(line.replace("|", " "))
    if len(row) < 4 or shape(line) == ITEM or any(mark in line for mark in ",:?=。;!"):
        return False
    if sum(map(width, row)) / len(row) > 9 or line.isascii() and "|" not in line and "  " not in line:
        return False
    if any(sign.isdigit() for sign in line) and sum(map(str.isdigit, line)) * 6 > len(line):
        return False
    for other in _neighbours(page, index):
        near = cells(fold(page.text[other]).replace("|", " "))
        if len(near) == len(row) and any(c[:1].isdigit() or c[-1:].isdigit() for c in near):
            return False
    return True


def _in_table(page: Page, index: int) -> bool:
    """Tell a row whose neighbour has as many cells, three or more."""
    count = len(_columns(page.text[index]))
    return count >= 3 and any(
        len(_columns(page.text[other])) == count for other in _neighbours(page, index)
    )


def _columns(text: str) -> list[str]:
    return text.split("\t") if "\t" in text else text.split(" | ")


def _neighbours(page: Page, index: int):
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(page) and not page.text[other] and abs(other - index) < 4:
            other += step
        if 0 <= other < len(page) and page.text[other] and len(page.text[other]) < 300:
            yield other
