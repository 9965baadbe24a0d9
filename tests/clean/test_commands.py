"""`menkan clean`, `verify` and `new` from the outside."""

import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from menkan.cli.clean import command as clean_command
from menkan.cli.new import command as new_command
from menkan.cli.verify import command as verify_command
from menkan.facts import parse_record

COPY = """首页
运费险说明
2023-05-06 阅读 12
运费险由买家付款时勾选,每单保费0.5元,退货后72小时内赔付到账。
若店铺评分低于4.6分,则不能开通运费险。
第一步:进入卖家后台,点击“保险”。
© 某站 版权所有
"""


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "copy.txt"
    path.write_text(COPY, encoding="utf-8")
    return path


def run(command, *args):
    return CliRunner().invoke(command, [str(arg) for arg in args])


def test_json_has_one_object_per_line(copy):
    rows = [json.loads(row) for row in run(clean_command, copy, "--json").stdout.splitlines()]

    assert [list(row) for row in rows] == [["line", "label", "keep", "text", "reason", "flags"]] * 7
    assert [row["line"] for row in rows if row["keep"]] == [2, 4, 5, 6]


def test_one_bad_file_is_reported_and_the_rest_is_done(copy, tmp_path):
    (tmp_path / "a.bin").write_bytes(b"\x89PNG\r\n" + bytes(100))
    second = tmp_path / "b.txt"
    second.write_text("只有一行,没有别的内容。", encoding="utf-8")

    done = run(
        clean_command,
        copy,
        tmp_path / "a.bin",
        tmp_path,
        tmp_path / "none",
        second,
        "--json",
        "--jobs",
        2,
    )

    assert done.exit_code == 2
    assert [json.loads(row)["file"] for row in done.stdout.splitlines()] == [str(copy)] * 7 + [
        str(second)
    ]
    assert done.stderr.count("\n  ") == 3 and "Traceback" not in done.stderr


def test_jobs_change_nothing(copy, tmp_path):
    files = []
    for number in range(12):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(COPY * (number + 1), encoding="utf-8")

    assert (
        run(clean_command, *files, "--json").stdout
        == run(clean_command, *files, "--json", "-j", 3).stdout
    )


def test_a_progress_bar_leaves_the_data_alone(copy, tmp_path):
    watched, seen = os.openpty()
    script = "from menkan.cli import main; main()"
    paths = os.pathsep.join(sys.path)

    done = subprocess.run(
        [sys.executable, "-c", script, "clean", copy, copy, "--json"],
        stdout=subprocess.PIPE,
        stderr=seen,
        env={**os.environ, "PYTHONPATH": paths, "TERM": "xterm"},
        timeout=60,
        check=True,
    )

    os.close(seen)
    assert b"2/2" in os.read(watched, 65536)
    assert len(done.stdout.splitlines()) == 14


def test_the_page_lets_nothing_run(tmp_path):
    copy = tmp_path / "<x>.txt"
    copy.write_text(
        '<script>alert(1)</script>退货须在七天内申请。\n"><img src=x onerror=alert(1)>\n',
        encoding="utf-8",
    )
    page = tmp_path / "report.html"

    assert run(clean_command, copy, "--html", page).exit_code == 0

    tags, attributes = set(), set()

    class Seen(HTMLParser):
        def handle_starttag(self, tag, pairs):
            tags.add(tag)
            attributes.update(name for name, _ in pairs)

    Seen().feed(page.read_text(encoding="utf-8"))
    assert not tags & {"script", "img", "iframe", "link", "object", "svg", "a", "form", "base"}
    assert not {
        name for name in attributes if name in ("style", "src", "href") or name.startswith("on")
    }
    assert "default-src &#x27;none&#x27;" in page.read_text(encoding="utf-8")


def test_the_terminal_never_gets_a_control_sequence(tmp_path):
    copy = tmp_path / "copy.txt"
    copy.write_text("\x1b[2J\x1b]0;x\x07退货须在七天内申请,逾期不受理。\n", encoding="utf-8")

    shown = run(clean_command, copy).stdout

    assert "\x1b" not in shown and "\x07" not in shown and "退货须在七天内申请" in shown


def test_a_draft_is_refused_until_it_is_written(copy):
    draft = run(new_command, copy).stdout

    record, mistakes = parse_record(draft, "draft.yml", ("zh", "en"), {"tidepool": None})

    assert record is None and any("is empty" in str(mistake) for mistake in mistakes)
    assert hashlib.sha256(copy.read_bytes()).hexdigest() in draft
    assert "published: 2023-05-06" in draft
    assert "运费险由买家" not in draft


def _fill(draft):
    """Write the texts a person would write: every figure of a fact in each of its sentences."""
    rows, figures = [], []
    for row in draft.replace('marketplace: ""', "marketplace: tidepool").split("\n"):
        if row.startswith("  - id:"):
            figures = []
        if found := re.match(r" {6}(\w+): \{value", row):
            figures.append(f"{{{found[1]}}}")
        words = " ".join(["words", *figures])
        rows.append(row.replace('zh: ""', f'zh: "{words}"').replace('en: ""', f'en: "{words}"'))
    return "\n".join(rows)


def test_a_draft_that_is_written_loads(copy):
    record, mistakes = parse_record(
        _fill(run(new_command, copy).stdout), "draft.yml", ("zh", "en"), {"tidepool": None}
    )

    assert not mistakes
    assert [fact.evidence.lines for fact in record.facts] == [[4], [5], [6]]
    assert record.figures()["fact-b.points"] == [(None, "4.6")]


@pytest.fixture
def site(copy, tmp_path):
    facts = tmp_path / "docs" / "facts"
    facts.mkdir(parents=True)
    (facts.parent / "marketplaces.yml").write_text(
        "tidepool: {name: {zh: 潮池, en: Tidepool}}\n", encoding="utf-8"
    )
    (facts / "tidepool-insurance.yml").write_text(
        _fill(run(new_command, copy).stdout), encoding="utf-8"
    )
    return facts


def verify(site, copy, *more):
    done = run(verify_command, "--copies", copy.parent, "--records", site, "--json", *more)
    return done.exit_code, json.loads(done.stdout)


def test_a_record_is_proved_against_its_copy(site, copy):
    status, report = verify(site, copy)

    assert status == 0 and report["status"] == "proved"


def test_a_wrong_figure_and_a_dropped_line_are_named(site, copy):
    record = site / "tidepool-insurance.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace('figures: ["4.6"]', 'figures: ["4.7"]').replace("lines: [6]", "lines: [7]"),
        encoding="utf-8",
    )

    status, report = verify(site, copy)

    problems = {fact["fact"]: fact["problems"] for fact in report["facts"]}
    assert status == 1
    assert "4.7" in problems["fact-b"][0] and "boilerplate" in problems["fact-c"][0]


def test_a_changed_copy_tells_what_became_of_each_fact(site, copy):
    verify(site, copy, "--remember")
    lines = COPY.split("\n")
    lines[3] = lines[3].replace("72小时", "48小时")
    del lines[5]
    lines.insert(1, "公告:本页每季度更新一次,请以最新内容为准。")
    copy.write_text("\n".join(lines), encoding="utf-8")

    status, report = verify(site, copy)

    states = {fact["fact"]: (fact["state"], fact["lines"]) for fact in report["facts"]}
    assert status == 1 and report["status"] == "changed"
    assert states == {"fact-a": ("changed", [5]), "fact-b": ("moved", [6]), "fact-c": ("gone", [])}


def test_a_missing_copy_is_reported(site, copy):
    copy.unlink()

    status, report = verify(site, copy)

    assert status == 1 and report["status"] == "unread"


def test_every_record_of_the_site_is_proved_against_its_copy(seeds, root):
    done = CliRunner().invoke(
        verify_command, ["--copies", str(seeds), "--records", str(root / "docs/facts"), "--json"]
    )

    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0, done.output
    assert len(results) == len(list((root / "docs/facts").glob("*.yml")))
