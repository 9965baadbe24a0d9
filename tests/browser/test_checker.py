"""The checker in the page: real Chromium, real Pyodide, the built site under a sub-path."""

import re

import pytest
from playwright.sync_api import expect

GUIDE = "guides/amazon-account-health/"
SLUG = "amazon-account-health-assurance"


def checker(page, slug=SLUG):
    return page.locator(f"menkan-checker[slug={slug}]")


def answer(page, name, value, slug=SLUG):
    field = checker(page, slug).locator(f"[data-input={name}]")
    field.wait_for()  # counting options does not wait for a page that is still coming
    option = field.locator(f"input[type=radio][value='{value}']")
    if option.count():
        option.check()
    else:
        field.locator("input").fill(value)


@pytest.fixture
def page(open_page):
    return open_page(f"en/{GUIDE}")


def test_a_verdict_is_given_while_answering(page):
    answer(page, "store", "us")
    answer(page, "months_of_history", "6")
    answer(page, "days_below_250", "10")
    answer(page, "emergency_contact_valid", "true")

    expect(checker(page)).to_have_attribute("data-state", "eligible", timeout=30_000)
    expect(checker(page).locator("[data-badge]")).to_have_text("Qualifies")
    expect(checker(page).locator("[data-rule=history]")).to_have_attribute("data-status", "met")


def test_one_failing_condition_is_blamed_and_linked_to_its_fact(page):
    answer(page, "days_below_250", "11")

    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    failing = checker(page).locator("[data-group=not_met] [data-rule]")
    expect(failing).to_have_count(1)
    link = failing.locator(".mk-cites a").first.get_attribute("href")
    assert page.locator(f"#{link.split('#')[1]}").is_visible()


def test_a_bad_answer_is_told_at_its_field_and_the_others_keep_working(page):
    answer(page, "months_of_history", "1.5")
    answer(page, "days_below_250", "11")

    field = checker(page).locator("[data-input=months_of_history]")
    expect(field.locator("[data-error]")).to_have_text("Enter a whole number.", timeout=30_000)
    expect(field.locator("input")).to_have_attribute("aria-invalid", "true")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible")


def test_nothing_of_the_runtime_is_fetched_before_the_first_touch(page, server):
    page.wait_for_load_state("networkidle")

    assert [path for path in server.requests if "/pyodide-" in path or "/app-" in path] == []
    assert checker(page).get_attribute("data-state") == "idle"


def test_progress_is_shown_while_the_runtime_loads(page, server):
    seen = []
    page.expose_function("seen", lambda line: seen.append(line))
    page.evaluate(
        """() => new MutationObserver(() => {
             const box = document.querySelector("menkan-checker [data-progress]");
             if (!box.hidden) seen(box.querySelector("output").textContent);
           }).observe(document.querySelector("menkan-checker"), {subtree: true, childList: true, characterData: true, attributes: true})"""
    )

    answer(page, "days_below_250", "11")

    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    assert any(re.match(r"Loading the checker: \d+\.\d of \d+\.\d MB", line) for line in seen)


def test_without_javascript_questions_conditions_and_sources_can_be_read(open_page):
    page = open_page(f"zh/{GUIDE}", java_script_enabled=False)

    box = checker(page)
    expect(box.locator("legend").first).to_be_visible()
    expect(box.locator("[data-rule=rating] [data-rule-label]")).to_contain_text("250")
    expect(box.locator(".mk-cites a").first).to_be_visible()


def test_answers_stay_when_the_language_is_switched(page):
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)

    page.locator("[data-menkan-switch] a[hreflang=zh]").click()

    page.wait_for_url(re.compile(f"/zh/{GUIDE}"))
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    expect(checker(page).locator("[data-badge]")).to_have_text("不符合加入条件")


def test_one_worker_serves_the_next_page_of_the_visit(page, server):
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    fetched = len([path for path in server.requests if "/pyodide-" in path])
    page.evaluate("window.sameVisit = true")

    link = page.locator(".md-nav a[href*='amazon-seller-notices']").first
    link.evaluate("link => link.click()")
    page.wait_for_url(re.compile("amazon-seller-notices"))
    answer(page, "invited", "false", slug="amazon-seller-wallet")

    other = checker(page, "amazon-seller-wallet")
    expect(other).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    assert page.evaluate("window.sameVisit") is True
    assert len([path for path in server.requests if "/pyodide-" in path]) == fetched


@pytest.mark.parametrize(
    ("today", "state", "words", "mark"),
    [
        ("2026-03-09", "eligible", "Overdue", "!"),
        ("2026-03-03", "not_eligible", "Not overdue", "–"),
    ],
)
def test_a_yes_that_is_nothing_gained_has_neither_tick_nor_cross(
    open_page, today, state, words, mark
):
    page = open_page("en/guides/huawei-publishing/")
    slug = "huawei-listing-review"
    answer(page, "submitted_on", "2026-03-02", slug)
    answer(page, "listings_submitted_that_day", "1", slug)
    answer(page, "today", today, slug)

    own = checker(page, slug)
    expect(own).to_have_attribute("data-state", state, timeout=30_000)
    expect(own.locator("[data-badge]")).to_have_text(words)
    shown = (
        "(badge) => [getComputedStyle(badge, '::before').content, getComputedStyle(badge).color]"
    )
    seen, colour = own.locator("[data-badge]").evaluate(shown)
    assert seen == f'"{mark}"'
    mets = page.locator(".mk [data-status=met] .mk-mark, .mk [data-status=not_met] .mk-mark")
    assert colour not in mets.evaluate_all("(all) => all.map((one) => getComputedStyle(one).color)")
