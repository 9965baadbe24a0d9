"""`menkan bundle`: one file that answers from file://, with nothing fetched."""

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from menkan.cli import main

from .test_checker import answer, checker

MOST = 8_000_000


@pytest.fixture(scope="module")
def bundled(root, tmp_path_factory):
    file = tmp_path_factory.mktemp("bundle") / "guide.html"
    words = [
        "bundle",
        "amazon-account-health",
        "-o",
        str(file),
        "--lang",
        "en",
        "--root",
        str(root),
    ]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return file


def test_it_is_one_small_file(bundled):
    assert bundled.stat().st_size <= MOST


def test_it_answers_from_a_file_and_asks_nobody(bundled, chromium):
    context = chromium.new_context()
    asked, faults = [], []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(bundled.as_uri())

    answer(page, "days_below_250", "11")

    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    assert faults == []
    context.close()


def test_a_guide_that_is_not_there_is_told_with_those_that_are(root, tmp_path):
    words = ["bundle", "nowhere", "-o", str(tmp_path / "x.html"), "--root", str(root)]
    done = CliRunner().invoke(main, words)

    assert done.exit_code == 2
    assert "There is no guide 'nowhere'." in done.output
    assert "amazon-account-health" in done.output
    assert not (tmp_path / "x.html").exists()
