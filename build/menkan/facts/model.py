"""What a record is: its parts, their types, and the shape of every value.

Nothing here reads files or knows a language by name: the languages of a site come in through the
validation context, `{"languages": ("…", "…")}`. What ties the parts together (citations,
placeholders, figures in the text) is in `checks.py`.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
)
from pydantic_core import PydanticCustomError

from .reading import Document, Mistake

__all__ = [
    "KINDS",
    "UNCLEAR",
    "CheckerWords",
    "Evidence",
    "Fact",
    "Figure",
    "Guide",
    "InputWords",
    "Marketplace",
    "OpenQuestion",
    "Record",
    "RuleWords",
    "Section",
    "Source",
    "Term",
    "ValueWords",
    "VerdictWords",
]

KINDS = ("background", "requirements", "steps", "fees", "deadlines", "problems")
UNCLEAR = (
    "ambiguous",
    "contradicted",
    "cut_off",
    "garbled",
    "missing_reference",
    "second_hand",
    "silent",
)
_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_VALUE = re.compile(
    r"-?(?:0|[1-9]\d*)(?:\.\d+)?"  # a decimal
    r"|\d{4}-\d\d-\d\d"  # a date
    r"|\d\d-\d\d"  # a day of every year
    r"|\d\d:\d\d"  # a time of day
)


def _fail(seen: str, todo: str) -> PydanticCustomError:
    return PydanticCustomError("content", "{seen}", {"seen": seen, "todo": todo})


def _words(value: dict[str, str], info) -> dict[str, str]:
    """Accept one non-empty text per language of the site, no more and no fewer."""
    languages = (info.context or {}).get("languages", ())
    wanted = " and ".join(languages)
    for language in languages:
        if language not in value:
            raise _fail(
                f'there is no text in "{language}".',
                f'Every text is written in {wanted}. Add a line "{language}: …".',
            )
        if not value[language].strip():
            raise _fail(f'the text in "{language}" is empty.', f"Write it in {wanted}.")
    for language in value:
        if languages and language not in languages:
            raise _fail(
                f'"{language}" is not a language of this site.',
                f"Texts are written in {wanted}. Remove the line or correct its key.",
            )
    return value


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise _fail(
            f"“{value}” is not an id.",
            "Ids are lower-case words joined by hyphens, without numbers or years: rating-floor.",
        )
    return value


def _iso_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _fail(
            f"“{value}” is not a date.", "Write year-month-day, such as 2022-11-17, or null."
        ) from None


def _value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _fail(f"“{value}” is not a figure.", 'Write it in quotes: value: "250".')
    if not isinstance(value, str):
        raise _fail(
            f"the figure {value} has no quotes.",
            f'Write "{value}" in quotes, so that it is read as typed and never rounded.',
        )
    if not _VALUE.fullmatch(value):
        raise _fail(
            f"“{value}” is not a figure.",
            'Use a plain decimal "4.5", a date "2021-10-28", a day "04-15" or a time "14:30"; '
            "the unit has a key of its own.",
        )
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            date.fromisoformat(value)
        elif re.fullmatch(r"\d\d-\d\d", value):
            date.fromisoformat(f"2000-{value}")
        elif ":" in value and not (value[:2] < "24" and value[3:] < "60"):
            raise ValueError
    except ValueError:
        raise _fail(
            f"“{value}” is not in the calendar or on the clock.", "Correct the month, day or time."
        ) from None
    return value


def _dated(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"(?:\d{4}-)?\d\d-\d\d", value):
        return _value(value)
    raise _fail(
        f"“{value}” is not a day.",
        "Write year-month-day, or month-day where the source prints no year: 07-26.",
    )


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Words = Annotated[dict[str, str], AfterValidator(_words)]
Id = Annotated[str, AfterValidator(_identifier)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Line = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Marketplace(_Part):
    """A marketplace the guides are about."""

    name: Words


class Term(_Part):
    """A word of the trade, written one way throughout.

    `official` says that the English name is the marketplace's own; `avoid` lists spellings that
    no text may use.
    """

    words: Words
    official: bool = False
    avoid: dict[str, list[str]] = {}


class Figure(_Part):
    """One value of a figure, with the day from which it is known to hold (None: undated)."""

    value: Annotated[str, BeforeValidator(_value)]
    unit: str | None = None
    since: Day | None = Field(default=None, alias="from")


class Evidence(_Part):
    """Where the copy says it: kept lines, and strings that stand on them literally.

    `zone` names a label of the cleaner other than content, where the fact rests on a line that
    the cleaner takes out of the body (a teaser in the related zone).
    """

    lines: Annotated[list[Line], Field(min_length=1)]
    figures: list[str] = []
    zone: str | None = None


class Fact(_Part):
    """One statement of the source in our own words, with its figures and its evidence."""

    id: Id
    figures: dict[str, Annotated[list[Figure], BeforeValidator(_as_list)]] = {}
    text: Words
    dated: Annotated[str, BeforeValidator(_dated)] | None = None
    year: Literal["inferred"] | None = None
    unclear: Literal[UNCLEAR] | None = None
    unclear_note: Words | None = None
    evidence: Evidence


class Section(_Part):
    """One part of the guide; its heading is its title or, without one, that of its kind."""

    id: Id
    kind: Literal[KINDS]
    title: Words | None = None
    facts: Annotated[list[str], Field(min_length=1)]


class OpenQuestion(_Part):
    """Something unclear that belongs to several facts, or to the page as a whole."""

    kind: Literal[UNCLEAR]
    note: Words
    facts: list[str] = []


class Guide(_Part):
    """What the page says besides its facts."""

    marketplace: str
    title: Words
    summary: Words
    description: Words
    verify: Words
    keywords: dict[str, list[str]] = {}
    sections: Annotated[list[Section], Field(min_length=1)]
    unclear: list[OpenQuestion] = []


class LineCounts(_Part):
    """How many non-blank lines the cleaner kept, changed and dropped."""

    kept: Annotated[int, Field(ge=0)]
    repaired: Annotated[int, Field(ge=0)]
    dropped: Annotated[int, Field(ge=0)]


class Source(_Part):
    """The copy a record was written from."""

    file: str
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    publisher: Words | None
    published: Day | None
    lines: LineCounts
    cut: list[Line] = []


class InputWords(_Part):
    """A question's label, help and choices."""

    label: Words
    help: Words | None = None
    choices: dict[str, Words] = {}


class RuleWords(_Part):
    """What a rule is called and what each of its outcomes tells the reader."""

    label: Words
    met: Words
    not_met: Words
    unknown: Words | None = None
    source_silent: Words | None = None
    still_open: Words | None = None
    out_of_coverage: Words | None = None
    advice: Words | None = None


class ValueWords(_Part):
    """What a value is called, and its unit."""

    label: Words
    unit: str | None = None


class VerdictWords(_Part):
    """What the verdicts of one checker are called where “eligible” would not answer its question."""

    eligible: Words
    not_eligible: Words


class CheckerWords(_Part):
    """All words of one checker."""

    question: Words
    note: Words | None = None
    verdicts: VerdictWords | None = None
    inputs: dict[str, InputWords]
    rules: dict[str, RuleWords]
    values: dict[str, ValueWords] = {}


class Record(_Part):
    """One guide: its source, its facts and the words of its checkers."""

    guide: Guide
    source: Source
    facts: Annotated[list[Fact], Field(min_length=1)]
    checkers: dict[str, CheckerWords] = {}
    _document: Document | None = PrivateAttr(default=None)

    def mistake(self, path: tuple, seen: str, todo: str) -> Mistake:
        """Return a mistake at that place of the file the record was read from."""
        return self._document.mistake(path, seen, todo)

    @property
    def as_of(self) -> str | None:
        """The day of the source as ISO text, or None where the copy is undated."""
        return self.source.published.isoformat() if self.source.published else None

    def fact(self, fact_id: str) -> Fact:
        """Return the fact of that id; KeyError where there is none."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)

    def figures(self) -> dict[str, list[list[str | None]]]:
        """Return every figure as the rules read it, oldest value first.

        Keys are "fact-id.figure"; each value is a list of [from, value] with `from` an ISO date
        or None.
        """
        return {
            f"{fact.id}.{name}": [
                [one.since.isoformat() if one.since else None, one.value] for one in series
            ]
            for fact in self.facts
            for name, series in fact.figures.items()
        }
