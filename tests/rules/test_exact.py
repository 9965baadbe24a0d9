"""Verdicts on partial answers are exact: the same as trying every completion.

`oracle` is a second implementation that shares nothing with the library.
"""

import time
from itertools import combinations
from random import Random

import pytest
from oracle import CASES, Oracle, as_json
from own_site import SLUGS, bound, site_checkers, site_figures

from menkan.rules import (
    Checker,
    CheckerError,
    Date,
    Integer,
    YesNo,
    decision_table,
    lint,
    verdict_text,
)
from menkan.rules.exact import MOST_CELLS
from menkan.rules.workdays import is_working_day

SAMPLES = 10_000


def oracle_of(slug):
    return Oracle(slug, lambda day: is_working_day(day.toordinal()))


def test_the_oracle_knows_every_checker():
    assert sorted(CASES) == SLUGS
    assert len(SLUGS) == 25


def test_inputs_and_rules_stand_as_the_oracle_lists_them(slug):
    oracle = oracle_of(slug)
    full = next(oracle.completions({}))

    checker = bound(slug).checker

    assert [one.name for one in checker.inputs] == list(oracle.names)
    assert list(checker.rules) == list(oracle.function(**full))


def test_partial_answers_are_judged_as_if_every_completion_were_tried(slug):
    oracle, checker, random = oracle_of(slug), bound(slug), Random(slug)
    wrong = []

    for _ in range(SAMPLES):
        answers = oracle.draw(random, random.choice((0.4, 0.6, 0.8)))
        verdict = checker.judge(as_json(answers))
        statuses = {rule: finding.status for rule, finding in verdict.rules.items()}
        seen = verdict.verdict, statuses, set(verdict.needs)
        if seen != oracle.judge(answers):
            wrong.append((answers, seen, oracle.judge(answers)))

    assert not wrong, wrong[0]


def test_nothing_answered_asks_and_never_refuses(slug):
    verdict = bound(slug).judge({})

    assert verdict.verdict == "undetermined"
    assert set(verdict.needs) == oracle_of(slug).judge({})[2]


def test_a_new_answer_never_flips_a_settled_verdict(slug):
    oracle, checker, random = oracle_of(slug), bound(slug), Random(slug)

    for _ in range(150):
        answers = as_json(oracle.draw(random, 1.0))
        order = random.sample(list(answers), len(answers))
        given, settled = {}, None
        for name in order:
            given[name] = answers[name]
            seen = checker.judge(given).verdict
            assert settled in (None, seen), (given, settled, seen)
            settled = seen if seen != "undetermined" else settled


def test_answering_in_the_order_of_needs_settles_the_verdict(slug):
    oracle, checker, random = oracle_of(slug), bound(slug), Random(slug)

    for _ in range(100):
        answers = as_json(oracle.draw(random, 1.0))
        given = {}
        while needs := checker.judge(given).needs:
            given[needs[0]] = answers[needs[0]]

        assert checker.judge(given).verdict == checker.judge(answers).verdict


def test_changes_reopen_a_refusal_and_nothing_smaller_does(slug):
    oracle, checker, random = oracle_of(slug), bound(slug), Random(slug)
    tried = 0

    for _ in range(60):
        answers = oracle.draw(random, random.choice((0.5, 0.9, 1.0)))
        verdict = checker.judge(as_json(answers))
        if verdict.verdict != "not_eligible":
            assert verdict.changes == ()
            continue
        tried += 1
        changes = dict(verdict.changes)
        assert changes, answers
        assert checker.judge({**as_json(answers), **changes}).verdict != "not_eligible"
        if len(changes) <= 3:
            for size in range(len(changes)):
                for chosen in combinations(answers, size):
                    kept = {name: value for name, value in answers.items() if name not in chosen}
                    assert oracle.judge(kept)[0] == "not_eligible", (answers, chosen)

    assert tried or slug in ("amazon-brazil", "huawei-joint-listing")


def entangled(width):
    """Make a rule that no cell enumeration can take apart: `width` inputs in one condition."""
    inputs = [YesNo(f"q{n}") for n in range(width)]
    pairs = [one.is_true() | other.is_true() for one in inputs for other in inputs[:3]]
    node = pairs[0]
    for pair in pairs[1:]:
        node = node & pair
    return Checker("entangled", rules={"all": node.cites("fact")}).bind({})


def test_past_the_bound_kleene_answers_and_is_never_wrong():
    checker = entangled(13)
    assert 2**13 > MOST_CELLS

    nothing = checker.judge({})
    refused = checker.judge({"q0": False, "q1": False, "q12": True})
    allowed = checker.judge({f"q{n}": True for n in range(3)})

    assert (nothing.verdict, len(nothing.needs)) == ("undetermined", 13)
    assert refused.verdict == "not_eligible"
    assert allowed.verdict == "eligible"


def test_a_very_entangled_checker_never_hangs():
    checker = entangled(30)
    start = time.perf_counter()

    verdict = checker.judge({f"q{n}": False for n in range(30)})
    with pytest.raises(CheckerError, match="too entangled"):
        decision_table(checker)

    assert verdict.verdict == "not_eligible"
    assert [fault.code for fault in lint(checker)] == []
    assert time.perf_counter() - start < 20  # all its cells would take a day


def test_a_chain_of_moments_is_held_from_end_to_end():
    a = Date("a")
    b = Date("b", not_before=a)
    c = Date("c", not_before=b)
    checker = Checker("chain", rules={"r": c.at_least(a).cites("fact")}).bind({})

    values, errors = checker.read({"a": "2022-01-02", "c": "2022-01-01"})

    assert [one.name for one in checker.checker.inputs] == ["c", "a", "b"]
    assert [(error.input, error.code) for error in errors] == [("c", "before")]
    assert list(values) == ["a"]


def test_what_was_asked_before_never_shows_in_a_verdict(slug):
    oracle, random = oracle_of(slug), Random(slug)
    _, checker = site_checkers()[slug]
    used = bound(slug)
    for _ in range(100):
        answers = as_json(oracle.draw(random, random.choice((0.2, 0.6))))
        fresh = checker.bind(site_figures()[site_checkers()[slug][0]][1], as_of=used.as_of)

        assert verdict_text(used.judge(answers)) == verdict_text(fresh.judge(answers))


def test_limits_tied_in_a_ring_fall_back_to_kleene():
    a, b, c = (Integer(name, unit="points") for name in "abc")
    ring = a.at_least(b) & b.at_least(c) & c.above(a)
    checker = Checker("ring", rules={"never": ring.cites("fact")}).bind({})

    verdict = checker.judge({})

    assert (verdict.verdict, set(verdict.needs)) == ("undetermined", {"a", "b", "c"})
    assert checker.judge({"a": 3, "b": 2, "c": 1}).verdict == "not_eligible"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6])
def test_most_telling_first_is_the_share_of_ways_an_answer_decides(share):
    """Hold the order of `needs` against counting pivots over whole completions."""
    slug = "huawei-asset-release"
    oracle, checker, random = oracle_of(slug), bound(slug), Random(7)
    # One answer per cell, so that counting answers is counting cells.
    oracle.plain = {
        **oracle.plain,
        "size_gb": oracle.plain["size_gb"][1:],
    }
    answers = oracle.draw(random, share)
    free = [name for name in oracle.names if name not in answers]
    reached = {name: {} for name in free}
    for full in oracle.completions(answers):
        found = checker.judge(as_json(full)).verdict
        for name in free:
            others = tuple(full[other] for other in free if other != name)
            reached[name].setdefault(others, set()).add(found)
    shares = {
        name: sum(len(each) > 1 for each in groups.values()) / len(groups)
        for name, groups in reached.items()
    }

    needs = checker.judge(as_json(answers)).needs

    expected = sorted((n for n in free if shares[n]), key=lambda n: (-shares[n], free.index(n)))
    assert list(needs) == expected
