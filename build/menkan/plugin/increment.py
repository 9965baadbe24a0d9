"""While serving: what a change touches, so that unchanged guides are neither rendered nor written.

Only guides are left out, and only where nothing that other pages show of them has changed (titles,
which guides have checkers, the engine, the settings). Every other page is built anew each time.
"""

import json
import logging
from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

from menkan.pack.files import digest
from menkan.site import Site

__all__ = ["Memory"]


class Memory:
    """What the last build of a serving plugin was made from, and its search entries."""

    def __init__(self) -> None:
        self._whole = ""
        self._guides: dict[str, str] = {}
        self._entries: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self._data: dict[str, dict[str, Any]] = {}

    def touched(self, site: Site, watched: list[Path]) -> set[str] | None:
        """The guides that have to be built anew, or None where everything has.

        `watched` are files and folders that any page may depend on. What is found is remembered.
        """
        shown = [
            [guide_id, record.guide.marketplace, record.guide.title, guide_id in site.checkers]
            for guide_id, record in site.records.items()
        ]
        whole = digest(
            json.dumps([shown, str(date.today()), site.languages], default=str).encode(),
            *(_state(path) for path in watched),
        )
        guides = {
            guide_id: digest(
                _read(site.root / "docs/facts" / f"{guide_id}.yml"),
                _read(site.root / "checkers" / f"{guide_id.replace('-', '_')}.py"),
            )
            for guide_id in site.records
        }
        before, self._guides = self._guides, guides
        same, self._whole = whole == self._whole, whole
        if not same:
            self._entries, self._data = {}, {}
            return None
        return {guide_id for guide_id, digest in guides.items() if before.get(guide_id) != digest}

    def forget(self) -> None:
        """Build everything next time: the last build did not come to its end."""
        self._whole = ""

    def complete(
        self, entries: list[dict[str, Any]], language: str, urls: Collection[str]
    ) -> list[dict[str, Any]]:
        """Add to a search index the remembered entries of pages that were not built.

        `urls` are the addresses of all pages of that language, in the order of the site.
        """
        fresh: dict[str, list[dict[str, Any]]] = {}
        for entry in entries:
            fresh.setdefault(_address(entry["location"].partition("#")[0]), []).append(entry)
        known = self._entries.get(language, {})
        pages = {_address(url): known.get(_address(url), []) for url in urls} | fresh
        self._entries[language] = pages
        return [entry for page in pages.values() for entry in page]

    def data(self, language: str) -> dict[str, Any]:
        """What `open_data` keeps of guides whose record has not changed."""
        return self._data.setdefault(language, {})


class Quiet(logging.Filter):
    """Keeps MkDocs from warning of a partial build, which is meant here."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "'dirty' build" not in record.getMessage()


logging.getLogger("mkdocs.commands.build").addFilter(Quiet())


def _address(url: str) -> str:
    """The home page is `./` to MkDocs and `` to the search."""
    return "" if url == "./" else url


def _state(path: Path) -> bytes:
    files = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
    return "\n".join(
        f"{one} {one.stat().st_mtime_ns} {one.stat().st_size}"
        for one in files
        if one.exists() and "__pycache__" not in one.parts
    ).encode()


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
