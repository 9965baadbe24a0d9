"""Figures come from records, dated; changing one moves verdict and table together."""

import json

import pytest
from own_site import bound, site_checkers, site_figures

from menkan.rules import (
    FigureError,
    decision_table,
    verdict_text,
)


def rebound(slug, **changed):
    """Bind a checker with some figures replaced: name with __ for the point, value."""
    guide, checker = site_checkers()[slug]
    as_of, figures = site_figures()[guide]
    new = {name.replace("__", "."): value for name, value in changed.items()}
    return checker.bind({**figures, **new}, as_of=as_of)


def test_a_changed_figure_moves_verdict_and_table_together():
    slug, answers = "relang-advanced-operator", {"existing_advanced_operators": 24}
    stricter = {"operator-limit.accounts": [[None, "25"]]}

    before, after = bound(slug), rebound(slug, **stricter)

    assert before.judge(answers).verdict == "not_eligible"
    assert after.judge(answers).verdict == "undetermined"
    assert after.judge(answers).values == {"slots_left": 1}
    assert '"value": "20"' in json.dumps(decision_table(before).to_json())
    assert '"value": "25"' in json.dumps(decision_table(after).to_json())


def test_the_value_in_force_on_a_day_counts():
    _, checker = site_checkers()["taobao-image-space-capacity"]
    figures = {"space-price.price": [["2022-09-06", "4.5"], ["2024-01-01", "5"]]}
    answers = {"purchased_gb": "0", "used_gb": "0", "upload_gb": "2"}

    costs = [
        checker.bind(figures, on=on).judge(answers).values["extra_cost_cny_per_year"]
        for on in ("2022-09-06", "2023-12-31", "2024-01-01", None)
    ]

    assert costs == ["9", "9", "10", "10"]


def test_a_day_before_the_first_value_is_told():
    _, checker = site_checkers()["taobao-image-space-capacity"]

    with pytest.raises(FigureError, match=r"space-price\.price has no value for 2022-09-05"):
        checker.bind({"space-price.price": [["2022-09-06", "4.5"]]}, on="2022-09-05")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param({}, r"figure space-price\.price is read", id="missing"),
        pytest.param({"space-price.price": [[None, "4,5"]]}, "'4,5'", id="unreadable"),
    ],
)
def test_a_figure_that_cannot_be_read_is_named(figures, expected):
    _, checker = site_checkers()["taobao-image-space-capacity"]

    with pytest.raises(FigureError, match=expected):
        checker.bind(figures)


def test_every_verdict_is_dated_by_its_source_and_cites_facts(slug):
    guide, _ = site_checkers()[slug]

    verdict = bound(slug).judge({})

    assert verdict.as_of == site_figures()[guide][0]
    assert all(finding.cites for finding in verdict.rules.values())
    assert list(json.loads(verdict_text(verdict))) == [
        "checker",
        "as_of",
        "verdict",
        "rules",
        "values",
        "needs",
        "changes",
    ]
