"""Load the records of a folder, and tell every mistake of every file at once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .checks import CHECKS
from .model import Marketplace, Record, Term
from .reading import Document, Mistake, read_yaml

__all__ = ["RecordErrors", "load_marketplaces", "load_records", "load_terms", "parse_record"]


class RecordErrors(Exception):
    """All mistakes found in the records: `mistakes`, and `messages` of two lines each."""

    def __init__(self, mistakes: Sequence[Mistake]):
        self.mistakes = tuple(mistakes)
        self.messages = tuple(str(mistake) for mistake in mistakes)
        super().__init__("\n".join(self.messages))


def load_marketplaces(file: Path) -> dict[str, Marketplace]:
    """Read `marketplaces.yml`: key to marketplace, in the order of the file."""
    document, mistakes = read_yaml(*_read(Path(file)))
    found: dict[str, Marketplace] | None = None
    if document:
        found, more = _validate(
            TypeAdapter(dict[str, Marketplace]), document, _languages_of(document.data)
        )
        mistakes += more
    if mistakes:
        raise RecordErrors(mistakes)
    return found or {}


def load_terms(file: Path, languages: Sequence[str]) -> dict[str, Term]:
    """Read the glossary `terms.yml`: term id to its words, in the order of the file."""
    document, mistakes = read_yaml(*_read(Path(file)))
    found: dict[str, Term] | None = None
    if document:
        found, more = _validate(TypeAdapter(dict[str, Term]), document, languages)
        mistakes += more
    if mistakes:
        raise RecordErrors(mistakes)
    return found or {}


def load_records(folder: Path, languages: Sequence[str] | None = None) -> dict[str, Record]:
    """Load every `*.yml` of `folder`; return guide id to record, in order of the ids.

    Without `languages`, they are those in which the first of `../marketplaces.yml` is named.
    Raises RecordErrors with every mistake of every file.
    """
    folder = Path(folder)
    marketplaces = load_marketplaces(folder.parent / "marketplaces.yml")
    if languages is None:
        languages = next((tuple(place.name) for place in marketplaces.values()), ())
    records: dict[str, Record] = {}
    mistakes: list[Mistake] = []
    for file in sorted(folder.glob("*.yml")):
        try:
            record, found = _parsed(*_read(file), tuple(languages), tuple(marketplaces))
        except RecordErrors as unreadable:
            mistakes += unreadable.mistakes
            continue
        mistakes += found
        if record:
            records[file.stem] = record
    if mistakes:
        raise RecordErrors(mistakes)
    return records


@lru_cache(maxsize=4096)
def _parsed(
    text: str, file: str, languages: tuple[str, ...], marketplaces: tuple[str, ...]
) -> tuple[Record | None, list[Mistake]]:
    """`parse_record`, remembered: while a site is served most records stay as they were."""
    return parse_record(text, file, languages, dict.fromkeys(marketplaces))


def parse_record(
    text: str,
    file: str,
    languages: Sequence[str],
    marketplaces: Mapping[str, object] | None = None,
) -> tuple[Record | None, list[Mistake]]:
    """Read one record from its text; return it (None where its shape is wrong) and its mistakes."""
    document, mistakes = read_yaml(text, file)
    if document is None:
        return None, mistakes
    record, more = _validate(TypeAdapter(Record), document, languages)
    mistakes += more
    if record:
        record._document = document
        for check in CHECKS:
            mistakes += check(document, record)
        if marketplaces is not None and record.guide.marketplace not in marketplaces:
            mistakes.append(
                document.mistake(
                    ("guide", "marketplace"),
                    f'"{record.guide.marketplace}" is not a known marketplace.',
                    f"marketplaces.yml has {', '.join(marketplaces)}. Correct it or add one there.",
                )
            )
    mistakes.sort(key=lambda mistake: mistake.line)
    return record, mistakes


def _read(file: Path) -> tuple[str, str]:
    """Return a file's text and the name to show for it."""
    shown = file.resolve()
    here = Path.cwd()
    shown = shown.relative_to(here) if shown.is_relative_to(here) else file
    try:
        return file.read_text(encoding="utf-8"), shown.as_posix()
    except FileNotFoundError:
        raise RecordErrors(
            [Mistake(shown.as_posix(), 1, "there is no such file.", "Create it or move it here.")]
        ) from None
    except UnicodeDecodeError as error:
        line = file.read_bytes()[: error.start].count(b"\n") + 1
        todo = "Save the file as UTF-8."
        raise RecordErrors(
            [Mistake(shown.as_posix(), line, "the text is not UTF-8.", todo)]
        ) from None


def _languages_of(data: object) -> tuple[str, ...]:
    """The languages the first marketplace is named in."""
    if isinstance(data, dict):
        for place in data.values():
            if isinstance(place, dict) and isinstance(place.get("name"), dict):
                return tuple(place["name"])
    return ()


_Model = TypeVar("_Model")


def _validate(
    adapter: TypeAdapter[_Model], document: Document, languages: Sequence[str]
) -> tuple[_Model | None, list[Mistake]]:
    try:
        return adapter.validate_python(document.data, context={"languages": tuple(languages)}), []
    except ValidationError as error:
        return None, [_mistake(document, item) for item in error.errors(include_url=False)]


# What a key is expected to hold, for the second line of a message.
_HOLDS = {
    "figures": 'Figures look like: rating: {value: "250", unit: points, from: 2022-11-17}.',
    "text": "A text has one line per language under it.",
    "evidence": 'Evidence looks like: {lines: [16], figures: ["250"]}.',
    "lines": "Lines are whole numbers in square brackets: [16, 18].",
    "kind": "",
    "unclear": "",
    "sha256": "The fingerprint is 64 characters 0-9 and a-f; sha256sum prints it.",
    "published": "Write the day, such as 2022-11-17, or null where the copy bears none.",
    "publisher": "Write its name in every language, or null where the copy names none.",
    "sections": "A section looks like: {id: conditions, kind: requirements, facts: [rating-floor]}.",
}
_TYPES = {
    "dict_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "list_type": "a list",
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
}


def _mistake(document: Document, item: ErrorDetails) -> Mistake:
    """Turn one of pydantic's errors into where, what was seen and what to do."""
    kind, path = item["type"], tuple(part for part in item["loc"] if part != "[key]")
    if path[2:3] == ("figures",) and path[:5] not in document.lines:
        path = path[:4] + path[5:]  # a single value is a list to pydantic, not in the file
    where, key = _where(document, path), str(path[-1]) if path else "the file"
    context = item.get("ctx", {})
    hint = _HOLDS.get(key) or next(
        (_HOLDS[str(p)] for p in reversed(path) if _HOLDS.get(str(p))), ""
    )
    if kind == "content":
        return document.mistake(path, f"{where}{context['seen']}", context["todo"])
    if kind == "missing":
        return document.mistake(
            path[:-1], f'{where}there is no "{key}".', f'Add a line "{key}: …". {hint}'.rstrip()
        )
    if kind == "extra_forbidden":
        return document.mistake(
            path,
            f'{where}the key "{key}" is unknown.',
            "Check its spelling and its indent; if it is not needed, remove it.",
        )
    if kind == "literal_error":
        return document.mistake(
            path, f"{where}“{item['input']}” is not allowed here.", f"Use {context['expected']}."
        )
    if kind == "too_short":
        return document.mistake(path, f'{where}"{key}" is empty.', hint or "Add at least one item.")
    seen = item["input"]
    shown = "nothing" if seen is None else f"“{str(seen)[:40]}”"
    wanted = _TYPES.get(kind, item["msg"][0].lower() + item["msg"][1:])
    if kind not in _TYPES:
        return document.mistake(
            path, f'{where}"{key}" holds {shown}: {wanted}.', hint or "Correct it."
        )
    return document.mistake(
        path, f'{where}"{key}" holds {shown}, not {wanted}.', hint or f"Write {wanted} there."
    )


def _where(document: Document, path: tuple[str | int, ...]) -> str:
    """Name the fact, section or checker that a path leads into: `rating-floor: `."""
    data: Any = document.data
    name = ""
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and isinstance(data.get("id"), str):
            name = data["id"]
        elif isinstance(part, str) and path[0] == "checkers" and part != "checkers":
            name = name or part
    return f"{name}: " if name else ""
