"""Which characters of a source line did not make it into its cleaned text, for the reports."""

import re
from difflib import SequenceMatcher

__all__ = ["strike", "visible"]

_LIMIT = 1200
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff]"
)


def visible(text: str) -> str:
    """Show what a terminal or a browser would obey or hide as a plain mark.

    >>> visible("a\\x1b[2Jb")
    'a␦[2Jb'
    """
    return _CONTROL.sub("\u2426", text)


def strike(source: str, text: str) -> list[tuple[str, bool]]:
    """Split a source line into (piece, removed) pairs.

    Characters the script conversion exchanged one for one count as kept. Lines over a thousand
    characters are not compared, because comparing is not linear: they come back whole.

    >>> strike("運(yùn)營", "运营")
    [('運', False), ('(yùn)', True), ('營', False)]
    """
    if len(source) > _LIMIT or not text:
        return [(source, False)]
    from .script import simplify

    plain = simplify(source)
    if len(plain) != len(source):
        plain = source
    pieces: list[tuple[str, bool]] = []
    for kind, start, stop, low, high in SequenceMatcher(None, plain, text, False).get_opcodes():
        if start == stop:
            continue
        removed = kind == "delete" or kind == "replace" and high - low < stop - start
        if pieces and pieces[-1][1] == removed:
            pieces[-1] = (pieces[-1][0] + source[start:stop], removed)
        else:
            pieces.append((source[start:stop], removed))
    return pieces
