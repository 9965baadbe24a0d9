"""Many shops at once in the page: CSV in, verdicts and errors per row, CSV out."""

import csv
import io

import pytest
from playwright.sync_api import expect

from .test_checker import GUIDE, checker

HEADER = "shop,store,months_of_history,days_below_250,emergency_contact_valid\n"


@pytest.fixture
def panel(open_page):
    page = open_page(f"zh/{GUIDE}")
    checker(page).locator("button[value=table]").click()
    return checker(page).locator(".mk-table")


def give(panel, text):
    """Hand the panel a table as a file."""
    file = {"name": "shops.csv", "mimeType": "text/csv", "buffer": text.encode()}
    panel.locator("input[type=file]").set_input_files(file)


def run(panel):
    panel.locator(".mk-columns-map button").click()
    expect(panel.locator("tbody tr").first).to_be_visible(timeout=60_000)


def saved(panel):
    with panel.page.expect_download() as download:
        panel.locator(".mk-table-result .mk-primary").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_rows_get_verdicts_reasons_and_errors(panel):
    panel.locator("textarea").fill(
        HEADER + "甲,us,6,10,是\n乙,us,6,11,否\n丙,us,1.5,0,yes\n丁,,,3,\n"
    )
    run(panel)

    rows = saved(panel)
    assert [row["verdict"] for row in rows] == ["eligible", "not_eligible", "", "undetermined"]
    assert rows[1]["rating"] == "not_met" and rows[1]["contact"] == "not_met"
    assert rows[2]["error"] == "months_of_history: not_whole"
    assert set(rows[3]["needs"].split()) == {
        "store",
        "months_of_history",
        "emergency_contact_valid",
    }


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            (HEADER + "甲,美国站,6,10,是\n").encode("utf-8-sig"), id="utf-8 with its mark"
        ),
        pytest.param((HEADER + "甲,美国站,6,10,是\n").encode("gb18030"), id="gb18030 from Excel"),
        pytest.param((HEADER + "甲,us,6,10,是\n").replace(",", ";").encode(), id="semicolons"),
        pytest.param(
            (HEADER + '"甲, ""一店""\n",us,６,10,1\n').replace("\n", "\r\n").encode(), id="quotes"
        ),
    ],
)
def test_files_as_spreadsheets_write_them(panel, tmp_path, data):
    file = tmp_path / "shops.csv"
    file.write_bytes(data)
    panel.locator("input[type=file]").set_input_files(file)
    run(panel)

    expect(panel.locator("tbody tr td:nth-child(3)")).to_have_text("符合条件")


def test_the_panel_fits_a_phone(open_page):
    page = open_page(f"zh/{GUIDE}", viewport={"width": 360, "height": 740})
    checker(page).locator("button[value=table]").click()
    panel = checker(page).locator(".mk-table")
    panel.locator("textarea").fill(HEADER + "甲,us,6,11,否\n")
    run(panel)

    widths = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths == [360, 360]


def test_columns_with_other_names_are_chosen_by_hand(panel):
    panel.locator("textarea").fill("shop,低于\n甲,11\n")
    panel.locator("select").nth(2).select_option(label="低于")
    run(panel)

    expect(panel.locator("tbody tr td:nth-child(3)")).to_have_text("不符合条件")


def test_ten_thousand_rows_with_progress(panel):
    lines = [f"s{n},us,{n % 12},{n % 21},{'是' if n % 2 else '否'}" for n in range(10_000)]
    give(panel, HEADER + "\n".join(lines) + "\n")
    panel.locator(".mk-columns-map button").click()

    expect(panel.locator(".mk-progress output")).to_contain_text("10000", timeout=30_000)
    expect(panel.locator("tbody tr").first).to_be_visible(timeout=90_000)
    expected = sum(n % 12 >= 6 and n % 21 <= 10 and n % 2 == 1 for n in range(10_000))
    expect(panel.locator("[role=group] button").nth(1)).to_have_text(f"符合条件 {expected}")
    panel.locator("[role=group] button").nth(1).click()
    expect(panel.locator("tbody tr[data-kind=eligible]")).to_have_count(100)


def test_a_long_table_can_be_pasted(panel):
    text = HEADER + "s,us,6,10,是\n" * 10_000
    panel.locator("textarea").evaluate(
        """(area, text) => {
             const data = new DataTransfer();
             data.setData("text", text);
             area.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
           }""",
        text,
    )

    expect(panel.locator(".mk-columns-map button")).to_have_text("检查 10000 行")


def test_a_run_can_be_stopped_and_keeps_what_is_done(panel):
    lines = [f"s{n},us,{n % 12},{n % 21},是" for n in range(50_000)]
    give(panel, HEADER + "\n".join(lines) + "\n")
    panel.locator(".mk-columns-map button").click()
    expect(panel.locator(".mk-progress output")).to_contain_text("50000", timeout=30_000)
    panel.locator(".mk-progress button").click()

    expect(panel.locator("tbody tr").first).to_be_visible(timeout=10_000)
    done = panel.locator("[role=group] button").first.text_content()
    assert 0 < int(done.split()[-1]) < 50_000


def test_hostile_cells_stay_text(panel):
    panel.locator("textarea").fill(
        HEADER
        + '"<img src=x onerror=alert(1)>",us,6,10,"<script>alert(1)</script>"\n=1+1,us,6,10,是\n'
    )
    run(panel)

    assert panel.locator("tbody img, tbody script").count() == 0
    rows = saved(panel)
    assert rows[0]["shop"] == "<img src=x onerror=alert(1)>"
    assert rows[1]["shop"] == "'=1+1"


@pytest.mark.parametrize("text", ["", "store\n", "\n\n\n", "just words"])
def test_a_table_without_rows_is_told(panel, text):
    panel.locator("textarea").fill("x")
    panel.locator("textarea").fill(text)

    shown = panel.locator("[role=alert]")
    expect(shown).to_have_text("没有读到数据：需要一行列名和至少一行数据。" if text.strip() else "")


def test_the_template_can_be_filled_in_and_read_back(panel, tmp_path):
    with panel.page.expect_download() as download:
        panel.locator("button", has_text="下载模板").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert next(csv.reader(io.StringIO(text)))[0] == "store"
    file = tmp_path / "template.csv"
    file.write_text(text, encoding="utf-8-sig")
    panel.locator("input[type=file]").set_input_files(file)
    run(panel)

    expect(panel.locator("tbody tr")).to_have_count(1)
    expect(panel.locator("tbody tr[data-kind=error]")).to_have_count(0)
