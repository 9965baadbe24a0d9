"""What helps a guide to be found stands in the built pages: JSON-LD, search words, llms.txt, open data."""

import json
import re

import jsonschema
import pytest

from menkan.plugin import offline
from menkan.plugin.search import place_worker

LANGUAGES = ("zh", "en")


def structured(site, path):
    html = (site / path / "index.html").read_text(encoding="utf-8")
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(text) for text in found]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_guide_carries_its_questions_and_procedures(built_site, code):
    (data,) = structured(built_site, f"{code}/guides/taobao-image-space")

    kinds = [item["@type"] for item in data["@graph"]]
    assert kinds[:2] == ["Article", "FAQPage"] and "HowTo" in kinds
    steps = next(item for item in data["@graph"] if item["@type"] == "HowTo")["step"]
    assert all(re.match(r"https?://.+/#fact-", step["url"]) for step in steps)


def test_a_page_that_is_no_guide_carries_none(built_site):
    assert structured(built_site, "zh") == []


@pytest.mark.parametrize(("code", "word"), [("zh", "賬戶健康評級"), ("en", "suspension")])
def test_synonyms_are_in_the_search_index(built_site, code, word):
    index = json.loads((built_site / code / "search/entries.json").read_text("utf-8"))

    found = [
        document["location"]
        for document in index["docs"]
        if word in document["text"].replace("\u200b", "")
    ]
    assert any(location.startswith("guides/amazon-account-health/") for location in found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_llms_txt_names_every_guide(built_site, code):
    text = (built_site / code / "llms.txt").read_text(encoding="utf-8")

    guides = [path.name for path in (built_site / code / "guides").iterdir() if path.is_dir()]
    assert len(guides) == 13
    assert all(f"guides/{name}/" in text for name in guides)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", ["facts", "checkers"])
def test_open_data_is_published_with_a_schema_that_it_fits(built_site, code, name):
    data = json.loads((built_site / code / f"{name}.json").read_text(encoding="utf-8"))
    schema = json.loads((built_site / code / f"{name}.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(data, schema)


def test_only_the_search_s_own_languages_are_on_the_site(tmp_path):
    folder = tmp_path / "assets/javascripts"
    (folder / "workers").mkdir(parents=True)
    (folder / "lunr/min").mkdir(parents=True)
    (folder / "workers/search.1.min.js").touch()
    (folder / "workers/menkan-search.js").write_text("import __THEME_WORKER__")
    splitters = ["tinyseg.js", "wordcut.js"]
    names = [f"min/lunr.{name}.min.js" for name in ("stemmer.support", "multi", "de", "ja", "th")]
    for name in [*splitters, *names]:
        (folder / "lunr" / name).touch()

    place_worker(tmp_path, ["en", "ja"])

    left = {path.name for path in (folder / "lunr").rglob("*.js")}
    expected = {"lunr.stemmer.support.min.js", "lunr.multi.min.js", "lunr.ja.min.js", "tinyseg.js"}
    assert left == expected
    assert "search.1.min.js" in (folder / "workers/menkan-search.js").read_text()


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_the_search_asks_for_is_on_the_site(built_site, code):
    lunr = built_site / code / "assets/javascripts/lunr"

    left = {path.name for path in lunr.rglob("*.js")}
    shared = {"lunr.stemmer.support.min.js", "lunr.multi.min.js"}
    assert left == shared | ({"lunr.zh.min.js"} if code == "zh" else set())


def test_the_offline_copy_holds_nothing_for_developers(built_site):
    script = (built_site / "sw.js").read_text("utf-8")
    files, later = (json.loads(line.partition(" = ")[2][:-1]) for line in script.split("\n")[:2])

    assert {path.rpartition(".")[2] for path in files}.isdisjoint({"map", "br", "gz", "xml", "txt"})
    assert later == []


def test_of_a_site_with_many_guides_each_is_kept_when_it_is_read(tmp_path, monkeypatch):
    for path in ("index.html", "en/index.html", "en/guides/index.html", "en/guides/a/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("12345")
    monkeypatch.setattr(offline, "AHEAD", 4)

    offline.publish_service_worker(tmp_path, on=True)

    assert 'const LATER = ["en/guides/a/index.html"];' in (tmp_path / "sw.js").read_text("utf-8")
