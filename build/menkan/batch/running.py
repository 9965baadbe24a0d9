"""A whole file through an engine: pieces come back in the file's order, however they were judged.

Polars judges here, piece by piece. DuckDB reads the file and hands its batches over. Dask and Spark
read the file where they work and judge there; only results travel, as Arrow's bytes, piece by
piece. JSON Lines reach those three as Parquet, so that no number is read as a binary float.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from .files import ROWS, Source
from .kernel import Kernel

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ENGINES", "run"]

# A piece of a source: its own columns, and what is added to them.
Pair = tuple[pl.DataFrame, pl.DataFrame]


def run(
    source: Source, kernel: Kernel, engine: str = "polars", address: str | None = None
) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Judge a source; gives pairs of (its own columns, what is added), in the file's order.

    `address` is that of a Dask scheduler or a Spark master; without it one is started here.
    """
    return ENGINES[engine](source, kernel, address)


def _polars(source: Source, kernel: Kernel, address: str | None) -> Iterator[Pair]:
    for frame in source.batches():
        yield frame, kernel.judge(frame)


def _duckdb(source: Source, kernel: Kernel, address: str | None) -> Iterator[Pair]:
    import duckdb

    with _table_file(source) as path, duckdb.connect() as connection:
        if path.suffix == ".parquet":
            relation = connection.read_parquet(str(path))
        else:
            relation = connection.read_csv(
                str(path), header=True, all_varchar=True, sep=source.separator, quotechar='"'
            )
        for batch in relation.to_arrow_reader(ROWS):
            frame = _frame(batch)
            yield frame, kernel.judge(frame)


def _dask(source: Source, kernel: Kernel, address: str | None) -> Iterator[Pair]:
    import dask.dataframe as dd
    from distributed import LocalCluster

    with (
        _table_file(source) as path,
        _started(address, LocalCluster) as where,
        _client(where) as client,
    ):
        if path.suffix == ".parquet":
            frame = dd.read_parquet(path, dtype_backend="pyarrow")
        else:
            frame = dd.read_csv(
                path,
                sep=source.separator,
                dtype=str,
                keep_default_na=False,
                na_values=[""],
                blocksize=None if source.quoted else "32MB",
            )
        parts = iter(frame.to_delayed())
        judge = partial(_packed_pandas, kernel=kernel)
        waiting = [client.submit(judge, client.compute(part)) for part in islice(parts, _AHEAD)]
        while waiting:
            packed = waiting.pop(0).result()
            waiting += [client.submit(judge, client.compute(part)) for part in islice(parts, 1)]
            yield _unpacked(packed, kernel)


# Pieces that Dask works on before the first of them is written.
_AHEAD = 8


@contextmanager
def _started(address: str | None, cluster: Any) -> Iterator[Any]:
    if address:
        yield address
        return
    with cluster(dashboard_address=None, host="127.0.0.1") as started:
        yield started


def _client(where: Any) -> Any:
    from distributed import Client

    make: Any = Client
    return make(where)


def _packed_pandas(frame: Any, kernel: Kernel) -> bytes:
    return _packed(pl.from_pandas(frame), kernel)


def _spark(source: Source, kernel: Kernel, address: str | None) -> Iterator[Pair]:
    from pyspark.sql import SparkSession

    folder = str(Path(__file__).parents[2])
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ["PYTHONPATH"] = os.pathsep.join(
        filter(None, [folder, os.environ.get("PYTHONPATH", "")])
    )
    settings: Any = {"spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC"}
    if not address:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {"spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    builder = SparkSession.builder.master(address or "local[*]").appName("menkan")
    session = builder.config(map=settings).getOrCreate()
    try:
        with _table_file(source) as path:
            if path.suffix == ".parquet":
                frame = session.read.parquet(str(path))
            else:
                frame = session.read.csv(
                    str(path),
                    header=True,
                    sep=source.separator,
                    escape='"',
                    multiLine=source.quoted,
                    inferSchema=False,
                )
            packed = frame.mapInArrow(partial(_packed_batches, kernel=kernel), "piece binary")
            for row in packed.toLocalIterator():
                yield _unpacked(bytes(row.piece), kernel)
    finally:
        session.stop()


def _packed_batches(
    batches: "Iterable[pa.RecordBatch]", kernel: Kernel
) -> "Iterator[pa.RecordBatch]":
    """Judge record batches on a Spark executor; a piece is one cell of bytes."""
    import pyarrow as pa

    for batch in batches:
        packed = _packed(_frame(batch), kernel)
        yield pa.RecordBatch.from_pydict({"piece": pa.array([packed], pa.binary())})


def _frame(batch: "pa.RecordBatch") -> pl.DataFrame:
    found = pl.from_arrow(batch)
    return found if isinstance(found, pl.DataFrame) else found.to_frame()


def _packed(frame: pl.DataFrame, kernel: Kernel) -> bytes:
    memory = BytesIO()
    frame.hstack(kernel.judge(frame)).write_ipc(memory, compression="lz4")
    return memory.getvalue()


def _unpacked(packed: bytes, kernel: Kernel) -> Pair:
    frame = pl.read_ipc(BytesIO(packed))
    added = list(kernel.schema())
    return frame.drop(added), frame.select(added)


@contextmanager
def _table_file(source: Source) -> Iterator[Path]:
    """Give a file that every engine reads; JSON Lines become Parquet for the while."""
    if source.form != "jsonl":
        yield Path(source.path).absolute()
        return
    from tempfile import TemporaryDirectory

    from pyarrow.parquet import ParquetWriter

    with TemporaryDirectory(prefix="menkan-") as folder:
        path = Path(folder) / "lines.parquet"
        writer = None
        for frame in source.batches():
            table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
            writer = writer or ParquetWriter(path, table.schema)
            writer.write_table(table)
        if writer is not None:
            writer.close()
        yield path


ENGINES: dict[str, Callable[[Source, Kernel, str | None], Iterator[Pair]]] = {
    "polars": _polars,
    "duckdb": _duckdb,
    "dask": _dask,
    "pyspark": _spark,
}
