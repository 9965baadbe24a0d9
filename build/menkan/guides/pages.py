"""Render guides as Markdown: one page per record and an index, pure from site to text.

The Markdown needs three extensions of Python-Markdown and no more: `attr_list` (ids and classes),
`md_in_html` (the folded tables and the age notice) and `tables`. Every heading, fact and checker
has an id of its own that is the same in all languages: `#fact-rating-floor`, `#conditions`,
`#amazon-account-health-assurance`.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from menkan.facts import Fact, Record
from menkan.site import Site

from .checkers import render_checker
from .tables import render_table
from .wording import Wording, markdown

__all__ = ["render", "wording"]


def wording(site: Site, language: str) -> Wording:
    """Return the words of a language for this site, its own `docs/messages/` included."""
    folder = site.root / "docs" / "messages"
    return Wording(language, folder if folder.is_dir() else None)


def render(site: Site, language: str, today: date | None = None) -> dict[str, str]:
    """Render every guide and the index: path below the language's root to Markdown.

    `today` decides how old a source is called; without it, it is the day of the build.
    """
    today = today or date.today()
    pages = {"guides/index.md": _index(site, language)}
    for guide_id in site.records:
        pages[f"guides/{guide_id}.md"] = _guide(site, guide_id, language, today)
    return pages


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("menkan.guides"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        comment_start_string="<#",  # "{#" begins the id of a heading
        comment_end_string="#>",
        autoescape=False,  # texts are escaped for Markdown by `markdown`, not for HTML
    )


def _guide(site: Site, guide_id: str, language: str, today: date) -> str:
    record = site.records[guide_id]
    words = wording(site, language)
    page = _Page(words, record, today)
    guide = record.guide
    checkers = [
        {
            "slug": checker.slug,
            "question": page.text(record.checkers[checker.slug].question),
            "note": page.text(record.checkers[checker.slug].note),
            "form": render_checker(site, guide_id, checker.slug, language),
            "rules": [
                {
                    "label": page.text(record.checkers[checker.slug].rules[name].label),
                    "cites": page.cites(rule.cited),
                }
                for name, rule in checker.rules.items()
            ],
        }
        for checker in site.checkers.get(guide_id, ())
    ]
    tables = [
        {
            "slug": slug,
            "question": page.text(record.checkers[slug].question),
            "markdown": render_table(bound, record, words),
        }
        for slug, bound in site.bound(guide_id).items()
    ]
    return (
        _templates()
        .get_template("guide.md.j2")
        .render(
            front=_front(
                title=guide.title[language],
                description=guide.description[language],
                keywords=guide.keywords.get(language, []),
                guide=guide_id,
                marketplace=guide.marketplace,
                as_of=record.as_of,
            ),
            title=markdown(guide.title[language]),
            byline=markdown(page.byline(site)),
            summary=page.text(guide.summary),
            age=page.age(),
            verify=page.text(guide.verify),
            checkers=checkers,
            sections=[
                {
                    "id": section.id,
                    "kind": section.kind,
                    "title": markdown(
                        section.title[language] if section.title else words[f"kinds.{section.kind}"]
                    ),
                    "facts": [page.fact(record.fact(fact_id)) for fact_id in section.facts],
                }
                for section in guide.sections
            ],
            tables=tables,
            unclear=page.unclear(),
            source=page.source(),
            say=words.__getitem__,
            lead=page.lead,
        )
    )


def _index(site: Site, language: str) -> str:
    words = wording(site, language)
    places = []
    for key, place in site.marketplaces.items():
        guides = [
            {
                "title": markdown(record.guide.title[language]),
                "file": f"{guide_id}.md",
                "description": markdown(words.text(record.guide.description, record)),
            }
            for guide_id, record in site.records.items()
            if record.guide.marketplace == key
        ]
        if guides:
            places.append({"id": key, "name": markdown(place.name[language]), "guides": guides})
    return (
        _templates()
        .get_template("index.md.j2")
        .render(
            front=_front(title=words["index.title"], description=words["index.description"]),
            places=places,
            say=words.__getitem__,
        )
    )


def _front(**values: object) -> str:
    """Write the front matter of a page."""
    kept = {key: value for key, value in values.items() if value not in (None, [])}
    body = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{body}---\n"


class _Page:
    """One record in one language, piece by piece."""

    def __init__(self, words: Wording, record: Record, today: date):
        self.words = words
        self.record = record
        self.today = today
        self.published = record.source.published
        self.day = words.date(self.published) if self.published else None

    def text(self, words: dict[str, str] | None, fact_id: str | None = None) -> str:
        return markdown(self.words.text(words, self.record, fact_id)) if words else ""

    def lead(self, key: str) -> str:
        """The sentence that opens a section and says when its rules were stated."""
        if self.day:
            return self.words.say(f"page.{key}", date=self.day)
        return self.words[f"page.{key}_undated"]

    def byline(self, site: Site) -> str:
        publisher = self.record.source.publisher
        return self.words.say(
            "page.byline" if self.day else "page.byline_undated",
            marketplace=site.marketplaces[self.record.guide.marketplace].name[self.words.language],
            publisher=publisher[self.words.language]
            if publisher
            else self.words["page.publisher_unknown"],
            date=self.day,
        )

    def years(self) -> int:
        """Whole years between the source and today."""
        then, now = self.published, self.today
        return now.year - then.year - ((now.month, now.day) < (then.month, then.day))

    def age(self) -> str:
        """The notice that a source is old or undated; empty for one of less than a year."""
        if not self.published:
            return self.words["age.undated"]
        years = self.years()
        return self.words.count("age.years", years, date=self.day, years=years) if years else ""

    def lines(self, numbers: Iterable[int]) -> str:
        numbers = list(numbers)
        return self.words.count("page.lines", len(numbers), lines=self.words.listed(numbers))

    def cite(self, fact_id: str) -> str:
        """A link to the fact, naming the lines it rests on."""
        text = self.lines(self.record.fact(fact_id).evidence.lines)
        return f"[{text}](#fact-{fact_id}){{ .cite }}"

    def cites(self, fact_ids: Iterable[str], before: str = "") -> str:
        """Links to several facts, one link per fact."""
        links = " ".join(self.cite(fact_id) for fact_id in fact_ids)
        return before + links if links else ""

    def fact(self, fact: Fact) -> dict[str, str]:
        question = f"[{self.words['page.unclear']}](#{self._question(fact)}){{ .unclear }}"
        return {
            "id": fact.id,
            "text": self.text(fact.text, fact.id),
            "remark": markdown(self._remark(fact)),
            "cite": f"[{self.lines(fact.evidence.lines)}](#source){{ .cite }}",
            "unclear": f" {question}" if fact.unclear else "",
        }

    def _remark(self, fact: Fact) -> str:
        """What stands in brackets after a fact: its own date, and values that held before."""
        found = []
        if fact.dated:
            key = "page.inferred" if fact.year else "page.dated"
            found.append(self.words.say(key, date=self.words.date(fact.dated)))
        for series in fact.figures.values():
            for one in series[:-1]:
                value = self.words.quantity(one.value, one.unit)
                found.append(self.words.say("page.formerly", value=value))
        return "".join(self.words.bracketed(text) for text in found)

    def _question(self, fact: Fact) -> str:
        """The id of the entry that explains why a fact is unclear."""
        if fact.unclear_note:
            return f"unclear-{fact.id}"
        for number, question in enumerate(self.record.guide.unclear, 1):
            if fact.id in question.facts:
                return f"unclear-{number}"
        return "unclear"

    def unclear(self) -> list[dict]:
        """Everything the source leaves open, page-wide entries first."""
        found = [
            {
                "id": f"unclear-{number}",
                "kind": self.words[f"unclear.{question.kind}"],
                "note": self.text(question.note),
                "cites": self.cites(question.facts, " "),
            }
            for number, question in enumerate(self.record.guide.unclear, 1)
        ]
        for fact in self.record.facts:
            if fact.unclear_note:
                found.append(
                    {
                        "id": f"unclear-{fact.id}",
                        "kind": self.words[f"unclear.{fact.unclear}"],
                        "note": self.text(fact.unclear_note, fact.id),
                        "cites": self.cites([fact.id], " "),
                    }
                )
        return found

    def source(self) -> list[tuple[str, str]]:
        """Name and value of everything known about the copy."""
        words, source = self.words, self.record.source
        publisher = (
            source.publisher[words.language]
            if source.publisher
            else words["source.publisher_unknown"]
        )
        if self.published:
            years = self.years()
            published = (
                words.count("source.age", years, date=self.day, years=years)
                if years
                else words.say("source.age_none", date=self.day)
            )
        else:
            published = words["source.undated"]
        found = [
            (words["source.publisher"], markdown(publisher)),
            (words["source.published"], published),
            (
                words["source.lines"],
                words.say("source.lines_text", **source.lines.model_dump()),
            ),
            (
                words["source.cut"],
                self.lines(source.cut) if source.cut else words["source.cut_none"],
            ),
            (words["source.fingerprint"], f"`{source.sha256}`"),
        ]
        inferred = [self.cite(fact.id) for fact in self.record.facts if fact.year]
        if inferred:
            found.insert(2, (words["source.inferred"], " ".join(dict.fromkeys(inferred))))
        return found
