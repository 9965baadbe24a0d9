"""One line of a record is changed, and guide, verdict, table and data follow; time moves notices."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from menkan.facts import RecordErrors
from menkan.guides import Wording, open_data, render, wording
from menkan.rules import decision_table
from menkan.site import Site

GUIDE = "amazon-account-health"
SLUG = "amazon-account-health-assurance"
ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)


@pytest.fixture
def copied(tmp_path):
    """A copy of this site that a test may spoil: its root."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    shutil.copytree(ROOT / "checkers", tmp_path / "checkers")
    return tmp_path


def change(root, file, old, new):
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def judged(site, **answers):
    given = {
        "store": "us",
        "months_of_history": 6,
        "days_below_250": 11,
        "emergency_contact_valid": True,
    }
    return site.bound(GUIDE)[SLUG].judge(given | answers).verdict


def test_a_changed_figure_moves_guide_verdict_table_and_data(site, pages, copied):
    change(copied, f"docs/facts/{GUIDE}.yml", 'days: {value: "10"', 'days: {value: "12"')

    moved = Site.load(copied)

    page = render(moved, "en", TODAY)[f"guides/{GUIDE}.md"]
    assert "no more than 10 days below" in pages["en"][f"guides/{GUIDE}.md"]
    assert "no more than 12 days below" in page and "10 days" not in page
    assert (judged(site), judged(moved)) == ("not_eligible", "eligible")
    rows = [json.dumps(decision_table(s.bound(GUIDE)[SLUG]).to_json()) for s in (site, moved)]
    assert '"value": "10"' in rows[0] and '"value": "12"' in rows[1]
    assert "| &gt; 12 days |" in page or "> 12 days" in page
    assert "合计最多 12 天" in open_data(moved, "zh")["facts.json"]


def test_a_new_dated_value_keeps_the_old_one_in_sight(copied):
    change(
        copied,
        f"docs/facts/{GUIDE}.yml",
        'days: {value: "10", unit: days, from: 2022-11-17}',
        'days: [{value: "10", unit: days, from: 2022-11-17},'
        ' {value: "12", unit: days, from: 2027-04-01}]',
    )

    moved = Site.load(copied)

    page = render(moved, "en", TODAY)[f"guides/{GUIDE}.md"]
    assert "no more than 12 days below that mark in the period. (formerly 10 days)" in page
    answers = {"store": "us", "months_of_history": 6, "days_below_250": 11}
    answers["emergency_contact_valid"] = True
    assert moved.bound(GUIDE, on="2026-01-01")[SLUG].judge(answers).verdict == "not_eligible"
    assert moved.bound(GUIDE)[SLUG].judge(answers).verdict == "eligible"


def test_a_figure_with_its_unit_takes_the_plural(site, copied):
    change(
        copied, "docs/facts/taobao-image-space.yml", 'months: {value: "1"', 'months: {value: "2"'
    )

    shown = [
        render(one, "en", TODAY)["guides/taobao-image-space.md"]
        for one in (site, Site.load(copied))
    ]

    assert "could not be removed for 1 month." in shown[0]
    assert "could not be removed for 2 months." in shown[1]


@pytest.mark.parametrize(
    ("today", "notice", "age"),
    [
        pytest.param(date(2023, 11, 16), None, "less than a year ago", id="a-day-under-a-year"),
        pytest.param(date(2023, 11, 17), "more than 1 year old", "1 year ago", id="a-year"),
        pytest.param(date(2026, 11, 16), "more than 3 years old", "3 years ago", id="three-years"),
        pytest.param(date(2026, 11, 17), "more than 4 years old", "4 years ago", id="four-years"),
    ],
)
def test_a_notice_of_age_appears_after_a_year(site, today, notice, age):
    page = render(site, "en", today)[f"guides/{GUIDE}.md"]

    assert ("guide-age" in page) is (notice is not None)
    assert notice is None or notice in page
    assert f"({age})" in page


def test_an_undated_source_always_has_the_notice(site):
    page = render(site, "en", date(2000, 1, 1))["guides/huawei-invoices.md"]

    assert "bears no date" in page.split("guide-age")[1]


def test_the_same_site_gives_the_same_bytes(site, pages):
    assert render(site, "zh", TODAY) == pages["zh"]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        pytest.param(
            f"docs/facts/{GUIDE}.yml",
            "      contact:\n",
            "      contract:\n",
            ['the rule "contact" of', 'words for the rule "contract", which does not exist'],
            id="a-rule-misnamed",
        ),
        pytest.param(
            f"docs/facts/{GUIDE}.yml",
            "          ca: {",
            "          mx: {",
            ['the choice "ca" of', 'words for the choice "mx"'],
            id="a-choice-misnamed",
        ),
        pytest.param(
            f"docs/facts/{GUIDE}.yml",
            "        source_silent:\n",
            "        unknown:\n",
            ["can end in source_silent and has no words for it"],
            id="silence-without-words",
        ),
        pytest.param(
            f"docs/facts/{GUIDE}.yml",
            "  amazon-account-health-response:\n",
            "  amazon-account-health-respnse:\n",
            ['"amazon-account-health-response" has no words', '"amazon-account-health-respnse"'],
            id="a-checker-misnamed",
        ),
        pytest.param(
            "checkers/amazon_account_health.py",
            '.cites("history")',
            '.cites("histery")',
            ['cites "histery"; there is no such fact'],
            id="a-dangling-citation",
        ),
        pytest.param(
            "checkers/amazon_account_health.py",
            '"history.months"',
            '"history.weeks"',
            ["history.weeks"],
            id="a-figure-that-no-record-states",
        ),
        pytest.param(
            f"docs/facts/{GUIDE}.yml",
            'months: {value: "6"',
            'months: {value: "0"',
            ["the rule history can never fail"],
            id="a-rule-that-cannot-fail",
        ),
        pytest.param(
            f"docs/facts/{GUIDE}.yml",
            "账户里须登记一个有效的紧急联系电话。",
            "帐户里须登记一个有效的紧急联系电话。",
            ["which the glossary avoids"],
            id="a-spelling-the-glossary-avoids",
        ),
    ],
)
def test_records_and_checkers_that_do_not_fit_are_told(copied, file, old, new, told):
    change(copied, file, old, new)

    with pytest.raises(RecordErrors) as caught:
        Site.load(copied)

    shown = "\n".join(caught.value.messages)
    assert all(part in shown for part in told), shown
    assert all(message.count("\n") == 1 for message in caught.value.messages)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        pytest.param(
            "from menkan.rules import",
            "from menkan.rules import import",
            "SyntaxError",
            id="no-python",
        ),
        pytest.param(
            "from menkan.rules import", "from menkan.rulez import", "rulez", id="no-such-module"
        ),
        pytest.param('.cites("history")', "", "cites no fact", id="a-rule-without-a-citation"),
    ],
)
def test_a_checker_module_that_cannot_be_loaded_is_told_by_line(copied, old, new, told):
    change(copied, "checkers/amazon_account_health.py", old, new)

    with pytest.raises(RecordErrors) as caught:
        Site.load(copied)

    (message,) = caught.value.messages
    assert message.startswith("checkers/amazon_account_health.py:")
    assert told in message and message.count("\n") == 1


def test_checkers_without_a_record_are_told(copied):
    (copied / f"docs/facts/{GUIDE}.yml").unlink()

    with pytest.raises(RecordErrors, match="there is no record docs/facts/amazon-account-health"):
        Site.load(copied)


def test_a_site_may_change_the_engines_sentences(copied):
    (copied / "docs" / "messages").mkdir()
    (copied / "docs" / "messages" / "en.yml").write_text(
        "headings: {source: Sources and dates}", encoding="utf-8"
    )

    page = render(Site.load(copied), "en", TODAY)[f"guides/{GUIDE}.md"]

    assert "## Sources and dates {#source}" in page


def test_a_message_changed_while_serving_is_seen(copied):
    messages = copied / "docs" / "messages" / "en.yml"
    messages.parent.mkdir()
    said = []
    for text in ("Where it stands", "Where it is written"):
        messages.write_text(f"headings: {{source: {text}}}\n", encoding="utf-8")
        said.append(wording(Site.load(copied), "en")["headings.source"])

    assert said == ["Where it stands", "Where it is written"]


def test_a_language_without_messages_is_told():
    with pytest.raises(LookupError, match="no messages for the language"):
        Wording("tlh")


@pytest.mark.parametrize(
    ("language", "value", "unit", "shown"),
    [
        ("zh", "100000", "CNY", "10 万元"),
        ("en", "100000", "CNY", "CNY 100,000"),
        ("zh", "31400000", None, "3140 万"),
        ("en", "31400000", None, "31.4 million"),
        ("zh", "12345", None, "12,345"),
        ("en", "1", "months", "1 month"),
        ("en", "6", "months", "6 months"),
        ("zh", "4.5", "CNY_per_GB_year", "每 GB 每年 4.5 元"),
        ("zh", "2021-10-28", None, "2021 年 10 月 28 日"),
        ("en", "2021-10-28", None, "28 October 2021"),
        ("zh", "04-15", None, "4 月 15 日"),
        ("en", "04-15", None, "15 April"),
        ("en", "14:30", None, "14:30"),
        ("en", "0", None, "0"),
        ("en", "0.45", "GB", "0.45 GB"),
    ],
)
def test_figures_are_written_as_the_language_writes_them(language, value, unit, shown):
    assert Wording(language).quantity(value, unit) == shown
