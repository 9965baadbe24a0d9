"""A record to fill in, drafted from a cleaned copy: what can be read off it, and nothing more.

Both languages are left empty, so the record loader refuses the draft until a person has written
them. The copy's sentences do not enter the draft unless asked for, and then as comments.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .model import Decision

__all__ = ["draft_record"]

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_DATE = re.compile(r"((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)\s?[日号]?")
_DAY = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
_UNITS = {
    "个工作日": "working_days",
    "个自然日": "days",
    "工作日": "working_days",
    "working days": "working_days",
    "个月": "months",
    "小时": "hours",
    "分钟": "minutes",
    "days": "days",
    "hours": "hours",
    "months": "months",
    "天": "days",
    "日": "days",
    "周": "weeks",
    "年": "years",
    "元": "CNY",
    "美元": "USD",
    "dollars": "USD",
    "分": "points",
    "%": "percent",
    "人": "people",
    "次": "times",
    "个": "items",
    "张": "items",
    "件": "items",
    "款": "items",
    "家": "shops",
    "g": "GB",
    "gb": "GB",
    "mb": "MB",
    "kg": "kg",
    "公斤": "kg",
    "厘米": "cm",
    "字": "characters",
    "条": "items",
    "点": "points",
}
_FIGURE = re.compile(
    rf"(?<![\d.A-Za-z-])({_NUMBER})\s?([万w])?\s?("
    + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
    + r")(?![A-Za-z])",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    "如果|若|需|须|必须|应|不得|不能|不可|禁止|只能|可以|可在|方可|才能|符合|满足|条件|要求|以上|以下|至少|最多|不超过|不少于|超过|"
    r"否则|除外|仅限|\b(?:must|may|can|cannot|only|if|unless|at least|at most|required?|not)\b",
    re.IGNORECASE,
)
_STEP = re.compile(
    r"点击|单击|选择|进入|登录|打开|填写|上传|提交|\b(?:click|choose|open|select|upload|submit)\b",
    re.IGNORECASE,
)
_FEE = re.compile(
    r"元|费|押金|保证金|佣金|免费|\b(?:fees?|deposit|dollars|charge)\b", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"截止|之前|以内|内|逾期|生效|时限|\b(?:within|before|deadline|until)\b", re.IGNORECASE
)
_ITEM = re.compile(r"(?:第[一二三四五六七八九十\d]+步|步骤|\d{1,2}\s?[、.)])")


@dataclass(frozen=True)
class _Found:
    """A figure as it stands on the line, and as a record writes it."""

    literal: str
    value: str
    unit: str | None
    name: str


def draft_record(
    name: str, sha256: str, decisions: Sequence[Decision], *, quote: bool = False
) -> str:
    """Write the YAML of a record for the copy `name`; `quote` adds its lines as comments.

    One skeleton per kept line that states a condition, a figure, a date or a step. Identifiers are
    letters, to be replaced by words; every text is empty and refused until it is written.
    """
    facts = [(one, kind) for one in decisions if (kind := _kind(one))]
    ids = dict(zip([one.line for one, _ in facts], _identifiers(), strict=False))
    return "\n".join([*_head(name, sha256, decisions, facts, ids), *_facts(facts, ids, quote), ""])


def _kind(one: Decision) -> str | None:
    if one.label != "content" or not one.keep:
        return None
    text = one.text
    figures = bool(list(_figures(text)))
    if _FEE.search(text) and figures:
        return "fees"
    if figures and _DEADLINE.search(text):
        return "deadlines"
    if _STEP.search(text) or _ITEM.match(text) and not _CONDITION.search(text):
        return "steps"
    return "requirements" if figures or _CONDITION.search(text) else None


def _figures(text: str) -> Iterator[_Found]:
    """Find dates and numbers with a unit, in order; a bare number is no figure of a rule."""
    spans: list[tuple[int, _Found]] = []
    taken: list[tuple[int, int]] = []
    for found in _DATE.finditer(text):
        try:
            day = date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
        spans.append((found.start(), _Found(found[0], day, None, "day")))
        taken.append(found.span())
    for found in _DAY.finditer(text):
        if (
            not _inside(found.start(), taken)
            and 1 <= int(found[1]) <= 12
            and 1 <= int(found[2]) <= 31
        ):
            day = f"{int(found[1]):02}-{int(found[2]):02}"
            spans.append((found.start(), _Found(found[0], day, None, "day")))
            taken.append(found.span())
    for found in _FIGURE.finditer(text):
        if _inside(found.start(), taken):
            continue
        unit = _UNITS[found[3].lower()]
        value = found[1].replace(",", "")
        if found[2]:
            value = _ten_thousands(value)
        if "." in value:
            value = value.rstrip("0").rstrip(".")
        spans.append(
            (
                found.start(),
                _Found(
                    found[1],
                    value.lstrip("0") or "0" if "." not in value else value,
                    unit,
                    unit.lower(),
                ),
            )
        )
    for _, one in sorted(spans, key=lambda pair: pair[0]):
        yield one


def _inside(at: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _ten_thousands(value: str) -> str:
    whole, _, part = value.partition(".")
    return (whole + part.ljust(4, "0")[:4]).lstrip("0") + ("." + part[4:] if part[4:] else "")


def _identifiers() -> Iterator[str]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for first in ("", *letters):
        for second in letters:
            yield f"fact-{first}{second}"


def _head(
    name: str,
    sha256: str,
    decisions: Sequence[Decision],
    facts: list[tuple[Decision, str]],
    ids: dict[int, str],
) -> Iterator[str]:
    title = next((one.text for one in decisions if one.label == "heading"), "")
    published = next(
        (
            f.value
            for one in decisions
            if one.label == "metadata"
            for f in _figures(one.text)
            if len(f.value) == 10
        ),
        None,
    )
    written = [one for one in decisions if one.label != "blank"]
    kept = [one for one in written if one.keep]
    cut = [one.line for one in kept if {"cut_start", "cut_end"} & set(one.flags)]
    yield "# A draft. Write every empty text in both languages, in your own words; give facts and figures"
    yield "# ids that say what they are; merge, split and delete. The build refuses it until then."
    yield "guide:"
    yield '  marketplace: ""'
    yield f'  title: {{zh: {_quoted(title)}, en: ""}}'
    for key in ("summary", "description", "verify"):
        yield f'  {key}: {{zh: "", en: ""}}'
    yield "  sections:"
    for kind in dict.fromkeys(kind for _, kind in facts):
        listed = ", ".join(ids[one.line] for one, k in facts if k == kind)
        yield f"    - {{id: {kind}, kind: {kind}, facts: [{listed}]}}"
    if not facts:
        yield "    []"
    yield "source:"
    yield f"  file: {_quoted(name)}"
    yield f"  sha256: {sha256}"
    yield "  publisher: null            # or {zh: …, en: …} if the copy names one"
    yield f"  published: {published or 'null'}"
    repaired = sum("repaired" in one.flags for one in kept)
    yield f"  lines: {{kept: {len(kept)}, repaired: {repaired}, dropped: {len(written) - len(kept)}}}"
    if cut:
        yield f"  cut: [{', '.join(map(str, cut))}]"


def _facts(facts: list[tuple[Decision, str]], ids: dict[int, str], quote: bool) -> Iterator[str]:
    yield "facts:" if facts else "facts: []"
    for one, _ in facts:
        figures = _named(_figures(one.text))
        if quote:
            yield f"  # {one.line}: {one.text}"
        yield f"  - id: {ids[one.line]}"
        if figures:
            yield "    figures:"
            for name, found in figures.items():
                unit = f", unit: {found.unit}" if found.unit else ""
                yield f"      {name}: {{value: {_quoted(found.value)}{unit}}}"
        yield '    text: {zh: "", en: ""}'
        if {"cut_start", "cut_end"} & set(one.flags):
            yield "    unclear: cut_off"
            yield '    unclear_note: {zh: "", en: ""}'
        literal = ", ".join(_quoted(found.literal) for found in figures.values())
        shown = f", figures: [{literal}]" if literal else ""
        yield f"    evidence: {{lines: [{one.line}]{shown}}}"


def _named(figures: Iterator[_Found]) -> dict[str, _Found]:
    """Name figures by their units, a letter telling the second of a kind from the first."""
    named: dict[str, _Found] = {}
    for found in figures:
        base = re.sub("[^a-z_]", "", found.name) or "figure"
        if any(one.literal == found.literal and one.unit == found.unit for one in named.values()):
            continue
        name = next(
            (
                n
                for n in (base, *(f"{base}_{letter}" for letter in "bcdefghijklmnop"))
                if n not in named
            ),
            None,
        )
        if name:
            named[name] = found
    return named


def _quoted(text: str) -> str:
    """Quote for YAML, whose double quotes take JSON's escapes."""
    return json.dumps(text, ensure_ascii=False)
