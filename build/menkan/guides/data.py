"""The same records as open data: `facts.json` and `checkers.json` with their schemas.

Texts are plain (no Markdown), with their figures filled in. What the files look like is in `schemas`.
"""

import json
from typing import Any, Literal, cast

from menkan.facts import Fact, Record
from menkan.rules import Checker
from menkan.site import Site

from .schemas import (
    CheckerData,
    CheckersFile,
    FactData,
    FactsFile,
    FigureData,
    GuideFacts,
    InputData,
    InputKind,
    Reply,
    Request,
    RuleData,
    SourceData,
    ValueData,
    json_schema,
)
from .wording import Wording, plain, wording

__all__ = ["open_data"]


def open_data(site: Site, language: str) -> dict[str, str]:
    """Return the open data of one language, file name to JSON text, with their schemas."""
    words = wording(site, language)
    facts = FactsFile(
        schema_="facts.schema.json",
        language=words["language.tag"],
        guides=[_guide(record, guide_id, words) for guide_id, record in site.records.items()],
    )
    checkers = CheckersFile(
        schema_="checkers.schema.json",
        language=words["language.tag"],
        checkers=[
            _checker(site.records[guide_id], guide_id, checker, words)
            for guide_id, group in site.checkers.items()
            for checker in group
        ],
    )
    return {
        "facts.json": _json(_renamed(facts.model_dump())),
        "checkers.json": _json(_renamed(checkers.model_dump())),
        "facts.schema.json": _json(json_schema(FactsFile)),
        "checkers.schema.json": _json(json_schema(CheckersFile)),
        "request.schema.json": _json(json_schema(Request)),
        "reply.schema.json": _json(json_schema(Reply)),
    }


def _guide(record: Record, guide_id: str, words: Wording) -> GuideFacts:
    source = record.source
    return GuideFacts(
        id=guide_id,
        marketplace=record.guide.marketplace,
        title=record.guide.title[words.language],
        summary=plain(words.text(record.guide.summary, record)),
        link=f"guides/{guide_id}/",
        source=SourceData(
            publisher=source.publisher[words.language] if source.publisher else None,
            published=record.as_of,
            sha256=source.sha256,
            lines_kept=source.lines.kept,
            lines_repaired=source.lines.repaired,
            lines_dropped=source.lines.dropped,
        ),
        facts=[
            FactData(
                id=fact_id,
                section=section.id,
                kind=section.kind,
                text=_text(fact, record, words),
                figures={
                    name: [
                        FigureData(
                            value=one.value,
                            unit=one.unit,
                            since=one.since.isoformat() if one.since else None,
                            text=words.quantity(one.value, one.unit),
                        )
                        for one in series
                    ]
                    for name, series in fact.figures.items()
                },
                dated=fact.dated,
                year_inferred=fact.year is not None,
                unclear=fact.unclear,
                unclear_note=_some(fact.unclear_note, record, words, fact_id),
                lines=fact.evidence.lines,
                link=f"guides/{guide_id}/#fact-{fact_id}",
            )
            for section in record.guide.sections
            for fact_id in section.facts
            for fact in [record.fact(fact_id)]
        ],
    )


def _checker(record: Record, guide_id: str, checker: Checker, words: Wording) -> CheckerData:
    said = record.checkers[checker.slug]
    return CheckerData(
        slug=checker.slug,
        guide=guide_id,
        as_of=record.as_of,
        question=plain(words.text(said.question, record)),
        note=_some(said.note, record, words),
        verdicts={
            verdict: words.verdict(verdict, record, checker.slug) for verdict in words["verdicts"]
        },
        link=f"guides/{guide_id}/#{checker.slug}",
        inputs=[
            InputData(
                name=one.name,
                kind=cast("InputKind", one.kind),
                label=plain(words.text(said.inputs[one.name].label, record)),
                help=_some(said.inputs[one.name].help, record, words),
                unit=one.unit,
                minimum=None if one.kind in ("bool", "choice") else one.minimum,
                maximum=None if one.kind in ("bool", "choice") else one.maximum,
                choices={
                    name: plain(words.text(text, record))
                    for name, text in said.inputs[one.name].choices.items()
                },
                default=cast('Literal["today", "now"] | None', one.default),
            )
            for one in checker.inputs
        ],
        rules=[
            RuleData(
                id=name,
                label=plain(words.text(said.rules[name].label, record)),
                met=plain(words.text(said.rules[name].met, record)),
                not_met=plain(words.text(said.rules[name].not_met, record)),
                notes={
                    note: text
                    for note in ("source_silent", "still_open", "out_of_coverage")
                    if (text := _some(getattr(said.rules[name], note), record, words))
                },
                advice=_some(said.rules[name].advice, record, words),
                cites=list(rule.cited),
            )
            for name, rule in checker.rules.items()
        ],
        values=[
            ValueData(
                name=name,
                label=plain(words.text(said.values[name].label, record)),
                unit=said.values[name].unit,
            )
            for name in checker.values
        ],
    )


def _text(fact: Fact, record: Record, words: Wording) -> str:
    return plain(words.text(fact.text, record, fact.id))


def _some(
    text: dict[str, str] | None, record: Record, words: Wording, fact_id: str | None = None
) -> str | None:
    return plain(words.text(text, record, fact_id)) if text else None


def _renamed(data: dict[str, Any]) -> dict[str, Any]:
    """Give the reference to the schema its customary name."""
    return {"$schema": data.pop("schema_"), **data}


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
