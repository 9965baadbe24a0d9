"""The pages around the guides: complete, true to the records and to the cleaner."""

import posixpath
import re
import struct
from html.parser import HTMLParser

import pytest

from menkan.clean import clean_file
from menkan.guides import BLOCKS, with_blocks
from menkan.site import Site
from tests.conftest import PREFIX

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def site(root):
    return Site.load(root)


def read(built_site, path):
    return (built_site / path / "index.html").read_text(encoding="utf-8")


class Anchors(HTMLParser):
    """Addresses of all links of a page."""

    def __init__(self, html):
        super().__init__()
        self.found = set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.found.add(dict(attributes).get("href", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["", "checkers/"])
def test_every_checker_is_one_link_away(built_site, site, language, page):
    links = Anchors(read(built_site, f"{language}/{page}")).found

    for guide_id, checkers in site.checkers.items():
        for checker in checkers:
            wanted = f"guides/{guide_id}/#{checker.slug}"
            assert any(link.endswith(wanted) for link in links), wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_leads_to_every_marketplace_and_the_trust_pages(built_site, site, language):
    html = read(built_site, language)
    links = Anchors(html).found

    for place in site.marketplaces.values():
        assert f"<strong>{place.name[language]}</strong>" in html
    for page in ("method", "sources", "privacy", "about"):
        assert f"{page}/" in links


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_name_every_copy_by_its_fingerprint(built_site, site, language):
    html = read(built_site, f"{language}/sources")

    for record in site.records.values():
        assert record.source.sha256 in html


# What the method page calls the cleaner's labels.
_CALLED = {
    "zh": {
        "navigation": "舍去：导航",
        "heading": "保留：标题",
        "metadata": "舍去：页面信息",
        "content": "保留：正文",
        "solicitation": "舍去：招揽",
        "related": "舍去：相关阅读",
        "repaired": "，修复过",
    },
    "en": {
        "navigation": "dropped: navigation",
        "heading": "kept: heading",
        "metadata": "dropped: metadata",
        "content": "kept: content",
        "solicitation": "dropped: solicitation",
        "related": "dropped: related",
        "repaired": ", repaired",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_what_the_cleaner_really_does(root, tmp_path, language):
    page = (root / f"docs/method.{language}.md").read_text(encoding="utf-8")
    copy = tmp_path / "copy.txt"
    copy.write_text(re.search(r"```text\n(.*?)```", page, re.DOTALL)[1], encoding="utf-8")
    shown = re.findall(r"^\| (\d+) \| (.*?) \| (.*?) ?\|$", page, re.MULTILINE)

    called = _CALLED[language]
    done = [
        (
            str(one.line),
            called[one.label] + (called["repaired"] if "repaired" in one.flags else ""),
            one.text if one.keep else "",
        )
        for one in clean_file(copy)
    ]

    assert shown == done


def test_the_picture_for_sharing_has_the_size_that_is_told(root, built_site):
    data = (root / "docs/assets/social.png").read_bytes()

    assert struct.unpack(">II", data[16:24]) == (1200, 630)
    for language in LANGUAGES:
        address = re.search(
            r'property="og:image" content="([^"]+)"',
            read(built_site, f"{language}/guides/huawei-refunds"),
        )[1]
        assert address.endswith(f"/{language}/assets/social.png")
        assert (built_site / language / "assets/social.png").is_file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_is_told_in_its_language(built_site, language):
    html = (built_site / language / "404.html").read_text(encoding="utf-8")

    assert {"zh": "没有这个页面", "en": "This page does not exist"}[language] in html
    assert "Not found" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_finds_its_styles_scripts_and_ways_on(built_site, language):
    """It is served at any depth, so its addresses start at the root of the host."""
    html = (built_site / language / "404.html").read_text(encoding="utf-8")
    found = re.findall(r'<(?:link rel="stylesheet"|script|a)[^>]*? (?:href|src)="(/[^"#]*)"', html)

    assert any("/site." in one or "site.css" in one for one in found) and len(found) > 20
    for address in found:
        assert "//" not in address
        inside = posixpath.normpath(address).removeprefix(PREFIX.rstrip("/")).lstrip("/")
        target = built_site / inside
        assert target.is_file() or (target / "index.html").is_file(), address


def test_a_marker_without_a_list_is_told(site):
    with pytest.raises(LookupError, match=r'"checker"\.\n  There are checkers, marketplaces'):
        with_blocks("<!-- menkan: checker -->", site, "en")


@pytest.mark.parametrize("name", BLOCKS)
def test_a_list_links_from_a_folder_below(site, name):
    text = with_blocks(f"before\n\n<!-- menkan: {name} -->\n\nafter", site, "en", "../")

    assert "](../guides/" in text and "](guides/" not in text
    assert text.startswith("before") and text.endswith("after")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_of_the_plugin_is_in_the_reference(built_site, language):
    from menkan.plugin.config import Language, MenkanConfig, Section

    html = read(built_site, f"{language}/reference/options")

    for name, _ in MenkanConfig._schema:
        assert f"<code>{name}</code>" in html
    for name, _ in Language._schema:
        assert f"<code>languages: {name}</code>" in html
    for name, _ in Section._schema:
        assert f"<code>sections: {name}</code>" in html
    assert "KeyError" not in html and "menkan: options" not in html
