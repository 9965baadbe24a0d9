"""The JSON door: replies, errors, and never an exception."""

import json

import pytest
from own_site import ROOT, SLUGS, bound, site_figures

import menkan.rules
from menkan.rules.door import answer, load_answers, open_site


@pytest.fixture
def door(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    guides = {
        guide: {"as_of": as_of, "figures": figures}
        for guide, (as_of, figures) in site_figures().items()
    }
    opened = json.loads(open_site(json.dumps({"guides": guides})))
    assert opened["errors"] == []
    assert sorted(opened["checkers"]) == SLUGS
    return lambda request: json.loads(
        answer(request if isinstance(request, str) else json.dumps(request))
    )


def test_the_door_gives_the_verdict_of_judge(door):
    slug, answers = "huawei-joint-listing", {"certification_passed": True}

    reply = door({"checker": slug, "answers": answers})

    assert reply == {"verdict": bound(slug).judge(answers).to_json(), "errors": []}


def test_a_lenient_door_leaves_a_bad_answer_out(door):
    request = {"checker": "amazon-brazil", "answers": {"store": "mx", "professional_plan": False}}

    strict, lenient = door(request), door({**request, "lenient": True})

    assert strict["verdict"] is None
    assert strict["errors"] == lenient["errors"]
    assert [error["input"] for error in lenient["errors"]] == ["store"]
    assert lenient["verdict"]["verdict"] == "not_eligible"


def test_the_door_reads_typed_text_and_batches(door):
    batch = [
        {"already_authorized": "9", "authorizer": "standard_edition"},
        {"adult_products": "true"},
        {"already_authorized": ""},
    ]

    replies = door({"checker": "taobao-image-space-authorization", "batch": batch, "text": True})

    verdicts = [reply["verdict"]["verdict"] for reply in replies["replies"]]
    assert verdicts == ["undetermined", "not_eligible", "undetermined"]


@pytest.mark.parametrize(
    ("request_text", "code"),
    [
        pytest.param("{", "bad_request", id="half a text"),
        pytest.param("[]", "bad_request", id="a list"),
        pytest.param('{"checker": "amazon-brazil"}', "bad_request", id="no answers"),
        pytest.param('{"checker": "amazon-brazil", "answers": []}', "bad_request", id="a list"),
        pytest.param('{"checker": "x", "answers": {}}', "unknown_checker", id="no such checker"),
        pytest.param('{"checker": {}, "answers": {}}', "unknown_checker", id="an odd slug"),
        pytest.param(
            '{"checker": "\\ud800\\u0000", "answers": {}}', "unknown_checker", id="half a character"
        ),
        pytest.param('{"checker": "amazon-brazil", "batch": null}', "bad_request", id="no batch"),
        pytest.param(
            '{"checker": "amazon-brazil", "answers": {"store": "us", "store": "other"}}',
            "bad_request",
            id="an answer given twice",
        ),
        pytest.param('{"a":' * 100_000, "bad_request", id="nested without end"),
    ],
)
def test_the_door_never_raises(door, request_text, code):
    reply = door(request_text)

    assert list(reply) == ["error"]
    assert reply["error"]["code"] == code
    assert reply["error"]["detail"].isprintable()


def test_a_failing_checker_is_told_and_the_next_call_works(door, monkeypatch):
    request = {"checker": "amazon-brazil", "answers": {}}
    monkeypatch.setattr(menkan.rules.BoundChecker, "judge_values", lambda *_: 1 / 0)

    assert door(request)["error"]["code"] == "checker_failed"
    monkeypatch.undo()
    assert json.loads(answer(json.dumps(request)))["verdict"]["verdict"] == "undetermined"


def test_one_guide_with_bad_figures_leaves_the_others_working(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    guides = {
        "taobao-image-space": {"as_of": None, "figures": {}},
        "huawei-joint-operation": {"as_of": None, "figures": {}},
    }

    reply = json.loads(open_site(json.dumps({"guides": guides})))

    assert "huawei-joint-listing" in reply["checkers"]
    assert "taobao-image-space-capacity" not in reply["checkers"]
    assert {error["guide"] for error in reply["errors"]} == {"taobao-image-space"}
    assert "space-price.price" in reply["errors"][-1]["detail"]


def test_json_numbers_are_read_exactly():
    found = load_answers('{"a": 0.1, "b": 12, "c": 1e400, "d": NaN, "e": ' + "9" * 5000 + "}")

    assert found["b"] == 12
    assert [found[name][:5] for name in "acde"] == ["0.1", "1e400", "NaN", "99999"]
