"""Gambling brands that a hacked or spun page carries in the middle of its sentences."""

import re

from . import words
from .model import Page

__all__ = ["cut_brands"]

_NAMES = "|".join(sorted(map(re.escape, words.BRANDS), key=len, reverse=True))
_ENDS = "|".join(map(re.escape, words.BRAND_ENDS))
_TAILS = "|".join(sorted(map(re.escape, words.BRAND_TAILS), key=len, reverse=True))
_ALONE = "|".join(sorted(map(re.escape, words.BRANDS_ALONE), key=len, reverse=True))
# A name with its ending, and up to three things such as "app" or "official site" after it.
_BRAND = re.compile(
    rf"[\[(【]?(?:(?:{_NAMES})[-·\s]?(?:{_ENDS})|{_ALONE})(?:[-·\s]?(?:{_TAILS})){{0,3}}[\])】]?",
    re.IGNORECASE,
)


def cut_brands(page: Page) -> Page:
    """Cut a gambling brand out of a sentence that is about something else, and flag the place.

    A line that is little else than brands is left for the spam pass, and so is a sentence that
    forbids them. Costs: a shop that bears such a name with such an ending loses it, flagged.
    """
    whole = "\n".join(page.text).lower()
    if not any(word in whole for word in (*words.BRAND_ENDS[:5], *words.BRANDS_ALONE)):
        return page
    text = list(page.text)
    doubtful = {}
    for index, line in enumerate(text):
        found = _BRAND.search(line)
        if not found or any(word in line for word in words.FORBIDS):
            continue
        rest = _BRAND.sub("", line)
        if (
            len(rest) >= 12
            and len(rest) * 2 >= len(line)
            and not any(w in rest for w in words.SPAM)
        ):
            text[index] = rest
            doubtful[index] = "uncertain"
    return page.with_text(text, "repaired").flagged(doubtful)
