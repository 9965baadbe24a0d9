"""One verdict as text for people, coloured where the terminal allows."""

from collections.abc import Mapping
from typing import Any, Protocol

from rich.console import Console
from rich.text import Text

from menkan.facts import Record, RuleWords
from menkan.guides import Wording
from menkan.rules import Checker, Finding, Verdict

__all__ = ["Report", "Spoken"]

_STYLES = {
    "eligible": "bold green",
    "not_eligible": "bold red",
    "undetermined": "bold yellow",
    "met": "green",
    "not_met": "red",
    "unknown": "yellow",
}
_NOTICES = {"eligible": "bold yellow", "not_eligible": "bold"}


class Spoken(Protocol):
    """A site in one language: its words, and the phrases of this report."""

    words: Wording
    phrases: dict[str, Any]


class Report:
    """Prints verdicts of one checker; `site` has words and phrases in one language."""

    def __init__(self, site: Spoken, record: Record, checker: Checker):
        self.site = site
        self.record = record
        self.inputs = {one.name: one for one in checker.inputs}
        self.slug = checker.slug
        self.words = record.checkers[checker.slug]
        self.console = Console(highlight=False, soft_wrap=True)

    def text(self, words: Mapping[str, str]) -> str:
        return self.site.words.text(words, self.record)

    def show(self, verdict: Verdict) -> None:
        words, phrases = self.site.words, self.site.phrases
        self.print(self.text(self.words.question), "bold")
        named = words.verdict(verdict.verdict, self.record, self.slug)
        styles = (
            _STYLES | _NOTICES if self.words.verdicts and self.words.verdicts.notice else _STYLES
        )
        self.print(named, styles[verdict.verdict])
        as_of = verdict.as_of
        dated = words.tidy(phrases["as_of"].format(words.date(as_of))) if as_of else None
        self.print(dated or phrases["undated"], "dim")
        self.print()
        for name, finding in verdict.rules.items():
            self.rule(self.words.rules[name], finding)
        for name, value in verdict.values.items():
            if value is not None:
                value_words = self.words.values[name]
                shown = self.value(value, value_words.unit)
                self.print(f"{self.text(value_words.label)}{words['language.colon']}{shown}")
        self.unclear(verdict)
        if verdict.changes:
            self.print(f"\n{phrases['changes']}", "bold")
            for name, to in verdict.changes:
                self.print(f"  {self.label(name)} → {self.answer(name, to)}")
        if verdict.needs:
            self.print(f"\n{phrases['needs']}", "bold")
            for name in verdict.needs:
                self.print(f"  {self.label(name)} ({name})")

    def rule(self, words: RuleWords, finding: Finding) -> None:
        said = getattr(words, finding.note or finding.status)
        mark = self.site.phrases["marks"][finding.status]
        cites = self.site.words.bracketed(f"{self.site.phrases['source']} {self.lines(finding)}")
        line = Text()
        line.append(f"[{mark}] ", _STYLES[finding.status])
        line.append(self.text(words.label))
        line.append(cites, "dim")
        self.console.print(line)
        if said:
            self.print(f"    {self.text(said)}")
        if finding.status == "not_met" and words.advice:
            self.print(f"    {self.text(words.advice)}", "italic")

    def lines(self, finding: Finding) -> str:
        """The lines of the copy that the rule rests on."""
        lines = {n for fact in finding.cites for n in self.record.fact(fact).evidence.lines}
        words = self.site.words
        return words.count("page.lines", len(lines), lines=words.listed(sorted(lines)))

    def unclear(self, verdict: Verdict) -> None:
        """Print what the source leaves open about the facts the rules rest on."""
        cited = dict.fromkeys(fact for rule in verdict.rules.values() for fact in rule.cites)
        notes = [
            self.site.words.text(fact.unclear_note, self.record, fact.id)
            for fact in map(self.record.fact, cited)
            if fact.unclear_note
        ]
        if notes:
            self.print(f"\n{self.site.phrases['unclear']}", "bold")
        for note in dict.fromkeys(notes):
            self.print(f"  {note}")

    def label(self, name: str) -> str:
        return self.text(self.words.inputs[name].label)

    def answer(self, name: str, value: bool | int | str) -> str:
        if self.inputs[name].choices:
            return self.text(self.words.inputs[name].choices[str(value)])
        return self.value(value, self.inputs[name].unit)

    def value(self, value: bool | int | str, unit: str | None) -> str:
        words = self.site.words
        if isinstance(value, bool):
            return str(words["table.yes" if value else "table.no"])
        text = str(value)
        if "T" in text:
            return text
        if unit and unit in words["units"]:
            return words.quantity(text, unit)
        return f"{words.figure(text)} {unit}" if unit else words.figure(text)

    def print(self, text: str = "", style: str | None = None) -> None:
        self.console.print(Text(text, style or ""))
