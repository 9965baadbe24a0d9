"""The static form of one checker: questions, conditions with their sources, places for the verdict.

Plain HTML that reads well without JavaScript; `menkan/web/checker.js` brings the same markup to
life. Every text goes through the template's autoescaping.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from menkan.facts import Record
from menkan.site import Site

from .wording import Wording, laid_over
from .wording import wording as wording_of

__all__ = ["render_checker", "web_messages"]

_WEB = Path(__file__).resolve().parent.parent / "web"
_VERDICTS = ("eligible", "not_eligible", "undetermined")
_OUTCOMES = ("met", "not_met", "unknown", "source_silent", "still_open", "out_of_coverage")


def web_messages(language: str, folder: Path | None = None) -> dict[str, Any]:
    """The words of the page's script in one language.

    A site may lay its own `<language>.json` in `folder` over the engine's, key by key, or bring
    a language that the engine has not. Raises LookupError where there is neither.
    """
    found: dict[str, Any] = {}
    for path in (_WEB / f"messages.{language}.json", folder and folder / f"{language}.json"):
        if path and path.is_file():
            found = laid_over(found, json.loads(path.read_text(encoding="utf-8")))
    if not found:
        raise LookupError(
            f'There are no messages for the page\'s script in "{language}".\n'
            f"  Add docs/messages/{language}.json with the keys of the engine's own files."
        )
    return found


def render_checker(site: Site, guide_id: str, slug: str, language: str) -> str:
    """Return the HTML of one checker, as one block that Markdown passes through untouched."""
    record = site.records[guide_id]
    checker = next(one for one in site.checkers[guide_id] if one.slug == slug)
    wording = wording_of(site, language)
    words = web_messages(language, site.root / "docs" / "messages")
    text = record.checkers[checker.slug]

    def say(words_of: dict[str, str] | None) -> str:
        return wording.text(words_of, record) if words_of else ""

    def unit(name: str | None) -> str:
        return str(wording["units"][name]["many"]).replace("{n}", "").strip() if name else ""

    def counted(name: str | None) -> str:
        return str(wording["units"][name]["many"]).replace("{n}", "{number}") if name else ""

    html = _template("checker.html.j2").render(
        slug=checker.slug,
        guide_id=guide_id,
        question=say(text.question),
        notice=bool(text.verdicts and text.verdicts.notice),
        inputs=[(one, text.inputs[one.name]) for one in checker.inputs],
        rules=[(name, rule, text.rules[name]) for name, rule in checker.rules.items()],
        values=[(name, text.values[name]) for name in checker.values],
        outcomes=_OUTCOMES,
        form=words["form"],
        states=words["states"],
        verdicts={name: wording.verdict(name, record, slug) for name in _VERDICTS},
        yes=words["yes"],
        no=words["no"],
        mark=words["marks"]["idle"],
        colon=words["colon"],
        source=_source(record, wording, words["form"]),
        say=say,
        unit=unit,
        counted=counted,
        language=wording.language,
    )
    return "\n".join(line for line in html.splitlines() if line.strip())


def _source(record: Record, wording: Wording, form: dict[str, str]) -> str:
    publisher = record.source.publisher
    name = publisher[wording.language] if publisher else form["no_publisher"]
    if record.as_of is None:
        return form["source_undated"].format(publisher=name)
    return form["source"].format(publisher=name, date=wording.date(record.as_of))


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("menkan.guides"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
