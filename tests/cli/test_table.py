"""`menkan check --table`: files of every kind in and out, whole or not at all, with a summary."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

ROOT = Path(__file__).parents[2]
SLUG = "amazon-account-health-assurance"
COMMAND = [sys.executable, "-c", "from menkan.cli.check import command; command()"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "build"), "LANG": "C.UTF-8"}
SHOPS = """shop,store,months_of_history,days_below_250,emergency_contact_valid,备注
1,us,6,10,是,"甲, 乙"
2,ca,5,10,yes,
3,us,12,x,NO,
4,other,12,0,1,"two
lines"
5,,12,0,,
6,美国站,12,0,True,
"""
VERDICTS = ["eligible", "not_eligible", "", "undetermined", "undetermined", "eligible"]


def check(*arguments, slug=SLUG, stdin=b""):
    command = [*COMMAND, slug, "--root", str(ROOT), "--lang", "en", *map(str, arguments)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, timeout=120, check=False, env=ENVIRONMENT
    )
    return done.returncode, done.stdout, done.stderr.decode()


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("separator", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_as_spreadsheets_write_it(encoding, separator, tmp_path):
    rows = list(csv.reader(io.StringIO(SHOPS)))
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    table, out = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.write_bytes(text.getvalue().encode(encoding))

    code, printed, told = check("--table", table, "-o", out)

    assert (code, printed) == (0, b"")
    found = rows_of(out.read_bytes())
    assert [row["verdict"] for row in found] == VERDICTS
    assert [row["备注"] for row in found][:4] == ["甲, 乙", "", "", "two\nlines"]
    assert found[2]["error"].startswith("days_below_250: 'x' cannot be used")
    assert found[4]["needs"] == "emergency_contact_valid store"
    assert out.read_bytes().startswith(b"\xef\xbb\xbf") == (encoding != "utf-8")
    assert "6 rows" in told


def test_json_lines_keep_their_own_text_and_read_numbers_exactly(tmp_path):
    table, out = tmp_path / "sizes.jsonl", tmp_path / "out.jsonl"
    table.write_text(
        '{"id": 1, "purchased_gb": 0.3, "used_gb": 0.1, "upload_gb": 0.2}\n'
        '{"purchased_gb": "1.000000001", "used_gb": 1, "upload_gb": 1e-9, "note": {"a": [1.50]}}\n\n'
        '{"id": 3, "purchased_gb": 0.30000000000000004, "extra": null}\n{}\n',
        encoding="utf-8",
    )

    code, _, _ = check("--table", table, "-o", out, slug="taobao-image-space-capacity")

    assert code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [row["rule_fits"] for row in found] == ["met", "met", None, "unknown"]
    assert "too_many_places" in found[2]["error"]
    assert lines[1].startswith(
        '{"purchased_gb": "1.000000001", "used_gb": 1, "upload_gb": 1e-9, "note": {"a": [1.50]},"verdict"'
    )


def test_parquet_keeps_its_types_and_gets_typed_columns(tmp_path):
    table, out = tmp_path / "keys.parquet", tmp_path / "out.parquet"
    days = pl.Series(["2026-01-01", None, "2026-06-01"]).str.to_date()
    pl.DataFrame({"key": [7, 8, 9], "rotated_on": days, "ok": [True, None, False]}).write_parquet(
        table
    )

    code, _, told = check(
        "--table",
        table,
        "-o",
        out,
        "--map",
        "ok=login_with_amazon",
        slug="amazon-sp-api-credentials",
    )

    assert code == 0, told
    found = pl.read_parquet(out)
    assert found["key"].to_list() == [7, 8, 9]
    assert found.schema["value_rotate_by"] == pl.Date
    assert found["verdict"][2] == "not_eligible"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_what_comes_in_one_form_goes_out_in_another(ending, tmp_path):
    table, out = tmp_path / "shops.csv", tmp_path / f"out.{ending}"
    table.write_text(SHOPS, encoding="utf-8")

    code, _, _ = check("--table", table, "-o", out)

    readers = {"csv": pl.read_csv, "jsonl": pl.read_ndjson, "parquet": pl.read_parquet}
    assert code == 0
    assert [verdict or "" for verdict in readers[ending](out)["verdict"]] == VERDICTS


def test_a_pipe_gives_a_pipe():
    code, printed, told = check("--table", "-", "-o", "-", stdin=SHOPS.encode())

    assert code == 0
    assert [row["verdict"] for row in rows_of(printed)] == VERDICTS
    assert "6 rows" in told


def test_labels_of_any_language_name_columns_and_a_map_names_the_rest(tmp_path):
    table, out = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.write_text("店号,Which store is the account in?,月数\nA,us,5\n", encoding="utf-8")

    code, _, _ = check("--table", table, "-o", out, "--map", "月数=months_of_history")

    [row] = rows_of(out.read_bytes())
    assert (code, row["verdict"], row["rule_store_covered"]) == (0, "not_eligible", "met")


def test_answers_hold_for_all_rows_where_no_column_answers(tmp_path):
    table, out = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.write_text("authorized_on\n2022-09-06\n2022-09-05\n", encoding="utf-8")
    answers = ("--answers", '{"today": "2022-10-05"}')

    check("--table", table, "-o", out, *answers, slug="taobao-image-space-revocation")

    assert [row["verdict"] for row in rows_of(out.read_bytes())] == ["not_eligible", "eligible"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_reasons_are_in_the_language_asked_for(lang, tmp_path):
    table, out = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.write_text(SHOPS, encoding="utf-8")

    check("--table", table, "-o", out, "--reasons", "--lang", lang)

    reasons = [row["reasons"] for row in rows_of(out.read_bytes())]
    assert all(
        bool(re.search("[\u4e00-\u9fff]", text)) == (lang == "zh") for text in reasons if text
    )
    assert [bool(text) for text in reasons] == [True, True, False, True, True, True]


def test_the_summary_says_who_passes_what_fails_and_what_is_lacking(tmp_path):
    table = tmp_path / "shops.csv"
    table.write_text(SHOPS, encoding="utf-8")

    _, _, told = check("--table", table, "-o", tmp_path / "out.csv")

    said = re.sub(" +", " ", told)
    assert "Qualifies 2 33.3 %" in said
    assert "Does not qualify 1 16.7 %" in said
    assert "Not judged: an answer cannot be used 1 16.7 %" in said
    assert "At least 6 months at that level 1" in said
    assert "Which store is the account in? 1" in said
    assert "days_below_250" in said


def test_strict_ends_with_code_two_and_still_writes_what_is_wrong(tmp_path):
    table, out = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.write_text(SHOPS, encoding="utf-8")

    code, _, _ = check("--table", table, "-o", out, "--strict")

    assert code == 2
    assert len(rows_of(out.read_bytes())) == 6


def test_the_report_stands_alone_in_both_languages(tmp_path):
    table, report = tmp_path / "shops.csv", tmp_path / "report.html"
    table.write_text(SHOPS, encoding="utf-8")

    code, _, _ = check("--table", table, "-o", tmp_path / "out.csv", "--report", report)

    page = report.read_text(encoding="utf-8")
    assert code == 0
    assert page.count("<svg ") == 10
    assert "账户" in page
    assert "Does my account get" in page
    outside = set(re.findall(r'(?:href|src)="(?!#)([^"]*)"', page))
    assert not outside
    assert "<script" not in page


@pytest.mark.parametrize(
    ("text", "arguments", "named"),
    [
        pytest.param("a,b\n1,2\n", (), "No column answers", id="no column fits"),
        pytest.param(SHOPS, ("--map", "shop=size"), "'size'", id="an unknown input"),
        pytest.param(SHOPS, ("--map", "size=store"), "'size'", id="an unknown column"),
        pytest.param("store,verdict\nus,x\n", (), "'verdict'", id="a column would be written over"),
        pytest.param("", (), "empty", id="an empty file"),
        pytest.param("store\nus,ca,us\n", (), "cannot be read", id="more cells than columns"),
    ],
)
def test_what_cannot_be_judged_is_told_and_nothing_is_written(text, arguments, named, tmp_path):
    table, out = tmp_path / "shops.csv", tmp_path / "out.csv"
    table.write_text(text, encoding="utf-8")
    out.write_text("as it was", encoding="utf-8")

    code, printed, told = check("--table", table, "-o", out, *arguments)

    assert (code, printed) == (2, b"")
    assert named in told
    assert "Traceback" not in told
    assert out.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "shops.csv"]


def test_a_broken_line_of_json_is_named(tmp_path):
    table = tmp_path / "shops.jsonl"
    table.write_text('{"store": "us"}\n{"store": \n', encoding="utf-8")

    code, _, told = check("--table", table, "-o", tmp_path / "out.jsonl")

    assert code == 2
    assert "Line 2" in told
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("engine", "ending"),
    [
        *(
            (engine, ending)
            for engine in ("duckdb", "dask")
            for ending in ("csv", "jsonl", "parquet")
        ),
        ("pyspark", "csv"),
        ("pyspark", "jsonl"),
    ],
)
def test_engines_write_the_same_table(engine, ending, tmp_path):
    pytest.importorskip(engine)
    table, out = tmp_path / f"shops.{ending}", tmp_path / "out.csv"
    plain = pl.read_csv(io.StringIO(SHOPS), infer_schema=False)
    {"csv": plain.write_csv, "jsonl": plain.write_ndjson, "parquet": plain.write_parquet}[ending](
        table
    )
    check("--table", table, "-o", tmp_path / "polars.csv")

    code, _, told = check("--table", table, "-o", out, "--engine", engine)

    assert code == 0, told
    assert out.read_bytes() == (tmp_path / "polars.csv").read_bytes()
