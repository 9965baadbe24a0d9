"""`menkan check`: text for people, JSON for programs, one message and code 2 for bad input."""

import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SLUG = "amazon-account-health-assurance"
GOOD = '{"store":"us","months_of_history":6,"days_below_250":10,"emergency_contact_valid":true}'
COMMAND = [sys.executable, "-c", "from menkan.cli.check import command; command()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "build"), "LANG": "C.UTF-8"}


def check(*arguments, stdin=b"", cwd=ROOT):
    command = [*COMMAND, "--root", str(ROOT), *arguments]
    done = subprocess.run(
        command, input=stdin, capture_output=True, timeout=60, check=False, env=ENVIRONMENT, cwd=cwd
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_json_is_the_verdict_and_nothing_else():
    code, out, err = check(SLUG, "--answers", GOOD, "--json")

    assert (code, err, out.count("\n")) == (0, "", 1)
    assert json.loads(out)["verdict"] == "eligible"
    assert out.startswith(
        f'{{"checker":"{SLUG}","as_of":"2022-11-17","verdict":"eligible","rules":['
    )


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ["Does not qualify", "5 months", "6 months"]), ("zh", ["不符合加入条件", "6 个月"])],
)
def test_text_says_verdict_reason_and_way_out_in_each_language(language, expected):
    answers = '{"store":"us","months_of_history":5}'

    code, out, err = check(SLUG, "--answers", answers, "--lang", language)

    assert (code, err) == (0, "")
    assert all(text in out for text in expected[:1] + expected[-1:])
    assert "\x1b" not in out


def test_a_yes_that_is_nothing_gained_is_not_green(monkeypatch):
    monkeypatch.setitem(ENVIRONMENT, "FORCE_COLOR", "1")
    days = '{"submitted_on":"2026-03-02","listings_submitted_that_day":1,"today":"2026-03-09"}'

    _, overdue, _ = check("huawei-listing-review", "--answers", days, "--lang", "en")
    _, qualifies, _ = check(SLUG, "--answers", GOOD, "--lang", "en")

    assert "\x1b[1;33mOverdue\x1b[0m" in overdue
    assert "\x1b[1;32mQualifies\x1b[0m" in qualifies


def test_an_undetermined_verdict_says_what_is_still_asked():
    _, out, _ = check(SLUG, "--answers", '{"store":"other"}', "--lang", "en")

    assert "Can't tell yet" in out
    assert "(months_of_history)" in out
    assert "(store)" not in out


@pytest.mark.parametrize("way", ["@", "-"])
def test_answers_come_from_a_file_or_standard_input(way, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(GOOD, encoding="utf-8")

    argument, stdin = (f"@{file}", b"") if way == "@" else ("-", GOOD.encode())
    code, out, _ = check(SLUG, "--answers", argument, "--json", stdin=stdin)

    assert (code, json.loads(out)["verdict"]) == (0, "eligible")


def test_today_is_filled_in_and_can_be_given():
    slug, signed = "taobao-image-space-revocation", {"authorized_on": "2022-09-06"}

    filled = json.loads(check(slug, "--answers", json.dumps(signed), "--json")[1])
    given = {**signed, "today": "2022-09-07"}
    changed = json.loads(check(slug, "--answers", json.dumps(given), "--json")[1])

    assert (filled["verdict"], changed["verdict"]) == ("eligible", "not_eligible")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        pytest.param(
            (SLUG, "--answers", '{"months_of_history": 1.5}'), "months_of_history", id="a half"
        ),
        pytest.param(
            (SLUG, "--answers", '{"months_of_history": NaN}'), "months_of_history", id="NaN"
        ),
        pytest.param((SLUG, "--answers", '{"days_below_250": true}'), "days_below_250", id="yes"),
        pytest.param((SLUG, "--answers", '{"shop": 1}'), "shop", id="an unknown input"),
        pytest.param((SLUG, "--answers", '{"store":"us","store":"ca"}'), "'store'", id="twice"),
        pytest.param((SLUG, "--answers", "[1]"), "--answers", id="a list"),
        pytest.param((SLUG, "--answers", "{"), "--answers", id="half a text"),
        pytest.param((SLUG, "--answers", "[" * 100_000), "--answers", id="nested without end"),
        pytest.param((SLUG, "--answers", "@no-such-file"), "no-such-file", id="no such file"),
        pytest.param((SLUG,), "--answers", id="no answers and no terminal"),
        pytest.param(("amazon-acount", "--answers", "{}"), "amazon-account", id="a misspelt slug"),
        pytest.param(
            (SLUG, "--answers", "{}", "--on", "2020-01-01"), "history.months", id="too early"
        ),
        pytest.param((SLUG, "--answers", "{}", "--on", "soon"), "--on", id="no day"),
        pytest.param((), "--list", id="no checker"),
    ],
)
def test_bad_input_ends_with_code_two_and_a_name(arguments, named):
    code, out, err = check(*arguments)

    assert (code, out) == (2, "")
    assert named in err
    assert "Traceback" not in err


def test_list_shows_every_checker():
    code, out, _ = check("--list", "--json")

    assert code == 0
    assert len([json.loads(line)["checker"] for line in out.splitlines()]) == 25


def test_outside_a_site_the_way_in_is_told(tmp_path):
    done = subprocess.run(
        [*COMMAND, "--list"], capture_output=True, env=ENVIRONMENT, cwd=tmp_path, check=False
    )

    assert done.returncode == 2
    assert b"--root" in done.stderr


def test_a_folder_without_a_site_is_told(tmp_path):
    code, out, err = check("--list", "--root", str(tmp_path))

    assert (code, out) == (2, "")
    assert str(tmp_path) in err


def test_on_a_terminal_only_what_still_matters_is_asked():
    """Answer "no" to the first question asked; that settles it, so nothing more is asked."""
    parent, child = pty.openpty()
    command = [*COMMAND, "--root", str(ROOT), "amazon-brazil", "--lang", "en"]
    process = subprocess.Popen(
        command, stdin=child, stdout=child, stderr=child, env=ENVIRONMENT, close_fds=True
    )
    os.close(child)
    seen, deadline = b"", time.monotonic() + 30
    while b"[Yes/No]" not in seen and time.monotonic() < deadline:
        seen += os.read(parent, 1000)

    os.write(parent, b"no\n")
    try:
        while True:
            seen += os.read(parent, 1000)
    except OSError:
        pass  # the terminal closed: the command has ended

    assert process.wait(timeout=10) == 0
    assert b"\x1b[1;31mNo\x1b[0m" in seen
    assert seen.count(b"[Yes/No]") == 1
