"""Lint names what is surely a mistake, and the site's checkers have none."""

import pytest
from own_site import bound

from menkan.rules import (
    Checker,
    Integer,
    YesNo,
    lint,
)


def test_the_sites_checkers_have_no_fault(slug):
    assert [str(fault) for fault in lint(bound(slug))] == []


POINTS = Integer("points", unit="points", at_most=100)
FIGURES = {"a.least": [[None, "60"]], "a.most": [[None, "50"]], "a.all": [[None, "101"]]}


@pytest.mark.parametrize(
    ("rules", "code", "names"),
    [
        pytest.param(
            {"high": POINTS.at_least("a.all").cites("a")}, "never_met", ("high",), id="never met"
        ),
        pytest.param(
            {"low": POINTS.below("a.all").cites("a")}, "never_fails", ("low",), id="never fails"
        ),
        pytest.param(
            {
                "high": POINTS.at_least("a.least").cites("a"),
                "low": POINTS.below("a.most").cites("a"),
            },
            "contradiction",
            ("high", "low"),
            id="two rules that contradict",
        ),
    ],
)
def test_lint_names_the_rule(rules, code, names):
    faults = lint(Checker("c", rules).bind(FIGURES))

    assert (faults[0].code, faults[0].names) == (code, names)
    assert str(faults[0]).startswith("c: the rule")


def test_lint_names_an_input_no_rule_reads_and_one_that_never_matters():
    sure, idle, other = YesNo("sure"), YesNo("idle"), YesNo("other")
    redundant = sure.is_true() | (sure.is_true() & idle.is_true())
    checker = Checker("c", {"r": redundant.cites("a")}, {"shown": other.is_true()})

    faults = lint(checker.bind({}))

    assert ("unread_input", ("other",)) in [(fault.code, fault.names) for fault in faults]
    checker = Checker("c", {"r": redundant.cites("a")})
    assert [(f.code, f.names) for f in lint(checker.bind({}))] == [("idle_input", ("idle",))]


def test_lint_names_a_figure_the_guide_hides():
    checker = Checker("c", {"high": POINTS.at_least("a.least").cites("a")}).bind(FIGURES)

    assert [fault.code for fault in lint(checker, shown={"a.most"})] == ["hidden_figure"]
    assert lint(checker, shown={"a.least"}) == []
