"""Every row of a table comes to what the single check says of it, column by column.

`MENKAN_TABLE_ROWS` sets the rows per checker, for every engine (10,000 for the proof in full).
"""

import os
from decimal import Decimal

import polars as pl
import pytest
from own_site import bound
from rows import frame, rows_of, seen

from menkan.batch import Kernel, judge

ROWS = int(os.environ.get("MENKAN_TABLE_ROWS", "10000"))


def differences(judged, expected):
    """Give the first rows that differ."""
    pairs = enumerate(zip(judged.iter_rows(named=True), expected, strict=True))
    return [(place, seen(row), wanted) for place, (row, wanted) in pairs if seen(row) != wanted][:3]


def test_rows_of_polars_are_judged_as_single_answers_are(slug):
    table, expected = rows_of(slug, ROWS)

    judged = Kernel(bound(slug)).judge(table)

    assert not differences(judged, expected)


def test_generated_rows_reach_every_verdict_and_leave_holes():
    verdicts, errors, holes = set(), 0, 0
    for slug in ("amazon-account-health-response", "taobao-image-space-capacity"):
        table, expected = rows_of(slug, 1000)
        verdicts |= {row.get("verdict") for row in expected}
        errors += sum("error" in row for row in expected)
        holes += sum(table[name].null_count() for name in table.columns)

    assert verdicts == {"eligible", "not_eligible", "undetermined", None}
    assert errors > 100
    assert holes > 1000


def test_pieces_of_a_table_come_to_the_same_as_the_whole(slug):
    table, _ = rows_of(slug, ROWS)
    whole = Kernel(bound(slug)).judge(table)

    kernel = Kernel(bound(slug))
    pieces = pl.concat([kernel.judge(piece) for piece in table.iter_slices(777)])

    assert pieces.equals(whole)


def test_text_as_it_stands_in_a_file_comes_to_the_same_as_typed_columns(slug):
    table, expected = rows_of(slug, ROWS)
    text = table.select(
        pl.col(pl.Datetime).dt.to_string("%Y-%m-%dT%H:%M:%S%.6f%:z"),
        pl.exclude(pl.Datetime).cast(pl.String),
    )

    judged = Kernel(bound(slug), text=True).judge(text)

    assert not differences(judged, expected)


@pytest.mark.parametrize("places", [0, 2, 6, 7, 9, 12])
def test_decimals_are_exact_at_every_scale_of_a_column(places):
    checker = bound("taobao-image-space-capacity")
    least = Decimal(1).scaleb(-min(places, 9))
    sizes = [Decimal(0), least, 1 - least, Decimal(1), 1 + least, Decimal(10**12)]
    rows = [(have, used) for have in sizes for used in sizes]
    dtype = pl.Decimal(38, places)
    table = pl.DataFrame(
        {
            "purchased_gb": pl.Series([have for have, _ in rows], dtype=dtype),
            "used_gb": pl.Series([used for _, used in rows], dtype=dtype),
            "upload_gb": pl.Series([Decimal(0)] * len(rows), dtype=dtype),
        }
    )

    judged = Kernel(checker).judge(table)

    assert judged["rule_fits"].cast(pl.String).to_list() == [
        "met" if have >= used else "not_met" for have, used in rows
    ]
    costs = [max(Decimal(0), used - have) * Decimal("4.5") for have, used in rows]
    assert list(map(Decimal, judged["value_extra_cost_cny_per_year"])) == costs


def test_answers_for_all_rows_stand_in_for_a_column():
    table = pl.DataFrame({"authorized_on": ["2022-09-06", "2022-09-05", None]})

    judged = judge(table, bound("taobao-image-space-revocation"), given={"today": "2022-10-05"})

    assert judged["verdict"].cast(pl.String).to_list() == [
        "not_eligible",
        "eligible",
        "undetermined",
    ]


def test_an_empty_table_gets_its_columns(slug):
    table = frame(bound(slug), [])

    judged = judge(table, bound(slug))

    assert judged.height == 0
    assert {"verdict", "needs", "error"} <= set(judged.columns)
