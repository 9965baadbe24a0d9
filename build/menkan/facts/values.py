"""The single values of a record: texts in every language, ids, figures, days.

Each type refuses what it does not take with two sentences: what was seen and what to do.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

__all__ = ["Amount", "Dated", "Day", "Id", "Line", "Words", "as_list"]

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_VALUE = re.compile(
    r"-?(?:0|[1-9]\d*)(?:\.\d+)?"  # a decimal
    r"|\d{4}-\d\d-\d\d"  # a date
    r"|\d\d-\d\d"  # a day of every year
    r"|\d\d:\d\d"  # a time of day
)


def _fail(seen: str, todo: str) -> PydanticCustomError:
    return PydanticCustomError("content", "{seen}", {"seen": seen, "todo": todo})


def _words(value: dict[str, str], info: ValidationInfo) -> dict[str, str]:
    """Accept one non-empty text per language of the site, no more and no fewer."""
    languages = (info.context or {}).get("languages", ())
    missing = [one for one in languages if one not in value]
    empty = [one for one in languages if one in value and not value[one].strip()]
    strange = [one for one in value if languages and one not in languages]
    if not (missing or empty or strange):
        return value
    wanted = " and ".join(languages)
    seen, todo = [], [f"Every text is written in {wanted}."]
    if missing:
        seen.append(f"there is no text in {_quoted(missing)}.")
        todo.append(" ".join(f'Add a line "{one}: …".' for one in missing))
    if empty:
        seen.append(f"the text in {_quoted(empty)} is empty.")
        todo.append("Write it.")
    if strange:
        seen.append(f"{_quoted(strange)} is not a language of this site.")
        todo.append("Remove the line or correct its key.")
    raise _fail(" ".join(seen), " ".join(todo))


def _quoted(languages: list[str]) -> str:
    return " and ".join(f'"{one}"' for one in languages)


def _identifier(value: str) -> str:
    if not _ID.fullmatch(value):
        raise _fail(
            f"“{value}” is not an id.",
            "Ids are lower-case words joined by hyphens, without numbers or years: rating-floor.",
        )
    return value


def _iso_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise _fail(
            f"“{value}” is not a date.", "Write year-month-day, such as 2022-11-17, or null."
        ) from None


def _value(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _fail(f"“{value}” is not a figure.", 'Write it in quotes: value: "250".')
    if not isinstance(value, str):
        raise _fail(
            f"the figure {value} has no quotes.",
            f'Write "{value}" in quotes, so that it is read as typed and never rounded.',
        )
    if not _VALUE.fullmatch(value):
        raise _fail(
            f"“{value}” is not a figure.",
            'Use a plain decimal "4.5", a date "2021-10-28", a day "04-15" or a time "14:30"; '
            "the unit has a key of its own.",
        )
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            date.fromisoformat(value)
        elif re.fullmatch(r"\d\d-\d\d", value):
            date.fromisoformat(f"2000-{value}")
        elif ":" in value and not (value[:2] < "24" and value[3:] < "60"):
            raise ValueError
    except ValueError:
        raise _fail(
            f"“{value}” is not in the calendar or on the clock.", "Correct the month, day or time."
        ) from None
    return value


def _dated(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"(?:\d{4}-)?\d\d-\d\d", value):
        return _value(value)
    raise _fail(
        f"“{value}” is not a day.",
        "Write year-month-day, or month-day where the source prints no year: 07-26.",
    )


def as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Words = Annotated[dict[str, str], AfterValidator(_words)]
Id = Annotated[str, AfterValidator(_identifier)]
Day = Annotated[date, BeforeValidator(_iso_date)]
Line = Annotated[int, Field(ge=1)]
Amount = Annotated[str, BeforeValidator(_value)]
Dated = Annotated[str, BeforeValidator(_dated)]
