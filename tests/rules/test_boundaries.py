"""Generated boundary cases: they agree with the oracle, and they tell every mutant apart."""

from datetime import date, datetime
from decimal import Decimal

from boundaries import boundary_cases, equivalent, mutants, seen
from oracle import Oracle
from own_site import bound, site_checkers, site_figures

from menkan.rules import CheckerError, FigureError
from menkan.rules.workdays import is_working_day

_READ = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


def test_cases_at_every_limit_agree_with_the_oracle(slug):
    checker = bound(slug)
    oracle = Oracle(slug, lambda day: is_working_day(day.toordinal()))
    kinds = {one.name: one.kind for one in checker.checker.inputs}

    cases = boundary_cases(checker)

    assert any(len(answers) < len(kinds) for answers in cases), "no case leaves an answer out"
    for answers in cases:
        native = {name: _READ.get(kinds[name], lambda v: v)(v) for name, v in answers.items()}
        expected = oracle.judge(native)[0]
        assert checker.judge(answers).verdict == expected, answers


# Mutants that are no mistakes: a Tmall shop's smaller quota lies within the other one, and where
# the review time is unknown the second rule says so too. Proved equal over all cells below.
_EQUAL = {
    "huawei-listing-review": {"without the rule sla_known"},
    "taobao-image-space-authorization": {
        "quota_left: part 1: part 0 dropped",
        "quota_left: part 1: part 0: option standard_edition turned",
    },
}


def test_every_mutant_is_told_apart(slug, record_property):
    guide, checker = site_checkers()[slug]
    figures = site_figures()[guide][1]
    original = bound(slug)
    cases = boundary_cases(original)
    made, survivors = 0, set()

    for what, mutant, its_figures in mutants(checker, figures):
        made += 1
        try:
            changed = mutant.bind(its_figures)
        except (CheckerError, FigureError):
            continue  # the library itself refuses it
        rules = list(mutant.rules)
        if seen(changed, cases, rules) == seen(original, cases, rules):
            assert equivalent(original, changed, rules), what
            survivors.add(what)

    record_property("mutants", made)
    assert made
    assert survivors == _EQUAL.get(slug, set())
