"""The packed working days are those of the package, and nothing is guessed outside them."""

import datetime

import pytest
from make_workdays import table
from own_site import ROOT, bound

from menkan.rules import (
    workdays,
)


def test_the_packed_calendar_is_that_of_the_package():
    text = (ROOT / "build/menkan/rules/workdays_table.py").read_text(encoding="utf-8")

    assert text.split("EXCEPTIONS")[1] == table().split("EXCEPTIONS")[1]


def test_the_calendar_agrees_with_a_second_package():
    chinese_calendar = pytest.importorskip("chinese_calendar")
    first, last = workdays.coverage()

    differing = [
        day
        for day in map(datetime.date.fromordinal, range(first, last + 1))
        if workdays.is_working_day(day.toordinal()) != chinese_calendar.is_workday(day)
    ]

    # A Saturday worked in place of 3 January 2006; the second package leaves it out.
    assert differing == [datetime.date(2005, 12, 31)]


def test_the_coverage_ends_before_the_next_notice_can_reach():
    assert [workdays.coverage()[0], workdays.coverage()[1]] == [
        datetime.date(min(workdays.EXCEPTIONS), 1, 1).toordinal(),
        datetime.date(max(workdays.EXCEPTIONS), 12, 24).toordinal(),
    ]


@pytest.mark.parametrize(
    ("start", "note"),
    [("2026-12-21", None), ("2026-12-22", "out_of_coverage"), ("2003-12-31", "out_of_coverage")],
)
def test_past_the_coverage_nothing_is_guessed(start, note):
    if max(workdays.EXCEPTIONS) != 2026 and start.startswith("2026"):
        pytest.skip("the calendar has grown; its new end is tested by the last covered day below")
    answers = {"submitted_on": start, "listings_submitted_that_day": 1, "today": "2199-12-31"}

    verdict = bound("huawei-listing-review").judge(answers)

    assert verdict.rules["past_due"].note == note
    assert (verdict.values["due_on"] is None) == (note is not None)


def test_the_last_covered_day_is_the_last_that_can_be_counted_from():
    last = workdays.covered_days(3)[1]

    assert workdays.plus_working_days(last, 3) <= workdays.coverage()[1]
    assert workdays.plus_working_days(last + 1, 3) > workdays.coverage()[1]
