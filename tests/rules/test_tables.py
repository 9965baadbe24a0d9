"""Decision tables say what verdicts say.

The rows are read by an interpreter that shares nothing with the library's evaluation.
"""

import datetime
from random import Random

import holidays
from oracle import Oracle, as_json
from own_site import bound

from menkan.rules import (
    decision_table,
    workdays,
)


def holds(condition, name, answers):
    if "is" in condition:
        return answers[name] in condition["is"]
    if "season" in condition:
        first, last = condition["season"]
        return (first <= f"{answers[name]:%m-%d}" <= last) == condition["inside"]
    if "outside_calendar" in condition:
        return due(answers["submitted_on"], 3) is None
    limit, value = condition["limit"], answers[name]
    if "sum" in limit:
        edge = sum(answers[each] for each in limit["sum"])
    elif "input" in limit:
        start, count = answers[limit["input"]], int(limit.get("plus", 0))
        edge = {
            "days": lambda: start + datetime.timedelta(days=count),
            "hours": lambda: start + datetime.timedelta(hours=count),
            "months": lambda: month_on(start),
            "working_days": lambda: due(start, count),
        }[limit["unit"]]()
        if edge is None:
            return False
    else:
        edge = (
            type(value)(limit["value"])
            if not isinstance(value, datetime.date)
            else (datetime.date.fromisoformat(limit["value"]))
        )
    return {
        ">=": lambda: value >= edge,
        ">": lambda: value > edge,
        "<=": lambda: value <= edge,
        "<": lambda: value < edge,
    }[condition["sign"]]()


def month_on(day):
    following = (day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
    last = (following + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return following.replace(day=min(day.day, last.day))


def due(day, count):
    china = holidays.country_holidays("CN")
    last = datetime.date(2026, 12, 24)
    if day.year < 2004:
        return None
    while count and day <= last:
        day += datetime.timedelta(days=1)
        count -= china.is_working_day(day)
    return day if day <= last else None


def test_a_table_says_what_the_verdict_says(slug):
    oracle = Oracle(slug, lambda day: workdays.is_working_day(day.toordinal()))
    random, rows = Random(slug), decision_table(bound(slug)).to_json()["rows"]

    for _ in range(300):
        answers = oracle.draw(random, 1.0)
        matching = {
            row["verdict"]
            for row in rows
            if all(
                holds(condition, name, answers)
                for name, conditions in row["conditions"].items()
                for condition in conditions
            )
        }
        assert matching == {bound(slug).judge(as_json(answers)).verdict}, answers
