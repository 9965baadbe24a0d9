"""The site of this repository and the copies it was written from, for tests about the records."""

import json
from dataclasses import dataclass

import pytest

from menkan.site import Site


@dataclass(frozen=True)
class Copy:
    """A scraped copy: its bytes, its raw lines and the labels of its lines (by number)."""

    data: bytes
    raw: list[str]
    labels: dict[int, dict]


@pytest.fixture(scope="session")
def site(root) -> Site:
    return Site.load(root)


@pytest.fixture(scope="session")
def copies(seeds) -> dict[str, Copy]:
    found = {}
    for file in sorted(seeds.glob("*.txt")):
        rows = (seeds / "gold" / f"{file.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        labels = {row["line"]: row for row in map(json.loads, rows)}
        data = file.read_bytes()
        found[file.name] = Copy(data, data.decode("utf-8").split("\n"), labels)
    return found
