"""Every mistake in a record is told with file, line, what was seen and what to do; all at once."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from menkan.facts import RecordErrors, load_records, loading, parse_record
from menkan.facts.checks import CHECKS

HERE = Path(__file__).parent
GOOD = (HERE / "tidepool.yml").read_text(encoding="utf-8")
BAD = yaml.safe_load((HERE / "bad_records.yml").read_text(encoding="utf-8"))
MARKETPLACES = {"tidepool": None}


def spoiled(case: dict) -> str:
    assert case["old"] in GOOD, case["name"]
    return GOOD.replace(case["old"], case["new"], 1)


def test_the_record_that_is_spoiled_is_good():
    record, mistakes = parse_record(GOOD, "tidepool.yml", ("zh", "en"), MARKETPLACES)

    assert (record is not None, mistakes) == (True, [])


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_a_bad_record_is_told(case):
    text = spoiled(case)
    line = text[: text.index(case["at"])].count("\n") + 1

    _, mistakes = parse_record(text, "tidepool.yml", ("zh", "en"), MARKETPLACES)

    shown = "\n".join(map(str, mistakes))
    told = [m for m in mistakes if case["seen"] in m.seen and case["todo"] in m.todo]
    assert told, shown
    assert line in [mistake.line for mistake in told], f"expected line {line}\n{shown}"
    for message in map(str, mistakes):
        where, do = message.split("\n")
        assert where.startswith("tidepool.yml:") and do.startswith("  ") and do.strip(), message


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_one_mistake_does_not_shower_others(case):
    _, mistakes = parse_record(spoiled(case), "tidepool.yml", ("zh", "en"), MARKETPLACES)

    assert len(mistakes) <= 4, "\n".join(map(str, mistakes))


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_no_check_is_idle(check, monkeypatch):
    """Without any one check, some bad record would go untold."""

    def untold():
        return [
            case["name"]
            for case in BAD
            if not any(
                case["seen"] in mistake.seen
                for mistake in parse_record(
                    spoiled(case), "tidepool.yml", ("zh", "en"), MARKETPLACES
                )[1]
            )
        ]

    before = untold()
    monkeypatch.setattr(loading, "CHECKS", [one for one in CHECKS if one is not check])

    assert before == [] and untold() != []


def test_there_are_enough_bad_records():
    assert len(BAD) >= 30


def test_all_mistakes_of_all_files_come_at_once(tmp_path):
    (tmp_path / "facts").mkdir()
    (tmp_path / "marketplaces.yml").write_text(
        "tidepool: {name: {zh: 潮池, en: Tidepool}}", encoding="utf-8"
    )
    for number, case in enumerate(BAD):
        name = tmp_path / "facts" / f"case-{number}.yml"
        name.write_text(spoiled(case), encoding="utf-8")

    with pytest.raises(RecordErrors) as caught:
        load_records(tmp_path / "facts")

    files = {Path(mistake.file).name for mistake in caught.value.mistakes}
    assert files == {f"case-{number}.yml" for number in range(len(BAD))}


def test_several_mistakes_in_one_record_come_at_once():
    text = GOOD.replace('value: "4.6"', "value: 4.6").replace("evidence: {lines: [15]}", "x: 1")

    _, mistakes = parse_record(text, "tidepool.yml", ("zh", "en"), MARKETPLACES)

    assert len(mistakes) == 3, "\n".join(map(str, mistakes))


def test_a_file_that_is_not_utf8_is_told(tmp_path):
    (tmp_path / "facts").mkdir()
    (tmp_path / "marketplaces.yml").write_text(
        "tidepool: {name: {zh: 潮池, en: Tidepool}}", encoding="utf-8"
    )
    (tmp_path / "facts" / "tidepool.yml").write_bytes(GOOD.encode("gb18030"))

    with pytest.raises(RecordErrors, match=r"tidepool\.yml:4: the text is not UTF-8"):
        load_records(tmp_path / "facts")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing",
        "just a text",
        "[1, 2]",
        "guide: &a [*a]",
        "guide: &a {title: *a}",
        "guide: !!timestamp nonsense",
        "guide: !!python/object:os.system x",
        "? [a, b]\n: 1",
        "1: 2",
        "guide: *nowhere",
        "guide:\n  title: \x07",
        "--- a\n--- b",
        "{" * 40,
        "facts: [null, 3, {id: null}, {id: 7, figures: 3}]",
        "facts:\n  - figures: {a: [1, {value: {}}]}\n",
        "checkers: {a: {inputs: [], rules: 3}}",
    ],
)
def test_nonsense_is_told_and_never_thrown(text):
    record, mistakes = parse_record(text, "tidepool.yml", ("zh", "en"), MARKETPLACES)

    assert record is None and mistakes
    assert all(str(mistake).count("\n") == 1 for mistake in mistakes), list(map(str, mistakes))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.data())
def test_no_damage_to_a_record_is_thrown(data):
    """Cut, double or swap pieces of a good record: it is read, or told in two lines each."""
    text = GOOD
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 40)))
        with_ = data.draw(
            st.sampled_from(["", text[start:end] * 2, ":", "\t", "{", "]", "- ", '"'])
        )
        text = text[:start] + with_ + text[end:]

    record, mistakes = parse_record(text, "tidepool.yml", ("zh", "en"), MARKETPLACES)

    assert record is not None or mistakes
    assert all(str(mistake).count("\n") == 1 for mistake in mistakes), list(map(str, mistakes))
