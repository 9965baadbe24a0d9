"""What must hold between the parts of a record: citations, placeholders, figures, order.

Each check takes a record's document and its model and yields mistakes. They run only on a record
whose shape is right, and all of them run.
"""

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from .model import Fact, Record, Section
from .reading import Document, Mistake, Path

__all__ = ["CHECKS", "PLACEHOLDER", "texts"]

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TAG = re.compile(r"<[A-Za-z/!?]|&[A-Za-z#]\w*;")
# A digit inside a Latin word is a name (B2B); any other digit is a figure.
_DIGIT = re.compile(r"(?<![A-Za-z])\d[\d.,]*")


def _named(text: str) -> list[str]:
    """The figures a text names: {rating}, {rating-floor.rating}, or with its unit {=rating}."""
    return [name.removeprefix("=") for name in PLACEHOLDER.findall(text)]


# Where a text stands, the text in every language, and the fact it belongs to, if any.
_Text = tuple[Path, dict[str, str], str | None]


def texts(record: Record) -> Iterator[_Text]:
    """Yield (path, words, fact id or None) for every text that a reader sees.

    Titles, publishers and keywords are left out: they are names and may hold digits.
    """
    for key in ("summary", "description", "verify"):
        yield ("guide", key), getattr(record.guide, key), None
    for index, question in enumerate(record.guide.unclear):
        yield ("guide", "unclear", index, "note"), question.note, None
    for index, fact in enumerate(record.facts):
        yield ("facts", index, "text"), fact.text, fact.id
        if fact.unclear_note:
            yield ("facts", index, "unclear_note"), fact.unclear_note, fact.id
    for slug, words in record.checkers.items():
        yield from _nested(("checkers", slug), words)


def _nested(path: Path, part: BaseModel) -> Iterator[_Text]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        if name in ("question", "note", "label", "help") or (
            isinstance(value, dict) and value and all(isinstance(v, str) for v in value.values())
        ):
            if value:
                yield (*path, name), value, None
        elif isinstance(value, BaseModel):
            yield from _nested((*path, name), value)
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, dict):
                    yield (*path, name, key), item, None
                else:
                    yield from _nested((*path, name, key), item)


def unique_ids(document: Document, record: Record) -> Iterator[Mistake]:
    """No two facts and no two sections share an id."""
    identified: tuple[tuple[str, Sequence[Fact | Section], Path], ...] = (
        ("fact", record.facts, ("facts",)),
        ("section", record.guide.sections, ("guide", "sections")),
    )
    for kind, items, path in identified:
        seen: dict[str, int] = {}
        for index, item in enumerate(items):
            line = document.line((*path, index))
            if item.id in seen:
                yield document.mistake(
                    (*path, index, "id"),
                    f'the {kind} "{item.id}" exists twice; the first is in line {seen[item.id]}.',
                    "Give one of them another id. Links and checkers cite facts by it.",
                )
            seen.setdefault(item.id, line)


def sections_cover_facts(document: Document, record: Record) -> Iterator[Mistake]:
    """Every fact stands in exactly one section, and sections name only facts that exist."""
    known = {fact.id for fact in record.facts}
    placed: dict[str, str] = {}
    for number, section in enumerate(record.guide.sections):
        path = ("guide", "sections", number, "facts")
        for index, fact_id in enumerate(section.facts):
            if fact_id not in known:
                yield document.mistake(
                    (*path, index),
                    f'section "{section.id}" lists "{fact_id}", and there is no such fact.',
                    "Add the fact under facts: or correct the id.",
                )
            elif fact_id in placed:
                yield document.mistake(
                    (*path, index),
                    f'"{fact_id}" stands in section "{section.id}" and in "{placed[fact_id]}".',
                    "A fact is told once. Remove it from one of them.",
                )
            placed.setdefault(fact_id, section.id)
    for index, fact in enumerate(record.facts):
        if fact.id not in placed:
            yield document.mistake(
                ("facts", index),
                f'the fact "{fact.id}" stands in no section, so no reader would see it.',
                "List it under one section of the guide.",
            )


def questions_cite_facts(document: Document, record: Record) -> Iterator[Mistake]:
    """What is unclear names only facts that exist."""
    known = {fact.id for fact in record.facts}
    for number, question in enumerate(record.guide.unclear):
        for index, fact_id in enumerate(question.facts):
            if fact_id not in known:
                yield document.mistake(
                    ("guide", "unclear", number, "facts", index),
                    f'"unclear" names the fact "{fact_id}", and there is no such fact.',
                    "Add the fact or correct the id.",
                )


def placeholders_exist(document: Document, record: Record) -> Iterator[Mistake]:
    """Every {placeholder} names a figure, and every figure of a fact is in its text."""
    figures = set(record.figures())
    for path, words, fact_id in texts(record):
        for language, text in words.items():
            for name in _named(text):
                full = name if "." in name else f"{fact_id}.{name}"
                if full not in figures:
                    yield document.mistake(
                        (*path, language),
                        f"the text uses {{{name}}}, and there is no such figure.",
                        "Name a figure of this fact, {figure}, or of another, {fact-id.figure}.",
                    )
            if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
                yield document.mistake(
                    (*path, language),
                    "a brace in the text is not closed or not opened.",
                    "Braces hold the name of a figure: {rating}.",
                )
    for index, fact in enumerate(record.facts):
        for language, text in fact.text.items():
            used = set(_named(text))
            for name in fact.figures:
                if name not in used:
                    yield document.mistake(
                        ("facts", index, "text", language),
                        f'the text of "{fact.id}" in "{language}" does not say its figure {name}.',
                        f"Put {{{name}}} into the sentence, or remove the figure.",
                    )


def no_typed_figures(document: Document, record: Record) -> Iterator[Mistake]:
    """No digits are typed in a text: a number that changes must change in one place."""
    for path, words, _ in texts(record):
        # A summary tells the year of its source in words; the four digits of a year are allowed
        # there alone, because it has no figure of its own.
        for language, text in words.items():
            bare = PLACEHOLDER.sub("", text)
            if path[0] == "guide":
                bare = re.sub(r"(?:19|20)\d\d(?!\d)(?: 年 \d{1,2} 月)?", "", bare)
            found = _DIGIT.search(bare)
            if found:
                yield document.mistake(
                    (*path, language),
                    f"the number {found[0].rstrip('.,')} is typed into the text.",
                    "Make it a figure of the fact and write its name in braces, "
                    "so that it can be cited and changed in one place.",
                )


def no_markup(document: Document, record: Record) -> Iterator[Mistake]:
    """Texts are plain words; menus and buttons are set off by **two asterisks** and no more."""
    names: list[_Text] = [(("guide", "title"), record.guide.title, None)]
    names += [
        (("guide", "sections", number, "title"), section.title, None)
        for number, section in enumerate(record.guide.sections)
        if section.title
    ]
    if record.source.publisher:
        names.append((("source", "publisher"), record.source.publisher, None))
    for path, words, _ in [*texts(record), *names]:
        for language, text in words.items():
            found = _TAG.search(text)
            if found:
                start = found.start()
                yield document.mistake(
                    (*path, language),
                    f"the text holds HTML: “{text[start : start + 20]}”.",
                    "Write plain words. Menus and buttons go between **two asterisks**.",
                )
            if path[0] == "checkers" and "**" in text:
                yield document.mistake(
                    (*path, language),
                    "the words of a checker hold **.",
                    "They are shown in a form, where nothing is set off. Remove the asterisks.",
                )
            elif text.count("**") % 2:
                yield document.mistake(
                    (*path, language),
                    "an opening ** has no closing **.",
                    "Set menus and buttons between **two asterisks**.",
                )


def keywords_fit(document: Document, record: Record) -> Iterator[Mistake]:
    """Search words are written for languages of the site, each of them once."""
    for language, words in record.guide.keywords.items():
        if language not in record.guide.title:
            yield document.mistake(
                ("guide", "keywords", language),
                f'"{language}" is not a language of this site.',
                "Remove these keywords or correct their key.",
            )
        for index, word in enumerate(words):
            if word in words[:index]:
                yield document.mistake(
                    ("guide", "keywords", language, index),
                    f"the keyword “{word}” stands twice.",
                    "Remove one of them.",
                )


def values_in_order(document: Document, record: Record) -> Iterator[Mistake]:
    """Values of a figure are listed oldest first, each from a later day than the one before."""
    for index, fact in enumerate(record.facts):
        for name, series in fact.figures.items():
            days = [one.since.isoformat() if one.since else "" for one in series]
            if days != sorted(set(days)):
                yield document.mistake(
                    ("facts", index, "figures", name),
                    f'the values of "{fact.id}.{name}" are not in order of time.',
                    "List the oldest first, each with a later “from”; only the first may lack it.",
                )
            if not series:
                yield document.mistake(
                    ("facts", index, "figures", name),
                    f'the figure "{fact.id}.{name}" has no value.',
                    'Add {value: "…", unit: …, from: …}.',
                )


def unclear_is_explained(document: Document, record: Record) -> Iterator[Mistake]:
    """Whoever reads that something is unclear is told what."""
    explained = {fact_id for question in record.guide.unclear for fact_id in question.facts}
    for index, fact in enumerate(record.facts):
        if fact.unclear and not fact.unclear_note and fact.id not in explained:
            yield document.mistake(
                ("facts", index, "unclear"),
                f'"{fact.id}" is marked {fact.unclear} and nothing says what is unclear.',
                "Add unclear_note, or name the fact under guide: unclear:.",
            )
        if fact.unclear_note and not fact.unclear:
            yield document.mistake(
                ("facts", index, "unclear_note"),
                f'"{fact.id}" has an unclear_note and is not marked unclear.',
                "Add unclear: with its kind, such as cut_off or ambiguous.",
            )
        if fact.dated and len(fact.dated) == 5 and fact.year:
            yield document.mistake(
                ("facts", index, "dated"),
                f'"{fact.id}" has year: inferred and its date {fact.dated} has no year.',
                "Write the inferred year into the date, or remove year: inferred.",
            )


CHECKS = (
    unique_ids,
    sections_cover_facts,
    questions_cite_facts,
    placeholders_exist,
    no_typed_figures,
    no_markup,
    keywords_fit,
    values_in_order,
    unclear_is_explained,
)
