"""Lists drawn from all records at once: marketplaces, checkers with their questions, sources.

A page written by hand takes one in with a line `<!-- menkan: marketplaces -->`; the list of checkers
is also a page of its own. Links are relative to the root of the language's pages.
"""

import re
from collections.abc import Callable
from datetime import date

from menkan.facts import Record
from menkan.site import Site

from .pages import front_matter
from .pieces import Pieces
from .wording import Wording, markdown, wording

__all__ = ["BLOCKS", "checker_list", "with_blocks"]

_MARKER = re.compile(r"^<!-- *menkan: *([\w-]+) *-->[ \t]*$", re.MULTILINE)


def with_blocks(text: str, site: Site, language: str, prefix: str = "") -> str:
    """Replace every marker in a page's Markdown by its list; `prefix` leads to the language's root.

    Raises LookupError for a marker that names no list.
    """

    def fill(match: re.Match[str]) -> str:
        if match[1] not in BLOCKS:
            raise LookupError(
                f'there is no list "{match[1]}".\n  There are {", ".join(sorted(BLOCKS))}.'
            )
        return BLOCKS[match[1]](site, wording(site, language), prefix)

    return _MARKER.sub(fill, text)


def checker_list(site: Site, language: str) -> str:
    """The page of all checkers: their questions, what is asked, and how old the source is."""
    words = wording(site, language)
    front = front_matter(title=words["checkers.title"], description=words["checkers.description"])
    return (
        f"{front}\n# {words['checkers.title']} {{#top}}\n\n{words['checkers.lead']}\n\n"
        f"{_checkers(site, words, '')}\n"
    )


def _by_marketplace(site: Site) -> list[tuple[str, list[tuple[str, Record]]]]:
    """Marketplaces that have guides, in the order of the site, with their guides."""
    found = [
        (key, [item for item in site.records.items() if item[1].guide.marketplace == key])
        for key in site.marketplaces
    ]
    return [(key, guides) for key, guides in found if guides]


def _marketplaces(site: Site, words: Wording, prefix: str) -> str:
    lines = []
    for key, guides in _by_marketplace(site):
        name = markdown(site.marketplaces[key].name[words.language])
        number = sum(len(site.checkers.get(guide_id, ())) for guide_id, _ in guides)
        counts = [words.count("home.guides", len(guides), number=len(guides))]
        counts += [words.count("home.checkers", number, number=number)] if number else []
        # A marketplace of one guide leads straight to it.
        target = f"{guides[0][0]}.md" if len(guides) == 1 else f"index.md#{key}"
        lines.append(f"- [**{name}**]({prefix}guides/{target})\n  {words.listed(counts)}")
    return '<div class="mk-cards" markdown="1">\n\n' + "\n".join(lines) + "\n\n</div>"


def _checkers(site: Site, words: Wording, prefix: str) -> str:
    lines = [
        '<div class="mk-questions" markdown="1">',
        "",
        (
            f'<menkan-filter data-label="{words["checkers.filter"]}" '
            f'data-none="{words["checkers.none"]}" data-count="{words["checkers.count"]}">'
            "</menkan-filter>"
        ),
    ]
    for key, guides in _by_marketplace(site):
        with_checkers = [item for item in guides if site.checkers.get(item[0])]
        if not with_checkers:
            continue
        name = markdown(site.marketplaces[key].name[words.language])
        lines += ["", f"## {name} {{#{key}}}", ""]
        for guide_id, record in with_checkers:
            page = Pieces(words, record, date.today())
            when = page.day or words["sources.undated"]
            for checker in site.checkers[guide_id]:
                said = record.checkers[checker.slug]
                asked = " · ".join(page.text(said.inputs[one.name].label) for one in checker.inputs)
                link = f"{prefix}guides/{guide_id}.md#{checker.slug}"
                lines += [
                    f"- **[{page.text(said.question)}]({link})**",
                    f"  <small>{words['checkers.asks']}{words['language.colon']}{asked}</small>",
                    f"  <small>{markdown(record.guide.title[words.language])} · {when}</small>",
                ]
    return "\n".join([*lines, "", "</div>"])


def _sources(site: Site, words: Wording, prefix: str) -> str:
    head = [words[f"sources.{name}"] for name in ("guide", "publisher", "age", "lines", "print")]
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    for _, guides in _by_marketplace(site):
        for guide_id, record in guides:
            page = Pieces(words, record, date.today())
            known = dict(page.source())
            counts = record.source.lines
            cells = (
                f"[{markdown(record.guide.title[words.language])}]({prefix}guides/{guide_id}.md#source)",
                known[words["source.publisher"]],
                known[words["source.published"]] if page.day else words["sources.undated"],
                words.say("sources.counts", **counts.model_dump()),
                f'<code title="{record.source.sha256}">{record.source.sha256[:8]}</code>',
            )
            lines.append(f"| {' | '.join(cells)} |")
    return '<div class="mk-sources" markdown="1">\n\n' + "\n".join(lines) + "\n\n</div>"


# Every list that a page may take in, by the name in its marker.
BLOCKS: dict[str, Callable[[Site, Wording, str], str]] = {
    "checkers": _checkers,
    "marketplaces": _marketplaces,
    "sources": _sources,
}
