"""A table's columns as whole numbers on the rules' scales, and what in them cannot be used.

What can be read with a few vector operations is; whatever is left over goes, each distinct cell
once, through the very check that reads a single answer. So a table is as strict as one answer and
its errors are told in the same words.

Decimals are counted in millionths where they all fit (64-bit arithmetic), else in billionths.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from menkan.rules import Input, InputError

if TYPE_CHECKING:
    from polars._typing import PolarsDataType

__all__ = ["MICRO", "NANO", "Column", "TableError", "as_cells", "read_column"]

# Units of the rules' 10**-18 in one count of a decimal column.
MICRO, NANO = 10**12, 10**9

_FIRST_DAY = 719_163  # 1970-01-01, counted as the rules count days
_EXACT_FLOAT = 2**53
_FEW = 16  # options of a choice that are compared one by one
_INT = r"^-?[0-9]{1,18}$"
_DECIMAL = r"^-?[0-9]{1,13}(\.[0-9]{1,9})?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_INSTANT = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"[+-](0[0-9]|1[0-3]):[0-5][0-9]$"
)


class TableError(ValueError):
    """A table that cannot be judged as it is; the message says why, and what to do."""


@dataclass
class Column:
    """The answers to one input.

    `values` are whole numbers, null where unanswered or bad; `unit` is what one count is worth on
    the rules' scale. `errors` holds `row` and `message` for each bad cell, or is None.
    """

    values: pl.Series
    unit: int = 1
    errors: pl.DataFrame | None = None


def read_column(
    cells: pl.Series, one: Input, text: bool = False, words: Mapping[str, str] | None = None
) -> Column:
    """Read the cells of one input.

    With `text` strings are what a person typed: "12" is a number, "" is no answer, blanks around
    a cell do not count. `words` gives other words for answers, in lower case ("是": "true").
    """
    if cells.dtype in (pl.Categorical, pl.Enum):
        return _categories(cells, one, text, words)
    if cells.dtype.is_nested() or cells.dtype == pl.Object:
        return _odd(cells, one, text, words)
    cells = _plain(cells, text)
    values = _FAST[one.kind](cells, one, text)
    unit = 1
    if one.kind == "decimal":
        values, unit = _counted(values)
    if values.null_count() == cells.null_count():
        return Column(values, unit)
    bad = cells.is_not_null() & values.is_null()
    left = cells.filter(bad).unique()
    read: dict[Any, int] = {}
    messages: dict[Any, str] = {}
    for cell in left.to_list():
        result = one.check(_answer(cell, words or {}), text)
        if isinstance(result, InputError):
            messages[cell] = " ".join(str(result).split())
        else:
            read[cell] = result
    if read:
        if any(value % unit for value in read.values()):
            values, unit = (
                values.cast(pl.Int128) * pl.Series([MICRO // NANO], dtype=pl.Int128),
                NANO,
            )
        counted = _mapped(
            cells, {cell: value // unit for cell, value in read.items()}, values.dtype
        )
        values = values.zip_with(values.is_not_null(), counted)
    errors = _errors(cells, messages) if messages else None
    return Column(values, unit, errors)


_DTYPES: "dict[str, PolarsDataType]" = {
    "decimal": pl.Int128,
    "bool": pl.UInt8,
    "choice": pl.UInt8,
}


def as_cells(answer: object, one: Input, rows: int) -> Column:
    """Give one answer, the same for every row; raise `TableError` when it cannot be used."""
    result = one.check(answer)
    if isinstance(result, InputError):
        raise TableError(str(result))
    unit = NANO if one.kind == "decimal" else 1
    dtype = _DTYPES.get(one.kind, pl.Int64)
    return Column(pl.repeat(result // unit, rows, dtype=dtype, eager=True), unit)


def _categories(
    cells: pl.Series, one: Input, text: bool, words: Mapping[str, str] | None
) -> Column:
    """Read each category that occurs once."""
    met = cells.drop_nulls().unique()
    read = read_column(met.cast(pl.String), one, text, words)
    if read.errors is not None or not len(met):
        return read_column(cells.cast(pl.String), one, text, words)
    most: Any = met.to_physical().max()
    places = pl.Series(np.zeros(most + 1, np.uint32))
    places = places.scatter(met.to_physical().cast(pl.UInt32), np.arange(len(met), dtype=np.uint32))
    return Column(read.values.gather(places.gather(cells.to_physical().cast(pl.UInt32))), read.unit)


def _odd(cells: pl.Series, one: Input, text: bool, words: Mapping[str, str] | None) -> Column:
    """Read cells of a type that no answer has, or of mixed types, one by one."""
    read: list[int | None] = []
    rows: list[int] = []
    messages: list[str] = []
    for row, cell in enumerate(cells.to_list()):
        result: int | InputError | None = None
        if cell is not None:
            result = one.check(_answer(cell, words or {}), text)
        if isinstance(result, InputError):
            rows.append(row)
            messages.append(" ".join(str(result).split()))
            result = None
        read.append(result)

    unit = NANO if one.kind == "decimal" else 1
    dtype = _DTYPES.get(one.kind, pl.Int64)
    values = pl.Series([None if each is None else each // unit for each in read], dtype=dtype)
    if not rows:
        return Column(values, unit)
    errors = pl.DataFrame({"row": pl.Series(rows, dtype=pl.UInt32), "message": messages})
    return Column(values, unit, errors)


def _plain(cells: pl.Series, text: bool) -> pl.Series:
    if cells.dtype == pl.Null:
        return cells.cast(pl.String)
    if text and cells.dtype == pl.String:
        cells = cells.str.strip_chars()
        empty = cells == ""
        if empty.any():
            cells = cells.set(empty, None)
    return cells


def _nothing(cells: pl.Series, dtype: "PolarsDataType") -> pl.Series:
    return pl.repeat(None, len(cells), dtype=dtype, eager=True)


def _within(values: pl.Series, low: int, high: int) -> pl.Series:
    """Null what lies out of bounds, to be told by the single check."""
    least: Any = values.min()
    most: Any = values.max()
    if least is None or (least >= low and most <= high):
        return values
    return values.set((values < low) | (values > high), None)


def _bools(cells: pl.Series, one: Input, text: bool) -> pl.Series:
    return cells.cast(pl.UInt8) if cells.dtype == pl.Boolean else _nothing(cells, pl.UInt8)


def _choices(cells: pl.Series, one: Input, text: bool) -> pl.Series:
    if cells.dtype != pl.String or len(one.choices) > _FEW:
        return _nothing(cells, pl.UInt8)
    found: Any = pl.when(pl.col("") == one.choices[0]).then(pl.lit(0, pl.UInt8))
    for place, choice in enumerate(one.choices[1:], 1):
        found = found.when(pl.col("") == choice).then(pl.lit(place, pl.UInt8))
    return cells.alias("").to_frame().select(found).to_series()


def _whole(cells: pl.Series) -> pl.Series | None:
    """Read numbers that are whole; None for a column that holds none."""
    dtype = cells.dtype
    if dtype.is_integer():
        return cells.cast(pl.Int64, strict=False)
    if dtype.is_float():
        # Whole numbers with holes are floats in pandas. Those are exact; others are refused.
        exact = (cells.abs() <= _EXACT_FLOAT) & (cells == cells.floor())
        return cells.set(~exact.fill_null(False), None).cast(pl.Int64)
    if isinstance(dtype, pl.Decimal) and dtype.scale == 0:
        return cells.cast(pl.Int64, strict=False)
    return None


def _ints(cells: pl.Series, one: Input, text: bool) -> pl.Series:
    if text and cells.dtype == pl.String:
        whole: pl.Series | None = cells.set(~cells.str.contains(_INT), None).cast(pl.Int64)
    else:
        whole = _whole(cells)
    return _nothing(cells, pl.Int64) if whole is None else _within(whole, one.low, one.high)


def _decimals(cells: pl.Series, one: Input, text: bool) -> pl.Series:
    """Give billionths (Int128), or millionths (Int64) where the column's type says they do."""
    low, high = one.low // NANO, one.high // NANO
    dtype = cells.dtype
    if dtype == pl.String:
        exact = cells.set(~cells.str.contains(_DECIMAL), None).cast(pl.Decimal(38, 9), strict=False)
        return _within(exact.to_physical(), low, high)
    if isinstance(dtype, pl.Decimal) and 0 < dtype.scale <= 6:
        share: int = 10 ** (6 - dtype.scale)
        counts = _within(cells.to_physical(), one.low // MICRO // share, one.high // MICRO // share)
        return counts.cast(pl.Int64) * share
    if isinstance(dtype, pl.Decimal) and 6 < dtype.scale <= 9:
        step = pl.Series([10 ** (9 - dtype.scale)], dtype=pl.Int128)
        return _within(cells.to_physical() * step, low, high)
    whole = _whole(cells)
    if whole is None:
        return _nothing(cells, pl.Int64)
    return _within(whole, one.low // 10**18, one.high // 10**18) * 10**6


def _counted(values: pl.Series) -> tuple[pl.Series, int]:
    """Count in millionths where no billionths are lost."""
    if values.dtype == pl.Int64:
        return values, MICRO
    step = pl.Series([MICRO // NANO], dtype=pl.Int128)
    if (values % step).max() in (0, None):
        return (values // step).cast(pl.Int64), MICRO
    return values, NANO


def _days(cells: pl.Series, one: Input, text: bool) -> pl.Series:
    if cells.dtype == pl.String:
        cells = cells.set(~cells.str.contains(_DAY), None).str.to_date("%Y-%m-%d", strict=False)
    if isinstance(cells.dtype, pl.Datetime) and cells.dtype.time_zone is None:
        # pandas keeps days as midnights. Another hour is no day, and is told.
        cells = cells.set(cells.dt.time() != time(0), None).cast(pl.Date)
    if cells.dtype != pl.Date:
        return _nothing(cells, pl.Int64)
    return _within(cells.to_physical().cast(pl.Int64) + _FIRST_DAY, one.low, one.high)


def _instants(cells: pl.Series, one: Input, text: bool) -> pl.Series:
    if cells.dtype == pl.String:
        cells = cells.set(~cells.str.contains(_INSTANT), None).str.to_datetime(
            "%Y-%m-%dT%H:%M:%S%:z", strict=False, time_unit="us", time_zone="UTC"
        )
    if not isinstance(cells.dtype, pl.Datetime) or cells.dtype.time_zone is None:
        return _nothing(cells, pl.Int64)
    return _within(cells.dt.epoch("us"), one.low, one.high)


_FAST: dict[str, Callable[[pl.Series, Input, bool], pl.Series]] = {
    "bool": _bools,
    "choice": _choices,
    "int": _ints,
    "decimal": _decimals,
    "date": _days,
    "datetime": _instants,
}


def _answer(cell: object, words: Mapping[str, str]) -> object:
    """Give a cell as the single check takes it."""
    if isinstance(cell, str):
        return words.get(cell.lower(), cell)
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return words.get(str(cell), cell) if type(cell) is int else cell


def _mapped(cells: pl.Series, mapping: dict[Any, int], dtype: "PolarsDataType") -> pl.Series:
    if not mapping:
        return _nothing(cells, dtype)
    new = pl.Series(list(mapping.values()), dtype=dtype)
    old = pl.Series(list(mapping), dtype=cells.dtype)
    return cells.replace_strict(old, new, default=None, return_dtype=dtype)


def _errors(cells: pl.Series, messages: dict[Any, str]) -> pl.DataFrame:
    told = pl.DataFrame(
        {"cell": pl.Series(list(messages), dtype=cells.dtype), "message": list(messages.values())}
    )
    rows = pl.DataFrame({"cell": cells}).with_row_index("row")
    return rows.join(told, on="cell", how="inner", nulls_equal=False).select("row", "message")
