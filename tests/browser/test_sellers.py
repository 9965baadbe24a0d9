"""Sellers' and generated answers in real Chromium with the packed Pyodide: the same verdicts as natively.

Sellers' cases twice: through the JSON door alone, where the reply must be the same text, and through
the form, where the answers are typed into the page's own fields. Generated answers, those at every
limit and odd ones, go through the door; none of them may need more than the small runtime.
"""

import json
import sys

import pytest

from menkan.rules.door import answer, open_site
from menkan.site import Site
from tests.rules.boundaries import boundary_cases
from tests.rules.write_verdicts import Draw
from tests.sellers.cases import differences, load_cases

CASES = load_cases()
# Drawn sets of answers for each checker, one in some ten with something odd among them.
ODD = 300

ASK = """async (requests) => {
  const script = document.querySelector('script[src$="/checker.js"]').src;
  const { engine } = await import(new URL("engine.js", script));
  const replies = [];
  for (const request of requests) replies.push(JSON.stringify(await engine.ask(request)));
  if (engine.whole) throw new Error("the small runtime lacked a part");
  return replies;
}"""

TYPE = """async (cases) => {
  const shown = [];
  for (const { slug, given } of cases) {
    const host = document.querySelector(`menkan-checker[slug="${slug}"]`);
    const seen = new Promise((resolve) => {
      host.addEventListener("menkan-verdict", (event) => resolve(event.detail), { once: true });
    });
    for (const box of host.querySelectorAll("[data-input]")) {
      const text = box.dataset.input in given ? String(given[box.dataset.input]) : "";
      const radio = [...box.querySelectorAll("input[type=radio]")].find((one) => one.value === text);
      if (radio) radio.checked = true;
      else box.querySelector("input").value = text;
      box.dataset.touched = "";
    }
    host.querySelector("form").dispatchEvent(new Event("input", { bubbles: true }));
    const verdict = await seen;
    shown.push({
      verdict,
      state: host.dataset.state,
      rules: Object.fromEntries([...host.querySelectorAll("[data-rule]")].map((rule) => [rule.dataset.rule, rule.dataset.status])),
      sentences: [...host.querySelectorAll("[data-when]:not([hidden])")].map((one) => one.textContent),
    });
  }
  return shown;
}"""


@pytest.fixture(scope="module")
def site(root):
    """The site, opened at the native door."""
    site = Site.load(root, ("zh", "en"))
    sys.path.insert(0, str(root))
    try:
        assert json.loads(open_site(json.dumps(site.figures())))["errors"] == []
    finally:
        sys.path.remove(str(root))
    return site


def test_the_door_gives_the_same_text_in_the_browser(site, open_page):
    page = open_page("en/guides/amazon-account-health/")
    requests = [{"checker": case.slug, "answers": case.given} for case in CASES]

    replies = page.evaluate(ASK, requests)

    assert replies == [answer(json.dumps(request)) for request in requests]
    for case, reply in zip(CASES, map(json.loads, replies), strict=True):
        assert differences(case, reply["verdict"], reply["errors"]) == [], case.id


def test_the_form_gives_the_same_verdict_for_every_case(site, open_page):
    """Guides take turns in the languages; cases that no field can hold are the door's alone."""
    page = None
    count = 0
    for turn, (guide_id, checkers) in enumerate(site.checkers.items()):
        slugs = {checker.slug for checker in checkers}
        cases = [case for case in CASES if case.slug in slugs and _typable(case)]
        if page:
            page.close()
        language = site.languages[turn % len(site.languages)]
        page = open_page(f"{language}/guides/{guide_id}/", timezone_id="Asia/Shanghai")
        given = [{"slug": case.slug, "given": _as_typed(case.given)} for case in cases]
        for case, shown in zip(cases, page.evaluate(TYPE, given), strict=True):
            count += 1
            expected = json.loads(answer(json.dumps({"checker": case.slug, "answers": case.given})))
            assert shown["verdict"] == expected["verdict"], case.id
            assert shown["state"] == expected["verdict"]["verdict"], case.id
            statuses = {rule["id"]: rule["status"] for rule in expected["verdict"]["rules"]}
            assert shown["rules"] == statuses, case.id
            decided = [status for status in statuses.values() if status != "unknown"]
            assert len(shown["sentences"]) >= len(decided), case.id
    assert count > 120


def test_generated_answers_give_the_same_text_in_the_browser(site, open_page):
    page = open_page("zh/guides/amazon-account-health/")
    requests, count = [], 0
    for guide_id, checkers in site.checkers.items():
        for checker in checkers:
            record = site.records[guide_id]
            cases = boundary_cases(checker.bind(record.figures(), record.as_of))
            draw = Draw(sum(checker.slug.encode()))
            odd = [_in_javascript(draw.answers(checker.inputs)) for _ in range(ODD)]
            count += len(cases) + len(odd)
            requests.append({"checker": checker.slug, "batch": cases})
            requests.append({"checker": checker.slug, "batch": odd, "lenient": True})

    replies = page.evaluate(ASK, requests)

    assert replies == [answer(json.dumps(request)) for request in requests]
    assert count > 25 * ODD


def _in_javascript(given: dict) -> dict:
    """Answers without those that JavaScript has no number for."""
    large = 2**53
    return {
        name: value
        for name, value in given.items()
        if not (isinstance(value, int) and abs(value) > large)
    }


def _is_moment(value) -> bool:
    return isinstance(value, str) and "T" in value


def _typable(case) -> bool:
    """A field for a moment has no offset of its own: only those of the page's time zone fit."""
    moments = [value for value in case.given.values() if _is_moment(value)]
    return (
        bool(case.given)
        and "error" not in case.expect
        and all(moment.endswith("+08:00") for moment in moments)
    )


def _as_typed(given: dict) -> dict:
    return {
        name: value.removesuffix("+08:00") if _is_moment(value) else str(value).lower()
        for name, value in given.items()
    }
