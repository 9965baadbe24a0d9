"""Reading answers is strict: nothing is coerced, and an error names input, value and what fits."""

from decimal import Decimal as PythonDecimal

import pytest
from own_site import bound

from menkan.rules import (
    Checker,
    CheckerError,
    Choice,
    Date,
    DateTime,
    Decimal,
    InputError,
    InputErrors,
    Integer,
    JsonNumber,
    YesNo,
)
from menkan.rules.scales import SCALE, decimal_text, read_datetime, read_decimal

SHOPS = Integer("shops", unit="shops", at_most=20)
AMOUNT = Decimal("amount", unit="CNY", at_most="1000")
KIND = Choice("kind", "image", "package")
SURE = YesNo("sure")
DAY = Date("day")
MOMENT = DateTime("moment")


@pytest.mark.parametrize(
    ("one", "answer", "code"),
    [
        pytest.param(SHOPS, 1.5, "not_whole", id="a shop and a half"),
        pytest.param(SHOPS, 1.0, "not_whole", id="one shop as a binary float"),
        pytest.param(SHOPS, JsonNumber("1.0"), "not_whole", id="one shop with a point"),
        pytest.param(SHOPS, JsonNumber("1e0"), "not_whole", id="one shop with an exponent"),
        pytest.param(SHOPS, JsonNumber("9" * 40), "too_large", id="a JSON number of forty digits"),
        pytest.param(SHOPS, True, "wrong_type", id="yes for a number of shops"),
        pytest.param(SHOPS, "3", "wrong_type", id="three shops as text"),
        pytest.param(SHOPS, -1, "too_small", id="fewer than no shops"),
        pytest.param(SHOPS, 21, "too_large", id="one more than the most"),
        pytest.param(SHOPS, 10**5000, "too_large", id="a number of five thousand digits"),
        pytest.param(SHOPS, JsonNumber("NaN"), "not_finite", id="NaN shops"),
        pytest.param(SHOPS, [], "wrong_type", id="a list of shops"),
        pytest.param(AMOUNT, 0.1, "binary_float", id="a binary float for money"),
        pytest.param(AMOUNT, float("nan"), "binary_float", id="a NaN float"),
        pytest.param(AMOUNT, JsonNumber("NaN"), "not_finite", id="NaN in JSON"),
        pytest.param(AMOUNT, "-Infinity", "not_finite", id="minus infinity as text"),
        pytest.param(AMOUNT, PythonDecimal("inf"), "not_finite", id="an infinite Decimal"),
        pytest.param(AMOUNT, False, "wrong_type", id="no for money"),
        pytest.param(AMOUNT, "1e2", "wrong_type", id="an exponent as text"),
        pytest.param(AMOUNT, "1,000", "wrong_type", id="a digit group"),
        pytest.param(AMOUNT, "１２", "wrong_type", id="full-width digits"),
        pytest.param(AMOUNT, " 12", "wrong_type", id="a leading blank"),
        pytest.param(AMOUNT, "12\n", "wrong_type", id="a trailing line break"),
        pytest.param(AMOUNT, "+1", "wrong_type", id="a plus sign"),
        pytest.param(AMOUNT, ".5", "wrong_type", id="no digit before the point"),
        pytest.param(AMOUNT, "5.", "wrong_type", id="no digit after the point"),
        pytest.param(AMOUNT, "0.1234567891", "too_many_places", id="ten places"),
        pytest.param(AMOUNT, "1000.000000001", "too_large", id="a billionth too much"),
        pytest.param(AMOUNT, "1" * 1_000_000, "too_long", id="a megabyte of ones"),
        pytest.param(KIND, "Image", "not_a_choice", id="an option in capitals"),
        pytest.param(KIND, 0, "wrong_type", id="an option by number"),
        pytest.param(KIND, "image\x00", "not_a_choice", id="a control character"),
        pytest.param(SURE, 1, "wrong_type", id="one for yes"),
        pytest.param(SURE, "true", "wrong_type", id="yes as text"),
        pytest.param(DAY, "2023-02-30", "not_a_date", id="30 February"),
        pytest.param(DAY, "2023-2-3", "not_a_date", id="no leading zeros"),
        pytest.param(DAY, "20230203", "not_a_date", id="no hyphens"),
        pytest.param(DAY, "2023-02-03T00:00:00Z", "not_a_date", id="a moment for a day"),
        pytest.param(DAY, "1899-12-31", "too_small", id="the day before the first"),
        pytest.param(DAY, "2200-01-01", "too_large", id="the day after the last"),
        pytest.param(DAY, 20230203, "wrong_type", id="a number for a day"),
        pytest.param(MOMENT, "2023-02-03T10:00:00", "no_offset", id="no offset"),
        pytest.param(MOMENT, "2023-02-03 10:00:00Z", "not_a_datetime", id="no T"),
        pytest.param(MOMENT, "2023-02-03T24:00:00Z", "not_a_datetime", id="hour 24"),
        pytest.param(MOMENT, "2023-02-03T10:00:60Z", "not_a_datetime", id="a leap second"),
        pytest.param(MOMENT, "2023-02-03T10:00+0800", "not_a_datetime", id="offset without colon"),
        pytest.param(MOMENT, "2023-02-03T10Z", "not_a_datetime", id="hours only"),
        pytest.param(MOMENT, "2023-02-03T10:00:00.1234567Z", "not_a_datetime", id="seven places"),
        pytest.param(MOMENT, "", "not_a_datetime", id="empty text"),
    ],
)
def test_a_bad_answer_is_refused_by_name(one, answer, code):
    error = one.check(answer)

    assert isinstance(error, InputError)
    assert (error.input, error.code) == (one.name, code)
    assert error.accepts["kind"] == one.kind
    assert len(str(error.value)) <= 61
    assert str(error).isprintable() or str(error).count("\n") == 1


@pytest.mark.parametrize(
    ("one", "answer", "written"),
    [
        pytest.param(AMOUNT, "0.30", "0.3", id="trailing zeros go"),
        pytest.param(AMOUNT, 7, "7", id="a whole number is a decimal"),
        pytest.param(AMOUNT, PythonDecimal("1E+2"), "100", id="a Decimal with exponent"),
        pytest.param(AMOUNT, JsonNumber("1.5e2"), "150", id="a JSON number with exponent"),
        pytest.param(AMOUNT, JsonNumber("25E-1"), "2.5", id="a JSON number with a minus exponent"),
        pytest.param(AMOUNT, JsonNumber("5e-3"), "0.005", id="a JSON number below one"),
        pytest.param(AMOUNT, "0.10000000000000000000", "0.1", id="zeros past nine places"),
        pytest.param(DAY, "2024-02-29", "2024-02-29", id="29 February of a leap year"),
        pytest.param(MOMENT, "2023-02-03T10:00+08:00", "2023-02-03T02:00:00+00:00", id="minutes"),
        pytest.param(KIND, "package", "package", id="an option"),
        pytest.param(SURE, False, False, id="no"),
    ],
)
def test_a_good_answer_is_read_exactly(one, answer, written):
    value = one.check(answer)

    assert isinstance(value, int)
    assert one.write(value) == written


@pytest.mark.parametrize(
    ("one", "text", "value"),
    [
        pytest.param(SHOPS, "3", 3, id="a number"),
        pytest.param(SURE, "TRUE", 1, id="yes"),
        pytest.param(KIND, "package", 1, id="an option"),
        pytest.param(AMOUNT, "0.5", SCALE // 2, id="an amount"),
    ],
)
def test_text_a_person_typed_is_read_by_kind(one, text, value):
    assert one.check(text, as_text=True) == value


def test_nothing_is_no_answer_and_every_error_is_told_at_once():
    checker = bound("taobao-image-space-capacity")

    values, errors = checker.read({"used_gb": None, "upload_gb": "x", "penalized": 0, "zz": "y"})

    assert values == {}
    assert [(error.input, error.code) for error in errors] == [
        ("zz", "unknown_input"),
        ("penalized", "wrong_type"),
        ("upload_gb", "wrong_type"),
    ]
    with pytest.raises(InputErrors) as caught:
        checker.judge({"upload_gb": "x", "zz": "y"})
    assert "upload_gb: 'x'" in str(caught.value)
    assert "zz: 'y'" in str(caught.value)


@pytest.mark.parametrize(
    ("slug", "answers", "later"),
    [
        ("taobao-image-space-revocation", ("2022-09-06", "2022-09-05"), "today"),
        ("huawei-listing-review", ("2022-09-06", "2022-09-05"), "today"),
        ("amazon-sp-api-credentials", ("2022-09-06", "2022-09-05"), "today"),
        (
            "amazon-account-health-response",
            ("2022-09-06T00:00Z", "2022-09-05T23:59:59.999999Z"),
            "resolved_at",
        ),
    ],
)
def test_an_answer_before_its_forerunner_names_the_later_one(slug, answers, later):
    checker = bound(slug)
    earlier = next(one.not_before.name for one in checker.checker.inputs if one.name == later)

    values, errors = checker.read({earlier: answers[0], later: answers[1]})

    assert [(error.input, error.code) for error in errors] == [(later, "before")]
    assert errors[0].accepts == {"not_before": earlier, "limit": answers[0]}
    assert list(values) == [earlier]


@pytest.mark.parametrize("text", ["0", "-0.5", "4.5", "0.45", "1000000000000", "0.000000001"])
def test_decimals_are_written_as_they_were_read(text):
    assert decimal_text(read_decimal(text)) == text


def test_offsets_count():
    east, utc, west = (
        read_datetime(f"2022-11-17T{clock}") for clock in ("15:20+08:00", "07:20Z", "01:50-05:30")
    )

    assert east[0] == utc[0] == west[0]
    assert (east[1], utc[1], west[1]) == (480, 0, -330)


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        pytest.param(lambda: YesNo("Not Good"), "cannot name an input", id="a bad name"),
        pytest.param(lambda: KIND.is_("video"), "has no option 'video'", id="an unknown option"),
        pytest.param(lambda: SHOPS.at_least(AMOUNT), "cannot be compared", id="kinds mixed"),
        pytest.param(lambda: SHOPS.at_least(SHOPS), "cannot be compared", id="with itself"),
        pytest.param(
            lambda: KIND.switch(image=SURE.is_true()), "one condition", id="half a switch"
        ),
        pytest.param(lambda: SURE.is_true().cites(), "cites no fact", id="no citation"),
        pytest.param(
            lambda: Checker("c", rules={"r": SURE.is_true()}), "cites no fact", id="no rule"
        ),
        pytest.param(
            lambda: Checker("c", rules={"r": SURE.is_true().cites("f")}, order=()),
            "missing: sure",
            id="an order that leaves one out",
        ),
    ],
)
def test_a_checker_that_cannot_work_says_so_when_written(write, expected):
    with pytest.raises(CheckerError, match=expected):
        write()


def test_conditions_refuse_and_or():
    with pytest.raises(TypeError, match="&"):
        SURE.is_true() and SURE.is_false()
