"""Answers that travel: in a link, as text, on paper, over a reload; and hostile ones that stay text."""

import gzip
import re
import threading
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from .test_checker import GUIDE, SLUG, answer, checker

STATE = "data-state"


@pytest.fixture
def page(open_page):
    return open_page(f"zh/{GUIDE}", permissions=["clipboard-read", "clipboard-write"])


def refused(page):
    answer(page, "store", "us")
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute(STATE, "not_eligible", timeout=30_000)


def copied(page, button):
    checker(page).locator(f"button[value={button}]").click()
    expect(checker(page).locator(f"button[value={button}]")).to_have_text("已复制")
    return page.evaluate("navigator.clipboard.readText()")


def test_a_link_carries_the_answers_in_its_fragment(page, open_page, server):
    refused(page)
    link = copied(page, "link")
    before = len(server.requests)
    other = open_page(link.removeprefix(server.url))

    expect(checker(other)).to_have_attribute(STATE, "not_eligible", timeout=30_000)
    expect(checker(other).locator("[data-input=days_below_250] input")).to_have_value("11")
    assert "#check=" in link and "days_below_250=11" in link
    assert not [path for path in server.requests[before:] if "days_below" in path]


@pytest.mark.parametrize(
    "value",
    [
        "<img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "__import__('os').system('x')",
        "1" * 5000,
        "\u202e11",
        "-1",
        "1e400",
        "NaN",
    ],
)
def test_a_hostile_link_is_an_answer_like_any_other(open_page, value):
    page = open_page(f"zh/{GUIDE}#check={SLUG}&months_of_history={quote(value)}&store=us")

    error = checker(page).locator("[data-input=months_of_history] [data-error]")
    expect(error).to_be_visible(timeout=30_000)
    expect(checker(page)).to_have_attribute(STATE, "undetermined")
    assert page.locator("menkan-checker img").count() == 0


def test_a_link_with_unknown_names_and_options_leaves_them_out(open_page):
    page = open_page(f"zh/{GUIDE}#check={SLUG}&store=mars&nonsense=1&__proto__=1&days_below_250=11")

    expect(checker(page)).to_have_attribute(STATE, "not_eligible", timeout=30_000)
    expect(checker(page).locator("[data-input=store] input:checked")).to_have_value("")


def test_the_text_tells_question_answers_verdict_reasons_and_source(page):
    refused(page)

    text = copied(page, "text")

    for part in (
        "我的账户能获得账户健康保障吗？",
        "不符合加入条件",
        "美国站",
        "11 天",
        "250",
        "电商派",
    ):
        assert part in text
    assert "未回答" in text


def test_answers_survive_a_reload_and_go_with_reset(page):
    refused(page)
    page.reload()

    expect(checker(page)).to_have_attribute(STATE, "not_eligible", timeout=30_000)
    checker(page).locator("button[value=reset]").click()
    expect(checker(page)).to_have_attribute(STATE, "idle")
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(checker(page)).to_have_attribute(STATE, "idle")


def test_back_and_forward_keep_the_answers(page):
    refused(page)
    link = page.locator(".md-nav a[href*='huawei-assets']").first
    link.evaluate("link => link.click()")
    page.wait_for_url(re.compile("huawei-assets"))
    page.go_back()

    expect(checker(page)).to_have_attribute(STATE, "not_eligible", timeout=30_000)


def test_a_typed_answer_before_the_engine_is_ready_is_answered_when_it_is(page, server):
    held = threading.Event()
    server.fault = lambda handler, path: path.endswith(".wasm") and held.wait(60) and False
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute(STATE, "loading")
    answer(page, "days_below_250", "9")
    held.set()

    expect(checker(page)).to_have_attribute(STATE, "undetermined", timeout=30_000)
    expect(checker(page).locator("[data-rule=rating]")).to_have_attribute("data-status", "met")


def test_today_alone_gives_no_verdict(open_page):
    page = open_page("zh/guides/amazon-seller-notices/")
    page.wait_for_load_state("networkidle")

    other = checker(page, "amazon-sp-api-credentials")
    expect(other.locator("[data-input=today] input")).not_to_have_value("")
    expect(other).to_have_attribute(STATE, "idle")


def test_days_in_the_wrong_order_are_told_at_the_later_one(open_page):
    page = open_page("en/guides/amazon-seller-notices/")
    slug = "amazon-sp-api-credentials"
    answer(page, "rotated_on", "2022-12-31", slug)
    answer(page, "today", "2022-12-30", slug)

    error = checker(page, slug).locator("[data-input=today] [data-error]")
    expect(error).to_contain_text("Cannot be before", timeout=30_000)


def test_a_question_that_no_longer_matters_is_greyed_and_stays(page):
    refused(page)

    field = checker(page).locator("[data-input=emergency_contact_valid]")
    expect(field).to_be_visible()
    expect(field).to_have_attribute("data-idle", "")


def test_printing_shows_one_checker_with_its_answers(page):
    refused(page)
    page.evaluate("window.print = () => {}")
    checker(page).locator("button[value=print]").click()
    page.emulate_media(media="print")

    expect(checker(page).locator("[data-badge]")).to_be_visible()
    expect(checker(page).locator("[data-input=store] label:visible")).to_have_count(1)
    expect(checker(page, "amazon-account-health-response")).not_to_be_visible()
    expect(page.locator("h1")).not_to_be_visible()


def test_script_and_style_of_a_page_stay_small(built_site):
    """What a page loads by itself: its scripts with all they import at once, style, messages."""
    (folder,) = (built_site / "menkan").glob("web-*")
    html = (built_site / "zh" / GUIDE / "index.html").read_text(encoding="utf-8")
    waiting = re.findall(r"/menkan/web-\w+/([\w.-]+\.(?:js|css))", html)
    names = {"messages.zh.json"}
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            text = (folder / name).read_text(encoding="utf-8")
            waiting += re.findall(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""", text)

    sizes = {name: len(gzip.compress((folder / name).read_bytes(), 9)) for name in sorted(names)}
    assert {"checker.js", "engine.js", "style.css"} <= names
    assert sum(sizes.values()) <= 15_000, sizes
