"""Generated rows that stand on every side of every limit, with holes, and what they must come to.

Answers that are compared with one another are drawn near one another, near the ends of their
domains and near the ends of the working calendar; the others at the edges of their cells.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random

import polars as pl
from own_site import bound

from menkan.rules import InputErrors
from menkan.rules.scales import date_text, datetime_text
from menkan.rules.workdays import covered_days

__all__ = ["COLUMNS", "draw", "expected", "frame", "rows_of"]

HOUR = 3_600_000_000
_STEPS = {
    "date": (0, 0, 1, -1, 2, 3, 4, 5, 7, 28, 29, 30, 31, 32, 179, 180, 181, -30, -181, 400),
    "datetime": [hour * HOUR + tick for hour in (0, 1, 72, 144, -72, -1) for tick in (-1, 0, 1)],
    "decimal": [step * 10**9 for step in (0, 1, -1, 10**6, 10**8, 10**9, -(10**9), 5 * 10**9)],
}
# What each kind of answer is in a typed table.
COLUMNS = {
    "bool": pl.Boolean,
    "int": pl.Int64,
    "decimal": pl.Decimal(38, 9),
    "choice": pl.String,
    "date": pl.Date,
    "datetime": pl.Datetime("us", "UTC"),
}


def draw(checker, random, wrong: bool = True) -> dict:
    """Draw answers as whole numbers; with `wrong` some break the order between two days."""
    space = checker.space
    share = random.choice((0.4, 0.7, 0.9, 1))
    centre = {}
    values = {}
    for name, one in space.inputs.items():
        if random.random() > share:
            continue
        if name in space.tied:
            if one.kind not in centre or random.random() < 0.1:
                centre[one.kind] = random.choice(_centres(one, random))
            value = centre[one.kind] + random.choice(_STEPS[one.kind])
            if one.kind == "decimal" and random.random() < 0.5:
                value = centre[one.kind] * random.choice((0, 1, 2)) // random.choice((1, 2))
            if random.random() < 0.05:
                value = random.choice((one.low, one.high))
        else:
            cells = space.cells(name, {})
            first, last = random.choice(cells)
            value = random.choice((first, last, (first + last) // 2))
        if one.kind == "decimal":
            value = value // 10**9 * 10**9
        values[name] = min(max(value, one.low), one.high)
    if not wrong and any(order.truth(values) == 0 for order in checker.orders):
        return draw(checker, random, wrong)
    return values


def _centres(one, random):
    if one.kind == "decimal":
        return [one.low, one.high, 10**18, random.randrange(10**15) * 10**9]
    near = [one.low, one.high, random.randrange(one.low, one.high)]
    if one.kind == "date":
        first, last = covered_days(3)
        busy = random.randrange(first, last)  # most draws lie where the calendar is known
        near += [first, last, busy, busy, busy, busy]
    return near


def as_cell(one, value):
    """Give an answer as a typed table holds it."""
    if one.kind == "decimal":
        return Decimal(one.write(value))
    if one.kind == "date":
        return datetime.fromisoformat(date_text(value)).date()
    if one.kind == "datetime":
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=value)
    return one.write(value)


def as_answer(one, value):
    """Give an answer as a program sends it."""
    return datetime_text(value) if one.kind == "datetime" else one.write(value)


def frame(checker, rows) -> pl.DataFrame:
    """Make a typed table of drawn rows."""
    return pl.DataFrame(
        {
            name: pl.Series(
                [as_cell(one, row[name]) if name in row else None for row in rows],
                dtype=COLUMNS[one.kind],
            )
            for name, one in checker.space.inputs.items()
        }
    )


def expected(checker, row) -> dict:
    """Give the row of columns that the single check would write."""
    answers = {name: as_answer(checker.space.inputs[name], value) for name, value in row.items()}
    try:
        verdict = checker.judge(answers)
    except InputErrors as problems:
        return {"error": [error.input for error in problems.errors]}
    found = {"verdict": verdict.verdict}
    for name, finding in verdict.rules.items():
        found[f"rule_{name}"] = finding.note or finding.status
    for name, value in verdict.values.items():
        found[f"value_{name}"] = value
    found["needs"] = " ".join(verdict.needs)
    return found


@cache
def rows_of(slug: str, count: int, wrong: bool = True):
    """Draw rows for a checker: (typed table, what the single check says of each row)."""
    checker, random = bound(slug), Random(slug)
    rows = [draw(checker, random, wrong) for _ in range(count)]
    return frame(checker, rows), [expected(checker, row) for row in rows]


def seen(row: dict) -> dict:
    """Give a judged row as `expected` does: days and instants as JSON writes them."""
    if row["error"] is not None:
        assert {row[name] for name in row if name.startswith(("verdict", "rule_", "value_"))} <= {
            None
        }
        return {"error": [told.partition(":")[0] for told in row["error"].split("; ")]}
    found = {}
    for name, value in row.items():
        if name != "error":
            found[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found
