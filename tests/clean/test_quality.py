"""What the cleaner keeps, measured on pages with labels."""

import json
import os
from pathlib import Path

import pytest
from pages_kit import Score, read_pages, score

from menkan.clean import clean, clean_file

ROOT = Path(__file__).resolve().parents[2]
COPIES = Path(os.environ.get("MENKAN_COPIES", ROOT.parent / "shared" / "seeds"))


@pytest.mark.parametrize("part", ["dev", "held-out"])
def test_pages_reach_the_targets(part):
    total = sum((score(page) for page in read_pages(part)), Score())

    assert total.f1 >= 0.95 and total.recall >= 0.97, total


@pytest.mark.parametrize(
    "page", [*read_pages("dev"), *read_pages("held-out")], ids=lambda p: p.name
)
def test_what_is_kept_reads_as_it_should(page):
    wrong = [
        (one.text, text)
        for one, text in zip(clean(page.source), page.texts, strict=True)
        if one.keep and text is not None and one.text != text
    ]

    assert not wrong


@pytest.mark.skipif(not COPIES.is_dir(), reason="the four copies are not part of the project")
@pytest.mark.parametrize("copy", sorted(COPIES.glob("*.txt")), ids=lambda path: path.stem)
def test_copies_come_out_exactly_as_labelled(copy):
    gold = [
        json.loads(row)
        for row in (COPIES / "gold" / f"{copy.stem}.jsonl").read_text("utf-8").splitlines()
    ]

    decisions = list(clean_file(copy))

    assert [(d.line, d.label, d.keep, d.text if d.keep else None) for d in decisions] == [
        (row["line"], row["label"], row["keep"], row.get("clean")) for row in gold
    ]
