"""Mark-up to blocks of text, in one forward scan: what a browser shows, and on which line it began.

No tree is built and no expression backtracks: the scanner jumps from `<` to `>`. It understands
HTML well enough to drop what is not shown (scripts, styles, templates), to start a new block where
a browser starts a line, and to say of a block that it stood in a menu or was nothing but links.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Callable

from .tidy import without_mute

__all__ = ["blocks_of", "is_html"]


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_INLINE = _tags(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr q"
    " rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
_BLOCK = _tags(
    "address article aside blockquote body br button canvas caption center col colgroup dd details"
    " dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6"
    " head header hgroup hr html img input legend li link main menu meta nav ol optgroup option p"
    " picture pre progress section source summary table tbody td tfoot th thead title tr track ul"
    " base area map param embed output center marquee"
)
# What stands between these two tags is never shown as text.
_HIDDEN = _tags(
    "script style noscript template svg math iframe object audio video applet select textarea"
    " datalist noframes xmp"
)
_KNOWN = _INLINE | _BLOCK | _HIDDEN
_ZONE = {"nav": "nav", "footer": "footer", "aside": "aside", "menu": "nav"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "title", "caption", "legend"))
_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})(?=[\s/>]|$)")
_LOOSE = re.compile(r"</?[A-Za-z]|<!")
_AMP = re.compile(r"&(?:amp;)+", re.IGNORECASE)
# Tags and references may be wrapped in one another to get through; after this many layers the
# signs themselves go, so that no nesting costs more than a constant number of scans.
_ROUNDS = 8
_STRUCTURE = ("<html", "<!doctype html", "<body", "<head>")


def is_html(text: str) -> bool:
    """Tell a page that is mark-up from a text with stray tags in it."""
    head = text[:4096].lower()
    if any(sign in head for sign in _STRUCTURE):
        return True
    sample = text[:100_000].lower()
    return sum(
        sample.count(sign) for sign in ("</div>", "</p>", "</li>", "</td>", "<br")
    ) >= 3 and (text.lstrip("\ufeff \t\r\n")[:1] == "<")


def blocks_of(lines: list[str]) -> list[tuple[int, str, str, str]]:
    """Split lines into (line, source, text, hint) blocks; at least one block for every line.

    A text gives one block a line, its tags taken out. A page of HTML gives a block wherever a
    browser would start a line; one that runs over several input lines counts for the first.
    A tag the page never closes is taken out alone, its content is kept.
    """
    text = without_mute("\n".join(lines))
    seen = text.split("\n") if lines else []
    if "<" not in text or not _LOOSE.search(text):
        if "&" in text:
            seen = [unescape(line) for line in seen]
        return [
            (n, line, plain, "") for n, (line, plain) in enumerate(zip(lines, seen, strict=True), 1)
        ]
    shown = _Blocks(text, seen, flows=is_html(text))
    _scan(text, shown)
    return [(n, lines[n - 1], text, hint) for n, _, text, hint in shown.finish()]


def unescape(text: str) -> str:
    """Resolve character references, also doubly escaped ones, and take out tags that appear so.

    >>> unescape("A&amp;amp;B &nbsp;&lt;b&gt;x&lt;/b&gt;")
    'A&B \\xa0x'
    """
    for _ in range(_ROUNDS):
        if "&" not in text:
            return text
        plain = strip_tags(without_mute(html.unescape(_AMP.sub("&", text))))
        if plain == text:
            return text
        text = plain
    return text.replace("&", "")


def strip_tags(text: str) -> str:
    """Take known tags out of one line, and hidden elements with what they hold."""
    for _ in range(_ROUNDS):
        if "<" not in text or not _LOOSE.search(text):
            return text
        shown = _Blocks(text, [text], flows=False)
        _scan(text, shown)
        plain = "".join(shown.parts)
        if plain == text:
            return text
        text = plain
    return text.replace("<", "")


class _Blocks:
    """Collects shown text and cuts it into blocks."""

    def __init__(self, text: str, lines: list[str], *, flows: bool) -> None:
        self.lines, self.flows = lines, flows
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.parts: list[str] = []  # of the block under way
        self.at: int | None = None  # where its first visible character stood
        self.linked = self.plain = 0
        self.depth: dict[str, int] = {}
        self.heading = self.link = self.pre = 0
        self.done: list[tuple[int, str, str]] = []

    def write(self, piece: str, at: int) -> None:
        if not self.flows or self.pre:
            for number, part in enumerate(piece.split("\n")):
                if number:
                    self.cut()
                self._add(part, at)
                at += len(part) + 1
            return
        self._add(piece.replace("\n", " "), at)

    def _add(self, piece: str, at: int) -> None:
        body = piece.strip()
        if body:
            if self.at is None:
                self.at = at + piece.index(body[0])
            if self.link:
                self.linked += len(body)
            else:
                self.plain += len(body)
        elif self.at is None and self.flows:
            return
        self.parts.append(piece)

    def cut(self) -> None:
        if self.at is not None:
            text = "".join(self.parts)
            text = unescape(
                strip_tags(" ".join(text.split()) if self.flows and not self.pre else text)
            )
            self.done.append((bisect_right(self.starts, self.at), text, self._hint()))
        self.parts, self.at, self.linked, self.plain = [], None, 0, 0

    def _hint(self) -> str:
        for tag, zone in _ZONE.items():
            if self.depth.get(tag):
                return zone
        if self.heading:
            return "heading"
        return "link" if self.linked and not self.plain else ""

    def tag(self, name: str, closes: bool) -> None:
        step = -1 if closes else 1
        if name == "a":
            self.link = max(0, self.link + step) if closes else 1
        if not self.flows:
            return
        if name in _BLOCK:
            if name in ("td", "th"):
                # Cells of a row stay on one line, apart from each other.
                if not closes and self.at is not None:
                    self.parts.append(" | ")
            else:
                self.cut()
        if name in _ZONE:
            self.depth[name] = max(0, self.depth.get(name, 0) + step)
        if name in _HEADINGS:
            self.heading = max(0, self.heading + step)
        if name == "pre":
            self.pre = max(0, self.pre + step)

    def finish(self) -> list[tuple[int, str, str, str]]:
        self.cut()
        found: list[tuple[int, str, str, str]] = []
        last = 0
        for line, text, hint in self.done:
            line = min(line, len(self.lines))
            found += [(n, self.lines[n - 1], "", "") for n in range(last + 1, line)]
            found.append((line, self.lines[line - 1], text, hint))
            last = max(last, line)
        found += [(n, self.lines[n - 1], "", "") for n in range(last + 1, len(self.lines) + 1)]
        return found


def _scan(text: str, shown: _Blocks) -> None:
    """Walk once over the text; a closer that was not found is never looked for again."""
    here, size = 0, len(text)
    lower = None
    missing: set[str] = set()

    def find(closer: str, start: int) -> int:
        if closer in missing:
            return -1
        at = (lower or text if closer.startswith("</") else text).find(closer, start)
        if at < 0:
            missing.add(closer)
        return at

    while here < size:
        at = text.find("<", here)
        if at < 0:
            break
        if text.startswith("<!", at):
            comment = text.startswith("<!--", at)
            end = find("-->", at + 4) if comment else find(">", at)
            shown.write(text[here:at], here)
            if end >= 0:
                here = end + (3 if comment else 1)
                if not shown.flows:
                    for _ in range(text.count("\n", at, here)):
                        shown.cut()
            else:
                here = at + (4 if comment else 2)
            continue
        found = _NAME.match(text, at)
        name = found[2].lower() if found else ""
        if found is None or name not in _KNOWN:
            stop = at + 1
            shown.write(text[here:stop], here)
            here = stop
            continue
        shown.write(text[here:at], here)
        end = _tag_end(text, found.end(), find)
        after = end if end >= 0 else found.end()
        if name in _HIDDEN and not found[1]:
            if lower is None:
                lower = text.lower() if len(text.lower()) == size else text
            close = find(f"</{name}", after)
            if close >= 0:
                stop = find(">", close)
                after = stop + 1 if stop >= 0 else size
        else:
            shown.tag(name, bool(found[1]))
        if not shown.flows:
            for _ in range(text.count("\n", at, after)):
                shown.cut()
        here = after
    shown.write(text[here:], here)


def _tag_end(text: str, start: int, find: Callable[[str, int], int]) -> int:
    """The end of a tag, past a `>` inside quotes when the quotes close within reason."""
    close = find(">", start)
    if close < 0:
        return -1
    for quote in ('="', "='"):
        opened = text.find(quote, start, close)
        if opened >= 0:
            shut = text.find(quote[1], opened + 2, opened + 4096)
            if shut > close:
                further = text.find(">", shut, shut + 4096)
                if further >= 0:
                    return further + 1
    return close + 1
