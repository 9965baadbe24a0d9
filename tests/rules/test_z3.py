"""A sample of partial answers against Z3: the same verdicts and the same needs.

The checkers' trees are translated to formulas over whole numbers; Z3 is asked whether a
completion can be eligible, not eligible or open, and whether one answer alone can change that.
Working days and seasons are no arithmetic Z3 knows; those two checkers are left to the oracle.
"""

from random import Random

import pytest
from oracle import Oracle, as_json
from own_site import SLUGS, bound

from menkan.rules.nodes import All, Any, Compare, Not, OneOf, Open
from menkan.rules.quantities import Figure, Itself, Later, Sum

z3 = pytest.importorskip("z3")

SAMPLES = 60
_HOURS = 3_600_000_000


def number(quantity, of):
    """Translate a limit to arithmetic on the variables `of`."""
    if isinstance(quantity, Figure):
        return z3.IntVal(quantity.value)
    if isinstance(quantity, Itself):
        return of[quantity.inputs[0].name]
    if isinstance(quantity, Sum):
        return z3.Sum([of[one.name] for one in quantity.inputs])
    assert isinstance(quantity, Later)
    step = {"days": 1, "hours": _HOURS}[quantity.unit]
    return of[quantity.inputs[0].name] + quantity.amount.value * step


def formulas(node, of):
    """Translate a condition to two formulas: it is met, it fails. Open is neither."""
    if isinstance(node, All):
        parts = [formulas(part, of) for part in node.parts]
        return z3.And([met for met, _ in parts]), z3.Or([fails for _, fails in parts])
    if isinstance(node, Any):
        parts = [formulas(part, of) for part in node.parts]
        return z3.Or([met for met, _ in parts]), z3.And([fails for _, fails in parts])
    if isinstance(node, Not):
        return formulas(node.parts[0], of)[::-1]
    if isinstance(node, Open):
        return z3.BoolVal(False), z3.BoolVal(False)
    value = of[node.inputs[0].name]
    if isinstance(node, OneOf):
        met = z3.Or([value == place for place in node.places])
    else:
        assert isinstance(node, Compare)
        limit = number(node.limit, of)
        met = {
            ">=": value >= limit,
            ">": value > limit,
            "<=": value <= limit,
            "<": value < limit,
        }[node.sign]
    return met, z3.Not(met)


class Solver:
    """One checker as formulas."""

    def __init__(self, checker):
        self.checker = checker
        self.inputs = checker.space.inputs

    def state(self, of):
        """Give a formula for the verdict as a number (0 refused, 1 open, 2 eligible), and bounds."""
        met, fails = formulas(All(*self.checker.nodes), of)
        valid = [z3.And(of[n] >= one.low, of[n] <= one.high) for n, one in self.inputs.items()]
        valid += [formulas(order, of)[0] for order in self.checker.orders]
        return z3.If(fails, 0, z3.If(met, 2, 1)), z3.And(valid)

    def judge(self, values):
        of = {name: z3.Int(name) for name in self.inputs}
        state, valid = self.state(of)
        given = [of[name] == value for name, value in values.items()]
        base = z3.Solver()
        base.add(valid, *given)
        reach = {each for each in (0, 1, 2) if base.check(state == each) == z3.sat}
        needs = set()
        for name in self.inputs:
            if name in values:
                continue
            changed = {**of, name: z3.Int(name + "'")}
            other, also_valid = self.state(changed)
            if base.check(also_valid, other != state) == z3.sat:
                needs.add(name)
        verdict = {frozenset({0}): "not_eligible", frozenset({2}): "eligible"}.get(
            frozenset(reach), "undetermined"
        )
        return verdict, needs


# A calendar month and a working day are no sums of days.
_NOT_ARITHMETIC = {
    "amazon-meltable-inventory",
    "huawei-listing-review",
    "taobao-image-space-revocation",
}


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if slug not in _NOT_ARITHMETIC])
def test_z3_says_the_same(slug):
    checker, oracle, random = bound(slug), Oracle(slug, None), Random("z3" + slug)
    solver = Solver(checker)

    for _ in range(SAMPLES):
        answers = as_json(oracle.draw(random, random.choice((0.2, 0.5, 0.8))))
        values, errors = checker.read(answers)
        verdict = checker.judge(answers)
        assert not errors
        assert (verdict.verdict, set(verdict.needs)) == solver.judge(values), answers
