"""Mark words of another language in a page, so that a screen reader speaks them as they are written."""

import re
from collections.abc import Mapping
from functools import cache

__all__ = ["mark_languages"]

_TAG = re.compile(r"(<[^>]*>)")
# Inside these, text is no text or may not hold an element.
_CLOSED = re.compile(r"<(/?)(script|style|option|title|textarea|svg)\b", re.IGNORECASE)


def mark_languages(html: str, letters: Mapping[str, str]) -> str:
    """Wrap runs of letters in `<span lang="…">`; `letters` maps a tag to a character class.

    A run goes on over spaces and common punctuation between such letters. Only text between tags
    is touched, and nothing inside scripts, styles and options.

    >>> mark_languages('Open <b>卖家中心</b> now', {"zh": "㐀-鿿"})
    'Open <b><span lang="zh">卖家中心</span></b> now'
    """
    if not letters:
        return html
    parts = _TAG.split(html)
    inside = 0
    for place, part in enumerate(parts):
        if place % 2:
            closed = _CLOSED.match(part)
            if closed and not part.endswith("/>"):
                inside += -1 if closed[1] else 1
        elif not inside:
            for tag, group in letters.items():
                part = _runs(group).sub(rf'<span lang="{tag}">\g<0></span>', part)
            parts[place] = part
    return "".join(parts)


@cache
def _runs(group: str) -> re.Pattern[str]:
    return re.compile(rf"[{group}](?:[{group}\s·、，。：；！？“”《》（）>]*[{group}])?")
