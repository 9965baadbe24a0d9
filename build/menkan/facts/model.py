"""What a record is: its parts, their types, and the shape of every value.

Nothing here reads files or knows a language by name: the languages of a site come in through the
validation context, `{"languages": ("…", "…")}`. What ties the parts together (citations,
placeholders, figures in the text) is in `checks.py`.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from .reading import Document, Mistake
from .values import Amount, Dated, Day, Id, Line, Words, as_list

__all__ = [
    "CheckerWords",
    "Doubt",
    "Evidence",
    "Fact",
    "Figure",
    "Guide",
    "InputWords",
    "Kind",
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

Kind = Literal["background", "requirements", "steps", "fees", "deadlines", "problems"]
Doubt = Literal[
    "ambiguous",
    "contradicted",
    "cut_off",
    "garbled",
    "missing_reference",
    "second_hand",
    "silent",
]


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

    value: Amount
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
    figures: dict[str, Annotated[list[Figure], BeforeValidator(as_list)]] = {}
    text: Words
    dated: Dated | None = None
    year: Literal["inferred"] | None = None
    unclear: Doubt | None = None
    unclear_note: Words | None = None
    evidence: Evidence


class Section(_Part):
    """One part of the guide; its heading is its title or, without one, that of its kind."""

    id: Id
    kind: Kind
    title: Words | None = None
    facts: Annotated[list[str], Field(min_length=1)]


class OpenQuestion(_Part):
    """Something unclear that belongs to several facts, or to the page as a whole."""

    kind: Doubt
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
    """What the verdicts of one checker are called where “eligible” would not answer its question.

    `notice` is for questions whose yes is nothing gained (a delay, a duty): it is then shown as
    something to heed and the no as plain, without a tick, a cross, green or red.
    """

    eligible: Words
    not_eligible: Words
    notice: bool = False


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

    def mistake(self, path: tuple[str | int, ...], seen: str, todo: str) -> Mistake:
        """Return a mistake at that place of the file the record was read from."""
        document = self._document or Document("a record without a file", None, {})
        return document.mistake(path, seen, todo)

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

    def figures(self) -> dict[str, list[tuple[str | None, str]]]:
        """Return every figure as the rules read it, oldest value first.

        Keys are "fact-id.figure"; each value is a list of (from, value) with `from` an ISO date
        or None.
        """
        return {
            f"{fact.id}.{name}": [
                (one.since.isoformat() if one.since else None, one.value) for one in series
            ]
            for fact in self.facts
            for name, series in fact.figures.items()
        }
