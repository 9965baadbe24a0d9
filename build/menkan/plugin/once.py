"""Templates compiled once, and the entries of the navigation that look alike on many pages.

Every page shows the whole navigation, so rendering it anew each time costs pages times entries.
Entries that the reader is not in differ between pages only by where their links start from: they
are rendered once for each folder of pages.
"""

import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, normpath
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

__all__ = ["Entries", "spare"]

_BLANK = re.compile(r"\s*\n\s*")


class Entries:
    """The entries of one build's navigation, as HTML."""

    def __init__(self, nav: Navigation) -> None:
        self._items = nav.items
        self._kept: dict[tuple[str, tuple[int, ...]], list[str]] = {}
        # Seen from above a page, the link to it starts differently than seen from beside.
        self._above = {folder for page in nav.pages for folder in _above(page.url)}

    def __call__(self, render: Callable[[object, str, int], str], page: Page | None) -> str:
        """Return the list of entries on a page (None for a template), in fewer blanks.

        `render` is the theme's macro for one entry: its item, its id in the page and its level.
        """
        active = tuple(n for n, item in enumerate(self._items) if item.active)
        base = normpath(page.url.rpartition("/")[0]) if page else ""
        key = base if base in self._above or not page else f"beside {dirname(base)}/", active
        if page is None or key not in self._kept:
            found = [
                "" if n in active else _BLANK.sub("\n", render(item, _id(n), 1))
                for n, item in enumerate(self._items)
            ]
            # Joined between the active ones, so that a page is put together from few pieces.
            cuts = [0, *(n + 1 for n in active), len(found)]
            self._kept[key] = ["".join(found[a:b]) for a, b in pairwise(cuts)]
        kept = self._kept[key]
        html = kept[0]
        for n, rest in zip(active, kept[1:], strict=True):
            html += render(self._items[n], _id(n), 1) + rest
        return html


def _id(number: int) -> str:
    return f"__nav_{number + 1}"


def _above(url: str) -> list[str]:
    """The folders above an address: `a` and `.` for `a/b/`."""
    found = []
    folder = normpath(url)
    while folder != ".":
        folder = dirname(folder) or "."
        found.append(folder)
    return found


class _Compiled(BytecodeCache):
    """Compiled templates by name and source, shared by all builds of the process."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class _Shown(FileSystemLoader):
    """Loads every template, and lists all but those in hidden folders.

    MkDocs lists a theme's files to publish them and leaves the hidden ones out, one by one: the
    theme has over ten thousand icons there.
    """

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, inner, files in os.walk(top, followlinks=self.followlinks):
                inner[:] = [name for name in inner if not name.startswith(".")]
                base = Path(folder).relative_to(top)
                found.update((base / name).as_posix() for name in files)
        return sorted(found)


def spare(theme: Theme) -> Theme:
    """Let a build take over what earlier ones have compiled, and not go through the icons."""
    plain = theme.get_env

    def get_env() -> Environment:
        env = plain()
        env.loader = _Shown(theme.dirs)
        env.bytecode_cache = _COMPILED
        return env

    theme.get_env = get_env  # type: ignore[method-assign]
    return theme
