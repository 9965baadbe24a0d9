"""The built site: two trees with equal paths, strict pages, mistakes that stop the build."""

import base64
import hashlib
import json
import re
import subprocess
import sys
import time
import urllib.request
from html.parser import HTMLParser

import pytest

from tests.conftest import build_site

LANGUAGES = ("zh", "en")


def pages(site):
    """Whole pages; the forms under menkan/ are parts of other sites' pages."""
    return sorted(
        path for path in site.rglob("*.html") if "menkan" not in path.relative_to(site).parts
    )


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.scripts = []
        self.policy = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        for name in ("src", "href", "action"):
            if attributes.get(name):
                self.found.append((tag, attributes[name]))
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"]


def test_both_languages_have_the_same_pages(built_site):
    trees = [
        {path.relative_to(built_site / code) for path in pages(built_site / code)}
        for code in LANGUAGES
    ]

    assert trees[0] == trees[1]
    assert len(trees[0]) > 13


def test_every_page_has_a_policy_that_fits_its_inline_scripts(built_site):
    for path in pages(built_site):
        html = path.read_text(encoding="utf-8")
        policy = Links(html).policy
        assert policy, path
        script_src = next(part for part in policy.split("; ") if part.startswith("script-src"))
        assert "unsafe-inline" not in script_src and "unsafe-eval" not in script_src.replace(
            "wasm-unsafe-eval", ""
        )
        for kind, text in re.findall(
            r"<script(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", html, re.DOTALL
        ):
            if "json" not in kind and text:
                digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
                assert f"'sha256-{digest}'" in script_src, path


def test_nothing_is_loaded_from_another_host(built_site):
    loads = {"script", "img", "link", "iframe", "source"}
    for path in pages(built_site):
        for tag, address in Links(path.read_text(encoding="utf-8")).found:
            if tag in loads and re.match(r"(?:https?:)?//", address):
                assert tag == "link" and address.startswith("http://127.0.0.1:"), (path, address)


def test_the_switch_leads_to_this_very_page(built_site):
    path = built_site / "zh/guides/amazon-account-health/index.html"

    found = re.search(r'<a class="mk-switch__link" href="([^"]+)"', path.read_text("utf-8"))

    target = (path.parent / found[1]).resolve()
    assert target == (built_site / "en/guides/amazon-account-health").resolve()


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_has_a_search_index_of_its_own(built_site, code):
    """The theme loads the one with every page, the worker the other when somebody searches."""
    index = json.loads((built_site / code / "search/search_index.json").read_text("utf-8"))
    entries = json.loads((built_site / code / "search/entries.json").read_text("utf-8"))

    titles = {document["title"].replace("\u200b", "") for document in entries["docs"]}
    assert index["config"]["lang"] == [code] and index["docs"] == []
    assert {"zh": "费用与限制", "en": "Fees and limits"}[code] in titles


def test_the_sitemap_names_each_page_in_every_language(built_site):
    sitemap = (built_site / "zh/sitemap.xml").read_text(encoding="utf-8")

    here = re.search(r"<loc>(\S+)zh/guides/huawei-assets/</loc>", sitemap)[1]
    for code in LANGUAGES:
        assert f'hreflang="{code}" href="{here}{code}/guides/huawei-assets/"' in sitemap
        assert f"<loc>{here}{code}/sitemap.xml</loc>" in (built_site / "sitemap.xml").read_text()


def test_the_root_page_offers_every_language_without_a_script(built_site):
    found = Links((built_site / "index.html").read_text(encoding="utf-8")).found

    assert [address for tag, address in found if tag == "a"] == ["zh/", "en/"]


@pytest.fixture
def broken(site_copy):
    """A site with a mistake in a record, and one in a checker of another guide."""
    record = site_copy / "docs/facts/amazon-account-health.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(
        text.replace("    kind: fees", "    kinds: fees").replace(
            "{history.months} months with", "{history.weeks} months with"
        ),
        encoding="utf-8",
    )
    return site_copy


def test_a_mistake_in_a_record_stops_the_build_and_leaves_the_last_site(broken, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "last.txt").write_text("the last good site")

    done = build_site(broken, site)

    assert done.returncode == 1
    assert re.search(r"amazon-account-health\.yml:\d+: .*history\.weeks", done.stderr + done.stdout)
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("site")] == ["site"]
    assert (site / "last.txt").exists()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param('"history.months"', '"history.weeks"', r"history\.weeks", id="no such figure"),
        pytest.param('cites("history")', 'cites("hystory")', "hystory", id="no such fact"),
        pytest.param("from menkan", "import socket\nfrom menkan", "socket", id="out of reach"),
    ],
)
def test_a_mistake_in_a_checker_stops_the_build(site_copy, tmp_path, old, new, told):
    checker = site_copy / "checkers/amazon_account_health.py"
    text = checker.read_text(encoding="utf-8")
    assert old in text
    checker.write_text(text.replace(old, new, 1), encoding="utf-8")

    done = build_site(site_copy, tmp_path / "site")

    assert done.returncode == 1
    assert re.search(rf"amazon_account_health\.py:\d+: .*{told}", done.stderr + done.stdout)
    assert "Traceback" not in done.stderr


def test_two_builds_give_the_same_bytes(built_site, site_copy, tmp_path, site_port):
    from tests.conftest import PREFIX

    again = tmp_path / "again"
    done = build_site(site_copy, again, site_url=f"http://127.0.0.1:{site_port}{PREFIX}")
    assert done.returncode == 0, done.stderr

    def tree(site):
        return {
            str(path.relative_to(site)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in site.rglob("*")
            if path.is_file()
        }

    assert tree(built_site) == tree(again)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(
            "docs/facts/amazon-account-health.yml", 'value: "72"', 'value: "71"', id="a record"
        ),
        pytest.param(
            "checkers/amazon_account_health.py",
            'cites("history")',
            'cites("history", "rating-floor")',
            id="a checker",
        ),
    ],
)
def test_serve_shows_a_change(site_copy, site_port, file, old, new):
    address = f"127.0.0.1:{site_port + 1 if site_port < 65000 else site_port - 1}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", address]
    log = (site_copy.parent / "serve.log").open("w")
    server = subprocess.Popen(command, cwd=site_copy, stdout=log, stderr=log)
    url = f"http://{address}/en/guides/amazon-account-health/"
    try:
        before = wait_for(lambda: get(url), 60)
        path = site_copy / file
        text = path.read_text(encoding="utf-8").replace("figures: [72小时]", "figures: []")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        after = wait_for(lambda: (page := get(url)) and page != before and page, 60)
    finally:
        server.terminate()
        server.wait(20)
        log.close()
    assert (
        ("71 hours" in after)
        if "71" in new
        else after.count("#fact-rating-floor") > before.count("#fact-rating-floor")
    )


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            html = answer.read().decode()
    except OSError:
        return None
    # The server puts its own live-reload script in; its epoch differs from build to build.
    return re.sub(r"livereload\(\d+, \d+\)", "", html)


def wait_for(look, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"nothing came within {seconds} s")
