"""What the theme's search lacks: words inside longer Chinese words, the other script, synonyms.

At build time the index is segmented again, finely, and learns which characters and spellings stand
for which. In the page a small worker goes before the theme's (`theme/assets/javascripts/workers/`) and puts each query
into the words of the index.
"""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jieba
from mkdocs.config.defaults import MkDocsConfig
from opencc import OpenCC

from menkan import guides
from menkan.site import Site

__all__ = [
    "UNSEEN",
    "WORKER",
    "keywords",
    "leave_segmenting",
    "place_worker",
    "refine_index",
    "segment",
]

WORKER = "menkan-search.js"
# Before words that stand nowhere on the page: results are found by them and do not show them.
UNSEEN = "\u2063"
# Beside the theme's index; the worker knows it by the same name.
_ENTRIES = "entries.json"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(f"[{_HAN}\u200b]*[{_HAN}][{_HAN}\u200b]*")
_GAP = "\u200b"


@cache
def segment(text: str) -> tuple[str, ...]:
    """Cut a run of Chinese characters into words, and long words into the words within them.

    >>> segment("医疗保险")
    ('医疗', '保险')
    """
    return tuple(part for word in jieba.cut(text) for part in _parts(word))


@cache
def _parts(word: str) -> tuple[str, ...]:
    """Split a word of three characters or more where shorter words make it up.

    At most one part may be a single character: 保证金 becomes 保证 and 金, 亚马逊 stays whole.
    """
    if len(word) < 3:
        return (word,)
    jieba.initialize()
    best: list[tuple[int, int, tuple[str, ...]] | None] = [(0, 0, ())]
    for end in range(1, len(word) + 1):
        found = []
        for start in range(max(0, end - 3), end):
            before, part = best[start], word[start:end]
            if before is None or part == word:
                continue
            single = len(part) == 1
            if single or jieba.dt.FREQ.get(part):
                found.append((before[0] + single, before[1] + 1, (*before[2], part)))
        best.append(min(found, default=None))
    whole = best[-1]
    return whole[2] if whole and whole[0] <= 1 else (word,)


def keywords(site: Site, guide_id: str, own: list[str], language: str) -> list[str]:
    """The words by which a guide is found besides its text: its own, and those of the glossary.

    A glossary term counts where the guide uses its word: then its avoided spellings and its words
    in the other languages lead there too.
    """
    record = site.records[guide_id]
    text = " ".join(one.text[language] for one in record.facts) + record.guide.title[language]
    found = dict.fromkeys(own)
    for term in site.terms.values():
        if term.words[language].casefold() in text.casefold():
            found |= dict.fromkeys(term.avoid.get(language, ()))
            found |= dict.fromkeys(term.words.values())
    return list(found)


def leave_segmenting(config: MkDocsConfig) -> None:
    """Keep the theme's search from segmenting Chinese, which `refine_index` does over again."""
    theme_search: Any = config.plugins["material/search"]
    theme_search.search_index._segment_chinese = str


def refine_index(
    file: Path,
    site: Site,
    language: str,
    complete: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda entries: entries,
) -> None:
    """Segment an index finely and put its entries beside it, with what the worker needs to read a query.

    `complete` is given the segmented entries and may add others that are segmented already. The
    entries go into `search/entries.json`, which the worker loads once a reader searches; the index itself, which
    the theme loads with every page, keeps its settings alone.
    """
    index = json.loads(file.read_text(encoding="utf-8"))
    for entry in index["docs"]:
        for field in ("title", "text"):
            entry[field] = _RUN.sub(_segmented, entry[field]).strip(_GAP)
    index["docs"] = complete(index["docs"])
    text = "".join(entry[field] for entry in index["docs"] for field in ("title", "text"))
    characters = set(re.findall(f"[{_HAN}]", "".join(set(text))))
    entries = {
        "ignore": guides.wording(site, language)["search.ignore"],
        "script": _other_script(characters),
        "docs": index["docs"],
    }
    for target, content in ((file.with_name(_ENTRIES), entries), (file, index | {"docs": []})):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        target.write_text(text, encoding="utf-8")


def _segmented(match: re.Match[str]) -> str:
    words = segment(match[0].replace(_GAP, ""))
    return f"{_GAP}{_GAP.join(words)}{_GAP}"


@cache
def _converters() -> tuple[OpenCC, ...]:
    return OpenCC("s2t"), OpenCC("s2tw"), OpenCC("s2hk")


@cache
def _forms(letter: str) -> tuple[str, ...]:
    return tuple(other for one in _converters() if len(other := one.convert(letter)) == 1)


def _other_script(characters: set[str]) -> dict[str, str]:
    """Each traditional form of the simplified characters in use, to the form in the index.

    A traditional character that the index itself uses stays what it is.
    """
    found = {}
    for letter in sorted(characters):
        for other in _forms(letter):
            if other not in characters:
                found[other] = letter
    for other, letter in _VARIANTS.items():
        if letter in characters and other not in characters:
            found.setdefault(other, letter)
    return found


# Characters that have more traditional forms than the converters give for a lone character.
_VARIANTS = {
    "發": "发", "髮": "发", "帳": "账", "賬": "账", "帐": "账", "裡": "里", "裏": "里", "鐘": "钟",
    "鍾": "钟", "後": "后", "復": "复", "複": "复", "乾": "干", "幹": "干", "準": "准", "鬆": "松",
    "麵": "面", "儘": "尽", "盡": "尽", "歷": "历", "曆": "历", "獲": "获", "穫": "获", "係": "系",
    "繫": "系", "佈": "布", "佔": "占", "週": "周", "託": "托", "籤": "签", "簽": "签", "範": "范",
    "製": "制", "臺": "台", "檯": "台", "颱": "台", "傭": "佣", "夥": "伙", "併": "并", "並": "并",
}  # fmt: skip


# What the theme's search asks for besides, by the languages it does so for.
_SPLITTERS = {"tinyseg.js": {"ja"}, "wordcut.js": {"hi", "th"}}


def place_worker(site: Path, languages: Sequence[str]) -> None:
    """Tell the worker among a built site's files which of the theme's to load.

    `languages` are those of the search. What the theme has for others, a megabyte, is taken out.
    """
    folder = site / "assets" / "javascripts" / "workers"
    found = sorted(folder.glob("search.*.js"))
    if not found:
        raise FileNotFoundError(f"{folder} has no search worker.\n  Pin the theme's version.")
    own = folder / WORKER
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("__THEME_WORKER__", found[0].name), encoding="utf-8")
    known = {"lunr.stemmer.support.min.js", "lunr.multi.min.js"}
    known |= {f"lunr.{code}.min.js" for code in languages}
    known |= {name for name, codes in _SPLITTERS.items() if codes.intersection(languages)}
    for script in (site / "assets" / "javascripts" / "lunr").rglob("*.js"):
        if script.name not in known:
            script.unlink()
