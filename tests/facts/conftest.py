"""The site of this repository and the copies it was written from, for tests about the records."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from menkan.site import Site

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"


@dataclass(frozen=True)
class Copy:
    """A scraped copy: its bytes, its raw lines and the labels of its lines (by number)."""

    data: bytes
    raw: list[str]
    labels: dict[int, dict]


@pytest.fixture(scope="session")
def site() -> Site:
    return Site.load(ROOT)


@pytest.fixture(scope="session")
def copies() -> dict[str, Copy]:
    if not SEEDS.is_dir():
        pytest.skip("the copies are other people's text and are not kept here: ../shared/seeds")
    found = {}
    for file in sorted(SEEDS.glob("*.txt")):
        rows = (SEEDS / "gold" / f"{file.stem}.jsonl").read_text(encoding="utf-8").splitlines()
        labels = {row["line"]: row for row in map(json.loads, rows)}
        data = file.read_bytes()
        found[file.name] = Copy(data, data.decode("utf-8").split("\n"), labels)
    return found
