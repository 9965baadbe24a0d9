"""The records say everything the copies say, rest on it, and never copy its sentences."""

import hashlib
import re
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path

import opencc
import pytest
import yaml

from menkan.facts import texts

HERE = Path(__file__).parent
GUIDES = sorted(file.stem for file in (HERE.parents[1] / "docs" / "facts").glob("*.yml"))
UNCITED = yaml.safe_load((HERE / "uncited.yml").read_text(encoding="utf-8"))
# Menu paths and buttons are quoted as they stand on the screen; other shared runs stay shorter.
LONGEST_RUN = 10
_HAN_AND_LATIN = re.compile(r"[^㐀-鿿A-Za-z0-9]+")


def cited_lines(site) -> dict[str, set[int]]:
    found = defaultdict(set)
    for record in site.records.values():
        for fact in record.facts:
            found[record.source.file].update(fact.evidence.lines)
    return found


def test_every_kept_line_is_cited_or_excepted_with_a_reason(site, copies):
    cited = cited_lines(site)

    missing = {
        name: [
            number
            for number, label in copy.labels.items()
            if label["keep"] and number not in cited[name] and number not in UNCITED.get(name, {})
        ]
        for name, copy in copies.items()
    }

    assert missing == {name: [] for name in copies}


def test_no_exception_is_needless(site, copies):
    cited = cited_lines(site)

    for name, reasons in UNCITED.items():
        for number, reason in reasons.items():
            assert copies[name].labels[number]["keep"], (name, number)
            assert number not in cited[name], f"{name}:{number} is cited; remove the exception"
            assert len(reason.split()) > 3


@pytest.mark.parametrize("guide_id", GUIDES)
def test_the_fingerprint_and_the_counts_are_those_of_the_copy(site, copies, guide_id):
    source = site.records[guide_id].source
    copy = copies[source.file]
    kept = [(n, row) for n, row in copy.labels.items() if row["keep"]]
    counts = {
        "kept": len(kept),
        # As the cleaner counts: readings, damage and script put right, spaces at the ends not.
        "repaired": sum(row["clean"].strip() != copy.raw[n - 1].strip() for n, row in kept),
        "dropped": sum(not row["keep"] and row["label"] != "blank" for row in copy.labels.values()),
    }

    assert source.sha256 == hashlib.sha256(copy.data).hexdigest()
    assert source.lines.model_dump() == counts


@pytest.mark.parametrize("guide_id", GUIDES)
def test_evidence_stands_on_kept_lines_and_holds_its_figures(site, copies, guide_id):
    record = site.records[guide_id]
    copy = copies[record.source.file]
    simplified = opencc.OpenCC("t2s")

    for fact in record.facts:
        rows = [copy.labels[number] for number in fact.evidence.lines]
        if fact.evidence.zone:
            assert {row["label"] for row in rows} == {fact.evidence.zone}, fact.id
            raw = "".join(copy.raw[number - 1] for number in fact.evidence.lines)
            text = simplified.convert(re.sub(r"\([a-zà-üāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", "", raw))
        else:
            assert all(row["keep"] for row in rows), fact.id
            text = "".join(row["clean"] for row in rows)
        for figure in fact.evidence.figures:
            assert figure in text, (fact.id, figure)


@pytest.mark.parametrize("guide_id", GUIDES)
def test_every_figure_has_evidence(site, guide_id):
    for fact in site.records[guide_id].facts:
        assert len(fact.evidence.figures) >= len(fact.figures), fact.id


@pytest.mark.parametrize("guide_id", GUIDES)
def test_lines_said_to_be_cut_are_cited_and_cut(site, copies, guide_id):
    record = site.records[guide_id]
    cited = {line for fact in record.facts for line in fact.evidence.lines}

    for number in record.source.cut:
        assert number in cited
        assert copies[record.source.file].labels[number].get("cut"), number


def test_every_cut_line_is_told_by_the_guides_that_cite_it(site, copies):
    for guide_id, record in site.records.items():
        cited = {line for fact in record.facts for line in fact.evidence.lines}
        cut = {
            number
            for number in cited
            if copies[record.source.file].labels[number].get("cut") in ("head", "tail", "both")
        }
        assert cut <= set(record.source.cut), (guide_id, cut)


@pytest.mark.parametrize("guide_id", GUIDES)
def test_no_sentence_is_copied(site, copies, guide_id):
    record = site.records[guide_id]
    simplified = opencc.OpenCC("t2s")
    long_runs = []
    for copy in copies.values():
        rows = [row["clean"] for row in copy.labels.values() if row["keep"]]
        for whole in (copy.data.decode(), simplified.convert(copy.data.decode()), "\n".join(rows)):
            source = bare(whole)
            for path, words, _ in texts(record):
                for text in words.values():
                    # Labels of the screen stand between ** and are quoted on purpose.
                    for piece in re.sub(r"\*\*.*?\*\*", "\0", text).split("\0"):
                        run = longest_run(bare(piece), source)
                        if len(run) > LONGEST_RUN and not run.isascii():
                            long_runs.append((path, run))

    assert long_runs == []


def bare(text: str) -> str:
    """The characters of a text without punctuation, spaces and the readings in brackets."""
    text = re.sub(r"\{[^}]*\}", "", text)
    text = re.sub(r"\([a-zà-üāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]+\)", "", text)
    return _HAN_AND_LATIN.sub("", text)


def longest_run(text: str, source: str) -> str:
    match = SequenceMatcher(None, text, source, autojunk=False).find_longest_match()
    return text[match.a : match.a + match.size]
