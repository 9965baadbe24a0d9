"""Write build/menkan/rules/workdays_table.py from the package `holidays`; print it.

    python tests/rules/make_workdays.py > build/menkan/rules/workdays_table.py

Run it after each yearly notice of the State Council, once `holidays` has it.
"""

from datetime import date, timedelta

import holidays
from holidays.countries.china import ChinaStaticHolidays

FIRST_YEAR = 2004


def last_year() -> int:
    """Give the last year whose notice the package knows; later years are its estimates."""
    return max(ChinaStaticHolidays.special_public_holidays)


def table() -> str:
    """Give the module's text: exceptions to Monday to Friday, by year."""
    years = range(FIRST_YEAR, last_year() + 1)
    china = holidays.country_holidays("CN", years=years)
    lines = [
        '"""China\'s working days where they differ from Monday to Friday, by year, as MMDD.',
        "",
        f"Generated from the package `holidays` {holidays.__version__}; do not edit.",
        "See `tests/rules/make_workdays.py`.",
        '"""',
        "",
        "# year: (days off from Monday to Friday, working days on a weekend)",
        "EXCEPTIONS = {",
    ]
    for year in years:
        off, on = [], []
        day = date(year, 1, 1)
        while day.year == year:
            if china.is_working_day(day) != (day.weekday() < 5):
                (off if day.weekday() < 5 else on).append(f"{day:%m%d}")
            day += timedelta(days=1)
        lines += [
            f"    {year}: (",
            f'        "{" ".join(off)}",',
            f'        "{" ".join(on)}",',
            "    ),",
        ]
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    print(table(), end="")
