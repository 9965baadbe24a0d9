"""Turn figures and texts of a record into sentences of one language.

The engine's own sentences come from `messages/<language>.yml`; a site adds a language, or changes
a sentence, with a file of the same name in its `docs/messages/`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from menkan.facts import PLACEHOLDER, Record
from menkan.site import Site

__all__ = ["Wording", "markdown", "plain", "wording"]

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_MARK = "[，。；：、？！（）《》]"
_DATE = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
_DECIMAL = re.compile(r"(-?)(\d+)(\.?)(\d*)")


def _messages(language: str, folder: Path | None) -> dict[str, Any]:
    """The engine's messages, with those of the site laid over them, as they are now."""
    more = folder / f"{language}.yml" if folder else None
    state = more.stat() if more and more.is_file() else None
    return _read(
        language, more if state else None, (state.st_mtime_ns, state.st_size) if state else ()
    )


@cache
def _read(language: str, more: Path | None, state: tuple[int, ...]) -> dict[str, Any]:
    """Read what `_messages` gives; `state` tells a file that was changed while a site is served."""
    own = files("menkan.guides") / "messages" / f"{language}.yml"
    found: dict[str, Any] = {}
    if own.is_file():
        found = yaml.safe_load(own.read_text(encoding="utf-8"))
    if more:
        found = laid_over(found, yaml.safe_load(more.read_text(encoding="utf-8")) or {})
    if not found:
        raise LookupError(
            f'There are no messages for the language "{language}".\n'
            f"  Add docs/messages/{language}.yml with the keys of the engine's own message files."
        )
    return found


def laid_over(under: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Messages with a site's own in place of the engine's, key by key."""
    return under | {
        key: laid_over(under[key], value)
        if isinstance(value, dict) and isinstance(under.get(key), dict)
        else value
        for key, value in over.items()
    }


class Wording:
    """The words of one language: messages, numbers, dates, units and texts with figures in them."""

    def __init__(self, language: str, folder: Path | None = None):
        self.language = language
        self._messages = _messages(language, folder)

    def __getitem__(self, key: str) -> Any:
        """Return a message by its dotted key: `headings.source`; a part of them, as it stands."""
        found: Any = self._messages
        for part in key.split("."):
            found = found[part]
        return found

    def messages(self) -> dict[str, Any]:
        """All messages, as nested mappings."""
        return self._messages

    def say(self, key: str, **parts: object) -> str:
        """Return a message with its parts filled in."""
        return self.tidy(self[key].format(**parts))

    def count(self, key: str, n: int, **parts: object) -> str:
        """Return the message of `key` for the number `n`: `key_one` or `key_many`."""
        return self.say(f"{key}_{'one' if n == 1 else 'many'}", **parts)

    def number(self, value: str) -> str:
        """Format a decimal as the language writes it: 100000 is 10 万 or 100,000."""
        amount = Decimal(value)
        for scale in self["numbers.scales"]:
            scaled = amount / scale["of"]
            if abs(scaled) >= 1 and scaled == scaled.quantize(Decimal("0.1")):
                return f"{scaled.normalize():f}{scale['word']}"
        parts = _DECIMAL.fullmatch(value)
        if parts is None:
            raise ValueError(f"{value!r} is not a plain decimal")
        sign, whole, point, rest = parts.groups()
        grouped = f"{int(whole):,}".replace(",", self["numbers.separator"])
        return f"{sign}{grouped}{point}{rest}"

    def date(self, value: str | date) -> str:
        """Format an ISO date or a month-day."""
        found = _DATE.fullmatch(str(value))
        if found is None:
            raise ValueError(f"{value!r} is not an ISO date or a month-day")
        year, month, day = found.groups()
        names = self["dates.months"]
        parts = {"month": names[int(month) - 1] if names else int(month), "day": int(day)}
        return (
            self.say("dates.date", year=year, **parts) if year else self.say("dates.day", **parts)
        )

    def figure(self, value: str) -> str:
        """Format any figure without its unit: a number, a date, a day or a time."""
        if ":" in value:
            return value
        return self.date(value) if _DATE.fullmatch(value) else self.number(value)

    def quantity(self, value: str, unit: str | None) -> str:
        """Format a figure with its unit."""
        if unit is None:
            return self.figure(value)
        form = self["units"][unit]["one" if value == "1" else "many"]
        return self.tidy(form.format(n=self.figure(value)))

    def text(self, words: Mapping[str, str], record: Record, fact_id: str | None = None) -> str:
        """Return a text of a record with its figures in place."""
        text = words[self.language]
        figures = record.figures() if "{" in text else {}

        def fill(match: re.Match[str]) -> str:
            name = match[1].removeprefix("=")
            name = name if "." in name else f"{fact_id}.{name}"
            value = figures[name][-1][1]
            if not match[1].startswith("="):
                return self.figure(value)
            fact, _, figure = name.partition(".")
            return self.quantity(value, record.fact(fact).figures[figure][-1].unit)

        return self.tidy(PLACEHOLDER.sub(fill, text))

    def tidy(self, text: str) -> str:
        """Set spaces as the language does.

        With `spacing: wide` that is one space between a Chinese character and a Latin letter or
        digit, none around full-width marks, none inside Chinese.
        """
        text = re.sub(r"\s+", " ", text).strip()
        if self["language.spacing"] != "wide":
            return text
        text = re.sub(rf" ?({_MARK}) ?", r"\1", text)
        text = re.sub(rf"(?<={_HAN}) (?={_HAN})", "", text)
        text = re.sub(rf"({_HAN})([A-Za-z0-9])", r"\1 \2", text)
        return re.sub(rf"([A-Za-z0-9%])({_HAN})", r"\1 \2", text)

    def verdict(self, verdict: str, record: Record, slug: str) -> str:
        """Return what a verdict of that checker is called."""
        own = getattr(record.checkers[slug].verdicts, verdict, None)
        return self.text(own, record) if own else str(self[f"verdicts.{verdict}"])

    def listed(self, items: Sequence[object]) -> str:
        """Join items as the language joins a list."""
        return str(self["language.join"]).join(str(item) for item in items)

    def bracketed(self, text: str) -> str:
        """Put a remark in the brackets of the language."""
        return f"{self['language.open']}{text}{self['language.close']}"


def wording(site: Site, language: str) -> Wording:
    """Return the words of a language for this site, its own `docs/messages/` included."""
    folder = site.root / "docs" / "messages"
    return Wording(language, folder if folder.is_dir() else None)


def plain(text: str) -> str:
    """Take the marks of menus and buttons out of a text."""
    return text.replace("**", "")


def markdown(text: str) -> str:
    """Escape a text so that Markdown shows it as typed; only **pairs** keep their meaning.

    >>> markdown("a_b <i> **Menu > Item** [x] *")
    'a\\\\_b &lt;i&gt; **Menu > Item** \\\\[x\\\\] \\\\*'
    """
    parts = text.split("**")
    if len(parts) % 2 == 0:  # an unpaired mark is shown as two stars
        parts[-2:] = [f"{parts[-2]}\\*\\*{parts[-1]}"]
    return "**".join(_escaped(part) for part in parts)


def _escaped(text: str) -> str:
    text = re.sub(r"&(?=[#\w]+;)", "&amp;", text)
    # A ">" after a space is a menu path; one that could close a tag is not.
    text = re.sub(r"(?<=\S)>", "&gt;", text.replace("<", "&lt;"))
    text = re.sub(r"^([>#+-])", lambda m: f"\\{m[1]}", text)
    text = re.sub(r"(?<!\\)([`_\[\]{}]|(?<!\\)\*)", r"\\\1", text)
    return text.replace("~", "&#126;").replace("^", "&#94;").replace("|", "&#124;")
