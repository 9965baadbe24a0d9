"""`judge`: the same kernel over whatever frame comes in, and the same kind of frame out.

Polars, pandas and PyArrow frames are judged where they are. Lazy and distributed frames (lazy
Polars, Dask, PySpark) stay lazy: the kernel goes to their pieces, wherever those are worked on. A
DuckDB relation is read in batches and comes back as a relation of the same connection.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw
import polars as pl

from menkan.rules import BoundChecker

from .kernel import Kernel
from .reasons import Wordlist

if TYPE_CHECKING:
    from .words import SiteChecker

__all__ = ["judge"]

# Rows read from DuckDB at a time.
_BATCH = 1 << 18


class Judge(Protocol):
    """What judges a piece of a table: a `Kernel`, or one whose columns were checked before."""

    columns: dict[str, str]

    def check(self, present: Collection[str]) -> None: ...

    def judge(self, frame: pl.DataFrame, only: str | None = None) -> pl.DataFrame: ...


def judge(
    frame: Any,
    checker: "BoundChecker | SiteChecker",
    *,
    columns: Mapping[str, str] | None = None,
    given: Mapping[str, object] | None = None,
    text: bool = False,
    words: Mapping[str, Mapping[str, str]] | None = None,
    reasons: str | Wordlist | None = None,
    prefix: str = "",
) -> Any:
    """Add to every row of a frame what the checker says of it.

    `frame` is a frame of Polars (eager or lazy), pandas, PyArrow, DuckDB, Dask or PySpark, or a
    narwhals frame around one; the same kind comes back with `verdict`, `rule_…` and `value_…`
    columns, `needs` (inputs that still matter, most telling first), `reasons` on demand and
    `error`. Nulls are unanswered. A row with an answer that cannot be used has only its `error`.

    `checker` is a `BoundChecker` or what `load` gives; `columns` maps inputs to columns that are
    named otherwise, `given` holds answers for all rows (`{"today": "2022-11-17"}`), `text` takes
    strings as typed text ("12", "true"), `words` gives other words for answers by input,
    `reasons` is a language of the site or a `Wordlist`, `prefix` stands before added columns.

    Raises `TableError` when a column is missing, or would be written over.
    """
    native = nw.to_native(frame, pass_through=True)
    bound = checker if isinstance(checker, BoundChecker) else checker.bound
    if isinstance(reasons, str):
        if isinstance(checker, BoundChecker):
            raise TypeError(
                "A bound checker has no words of its own.\n"
                "  Give reasons as a Wordlist, or the checker as menkan.batch.load gives it."
            )
        reasons = checker.wordlist(reasons)
    kernel = Kernel(bound, columns, given, text, words, reasons, prefix)
    kind = type(native).__module__.partition(".")[0]
    name = type(native).__name__
    runner = _RUNNERS.get((kind, name)) or _RUNNERS.get(kind)
    if runner is None:
        raise TypeError(
            f"A {kind} {name} cannot be judged.\n"
            f"  Give a frame of polars, pandas, pyarrow, duckdb, dask or pyspark."
        )
    judged = runner(native, kernel)
    return nw.from_native(judged) if native is not frame else judged


def _polars(frame: pl.DataFrame, kernel: Judge, check: bool = True) -> pl.DataFrame:
    if check:
        kernel.check(frame.columns)
    return frame.hstack(kernel.judge(frame))


def _lazy(frame: pl.LazyFrame, kernel: Kernel) -> pl.LazyFrame:
    schema = frame.collect_schema()
    kernel.check(schema.names())
    return frame.map_batches(
        partial(_polars, kernel=kernel, check=False),
        schema={**schema, **kernel.schema()},
        streamable=True,
    )


def _answering(kernel: Judge, present: Collection[str]) -> list[str]:
    """Name the columns that answer a question."""
    return [name for name in dict.fromkeys(kernel.columns.values()) if name in present]


def _plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Write categories as the text they stand for: every engine knows text."""
    return frame.with_columns(pl.col(pl.Enum).cast(pl.String))


def _pandas(frame: Any, kernel: Judge, check: bool = True) -> Any:
    import pandas as pd

    present = [str(name) for name in frame.columns]
    if check:
        kernel.check(present)
    cells = {name: _series(name, frame[name]) for name in _answering(kernel, present)}
    judged = _plain(kernel.judge(_framed(cells, len(frame))))
    added = judged.to_pandas(use_pyarrow_extension_array=True)
    added.index = frame.index
    return pd.concat([frame, added], axis=1)


def _series(name: str, series: Any) -> pl.Series:
    try:
        read: Any = pl.from_pandas(series.reset_index(drop=True), nan_to_null=True)
        return pl.Series(name, read)
    except (TypeError, ValueError, OSError, pl.exceptions.PolarsError):
        # Mixed cells are told one by one; pandas has several nothings.
        cells = [None if gone else cell for cell, gone in zip(series, series.isna(), strict=True)]
        return pl.Series(name, cells, dtype=pl.Object)


def _framed(cells: dict[str, pl.Series], rows: int) -> pl.DataFrame:
    """Make a frame of the cells; without any it still has its rows."""
    frame = pl.DataFrame(cells)
    return frame if cells else pl.DataFrame({"": pl.repeat(None, rows, eager=True)})


def _arrow(table: Any, kernel: Judge) -> Any:
    kernel.check(table.column_names)
    found = pl.from_arrow(table.select(_answering(kernel, table.column_names)))
    cells = found if isinstance(found, pl.DataFrame) else found.to_frame()
    judged = _plain(kernel.judge(cells)).to_arrow(compat_level=pl.CompatLevel.oldest())
    for name in judged.column_names:
        table = table.append_column(name, judged[name])
    return table


def _duckdb(relation: Any, kernel: Judge) -> Any:
    import pyarrow as pa

    kernel.check(relation.columns)
    judged = pa.Table.from_batches(  # noqa: F841 - DuckDB finds it by its name
        [
            batch
            for read in relation.to_arrow_reader(_BATCH)
            for batch in _arrow(pa.Table.from_batches([read]), kernel).to_batches()
        ]
        or _arrow(relation.limit(0).to_arrow_table(), kernel).to_batches(),
        schema=_arrow(relation.limit(0).to_arrow_table(), kernel).schema,
    )
    # DuckDB finds `judged` by its name here, so the relation is one of the caller's connection.
    return relation.query("menkan_judged", "SELECT * FROM judged")


def _dask(frame: Any, kernel: Kernel) -> Any:
    kernel.check([str(name) for name in frame.columns])
    meta = _pandas(frame._meta, kernel)
    return frame.map_partitions(_pandas, kernel, check=False, meta=meta, enforce_metadata=False)


def _spark(frame: Any, kernel: Kernel) -> Any:
    from pyspark.sql.types import (
        BooleanType,
        DateType,
        LongType,
        StringType,
        StructField,
        StructType,
        TimestampType,
    )

    kernel.check(frame.columns)
    types = {pl.Boolean: BooleanType, pl.Int64: LongType, pl.Date: DateType}
    added = [
        StructField(
            name,
            TimestampType() if isinstance(dtype, pl.Datetime) else types.get(dtype, StringType)(),
        )
        for name, dtype in kernel.schema().items()
    ]
    schema = StructType([*frame.schema.fields, *added])
    return frame.mapInArrow(partial(_spark_batches, kernel=kernel), schema)


def _spark_batches(batches: Iterable[Any], kernel: Kernel) -> Iterator[Any]:
    """Judge record batches on a Spark executor."""
    import pyarrow as pa

    for batch in batches:
        table = _arrow(pa.Table.from_batches([batch]), _Checked(kernel))
        fields = [
            field.with_type(pa.string()) if field.type == pa.large_string() else field
            for field in table.schema
        ]
        kept = batch.num_columns
        table = table.cast(pa.schema([*batch.schema, *fields[kept:]]))
        yield from table.combine_chunks().to_batches()


class _Checked:
    """A kernel whose columns were checked where the job was written."""

    def __init__(self, kernel: Kernel):
        self.columns = kernel.columns
        self.judge = kernel.judge

    def check(self, present: Collection[str]) -> None:
        """Nothing is left to check."""


_RUNNERS: dict[object, Callable[[Any, Any], Any]] = {
    ("polars", "LazyFrame"): _lazy,
    "polars": _polars,
    "pandas": _pandas,
    "pyarrow": _arrow,
    "duckdb": _duckdb,
    "_duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _spark,
}
