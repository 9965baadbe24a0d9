"""The pieces of one guide in one language, ready for its template.

Everything here is a sentence, a link or a list of them; headings and their order are the
template's.
"""

from collections.abc import Iterable
from datetime import date

from menkan.facts import Fact, Record
from menkan.site import Site

from .wording import Wording, markdown

__all__ = ["Pieces"]


class Pieces:
    """One record in one language, piece by piece."""

    def __init__(self, words: Wording, record: Record, today: date):
        self.words = words
        self.record = record
        self.today = today
        self.published = record.source.published
        self.day = words.date(self.published) if self.published else None

    def text(self, words: dict[str, str] | None, fact_id: str | None = None) -> str:
        """A text of the record with its figures, escaped; empty where there is none."""
        return markdown(self.words.text(words, self.record, fact_id)) if words else ""

    def lead(self, key: str) -> str:
        """The sentence that opens a section and says when its rules were stated."""
        if self.day:
            return self.words.say(f"page.{key}", date=self.day)
        return str(self.words[f"page.{key}_undated"])

    def byline(self, site: Site) -> str:
        """Marketplace, day of the source and publisher in one line."""
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
        then, now = self.published or self.today, self.today
        return now.year - then.year - ((now.month, now.day) < (then.month, then.day))

    def age(self) -> str:
        """The notice that a source is old or undated; empty for one of less than a year."""
        if not self.published:
            return str(self.words["age.undated"])
        years = self.years()
        return self.words.count("age.years", years, date=self.day, years=years) if years else ""

    def lines(self, numbers: Iterable[int]) -> str:
        """Name lines of the copy: `lines 8, 14`."""
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

    def fact(self, fact: Fact, slugs: Iterable[str] = ()) -> dict[str, str]:
        """One item of a section: its text, its own date, its lines, and whether it is unclear.

        `slugs` name the checkers that cite it; the reader who came from one gets back there.
        """
        back = "".join(f" [{self.words['page.check']}](#{slug}){{ .cite }}" for slug in slugs)
        question = f"[{self.words['page.unclear']}](#{self._question(fact)}){{ .unclear }}"
        return {
            "id": fact.id,
            "text": self.text(fact.text, fact.id),
            "remark": markdown(self._remark(fact)),
            "cite": f"[{self.lines(fact.evidence.lines)}](#source){{ .cite }}{back}",
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

    def unclear(self) -> list[dict[str, str]]:
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
        outside = {
            line for fact in self.record.facts if fact.evidence.zone for line in fact.evidence.lines
        }
        if outside:
            text = words.say("source.zone_text", lines=self.lines(sorted(outside)))
            found.insert(3, (words["source.zone"], text))
        inferred = [self.cite(fact.id) for fact in self.record.facts if fact.year]
        if inferred:
            found.insert(2, (words["source.inferred"], " ".join(dict.fromkeys(inferred))))
        return found
