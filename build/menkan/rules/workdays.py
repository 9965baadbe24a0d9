"""Working days in mainland China: Monday to Friday, less public holidays, plus make-up days.

The exceptions come from the package `holidays`, packed into `workdays_table` (a test proves the
two equal). The table ends with the last year for which the State Council's notice was out, and the
coverage a week before that: New Year's notices have moved days back to 29 December. A day outside
it is not guessed at. The source does not say what it means by a working day; this is the legal
meaning.
"""

from datetime import date

from .workdays_table import EXCEPTIONS

__all__ = ["coverage", "covered_days", "is_working_day", "plus_working_days"]

_sets: dict[int, frozenset[str]] = {}
_covered: dict[int, tuple[int, int]] = {}


def coverage() -> tuple[int, int]:
    """Give the first and last day number the calendar knows."""
    return date(min(EXCEPTIONS), 1, 1).toordinal(), date(max(EXCEPTIONS), 12, 24).toordinal()


def is_working_day(day: int) -> bool:
    """Say whether people work on that day; `KeyError` outside the coverage."""
    when = date.fromordinal(day)
    exceptions = _sets.get(when.year)
    if exceptions is None:
        off, on = EXCEPTIONS[when.year]
        exceptions = _sets[when.year] = frozenset(f"{off} {on}".split())
    return (when.weekday() < 5) != (f"{when.month:02}{when.day:02}" in exceptions)


def plus_working_days(day: int, count: int) -> int:
    """Give the day on which the last of `count` working days after `day` falls."""
    while count:
        day += 1
        count -= is_working_day(day)
    return day


def covered_days(count: int) -> tuple[int, int]:
    """Give the first and last day from which `count` working days can be counted on."""
    if count not in _covered:
        first, day = coverage()
        left = count
        while left:
            left -= is_working_day(day)
            day -= 1
        _covered[count] = first, day
    return _covered[count]
