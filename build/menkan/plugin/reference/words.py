"""The words around what is drawn from the code, and the mark for what stays in English."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

__all__ = ["Words", "words"]

_ENGLISH = "en"


class Words:
    """The reference's own words in one language, English where they are not written in it."""

    def __init__(self, language: str, found: dict[str, Any]) -> None:
        self.language = language
        self._found = found

    def __getitem__(self, key: str) -> str:
        """The word of a dotted key."""
        found: Any = self._found
        for part in key.split("."):
            found = found[part]
        return str(found)

    def english(self, markdown: str) -> str:
        """Mark a block as English on a page of another language, for screen readers."""
        if self.language == _ENGLISH:
            return markdown
        return f'<div lang="{_ENGLISH}" markdown="1">\n\n{markdown}\n\n</div>'

    def english_words(self, text: str) -> str:
        """Mark words within a line, such as a table's cell."""
        if self.language == _ENGLISH or not text:
            return text
        return f'<span lang="{_ENGLISH}">{text}</span>'


def words(language: str) -> Words:
    """The reference's words for a page of that language."""
    return Words(language, _all().get(language) or _all()[_ENGLISH])


@cache
def _all() -> dict[str, dict[str, Any]]:
    text = (files(__package__) / "words.yml").read_text(encoding="utf-8")
    found: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return found
