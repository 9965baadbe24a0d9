"""How each kind of answer becomes a whole number and back, exactly.

The library reasons about whole numbers only: a decimal is counted in units of 10**-18, a date in
days, an instant in microseconds. So comparisons are exact, no binary float exists anywhere, and
the `decimal` module need not be loaded in the browser.
"""

from datetime import UTC, date, datetime, timedelta, timezone

__all__ = [
    "DECIMAL_PLACES",
    "SCALE",
    "date_text",
    "datetime_text",
    "day_of_year",
    "decimal_text",
    "odd_number",
    "read_date",
    "read_datetime",
    "read_decimal",
    "read_month_day",
    "without_exponent",
]

# Answers may have 9 places, so an answer times a figure of 9 places is still exact at 18.
DECIMAL_PLACES = 9
SCALE = 10**18

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def read_decimal(text: str, places: int = DECIMAL_PLACES) -> int | None:
    """Read a plain decimal such as `-12.50` in units of 10**-18; None when it is not one.

    No exponent, no sign but a leading minus, no blanks, no digit groups. Places beyond `places`
    are refused unless they are zeros: rounding would change the answer without a word.

    >>> read_decimal("4.5") == 45 * SCALE // 10
    True
    >>> read_decimal("1e3") is None
    True
    """
    body = text.removeprefix("-")
    whole, dot, fraction = body.partition(".")
    if not _digits(whole) or (dot and not _digits(fraction)):
        return None
    fraction = fraction.rstrip("0")
    if len(fraction) > places:
        return None
    size = int(whole) * SCALE + int((fraction + "0" * 18)[:18])
    return -size if text.startswith("-") else size


def decimal_text(value: int) -> str:
    """Write units of 10**-18 without exponent or trailing zeros.

    >>> decimal_text(45 * SCALE // 100)
    '0.45'
    """
    whole, fraction = divmod(abs(value), SCALE)
    text = str(whole)
    if fraction:
        text += "." + str(fraction).rjust(18, "0").rstrip("0")
    return "-" + text if value < 0 else text


def read_date(text: str) -> int | None:
    """Read `YYYY-MM-DD` as a day number (1 is 0001-01-01); None when there is no such day."""
    parts = text[:4], text[5:7], text[8:]
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not all(map(_digits, parts)):
        return None
    try:
        return date(*map(int, parts)).toordinal()
    except ValueError:
        return None


def date_text(day: int) -> str:
    """Write a day number as `YYYY-MM-DD`."""
    return date.fromordinal(day).isoformat()


def read_month_day(text: str) -> tuple[int, int] | None:
    """Read a day of every year such as `04-15`; None when it is not one."""
    day = read_date("2000-" + text)  # a leap year, so that 02-29 is a day
    if day is None:
        return None
    return int(text[:2]), int(text[3:])


def day_of_year(year: int, month_day: tuple[int, int], after: bool = False) -> int:
    """Give that day's number in that year, or the day after it; 29 February may be 1 March."""
    month, day = month_day
    if month_day == (2, 29) and (year % 4 or (year % 100 == 0 and year % 400)):
        return date(year, 3, 1).toordinal()
    return date(year, month, day).toordinal() + after


def read_datetime(text: str) -> tuple[int, int] | None:
    """Read ISO 8601 with offset; give microseconds since 1970 UTC and the offset in minutes.

    `2022-11-17T15:20+08:00`, seconds and up to six places of them optional, `Z` for UTC.
    None when it is not such an instant, also when the offset is missing.
    """
    stamp, offset = (text[:-1], "+00:00") if text.endswith("Z") else (text[:-6], text[-6:])
    day = read_date(stamp[:10])
    clock, dot, fraction = stamp[11:].partition(".")
    fields = clock.split(":")
    zone = offset[1:3], offset[4:]
    well_formed = (
        stamp[10:11] == "T"
        and len(fields) in (2, 3)
        and all(len(field) == 2 and _digits(field) for field in (*fields, *zone))
        and offset[:1] in ("+", "-")
        and offset[3:4] == ":"
        and (not dot or (len(fields) == 3 and _digits(fraction) and len(fraction) <= 6))
    )
    if day is None or not well_formed:
        return None
    hours, minutes, seconds = (*map(int, fields), 0)[:3]
    zone_hours, zone_minutes = map(int, zone)
    if hours > 23 or minutes > 59 or seconds > 59 or zone_hours > 14 or zone_minutes > 59:
        return None
    ahead = (zone_hours * 60 + zone_minutes) * (-1 if offset[0] == "-" else 1)
    days = day - _EPOCH.toordinal()
    whole = ((days * 24 + hours) * 60 + minutes - ahead) * 60 + seconds
    return whole * 1_000_000 + int((fraction + "000000")[:6]), ahead


def datetime_text(instant: int, offset: int = 0) -> str:
    """Write microseconds since 1970 UTC in ISO 8601, on the clock `offset` minutes ahead of UTC."""
    clock = timezone(timedelta(minutes=offset))
    return (_EPOCH + instant * _MICROSECOND).astimezone(clock).isoformat()


def odd_number(text: str) -> str | None:
    """Name what is wrong with NaN and the infinities; None for other text."""
    odd = text.lower().lstrip("+-") in ("nan", "snan", "infinity", "inf")
    return "not_finite" if odd else None


def without_exponent(text: str) -> str:
    """Write a JSON number such as 1.5E+3 plainly; too far an exponent is left as it stands."""
    mantissa, mark, exponent = text.lower().partition("e")
    if not mark or len(exponent) > 3:
        return text
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    point = len(whole) + int(exponent)
    digits = whole + fraction
    if not 0 < point <= len(digits):
        shift = max(0, 1 - point)
        digits = "0" * shift + digits
        point += shift
        digits += "0" * (point - len(digits))
    return f"{sign}{digits[:point]}.{digits[point:] or '0'}"
