"""Every mistake in a record is told with file, line, what was seen and what to do; all at once."""

from pathlib import Path

import pytest
import yaml
from menkan.facts import RecordErrors, load_records, parse_record

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
