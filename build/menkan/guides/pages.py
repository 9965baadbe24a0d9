"""Render guides as Markdown: one page per record and an index, pure from site to text.

The Markdown needs three extensions of Python-Markdown and no more: `attr_list` (ids and classes),
`md_in_html` (the folded tables and the age notice) and `tables`. Every heading, fact and checker
has an id of its own that is the same in all languages: `#conditions`, `#fact-rating-floor`, a
checker's slug.
"""

from collections.abc import Collection
from datetime import date
from functools import cache

import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from menkan.site import Site

from .form import render_checker
from .pieces import Pieces
from .tables import render_table
from .wording import markdown, wording

__all__ = ["front_matter", "render"]


def render(
    site: Site, language: str, today: date | None = None, only: Collection[str] | None = None
) -> dict[str, str]:
    """Render every guide and the index: path below the language's root to Markdown.

    `today` decides how old a source is called; without it, it is the day of the build. With `only`,
    the guides of other ids are left out.
    """
    today = today or date.today()
    pages = {"guides/index.md": _index(site, language)}
    for guide_id in site.records if only is None else only:
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
        autoescape=False,  # noqa: S701 - texts are escaped for Markdown by `markdown`, not for HTML
    )


def _guide(site: Site, guide_id: str, language: str, today: date) -> str:
    record = site.records[guide_id]
    words = wording(site, language)
    page = Pieces(words, record, today)
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
            front=front_matter(
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
                    "facts": [
                        page.fact(record.fact(fact_id), _citing(site, guide_id, fact_id))
                        for fact_id in section.facts
                    ],
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


def _citing(site: Site, guide_id: str, fact_id: str) -> list[str]:
    """The slugs of the checkers with a rule that rests on the fact."""
    return [
        checker.slug
        for checker in site.checkers.get(guide_id, ())
        if any(fact_id in rule.cited for rule in checker.rules.values())
    ]


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
            front=front_matter(title=words["index.title"], description=words["index.description"]),
            places=places,
            say=words.__getitem__,
        )
    )


def front_matter(**values: object) -> str:
    """Write the front matter of a page."""
    kept = {key: value for key, value in values.items() if value not in (None, [])}
    body = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{body}---\n"
