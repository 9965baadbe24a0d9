"""The open data fits its published schemas and says what the pages say."""

import json

import jsonschema
import pytest

from menkan.guides import llms_txt, open_data, structured_data


@pytest.fixture(scope="module")
def data(site):
    return {
        language: {name: json.loads(text) for name, text in open_data(site, language).items()}
        for language in site.languages
    }


@pytest.mark.parametrize("name", ["facts", "checkers"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_data_fits_its_schema(data, language, name):
    schema = data[language][f"{name}.schema.json"]
    file = data[language][f"{name}.json"]

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(file)
    assert file["$schema"] == f"{name}.schema.json"


@pytest.mark.parametrize("name", ["facts", "checkers"])
def test_the_schema_refuses_what_is_not_in_it(data, name):
    file = data["en"][f"{name}.json"] | {"more": 1}

    with pytest.raises(jsonschema.ValidationError, match="more"):
        jsonschema.validate(file, data["en"][f"{name}.schema.json"])


def test_every_fact_and_every_checker_is_there_once(site, data):
    for found in data.values():
        facts = [(g["id"], f["id"]) for g in found["facts.json"]["guides"] for f in g["facts"]]
        checkers = [one["slug"] for one in found["checkers.json"]["checkers"]]
        assert sorted(facts) == sorted((g, f.id) for g, r in site.records.items() for f in r.facts)
        assert sorted(checkers) == sorted(c.slug for cs in site.checkers.values() for c in cs)


def test_languages_differ_in_words_only(data):
    def shape(part):
        if isinstance(part, dict):
            return {key: shape(value) for key, value in part.items()}
        if isinstance(part, list):
            return [shape(item) for item in part]
        return type(part)

    first, *others = data.values()

    assert all(shape(other) == shape(first) for other in others)


def strings(part) -> list[str]:
    if isinstance(part, dict):
        return [text for value in part.values() for text in strings(value)]
    if isinstance(part, list):
        return [text for item in part for text in strings(item)]
    return [part] if isinstance(part, str) else []


def test_texts_in_the_data_are_plain(data):
    for found in data.values():
        for text in [*strings(found["facts.json"]), *strings(found["checkers.json"])]:
            assert not set("{}*<>\n") & set(text) - {">"}, text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_structured_data_links_only_to_anchors_of_the_page(site, pages, language):
    for guide_id in site.records:
        page = pages[language][f"guides/{guide_id}.md"]
        graph = structured_data(site, guide_id, language)["@graph"]
        steps = [step for one in graph if one["@type"] == "HowTo" for step in one["step"]]
        assert all(f"{{: {step['url']} }}" in page for step in steps)
        questions = [q for one in graph if one["@type"] == "FAQPage" for q in one["mainEntity"]]
        assert len(questions) == len(site.checkers.get(guide_id, ()))
        assert all(question["acceptedAnswer"]["text"] for question in questions)


def test_answers_for_search_engines_are_dated(site):
    graph = structured_data(site, "amazon-account-health", "en")["@graph"]

    answer = graph[1]["mainEntity"][0]["acceptedAnswer"]["text"]

    assert answer.startswith(
        "According to the source of 17 November 2022, all of these had to hold"
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_llms_txt_names_every_guide_and_the_data(site, language):
    text = llms_txt(site, language, "Tidepool", f"/{language}/")

    assert text.startswith("# Tidepool (")
    assert all(f"(/{language}/guides/{guide_id}/)" in text for guide_id in site.records)
    assert all(f"(/{language}/{name})" in text for name in ("facts.json", "checkers.schema.json"))
