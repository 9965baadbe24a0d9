"""Characters that say nothing: controls, halves of surrogates, invisible marks, outer space."""

import re

from .model import Page

__all__ = ["tidy"]

# Controls but the tab; unpaired surrogates; zero-width and direction marks; the soft hyphen;
# non-characters. U+200D stays: it holds emoji and some scripts together.
_MUTE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SPACE = " \t\xa0\u3000\u2002\u2003\u2009"


def tidy(page: Page) -> Page:
    """Drop what cannot be seen and trim each block; spaces inside it stay as they are.

    Costs: an emoji sequence may lose a direction mark.
    """
    whole = "\x1e".join(page.text)
    if _MUTE.search(whole.replace("\x1e", "")):
        return page.with_text([_MUTE.sub("", text).strip(_SPACE).strip() for text in page.text])
    return page.with_text([text.strip(_SPACE).strip() for text in page.text])
