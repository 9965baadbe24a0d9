"""Files of any size: one page after the other, in bounded memory."""

import codecs
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .cleaner import clean_text, split_lines
from .decode import NotText, decode, detect
from .markup import is_html
from .model import Decision

__all__ = ["PAGE_LIMIT", "clean_file", "source_lines"]

# A text over this many bytes is no page but a file of pages.
PAGE_LIMIT = 1 << 20
# HTML is cut only when it could not be held otherwise: a cut might fall inside a script.
_HTML_LIMIT = 1 << 28
_CHUNK = 1 << 18


def clean_file(path: str | os.PathLike[str]) -> Iterator[Decision]:
    """Clean a file page by page; line numbers run through the whole file.

    A file up to `PAGE_LIMIT` bytes is one page. A larger text is a file of pages: they end at form
    feeds if it has any, and otherwise, as one page cannot be that long, at the first empty line
    (or line end) behind the limit. So memory holds one page, or one line if that is longer.
    Raises `OSError` for what cannot be read and `NotText` for what is no text.
    """
    line = 1
    for page in _texts(path):
        yield from clean_text(page, line)
        line += len(split_lines(page))


def source_lines(path: str | os.PathLike[str]) -> Iterator[str]:
    """Give the lines of a file as `clean_file` reads them, one for each of its decisions."""
    for page in _texts(path):
        yield from split_lines(page)


def _texts(path: str | os.PathLike[str]) -> Iterator[str]:
    """Give the decoded pages of a file, one after the other."""
    with Path(path).open("rb") as file:
        head = file.read(PAGE_LIMIT + 1)
        if len(head) <= PAGE_LIMIT:
            yield decode(head)[0]
            return
        decoder = codecs.getincrementaldecoder(detect(head, whole=False))("replace")
        text = decoder.decode(head)
        if text.count("\ufffd") * 20 > len(text):
            raise NotText("reads as noise in every encoding tried")
        limit = _HTML_LIMIT if is_html(text) else PAGE_LIMIT
        yield from _pages(file, decoder, text, limit, "\f" in text)


def _pages(
    file: BinaryIO, decoder: codecs.IncrementalDecoder, text: str, limit: int, feeds: bool
) -> Iterator[str]:
    """Cut decoded text into pages as it is read; every page but the last ends in a line end."""
    pieces, size = [text], len(text)
    while True:
        chunk = file.read(_CHUNK)
        piece = decoder.decode(chunk, final=not chunk)
        pieces.append(piece)
        size += len(piece)
        if chunk and (size < limit or "\n" not in piece):
            continue
        text = "".join(pieces)
        if not chunk:
            yield from _cut(text, limit, feeds, last=True)
            return
        *whole, text = _cut(text, limit, feeds, last=False)
        yield from whole
        pieces, size = [text], len(text)


def _cut(text: str, limit: int, feeds: bool, *, last: bool) -> list[str]:
    pages, here = [], 0
    while True:
        at = -1
        if feeds:
            feed = text.find("\f", here + 1)
            at = text.rfind("\n", here, feed) + 1 if feed >= 0 else -1
            if feed >= 0 and at <= here:
                at = text.find("\n", feed) + 1 or -1
        if at < 0 or at - here > limit:
            if len(text) - here <= limit:
                break
            at = text.find("\n\n", here + limit, here + limit + 4096) + 2
            if at < 2:
                at = text.find("\n", here + limit) + 1
            if at < 1:
                break
        pages.append(text[here:at])
        here = at
    rest = text[here:]
    return [*pages, rest] if rest or not last else pages
