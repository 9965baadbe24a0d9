"""Characters that say nothing: controls, halves of surrogates, invisible marks, outer space."""

import re

from .model import Page

__all__ = ["tidy", "without_mute"]

# Controls; unpaired surrogates; zero-width and direction marks; the soft hyphen; non-characters.
# U+200D stays: it holds emoji and some scripts together.
_MUTE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
# Controls that part words: vertical tab, form feed, separators, next line.
_BREAK = re.compile("[\x0a-\x0d\x1c-\x1f\x85\u2028\u2029]")
_SPACE = " \t\xa0\u3000\u2002\u2003\u2009"


def without_mute(text: str) -> str:
    """Drop the characters that cannot be seen and part nothing: `<bo\\x1bdy>` is a tag."""
    return _MUTE.sub("", text)


def tidy(page: Page) -> Page:
    """Drop what cannot be seen and trim each block; spaces inside it stay as they are.

    Costs: an emoji sequence may lose a direction mark.
    """
    whole = "\x1e".join(page.text)
    if _MUTE.search(whole) or _BREAK.search(whole.replace("\x1e", "")):
        return page.with_text(
            [_BREAK.sub(" ", without_mute(text)).strip(_SPACE).strip() for text in page.text]
        )
    return page.with_text([text.strip(_SPACE).strip() for text in page.text])
