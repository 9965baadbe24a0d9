"""What helps search engines and language models find a guide: JSON-LD and `llms.txt`."""

from typing import Any

from menkan.facts import Record
from menkan.rules import Checker
from menkan.site import Site

from .wording import Wording, plain, wording

__all__ = ["llms_txt", "structured_data"]


def structured_data(site: Site, guide_id: str, language: str) -> dict[str, Any]:
    """Return the guide as JSON-LD: an article, its questions as FAQ, its procedures as HowTo.

    Answers say what the source required, never what applies today.
    """
    record = site.records[guide_id]
    words = wording(site, language)
    graph: list[dict[str, Any]] = [
        {
            "@type": "Article",
            "headline": record.guide.title[language],
            "description": plain(words.text(record.guide.description, record)),
            "inLanguage": words["language.tag"],
            "keywords": record.guide.keywords.get(language, []),
            **({"temporalCoverage": record.as_of} if record.as_of else {}),
        }
    ]
    questions = [
        {
            "@type": "Question",
            "name": plain(words.text(record.checkers[checker.slug].question, record)),
            "acceptedAnswer": {
                "@type": "Answer",
                "text": _answer(record, checker, words),
            },
        }
        for checker in site.checkers.get(guide_id, ())
    ]
    if questions:
        graph.append(
            {"@type": "FAQPage", "inLanguage": words["language.tag"], "mainEntity": questions}
        )
    for section in record.guide.sections:
        # A procedure of a single step is a fact, not a how-to.
        if section.kind == "steps" and len(section.facts) > 1:
            graph.append(
                {
                    "@type": "HowTo",
                    "name": section.title[language] if section.title else words["kinds.steps"],
                    "inLanguage": words["language.tag"],
                    "step": [
                        {
                            "@type": "HowToStep",
                            "position": position,
                            "text": plain(words.text(record.fact(fact_id).text, record, fact_id)),
                            "url": f"#fact-{fact_id}",
                        }
                        for position, fact_id in enumerate(section.facts, 1)
                    ],
                }
            )
    return {"@context": "https://schema.org", "@graph": graph}


def llms_txt(site: Site, language: str, name: str, base: str = "") -> str:
    """Return `llms.txt`: what the site called `name` is and where each guide is.

    `base` precedes each link.
    """
    words = wording(site, language)
    lines = [f"# {name} ({words['language.name']})", "", f"> {words['llms.lead']}"]
    for key, place in site.marketplaces.items():
        guides = [(g, r) for g, r in site.records.items() if r.guide.marketplace == key]
        if guides:
            lines += ["", f"## {place.name[language]}", ""]
        for guide_id, record in guides:
            when = words.date(record.as_of) if record.as_of else words["source.undated"]
            about = plain(words.text(record.guide.description, record))
            link = f"{base}guides/{guide_id}/"
            text = f"{words['source.published']}{words['language.colon']}{when}"
            remark = words.bracketed(text).strip()
            lines.append(f"- [{record.guide.title[language]}]({link}): {about} {remark}")
    lines += ["", f"## {words['llms.data']}", ""]
    for file, key in (("facts", "llms.facts"), ("checkers", "llms.checkers")):
        schema = words.bracketed(f"[{words['llms.schema']}]({base}{file}.schema.json)").strip()
        lines.append(f"- [{file}.json]({base}{file}.json): {words[key]} {schema}")
    return "\n".join(lines) + "\n"


def _answer(record: Record, checker: Checker, words: Wording) -> str:
    """What the source required, in one sentence with its date."""
    rules = record.checkers[checker.slug].rules
    labels = [plain(words.text(rules[name].label, record)) for name in checker.rules]
    lead = words.say(
        "page.answer" if record.as_of else "page.answer_undated",
        date=words.date(record.as_of) if record.as_of else "",
    )
    return f"{lead}{words['language.colon']}{words['language.clause'].join(labels)}{words['language.stop']}"
