"""What helps a guide to be found stands in the built pages: JSON-LD, search words, llms.txt, open data."""

import json
import re

import jsonschema
import pytest

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
    index = json.loads((built_site / code / "search/search_index.json").read_text("utf-8"))

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
