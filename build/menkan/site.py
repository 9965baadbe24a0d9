"""A site: its records and its checkers, held against each other.

Nothing is rendered here and nothing is read but `docs/` and `checkers/` below the site's root.
"""

import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from menkan.facts import (
    Marketplace,
    Mistake,
    Record,
    RecordErrors,
    Term,
    load_marketplaces,
    load_records,
    load_terms,
    texts,
)
from menkan.rules import BoundChecker, Checker, Fault, FigureError, Node, lint, load_checkers
from menkan.rules.nodes import Open
from menkan.rules.truth import NOTES

__all__ = ["Site"]

# The results of a rule that are told in words of their own, where the rule can come to them.
_NOTES = ("source_silent", "still_open", "out_of_coverage")


@dataclass(frozen=True)
class Site:
    """Records, checkers and glossary of one site, known to fit together.

    `records` and `checkers` are by guide id; a guide may have no checkers.
    """

    root: Path
    languages: tuple[str, ...]
    marketplaces: Mapping[str, Marketplace]
    records: Mapping[str, Record]
    checkers: Mapping[str, tuple[Checker, ...]]
    terms: Mapping[str, Term] = field(default_factory=dict)

    @classmethod
    def load(cls, root: Path | str, languages: Sequence[str] | None = None) -> "Site":
        """Load the site below `root`; raise RecordErrors with everything that is wrong.

        Without `languages`, they are those in which `docs/marketplaces.yml` names its first
        marketplace.
        """
        root = Path(root)
        docs = root / "docs"
        marketplaces = load_marketplaces(docs / "marketplaces.yml")
        if languages is None:
            languages = next((tuple(place.name) for place in marketplaces.values()), ())
        mistakes: list[Mistake] = []
        records: dict[str, Record] = {}
        terms: dict[str, Term] = {}
        try:
            records = load_records(docs / "facts", languages)
        except RecordErrors as errors:
            mistakes += errors.mistakes
        try:
            if (docs / "terms.yml").exists():
                terms = load_terms(docs / "terms.yml", languages)
        except RecordErrors as errors:
            mistakes += errors.mistakes
        if mistakes:
            raise RecordErrors(mistakes)
        try:
            checkers = load_checkers(root / "checkers")
        except Exception as error:  # whatever a module of the site raises is told, not thrown
            raise RecordErrors([_unloadable(root, error)]) from error
        site = cls(root, tuple(languages), marketplaces, records, checkers, terms)
        mistakes = [*_mismatches(site), *_avoided(site)]
        if mistakes:
            raise RecordErrors(mistakes)
        return site

    def bound(self, guide_id: str, on: str | None = None) -> dict[str, BoundChecker]:
        """Bind the guide's checkers to its record's figures: slug to bound checker.

        With `on` (ISO date) the figures in force that day count, else the newest.
        """
        record = self.records[guide_id]
        figures = record.figures()
        return {
            checker.slug: checker.bind(figures, as_of=record.as_of, on=on)
            for checker in self.checkers.get(guide_id, ())
        }

    def figures(self) -> dict[str, dict[str, object]]:
        """Return what the rules need of every guide: {"guides": {id: {"as_of", "figures"}}}."""
        return {
            "guides": {
                guide_id: {"as_of": record.as_of, "figures": record.figures()}
                for guide_id, record in self.records.items()
                if guide_id in self.checkers
            }
        }


def _unloadable(root: Path, error: Exception) -> Mistake:
    """Say where in which checker module loading stopped, and why."""
    folder = (root / "checkers").resolve()
    file, line = folder, 1
    if isinstance(error, SyntaxError) and error.filename:
        file, line = Path(error.filename), error.lineno or 1
    else:
        for frame in traceback.extract_tb(error.__traceback__):
            if Path(frame.filename).resolve().parent == folder:
                file, line = Path(frame.filename), frame.lineno or 1
    seen, _, todo = str(error).partition("\n")
    return Mistake(
        file.resolve().relative_to(root.resolve()).as_posix(),
        line,
        f"the module cannot be loaded: {type(error).__name__}: {seen}",
        " ".join(todo.split()) or "Correct this line; a checker module holds only checkers.",
    )


def _mismatches(site: Site) -> Iterator[Mistake]:
    """Yield everything in which checkers and records do not fit."""
    owners: dict[str, str] = {}
    for guide_id, checkers in site.checkers.items():
        file = f"checkers/{guide_id.replace('-', '_')}.py"
        source = (site.root / file).read_text(encoding="utf-8").split("\n")
        record = site.records.get(guide_id)
        if record is None:
            yield Mistake(
                file,
                1,
                f"there is no record docs/facts/{guide_id}.yml for these checkers.",
                "Name the module like the guide, or write the record.",
            )
            continue
        for checker in checkers:
            if checker.slug in owners:
                yield Mistake(
                    file,
                    _line(source, checker.slug),
                    f'the checker "{checker.slug}" exists twice, also in {owners[checker.slug]}.',
                    "Give one of them another slug; people script against slugs.",
                )
            owners.setdefault(checker.slug, file)
            yield from _citations(record, checker, file, source, guide_id)
            yield from _words(record, checker)
        slugs = {checker.slug for checker in checkers}
        yield from _strays(record, ("checkers",), record.checkers, slugs, "checker")
    for guide_id, record in site.records.items():
        if guide_id not in site.checkers:
            yield from _strays(record, ("checkers",), record.checkers, set(), "checker")


def _avoided(site: Site) -> Iterator[Mistake]:
    """No text uses a spelling that the glossary avoids."""
    for record in site.records.values():
        for path, words, _ in texts(record):
            for language, text in words.items():
                for term in site.terms.values():
                    for spelling in term.avoid.get(language, ()):
                        if spelling.casefold() in text.casefold():
                            yield record.mistake(
                                (*path, language),
                                f"the text says “{spelling}”, which the glossary avoids.",
                                f"Write “{term.words[language]}” (docs/terms.yml).",
                            )


def _citations(
    record: Record, checker: Checker, file: str, source: list[str], guide_id: str
) -> Iterator[Mistake]:
    known = {fact.id for fact in record.facts}
    for name, rule in checker.rules.items():
        for fact_id in rule.cited:
            if fact_id not in known:
                yield Mistake(
                    file,
                    _line(source, f'"{fact_id}"'),
                    f'the rule "{name}" of {checker.slug} cites "{fact_id}"; there is no such fact.',
                    f"Add the fact to docs/facts/{guide_id}.yml or correct the citation.",
                )
    figures = record.figures()
    found: list[Fault | FigureError]
    try:
        # Every figure of a fact is in its text (the records are checked), so all are shown.
        found = [*lint(checker.bind(figures, as_of=record.as_of), shown=set(figures))]
    except FigureError as error:
        found = [error]
    for fault in found:
        seen, _, todo = str(fault).partition("\n")
        yield Mistake(file, _line(source, checker.slug), seen, todo.strip())


def _words(record: Record, checker: Checker) -> Iterator[Mistake]:
    """Everything a reader meets has words, and there are no words for what does not exist."""
    words = record.checkers.get(checker.slug)
    if words is None:
        yield record.mistake(
            ("checkers",),
            f'the checker "{checker.slug}" has no words.',
            f'Add "{checker.slug}:" with question, inputs, rules and values under "checkers:".',
        )
        return
    path = ("checkers", checker.slug)
    inputs = {one.name: one for one in checker.inputs}
    parts: tuple[tuple[str, Mapping[str, object], Mapping[str, object]], ...] = (
        ("input", inputs, words.inputs),
        ("rule", checker.rules, words.rules),
        ("value", checker.values, words.values),
    )
    for kind, wanted, given in parts:
        for name in wanted:
            if name not in given:
                yield record.mistake(
                    (*path, f"{kind}s"),
                    f'the {kind} "{name}" of {checker.slug} has no words.',
                    f'Add "{name}:" under "{kind}s:" of this checker.',
                )
        yield from _strays(record, (*path, f"{kind}s"), given, set(wanted), kind)
    for name, one in inputs.items():
        said = words.inputs[name].choices if name in words.inputs else {}
        choices = set(one.choices)
        for choice in sorted(choices - set(said)):
            yield record.mistake(
                (*path, "inputs", name),
                f'the choice "{choice}" of {checker.slug}, {name}, has no words.',
                f'Add "{choice}:" under "choices:" of this input.',
            )
        yield from _strays(record, (*path, "inputs", name, "choices"), said, choices, "choice")
    for name, rule in checker.rules.items():
        notes = {note for note in _NOTES if note in _reachable_notes(rule.node)}
        told = words.rules.get(name)
        for note in sorted(notes):
            if told and getattr(told, note) is None:
                yield record.mistake(
                    (*path, "rules", name),
                    f'the rule "{name}" of {checker.slug} can end in {note} and has no words for it.',
                    f'Add "{note}:" to the rule, saying what the source leaves open.',
                )


def _reachable_notes(node: Node) -> set[str]:
    """The notes that stand as such in a condition (working days add theirs by their calendar)."""
    found = {NOTES[node.outcome]} if isinstance(node, Open) else set()
    for part in node.parts:
        found |= _reachable_notes(part)
    return found


def _strays(
    record: Record,
    path: tuple[str | int, ...],
    given: Iterable[str],
    wanted: Collection[str],
    kind: str,
) -> Iterator[Mistake]:
    for name in given:
        if name not in wanted:
            yield record.mistake(
                (*path, name),
                f'there are words for the {kind} "{name}", which does not exist.',
                "Correct the name, or remove the words.",
            )


def _line(source: list[str], text: str) -> int:
    return next((number for number, line in enumerate(source, 1) if text in line), 1)
