"""What the open data and the door's requests and replies look like, as models.

Every schema that is published and every table of the reference comes from here, so that none of
them drifts from what is written. Past 300 lines, because each field says what it holds.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, RootModel

from menkan.facts import Doubt, Kind

__all__ = [
    "CheckerData",
    "CheckersFile",
    "FactData",
    "FactsFile",
    "FigureData",
    "GuideFacts",
    "InputData",
    "InputKind",
    "Reply",
    "Request",
    "RuleData",
    "SourceData",
    "ValueData",
    "json_schema",
]


InputKind = Literal["bool", "int", "decimal", "choice", "date", "datetime"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class FigureData(_Part):
    """One value of a figure; `since` is the day from which it is known to hold."""

    value: str
    """The value as the record holds it: a decimal, an ISO date, or a day of the year as MM-DD."""
    unit: str | None
    """The unit's name, such as days or CNY; null for dates and pure numbers."""
    since: str | None
    """The ISO date from which it is known to hold; null where the source is undated."""
    text: str
    """The value with its unit, in words."""


class FactData(_Part):
    """One statement with its figures and the lines of the copy it rests on."""

    id: str
    """The fact's name; it never changes."""
    section: str
    """The section of the guide it stands in."""
    kind: Kind
    """What kind of section that is."""
    text: str
    """The statement, with its figures filled in."""
    figures: dict[str, list[FigureData]]
    """Each figure by name: its values, oldest first."""
    dated: str | None
    """The day a notice bears that has a date of its own, ISO or MM-DD where no year is printed."""
    year_inferred: bool
    """Whether that year was worked out, not printed."""
    unclear: Doubt | None
    """What is the matter with the source here, if anything is."""
    unclear_note: str | None
    """The same in words."""
    lines: list[int]
    """The lines of the copy it rests on."""
    link: str
    """The fact's place, relative to this file."""


class SourceData(_Part):
    """The copy the facts of a guide rest on."""

    publisher: str | None
    """Who published it; null where the copy does not say."""
    published: str | None
    """The ISO date of the source; null where it bears none."""
    sha256: str
    """The copy's fingerprint."""
    lines_kept: int
    """How many lines the cleaner kept."""
    lines_repaired: int
    """How many of them it repaired."""
    lines_dropped: int
    """How many it dropped."""


class GuideFacts(_Part):
    """All facts of one guide."""

    id: str
    """The guide's name; it never changes."""
    marketplace: str
    """The marketplace's name in the site's list."""
    title: str
    """The guide's title."""
    summary: str
    """What one can act on, in one to three sentences."""
    link: str
    """The guide's page, relative to this file."""
    source: SourceData
    """Where the facts come from."""
    facts: list[FactData]
    """The facts in the order of the guide."""


class FactsFile(_Part):
    """Every fact of a site in one language."""

    schema_: str
    """The name of the schema beside this file."""
    language: str
    """The language's tag."""
    guides: list[GuideFacts]
    """Every guide."""


class InputData(_Part):
    """One question: what is asked and what answers it takes."""

    name: str
    """The name that answers are given under."""
    kind: InputKind
    """What kind of answer it takes."""
    label: str
    """The question in words."""
    help: str | None
    """More about it, where there is more."""
    unit: str | None
    """The unit of a number."""
    minimum: str | int | None
    """The least answer; null for yes/no and choices."""
    maximum: str | int | None
    """The greatest answer; null for yes/no and choices."""
    choices: dict[str, str]
    """Each choice's name and its words."""
    default: Literal["today", "now"] | None
    """What a page or a program fills in by the clock."""


class RuleData(_Part):
    """One rule: its words for every outcome and the facts it rests on."""

    id: str
    """The rule's name."""
    label: str
    """The rule in words."""
    met: str
    """What is said where it is met."""
    not_met: str
    """What is said where it is not."""
    notes: dict[Literal["source_silent", "still_open", "out_of_coverage"], str]
    """What is said where it must stay open, by reason."""
    advice: str | None
    """What can be done about it."""
    cites: list[str]
    """The facts it rests on."""


class ValueData(_Part):
    """One value given beside the verdict."""

    name: str
    """The value's name."""
    label: str
    """What it is, in words."""
    unit: str | None
    """Its unit."""


class CheckerData(_Part):
    """One checker: a question answered by rules over inputs."""

    slug: str
    """The checker's name; it never changes."""
    guide: str
    """The guide it belongs to."""
    as_of: str | None
    """The ISO date of the source; null where it bears none."""
    question: str
    """The question it answers."""
    note: str | None
    """What to bear in mind with its verdict."""
    verdicts: dict[Literal["eligible", "not_eligible", "undetermined"], str]
    """Each verdict in words."""
    link: str
    """Its place, relative to this file."""
    inputs: list[InputData]
    """What it asks, in asking order."""
    rules: list[RuleData]
    """Its rules; all must be met."""
    values: list[ValueData]
    """What it gives beside the verdict."""


class CheckersFile(_Part):
    """Every checker of a site in one language."""

    schema_: str
    """The name of the schema beside this file."""
    language: str
    """The language's tag."""
    checkers: list[CheckerData]
    """Every checker."""


class Request(_Part):
    """What a checker is asked through the door: one set of answers, or a batch of them."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["answers"]}, {"required": ["batch"]}]}
    )

    checker: str
    """The checker's name."""
    answers: dict[str, JsonValue] = Field(default={})
    """Answers by input name; what is left out or null is unanswered. Not beside a batch."""
    batch: list[dict[str, JsonValue]] = Field(default=[])
    """Several such sets; the replies come in their order."""
    lenient: bool = False
    """Count a bad answer as unanswered and give the verdict beside its error."""
    text: bool = False
    """Take strings as what a person typed: "12", "true"."""


class FindingData(_Part):
    """One rule's result."""

    id: str
    """The rule's name."""
    status: Literal["met", "not_met", "unknown"]
    """How it stands with these answers."""
    note: Literal["source_silent", "still_open", "out_of_coverage"] | None
    """Why it stays unknown whatever is answered."""
    cites: list[str]
    """The facts it rests on."""


class ChangeData(_Part):
    """A change of one answer."""

    input: str
    """The input's name."""
    to: JsonValue
    """The answer it would take."""


class VerdictData(_Part):
    """What a checker says about some answers."""

    checker: str
    """The checker's name."""
    as_of: str | None
    """The ISO date of the source; null where it bears none."""
    verdict: Literal["eligible", "not_eligible", "undetermined"]
    """Never not_eligible before it is certain."""
    rules: list[FindingData]
    """Every rule, in the checker's order."""
    values: dict[str, JsonValue]
    """What is given beside the verdict; decimals are strings, dates ISO 8601."""
    needs: list[str]
    """The inputs that can still change the verdict, most telling first."""
    changes: list[ChangeData]
    """The fewest changes that, made together, would stop a not_eligible from being certain."""


class InputErrorData(_Part):
    """One answer that cannot be used."""

    input: str | None
    """The input's name."""
    code: str
    """What is the matter, as a stable word."""
    value: JsonValue
    """What was given, shortened."""
    accepts: dict[str, JsonValue]
    """What would be taken."""


class FailureData(_Part):
    """What went wrong with the request itself."""

    code: Literal["bad_request", "unknown_checker", "checker_failed"]
    """What is the matter, as a stable word."""
    detail: JsonValue
    """The same for a person, on one line."""


class Answered(_Part):
    """The reply to one set of answers."""

    verdict: VerdictData | None
    """The verdict; null where an answer is bad and the request is not lenient."""
    errors: list[InputErrorData]
    """Every answer that could not be used."""


class AnsweredAll(_Part):
    """The reply to a batch."""

    replies: list[Answered]
    """One for each set of answers, in their order."""


class Failed(_Part):
    """The reply to a request that could not be answered at all."""

    error: FailureData
    """What went wrong."""


class Reply(RootModel[Answered | AnsweredAll | Failed]):
    """What comes back through the door: always one of these three."""


def json_schema(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a model, under the names that the data has."""
    schema = model.model_json_schema()
    own = schema.get("properties", {})
    if "schema_" in own:
        schema["properties"] = {"$schema": own.pop("schema_") | {"title": "$schema"}, **own}
        schema["required"] = ["$schema", *(key for key in schema["required"] if key != "schema_")]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
