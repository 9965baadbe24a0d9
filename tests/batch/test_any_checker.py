"""Checkers of shapes this site does not have yet: entangled ties, many answers in one rule."""

from random import Random

import pytest
from rows import draw, expected, frame, seen

from menkan.batch import Kernel
from menkan.rules import All, Any, Beyond, Checker, Date, Decimal, Integer, Says, YesNo

FIGURES = {
    "f.months": [[None, "2"]],
    "f.days": [[None, "3"]],
    "f.many": [[None, "10"]],
    "f.fine": [[None, "0.00000001"]],
}


def crossing():
    """Two limits worked out from one day that may be missing, without a closed form."""
    start, first, second = Date("start"), Date("first"), Date("second")
    return Checker(
        "crossing",
        {
            "months": first.at_least(start.plus_months("f.months")).cites("f"),
            "work": second.at_most(start.plus_working_days("f.days")).cites("f"),
        },
    )


def nested():
    """A chain of days, each not before the last, and rules on both ends."""
    one = Date("one")
    two = Date("two", not_before=one)
    three = Date("three", not_before=two)
    return Checker(
        "nested",
        {
            "soon": two.at_most(one.plus_days("f.days")).cites("f"),
            "late": three.above(one.plus_days("f.days")).cites("f"),
        },
    )


def wide():
    """Fourteen answers in one rule: more than the exact evaluation tries."""
    asked = [YesNo(f"asked_{place}") for place in range(14)]
    number = Integer("number", unit="people")
    return Checker(
        "wide",
        {"any": (Any(*(one.is_true() for one in asked)) | number.at_least("f.many")).cites("f")},
    )


def fine():
    """A figure of more places than a table is counted in at first, and one input in two rules."""
    size, other = Decimal("size", unit="GB"), Decimal("other", unit="GB")
    small = size.below("f.fine")
    return Checker(
        "fine",
        {"small": small.cites("f"), "both": (~small | other.at_least(size)).cites("f")},
        {"over": Beyond(size, "f.fine"), "says": Says(small & other.at_least("f.many"))},
    )


def bare():
    """A rule that asks nothing."""
    return Checker("bare", {"ever": All().cites("f"), "asked": YesNo("asked").is_true().cites("f")})


@pytest.mark.parametrize(
    "make", [crossing, nested, wide, fine, bare], ids=lambda make: make.__name__
)
def test_rows_come_to_what_single_answers_come_to(make):
    checker, random = make().bind(FIGURES, as_of="2022-11-17"), Random(1)
    rows = [draw(checker, random) for _ in range(1500)]

    judged = Kernel(checker).judge(frame(checker, rows))

    wrong = [
        (row, found, wanted)
        for row, found, wanted in zip(
            rows,
            map(seen, judged.iter_rows(named=True)),
            (expected(checker, row) for row in rows),
            strict=True,
        )
        if found != wanted
    ]
    assert not wrong, wrong[0]
