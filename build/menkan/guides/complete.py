"""Whether a language has all the words the engine speaks with: its own, or a site's."""

from collections.abc import Callable
from typing import Any

from menkan.facts import Mistake
from menkan.site import Site

from .form import web_messages
from .wording import wording

__all__ = ["missing_messages"]

_LANGUAGE = "en"  # the one whose keys the others are measured by


def missing_messages(site: Site) -> list[Mistake]:
    """Every message that a language of the site lacks, measured by the engine's English ones."""
    found = []
    for language in site.languages:
        kinds: tuple[tuple[str, Callable[[str], dict[str, Any]]], ...] = (
            ("yml", lambda code: wording(site, code).messages()),
            ("json", lambda code: web_messages(code, site.root / "docs" / "messages")),
        )
        for suffix, load in kinds:
            file = f"docs/messages/{language}.{suffix}"
            try:
                lacking = sorted(_keys(load(_LANGUAGE)) - _keys(load(language)))
            except LookupError:
                found.append(
                    Mistake(
                        file,
                        1,
                        f'the engine has no words in "{language}", and there is no such file.',
                        f"`menkan init DIR --languages {language}` writes one to translate: copy it.",
                    )
                )
                continue
            if lacking:
                shown = ", ".join(lacking[:6]) + (" …" if len(lacking) > 6 else "")
                found.append(
                    Mistake(
                        file,
                        1,
                        f"{len(lacking)} of the engine's messages are missing: {shown}.",
                        "Add them; the keys are those of the engine's English file.",
                    )
                )
    return found


def _keys(messages: dict[str, Any], before: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in messages.items():
        name = f"{before}{key}"
        found |= _keys(value, f"{name}.") if isinstance(value, dict) and value else {name}
    return found
