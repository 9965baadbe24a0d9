"""Lines that say themselves that they are not the article: stamps, prompts, menus, spam.

The words are those of Chinese and English web pages at large. None is a marketplace's, and a word
alone rarely decides: rule pages themselves speak of QR codes, infringement and gambling.

Longer than a module should be, because the six classes share one sweep for their words and are told
apart by the same few looks at a line; each on its own would be a page of imports.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import concat

from . import words
from .model import Page
from .shape import ITEM, PROSE, bare, cells, folded, shapes, width

__all__ = [
    "label_boilerplate",
    "label_metadata",
    "label_navigation",
    "label_placeholders",
    "label_solicitation",
    "label_spam",
    "spotted",
]

_DATE = re.compile(
    r"(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?(?:[-/.月]\s?\d{1,2}\s?[日号]?)?|\d{1,2}月\d{1,2}日|\d{1,2}[-/]\d{1,2}(?=\s|$)"
    r"|\d{1,2}:\d{2}(?::\d{2})?|\d{1,3}\s?(?:秒|分钟|小时|天|周|个月|年|minutes?|hours?|days?|weeks?|months?|years?)\s?(?:之?前|ago)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2},?\s(?:19|20)\d{2}"
    r"|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s(?:19|20)\d{2}|星期[一二三四五六日天]|周[一二三四五六日](?=\W|$)|昨天|前天|刚刚"
)
_VALUE = re.compile(r":\s?\(?\d")
_BY = ("by ", "posted by ", "written by ", "author ")
_PERSON = re.compile(r"[^\W\d_]{1,3}[人者师员编]:\s?[^\s:。,]{1,8}$")
_COUNTERS = re.compile(r"(?:[^\W\d_]{1,4}\s?[\d.,]{1,9}[万wk+]{0,2}(?:\s{1,4}|$)){2,8}$")
_FIGURES = re.compile(r"\d")
_DAY = re.compile("前|昨天|刚刚|周|星期|ago")
_STAMP_SIGNS = re.compile("[大中小约楼踩]")
_COUNT = re.compile(r"[\d,.]+\s?[万wk+]{0,2}")
_REST = re.compile(r"[\W_]+")
_FILE = re.compile(
    r"[^\s<>]{0,120}\.(?:jpe?g|png|gif|webp|svg|bmp|mp4|ico)(?:[?@!][^\s]{0,120})?$|https?://\S+$|(?:image|format)[-/,]\w{2,12}$"
)
_HIDING = re.compile(f"[{''.join({word[0] for word in words.HIDDEN})}]")
_NO_ROW = re.compile(r"[,:?=;!]|\.\s|\.$")
_ROW = re.compile(r"[\s|]")
_CRUMB = re.compile(r"\s?(?:>>?|›|»|→|/|\\|::|-|—|_|\|)\s?")
_ARROWS = re.compile(r">|›|»|→")
_STEP = re.compile("进入|点击|点选|单击|选择|打开|路径|在|登录|到|前往|click|go to|select|open")
_CAPTION = re.compile(
    r"[(\[【]?\s?(?:图|表|image|figure|fig|photo|video|视频)[^\s。,]{0,3}(?:源|来源|片|像|\d)[^。]{0,24}$|(?:插图|配图|题图|图注|图说|头图|封面图?|图)[:/|][^。]{0,24}$"
)


def spotted(page: Page, wanted: tuple[str, ...]) -> dict[int, list[str]]:
    """Find which blocks hold which of the words: {block: words}, words in the order wanted."""
    found: dict[int, list[str]] = {}
    index = _index(page.text)
    for word in sorted(_ranks(wanted).keys() & index.keys(), key=_ranks(wanted).__getitem__):
        for block in index[word]:
            found.setdefault(block, []).append(word)
    return found


@lru_cache(maxsize=16)
def _ranks(wanted: tuple[str, ...]) -> dict[str, int]:
    return {word: rank for rank, word in reversed(list(enumerate(wanted)))}


@lru_cache(maxsize=1)
def _index(text: tuple[str, ...]) -> dict[str, list[int]]:
    """Find all cue words of a page at once: {word: blocks}.

    A word is looked for only in blocks that hold its first two letters side by side.
    """
    index: dict[str, list[int]] = {}
    for block, line in enumerate(folded(text)):
        if line:
            for pair in _PAIRS.intersection(map(concat, line, line[1:])):
                for word in _BY_PAIR[pair]:
                    if word in line:
                        index.setdefault(word, []).append(block)
    return index


def _by_pair() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for group in (
        words.SPAM,
        words.FORBIDS,
        words.NOTICE,
        words.NOTICE_WEAK,
        words.PROMPT,
        words.PROMPT_WEAK,
        words.STAMPS,
        words.ACCOUNT,
    ):
        for word in dict.fromkeys(group):
            if word not in table.setdefault(word[:2], []):
                table[word[:2]].append(word)
    return table


_BY_PAIR = _by_pair()
_PAIRS = frozenset(_BY_PAIR)


def label_placeholders(page: Page) -> Page:
    """Drop what stands for a picture: file names, "[image]", credits of a caption."""
    verdicts = {}
    lines = folded(page.text)
    for index in page.open():
        line = lines[index]
        if not line:
            verdicts[index] = ("blank", "nothing on this line")
        elif len(line) > 160 or line.endswith("。"):
            continue
        elif ("." in line or "-" in line or "/" in line) and _FILE.match(line):
            verdicts[index] = ("placeholder", "the name of a file, or an address")
        elif len(line) <= 34 and (_CAPTION.match(line) or bare(line) in words.PLACEHOLDER):
            verdicts[index] = ("placeholder", "stands for a picture or its credit")
    return page.judged(verdicts)


def label_spam(page: Page) -> Page:
    """Drop lines made of adult or gambling catchwords; a rule that forbids such goods stays.

    Costs: a spam line that also says "forbidden" stays.
    """
    verdicts = {}
    found = spotted(page, words.SPAM)
    if not found:
        return page
    lines, forbidden = folded(page.text), spotted(page, words.FORBIDS)
    for index, hits in found.items():
        if page.label[index] is not None:
            continue
        line = lines[index]
        if index in forbidden:
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
    lines = folded(page.text)
    for index in strong.keys() | weak.keys():
        if page.label[index] is not None:
            continue
        hits = strong.get(index, []) + weak.get(index, [])
        size = width(page.text[index])
        if (index in strong and size <= 160) or (len(hits) >= 2 and size <= 90):
            verdicts[index] = ("boilerplate", f"a notice of the site: {hits[0]}")
        elif size <= 14 and lines[index].strip(" :|") in words.NOTICE_WEAK:
            verdicts[index] = ("boilerplate", "a link in a site's foot")
    return page.judged(verdicts)


def label_solicitation(page: Page) -> Page:
    """Drop requests to follow, add, scan, share or buy, also with dots inside the words.

    A numbered step of the article that mentions a QR code stays.
    """
    verdicts = {}
    strong = spotted(page, words.PROMPT)
    weak = spotted(page, words.PROMPT_WEAK)
    lines, kinds = folded(page.text), shapes(page.text)
    for index in page.open():
        text = page.text[index]
        if len(text) <= 90 and _HIDING.search(lines[index]):
            # Dots and spaces inside the words: 微.信, 幕 思 城.
            squeezed = _REST.sub("", lines[index])
            for word in words.HIDDEN:
                if word in squeezed and word not in text:
                    strong.setdefault(index, []).append(word)
    for index in strong.keys() | weak.keys():
        if page.label[index] is not None:
            continue
        size = width(lines[index])
        hits = strong.get(index, []) + weak.get(index, [])
        if index in strong:
            enough = len(hits) >= (2 if kinds[index] == ITEM or size > 60 else 1) and size <= 120
        else:
            enough = len(hits) >= (2 if size <= 16 else 3) and size <= 40 and kinds[index] != ITEM
        if enough:
            verdicts[index] = ("solicitation", f"asks the reader for something: {hits[0]}")
    return page.judged(verdicts)


def label_metadata(page: Page) -> Page:
    """Drop stamps, counters, authors, sources and tags; a date inside a sentence stays."""
    verdicts = {}
    prose = False
    lines, kinds = folded(page.text), shapes(page.text)
    stamps = spotted(page, words.STAMPS)
    for index in page.open():
        line = lines[index]
        prose = prose or kinds[index] == PROSE
        if len(line) > 90 or line.endswith(("。", "?", ";")):
            continue
        why = _stamp(line, stamps.get(index, ()), prose)
        if why and not _in_table(page, index):
            verdicts[index] = ("metadata", why)
    return page.judged(verdicts)


def _stamp(line: str, stamps: Sequence[str], prose: bool) -> str | None:
    """Say why a line is about the page and not of it; `prose` tells that sentences came before."""
    if ":" in line[:12]:
        key = line.split(":", 1)[0].strip(" 【[(")
        subject = words.STAMP_KEYS.get(key)
        # "Time: nine to six" and "click: settings" are facts; a stamp has its date, a counter a number.
        doubtful = (subject == "time" and (prose or not _DATE.search(line))) or (
            subject == "counter" and not _VALUE.search(line)
        )
        if subject and not doubtful and width(line) <= 40:
            return f"names the {subject} of the page"
        if not prose and _PERSON.match(line):
            return "names a person behind the page"
    if line.startswith(_BY) and width(line) <= 14 and not line.endswith("."):
        return "names the author of the page"
    figures = _FIGURES.search(line) is not None
    signs = _STAMP_SIGNS.search(line) is not None
    if not figures and not stamps and not _DAY.search(line):
        return None
    if figures and _COUNTERS.match(line):
        return "nothing but counters"
    dated = _DATE.sub(" ", line)
    rest = dated
    for word in stamps:
        rest = rest.replace(word, " ")
    rest = _STAMP_SIGNS.sub(" ", rest) if signs else rest
    counted = _COUNT.sub("", rest) if figures else rest
    if rest == line or (dated == line and counted == rest and len(line) > 4):
        return None
    plain = _REST.sub("", counted)
    limit = 1 if dated == line else 8 if prose else 12
    return "a date, a counter or a name about the page" if len(plain) <= limit else None


def label_navigation(page: Page) -> Page:
    """Drop log-in prompts, paths through a site, page turners and rows of a menu.

    A row that stands among rows of the same make with figures in them is a table and stays, and
    so does a path the reader is told to follow.
    """
    verdicts = {}
    lines, kinds = folded(page.text), shapes(page.text)
    accounts = spotted(page, words.ACCOUNT)
    for index in page.open():
        line = lines[index]
        if len(line) <= 300:
            why = _way(page, lines, index, kinds[index], len(accounts.get(index, ())))
            if why:
                verdicts[index] = ("navigation", why)
    return page.judged(verdicts)


def _way(page: Page, lines: tuple[str, ...], index: int, kind: int, accounts: int) -> str | None:
    """Say why a line leads elsewhere, if it does."""
    line = lines[index]
    if len(line) <= 40:
        core = bare(line)
        if not core:
            return "nothing but marks"
        if core in words.MENU:
            return "a standing entry of menus"
    if page.hint[index] in ("nav", "footer", "aside") and kind != PROSE:
        return f"stands in <{page.hint[index]}>"
    if line.startswith(words.MENU_STARTS) and width(line) <= 50:
        return "a step to another page"
    if accounts >= 2 and width(line) <= 24:
        return "asks the reader to sign in"
    if "。" in line:
        return None
    if "父主题" in line or "parent topic:" in line and width(line) < 60:
        return "a list of pages under a parent topic"
    if _ROW.search(line) and not _NO_ROW.search(line):
        row = cells(line)
        if all(bare(cell) in words.MENU for cell in row):
            return "nothing but entries of menus"
        if _is_menu_row(page, lines, index, kind):
            return "a row of a menu: short entries side by side"
    if (_ARROWS.search(line) or line.startswith(words.CRUMB_STARTS)) and _is_crumb(line):
        return "a path through the site"
    return None


def _is_crumb(line: str) -> bool:
    if "。" in line or width(line) > 60:
        return False
    if line.startswith(words.CRUMB_STARTS) and len(_CRUMB.split(line)) >= 3:
        return True
    arrows = _ARROWS.split(line)
    return len(arrows) >= 3 and not _STEP.search(line) and all(len(part) <= 20 for part in arrows)


def _is_menu_row(page: Page, lines: tuple[str, ...], index: int, kind: int) -> bool:
    line = lines[index]
    row = cells(line.replace("|", " "))
    if len(row) < 4 or kind == ITEM or any(mark in line for mark in ",:?=。;!"):
        return False
    if (
        sum(map(width, row)) / len(row) > 9
        or line.isascii()
        and "|" not in line
        and "  " not in line
    ):
        return False
    if any(sign.isdigit() for sign in line) and sum(map(str.isdigit, line)) * 6 > len(line):
        return False
    for other in _neighbours(page, index):
        near = cells(lines[other].replace("|", " "))
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


def _neighbours(page: Page, index: int) -> Iterator[int]:
    for step in (-1, 1):
        other = index + step
        while 0 <= other < len(page) and not page.text[other] and abs(other - index) < 4:
            other += step
        if 0 <= other < len(page) and page.text[other] and len(page.text[other]) < 300:
            yield other
