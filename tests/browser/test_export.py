"""`menkan export`: other builders make a site of it, with every anchor and with living checkers."""

import os
import re
import subprocess
import sys
from html import unescape

import pytest
from playwright.sync_api import expect

from .server import SiteServer
from .test_checker import answer, checker

LANGUAGES = ("zh", "en")
BUILDERS = {
    "mkdocs": ("mkdocs", "build", "--strict"),
    "properdocs": ("properdocs", "build", "--strict", "-f", "mkdocs.yml"),
    "zensical": ("zensical", "build", "--strict"),
}
GUIDES = 13


@pytest.fixture(scope="module")
def exported(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export") / "out"
    code = "from menkan.cli import main; main()"
    words = [sys.executable, "-c", code, "export", str(folder), "--root", str(root)]
    done = subprocess.run(
        words,
        env=os.environ | {"PYTHONPATH": str(root / "build")},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(folder / code / "mkdocs.yml") for code in LANGUAGES]
    return folder


@pytest.fixture(scope="module", params=BUILDERS)
def built(request, exported):
    """The export as one builder makes it: language to its site."""
    for language in LANGUAGES:
        done = subprocess.run(
            [sys.executable, "-m", *BUILDERS[request.param]],
            cwd=exported / language,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return {language: exported / language / "site" for language in LANGUAGES}


def test_no_setting_is_ours(exported):
    for language in LANGUAGES:
        settings = (exported / language / "mkdocs.yml").read_text(encoding="utf-8")

        assert re.search(r"^plugins:\n- search\n(?!-)", settings, re.MULTILINE)
        assert "menkan:" not in settings
        assert "!" not in settings


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_comes_out_with_its_headings_anchors_and_citations(built, exported, language):
    docs = exported / language / "docs"
    sources = sorted(docs.rglob("*.md"))
    guides = [path for path in sources if path.parent.name == "guides" and path.stem != "index"]
    assert len(guides) == GUIDES

    for path in sources:
        text = path.read_text(encoding="utf-8")
        inside = path.relative_to(docs).with_suffix("")
        folder = inside.parent if inside.name == "index" else inside
        html = (built[language] / folder / "index.html").read_text(encoding="utf-8")
        wanted = set(re.findall(r"\{:?\s*#([\w-]+)", text)) | set(
            re.findall(r'\bid="([^"]+)"', text)
        )
        found = set(re.findall(r'\bid="([^"]+)"', html))

        assert wanted - found == set(), path
        headings = re.findall(r"^#{1,3} (.+?) \{#[\w-]+\}$", text, re.MULTILINE)
        shown = [_plain(one) for one in re.findall(r"<h[1-3][^>]*>(.*?)</h[1-3]>", html, re.DOTALL)]
        assert [one for one in map(_plain, headings) if one not in shown] == [], path
        assert len(re.findall(r"\{ \.cite \}", text)) <= len(re.findall(r'class="cite"', html)), (
            path
        )
    assert not [path for path in guides if "{ .cite }" not in path.read_text(encoding="utf-8")]


def _plain(text):
    """A heading's letters alone: builders differ in how they escape and mark it up."""
    text = re.sub(r"<[^>]+>", "", text)
    return re.sub(r"[\s\\¶*`]", "", unescape(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_checker_answers(built, chromium, language):
    server = SiteServer(built[language], "/elsewhere/")
    page = chromium.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        page.goto(f"{server.url}guides/amazon-account-health/")
        answer(page, "store", "us")
        answer(page, "months_of_history", "6")
        answer(page, "days_below_250", "10")
        answer(page, "emergency_contact_valid", "true")

        expect(checker(page)).to_have_attribute("data-state", "eligible", timeout=60_000)
        assert faults == []
    finally:
        page.close()
        server.close()
