"""Bad cells are told in the single check's words, row by row, and never drop a row or stop a run."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import polars as pl
import pytest
from own_site import bound

from menkan.batch import TableError, judge
from menkan.rules import InputErrors

DAY = "taobao-image-space-revocation"
SHOP = "amazon-account-health-assurance"
ROOM = "taobao-image-space-capacity"


def told(slug, column, cells, **more):
    """Give the error of each cell when nothing else is answered."""
    table = (
        pl.DataFrame({column: cells})
        if not isinstance(cells, pl.Series)
        else cells.to_frame(column)
    )
    return judge(table, bound(slug), **more)["error"].to_list()


@pytest.mark.parametrize(
    ("slug", "column", "cells"),
    [
        pytest.param(SHOP, "months_of_history", ["6", None, "x"], id="text for a number"),
        pytest.param(SHOP, "months_of_history", [-1, 5, 10**12 + 1], id="out of bounds"),
        pytest.param(SHOP, "months_of_history", [True, None], id="yes for a number"),
        pytest.param(SHOP, "months_of_history", [0.5, float("nan"), float("inf")], id="floats"),
        pytest.param(SHOP, "emergency_contact_valid", [1, 0, None], id="1 and 0 for yes and no"),
        pytest.param(SHOP, "store", ["us", "US", "", "fr", None], id="no option"),
        pytest.param(SHOP, "store", [1, 2], id="a number for an option"),
        pytest.param(ROOM, "used_gb", ["1", "1e3", "+1", " 1", "٣", "1.0000000001"], id="text"),
        pytest.param(ROOM, "used_gb", [0.1, 1.5, -2.5], id="binary floats"),
        pytest.param(ROOM, "used_gb", [Decimal("-0.1"), Decimal(1)], id="a negative decimal"),
        pytest.param(ROOM, "used_gb", [Decimal("0.1000000001"), Decimal("0.1")], id="ten places"),
        pytest.param(
            DAY, "today", ["2022-02-30", "2022-2-3", "2200-01-01", "1899-12-31"], id="days"
        ),
        pytest.param(DAY, "today", [date(2200, 1, 1), date(1899, 12, 31)], id="typed days"),
    ],
)
def test_an_error_is_what_the_single_check_says(slug, column, cells):
    checker = bound(slug)
    expected = []
    for cell in cells:
        try:
            checker.judge({column: cell.isoformat() if isinstance(cell, date) else cell})
            expected.append(None)
        except InputErrors as problems:
            expected.append(" ".join(str(problems.errors[0]).split()))

    assert told(slug, column, cells) == expected
    assert any(expected)


def test_whole_floats_are_numbers_because_pandas_makes_them_of_holes():
    judged = judge(pl.DataFrame({"days_below_250": [10.0, 11.0, None]}), bound(SHOP))

    assert judged["rule_rating"].cast(pl.String).to_list() == ["met", "not_met", "unknown"]


def test_a_midnight_is_a_day_and_another_hour_is_not():
    moments = [datetime(2022, 9, 6), datetime(2022, 9, 6, 1)]

    assert [bool(error) for error in told(DAY, "today", moments)] == [False, True]


def test_moments_need_their_offset():
    slug = "amazon-account-health-response"
    east = timezone(timedelta(hours=8))

    assert "no_offset" in told(slug, "now", [datetime(2022, 9, 6, 1)])[0]
    assert told(slug, "now", pl.Series([datetime(2022, 9, 6, 1, tzinfo=east)])) == [None]


def test_the_later_of_two_days_in_the_wrong_order_is_the_error():
    table = pl.DataFrame(
        {"authorized_on": ["2022-09-06"] * 2, "today": ["2022-09-05", "2022-09-06"]}
    )

    judged = judge(table, bound(DAY))

    assert judged["error"].to_list() == [
        (
            "today: '2022-09-05' cannot be used (before). "
            "It must not lie before authorized_on, which is 2022-09-06."
        ),
        None,
    ]
    assert judged["verdict"].to_list() == [None, "not_eligible"]


def test_every_error_of_a_row_is_told():
    table = pl.DataFrame({"months_of_history": ["x"], "store": ["fr"], "days_below_250": [1]})

    [error] = judge(table, bound(SHOP))["error"]

    assert "store: 'fr'" in error
    assert "months_of_history: 'x'" in error


@pytest.mark.parametrize(
    "cells", [[[1], [2]], [{"a": 1}, None], [b"x", None]], ids=["lists", "structs", "bytes"]
)
def test_cells_of_odd_types_are_errors_and_not_crashes(cells):
    errors = told(SHOP, "months_of_history", cells)

    assert [bool(error) for error in errors] == [cell is not None for cell in cells]


def test_mixed_cells_of_pandas_are_told_one_by_one():
    pandas = pytest.importorskip("pandas")
    table = pandas.DataFrame({"months_of_history": [6, "x", pandas.NA, [1], 5]}, dtype=object)

    judged = judge(table, bound(SHOP))

    assert list(judged["rule_history"].fillna("")) == ["met", "", "unknown", "", "not_met"]
    assert judged["error"].isna().tolist() == [True, False, True, False, True]


@pytest.mark.parametrize("dtype", [pl.Categorical, pl.Enum(["us", "ca", "fr"])])
def test_categories_are_read_as_their_words(dtype):
    judged = judge(pl.DataFrame({"store": pl.Series(["us", "fr", None], dtype=dtype)}), bound(SHOP))

    assert judged["rule_store_covered"].cast(pl.String).to_list() == ["met", None, "unknown"]
    assert "'fr'" in judged["error"][1]


@pytest.mark.parametrize(
    ("table", "more", "named"),
    [
        ({"shop": [1]}, {}, "No column answers"),
        ({"store": ["us"]}, {"columns": {"store": "shop"}}, "'shop'"),
        ({"store": ["us"]}, {"columns": {"shop": "store"}}, "'shop'"),
        ({"store": ["us"]}, {"given": {"days_below_250": "x"}}, "days_below_250"),
        ({"store": ["us"], "verdict": [1]}, {}, "'verdict'"),
    ],
)
def test_what_concerns_the_whole_table_is_raised(table, more, named):
    with pytest.raises(TableError, match=named):
        judge(pl.DataFrame(table), bound(SHOP), **more)


def test_a_prefix_keeps_added_columns_apart():
    table = pl.DataFrame({"store": ["us"], "verdict": ["mine"]})

    judged = judge(table, bound(SHOP), prefix="menkan_")

    assert judged["verdict"][0] == "mine"
    assert judged["menkan_verdict"][0] == "undetermined"
