"""The questions and results of one checker as they stand on its guide's page."""

from menkan.site import Site

from .wording import Wording, markdown

__all__ = ["render_checker"]


def render_checker(site: Site, guide_id: str, slug: str, language: str) -> str:
    """Return the questions of a checker as a Markdown list, with choices and help."""
    record = site.records[guide_id]
    words = Wording(language)
    checker = record.checkers[slug]
    rows = []
    for one in checker.inputs.values():
        text = markdown(words.text(one.label, record))
        if one.choices:
            choices = words["language.join"].join(
                markdown(words.text(choice, record)) for choice in one.choices.values()
            )
            text += words.bracketed(choices)
        rows.append(f"- {text}")
    return "\n".join(rows)
