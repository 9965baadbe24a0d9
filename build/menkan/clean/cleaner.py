"""The cleaner: one visible tuple of passes, and the function that runs them over a page."""

from .body import label_body
from .brands import cut_brands
from .cues import (
    label_boilerplate,
    label_metadata,
    label_navigation,
    label_placeholders,
    label_solicitation,
    label_spam,
)
from .decode import decode
from .marks import drop_duplicates, mark_cuts
from .markup import blocks_of
from .model import KEPT, Decision, Page
from .readings import remove_readings
from .script import convert_script
from .shifts import repair_shifts
from .tidy import tidy
from .zones import label_related

__all__ = ["PASSES", "clean", "clean_text", "split_lines"]

# Text is repaired before anything reads it: shifts on the text as it came, then readings (which a
# repair uncovers), then script. Labels follow from the sure to the doubtful; the body is last.
PASSES = (
    tidy,
    repair_shifts,
    remove_readings,
    convert_script,
    cut_brands,
    label_placeholders,
    label_spam,
    label_metadata,
    label_boilerplate,
    label_solicitation,
    label_navigation,
    label_related,
    drop_duplicates,
    label_body,
    mark_cuts,
)


def clean(data: bytes | str, *, first_line: int = 1) -> list[Decision]:
    """Decide on every line of one page: kept or dropped, its cleaned text, and why.

    `data` is a page as it was saved, text or HTML, in any usual encoding. The list has one
    decision per input line, in order; lines count from `first_line`. The function has no state and
    its results pickle, so it can run wherever its input is. Raises `NotText` for bytes that are no
    text.

    >>> [d.label for d in clean("首页\\n\\n退款申请须在七天内提交,逾期不再受理。")]
    ['navigation', 'blank', 'content']
    """
    text = decode(data)[0] if isinstance(data, bytes) else data
    return clean_text(text, first_line)


def split_lines(text: str) -> list[str]:
    """Split at line feeds, with or without a carriage return; a last line end opens no line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    return lines


def clean_text(text: str, first_line: int = 1) -> list[Decision]:
    """Clean a page that is decoded already."""
    lines = split_lines(text)
    page = Page.of(blocks_of(lines))
    for one in PASSES:
        page = one(page)
    return _decisions(page, first_line)


def _decisions(page: Page, first_line: int) -> list[Decision]:
    """Fold blocks back into input lines: a line that holds several keeps the kept ones' text."""
    shift = first_line - 1
    labels = page.settled()
    if len(set(page.line)) == len(page):
        columns = zip(page.line, labels, page.text, page.reason, page.flags, strict=True)
        return [
            Decision(line + shift, label, label in KEPT, text, reason, _moved(flags, shift))
            for line, label, text, reason, flags in columns
        ]
    made: list[Decision] = []
    start, size = 0, len(page)
    while start < size:
        stop = start + 1
        while stop < size and page.line[stop] == page.line[start]:
            stop += 1
        made.append(_decision(page, labels, range(start, stop), shift))
        start = stop
    return made


def _decision(page: Page, labels: tuple[str, ...], blocks: range, shift: int) -> Decision:
    one = blocks[0]
    if len(blocks) > 1:
        real = [i for i in blocks if page.text[i]] or [one]
        kept = [i for i in real if page.label[i] in KEPT]
        if len(real) > 1:
            return _merged(page, labels, real, kept, shift)
        one = real[0]
    label = labels[one]
    return Decision(
        page.line[one] + shift,
        label,
        label in KEPT,
        page.text[one],
        page.reason[one],
        _moved(page.flags[one], shift),
    )


def _merged(
    page: Page, settled: tuple[str, ...], real: list[int], kept: list[int], shift: int
) -> Decision:
    shown = kept or real
    labels = [settled[i] for i in shown]
    label = "content" if "content" in labels else max(labels, key=labels.count)
    reason = f"{len(kept)} of the {len(real)} blocks on this line kept: {page.reason[shown[0]]}"
    flags = frozenset().union(*(page.flags[i] for i in shown))
    text = "\n".join(page.text[i] for i in shown)
    return Decision(
        page.line[real[0]] + shift, label, bool(kept), text, reason, _moved(flags, shift)
    )


def _moved(flags: frozenset[str], shift: int) -> tuple[str, ...]:
    if not flags:
        return ()
    if not shift or len(flags) == 1 and "repaired" in flags:
        return tuple(sorted(flags))
    return tuple(
        sorted(
            f"duplicate_of:{int(flag[13:]) + shift}" if flag.startswith("duplicate_of:") else flag
            for flag in flags
        )
    )
