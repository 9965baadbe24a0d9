"""A checker of a site with the site's own words: what `judge` needs for reasons, in one object."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from json import loads
from pathlib import Path

from menkan.guides import wording
from menkan.rules import BoundChecker
from menkan.site import Site

from .reasons import Wordlist

__all__ = ["SiteChecker", "load", "yes_no_words"]


@dataclass(frozen=True)
class SiteChecker:
    """A bound checker, the site it stands in and the guide it belongs to."""

    bound: BoundChecker
    site: Site
    guide: str

    @property
    def slug(self) -> str:
        return self.bound.checker.slug

    def label(self, kind: str, name: str, lang: str) -> str:
        """Give the label of one of its `inputs`, `rules` or `values`."""
        record = self.site.records[self.guide]
        words = getattr(record.checkers[self.slug], kind)[name].label
        return wording(self.site, lang).text(words, record)

    def phrases(self, lang: str) -> dict[str, str]:
        """Give the engine's own words for tables, and what this checker's verdicts are called."""
        say = wording(self.site, lang)
        record = self.site.records[self.guide]
        verdicts = {name: say.verdict(name, record, self.slug) for name in say["verdicts"]}
        return {**say["tables"], **verdicts, "language": say["language.name"]}

    @property
    def notice(self) -> bool:
        """Whether its yes is something to heed rather than something gained."""
        words = self.site.records[self.guide].checkers[self.slug].verdicts
        return words is not None and words.notice

    def question(self, lang: str) -> str:
        """Give the question the checker answers."""
        record = self.site.records[self.guide]
        return wording(self.site, lang).text(record.checkers[self.slug].question, record)

    def choice_words(self, name: str) -> dict[str, str]:
        """Give what a table may say for an option, in every language: words to the option."""
        record = self.site.records[self.guide]
        found: dict[str, str] = {}
        for lang in self.site.languages:
            for choice, words in record.checkers[self.slug].inputs[name].choices.items():
                found[wording(self.site, lang).text(words, record).lower()] = choice
        return found

    def wordlist(self, lang: str) -> Wordlist:
        """Give the words of reasons in one language of the site."""
        record = self.site.records[self.guide]
        words = record.checkers[self.slug]
        say = wording(self.site, lang)
        rules = {}
        for name, rule in words.rules.items():
            said = {
                status: getattr(rule, status)
                for status in ("not_met", "source_silent", "still_open", "out_of_coverage")
            }
            rules[name] = {
                status: say.text(each, record) for status, each in said.items() if each is not None
            }
        inputs = {name: say.text(each.label, record) for name, each in words.inputs.items()}
        told = say["tables"]
        return Wordlist(
            rules,
            inputs,
            eligible=told["all_met"],
            needs=told["asked"],
            separator=told["between"],
            between=told["between"],
        )


def load(slug: str, root: Path | str = ".", on: str | None = None) -> SiteChecker:
    """Load a checker of the site below `root`; `on` (ISO date) picks the figures in force."""
    site = Site.load(root)
    for guide, checkers in site.checkers.items():
        if any(checker.slug == slug for checker in checkers):
            return SiteChecker(site.bound(guide, on)[slug], site, guide)
    known = ", ".join(sorted(each.slug for some in site.checkers.values() for each in some))
    raise LookupError(f"There is no checker {slug!r}.\n  There are: {known}.")


@cache
def yes_no_words() -> dict[str, str]:
    """Give the words of every language the page takes for yes and no: word to "true" or "false"."""
    found: dict[str, str] = {}
    for file in (files("menkan") / "web").iterdir():
        if file.name.startswith("messages.") and file.name.endswith(".json"):
            table = loads(file.read_text(encoding="utf-8"))["table"]
            found |= dict.fromkeys(table["yes"], "true") | dict.fromkeys(table["no"], "false")
    return found
