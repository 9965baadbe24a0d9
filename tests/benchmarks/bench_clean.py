"""Quality and speed of the cleaner beside tools at hand, on the same pages.

The scraped copies at ../shared/seeds are scored too where they are there.
Every tool runs its real code. Tools that judge paragraphs get each line as one, those that count
words get Chinese cut into words, those that look for full stops get the Chinese ones too: each is
given its best chance. A tool that is not installed is named and left out.
"""

import html
import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2] / "build"), str(HERE.parents[1] / "clean")]

from pages_kit import Labelled, Score, read_pages

from menkan.clean import clean

_WORDS = (
    "的 了 是 在 和 或 与 及 将 可 会 不 要 后 前 时 如 需 应 若 则 并 其 由 被 把 从 到 也 还 就"
    " the of to and is in for a you your"
)
_SMALL = frozenset(_WORDS.split())


def by_menkan(page: Labelled) -> list[bool]:
    return [one.keep for one in clean(page.source)]


def by_keeping_all(page: Labelled) -> list[bool]:
    return [bool(line.strip()) for line in page.lines]


def by_length_and_mark(page: Labelled) -> list[bool]:
    return [len(line) >= 20 or line.strip().endswith(tuple("。!?;:.:;!?")) for line in page.lines]


def _paragraphs(lines) -> str:
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"<html><body><article>{body}</article></body></html>"


def trafilatura_tool():
    import trafilatura

    def judge(page: Labelled) -> list[bool]:
        text = (
            trafilatura.extract(_paragraphs(page.lines), favor_recall=True, include_tables=True)
            or ""
        )
        kept = {line.strip() for line in text.split("\n")}
        return [bool(line.strip()) and line.strip() in kept for line in page.lines]

    return judge


def justext_tool():
    import jieba
    import justext

    jieba.setLogLevel(60)

    def judge(page: Labelled) -> list[bool]:
        lines = [" ".join(jieba.cut(line)) for line in page.lines]
        found = justext.justext(
            _paragraphs(lines),
            _SMALL,
            length_low=20,
            length_high=60,
            stopwords_low=0.05,
            stopwords_high=0.12,
        )
        good = {"".join(p.text.split()) for p in found if not p.is_boilerplate}
        return [bool(line.strip()) and "".join(line.split()) in good for line in page.lines]

    return judge


def datatrove_tool():
    from datatrove.data import Document
    from datatrove.pipeline.filters import c4_filters

    c4_filters.END_PUNCTUATION = (*c4_filters.END_PUNCTUATION, *"。!?;:”")
    rule = c4_filters.C4QualityFilter(
        min_num_sentences=-1, min_words_per_line=1, filter_curly_bracket=False, max_word_length=-1
    )

    def judge(page: Labelled) -> list[bool]:
        kept = []
        for line in page.lines:
            document = Document(text=line, id="line")
            kept.append(rule.filter(document) is True and bool(document.text))
        return kept

    return judge


TOOLS = {
    "menkan.clean": lambda: by_menkan,
    "keep everything": lambda: by_keeping_all,
    "length and end mark": lambda: by_length_and_mark,
    "trafilatura": trafilatura_tool,
    "jusText, words cut": justext_tool,
    "datatrove C4 filter": datatrove_tool,
}


def score(page: Labelled, kept: list[bool]) -> Score:
    wanted = [text is not None for text in page.texts]
    right = sum(k and w for k, w in zip(kept, wanted, strict=True))
    return Score(right, sum(kept) - right, sum(wanted) - right)


def labelled_copies(folder: Path) -> list[Labelled]:
    pages = []
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").split("\n")
        rows = map(
            json.loads, (folder / "gold" / f"{path.stem}.jsonl").read_text("utf-8").splitlines()
        )
        rows = list(rows)
        texts = tuple(row["clean"] if row["keep"] else None for row in rows)
        pages.append(Labelled(path.stem, tuple(lines), tuple(row["label"] for row in rows), texts))
    return pages


def run() -> dict:
    """Print the table; return precision, recall, F1 by tool and set, and MB/s of processor time."""
    sets = {"written from": read_pages("dev"), "kept aside": read_pages("held-out")}
    copies = HERE.parents[2].parent / "shared" / "seeds"
    if copies.is_dir():
        sets["copies"] = labelled_copies(copies)
    figures = {}
    plain = [p for pages in sets.values() for p in pages if "?" not in p.source]
    size = sum(len(page.source.encode()) for page in plain)
    print(
        f"{'precision / recall / F1 of kept lines':28}",
        *(f"{name:^21}" for name in sets),
        "   MB/s",
    )
    for name, make in TOOLS.items():
        try:
            judge = make()
        except ImportError as error:
            print(f"{name:28} left out: {error.name} is not installed")
            continue
        cells = []
        figures[name] = {}
        for label, pages in sets.items():
            total = sum((score(page, judge(page)) for page in pages), Score())
            figures[name][label] = [total.precision, total.recall, total.f1]
            cells.append(f"{total.precision:6.3f} {total.recall:6.3f} {total.f1:6.3f} ")
        judge(plain[0])
        start = time.process_time()
        for page in plain:
            judge(page)
        seconds = time.process_time() - start
        figures[name]["MB/s"] = size / 1e6 / seconds
        print(f"{name:28}", *cells, f"{size / 1e6 / seconds:7.2f}")
    prose = "\n\n".join(text for page in plain for text in page.texts if text and "(" not in text)
    prose = "\n\n".join([prose] * (2_000_000 // len(prose.encode()) + 1))
    start = time.process_time()
    clean(prose)
    seconds = time.process_time() - start
    figures["prose MB/s"] = len(prose.encode()) / 1e6 / seconds
    print(
        f"\nmenkan.clean on {len(prose.encode()) / 1e6:.1f} MB of prose: {figures['prose MB/s']:.1f} MB/s"
    )
    return figures
