"""The pages around the guides in the real browser: filter, 404, privacy, accessibility."""

import pytest
from playwright.sync_api import expect

from .test_access import READERS, SCREENS, violations
from .test_access import axe as axe  # noqa: PLC0414 - the fixture
from .test_checker import GUIDE, answer, checker

PAGES = [
    "",
    "checkers/",
    "guides/",
    "method/",
    "sources/",
    "privacy/",
    "accessibility/",
    "about/",
    "authors/",
]


@READERS
def test_axe_finds_nothing_on_any_page(open_page, server, axe, language, scheme, screen):
    page = open_page(
        f"{language}/", color_scheme=scheme, reduced_motion="reduce", **SCREENS[screen]
    )
    for path in [*PAGES, "no-such-page/"]:
        page.goto(f"{server.url}{language}/{path}")
        assert violations(page, axe) == [], path
        sideways = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert sideways == 0, path


@pytest.mark.parametrize("path", ["", "no-such-page/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_the_root(open_page, axe, scheme, path):
    page = open_page(path, color_scheme=scheme, locale="fr-FR")

    assert violations(page, axe) == []


def test_the_filter_narrows_the_questions(open_page):
    page = open_page("en/checkers/")
    questions = page.locator(".mk-questions li:visible")
    everything = questions.count()
    page.get_by_label("Filter the questions").fill("refund customer")

    expect(questions).to_have_count(1)
    expect(page.locator(".mk-questions h2:visible")).to_have_count(1)
    expect(page.locator("menkan-filter [role=status]")).to_have_text(f"1 of {everything} questions")

    page.get_by_label("Filter the questions").fill("xyzzy")
    expect(questions).to_have_count(0)
    expect(page.locator("menkan-filter [role=status]")).to_contain_text("No question")


def test_the_filter_comes_alive_after_instant_navigation(open_page):
    page = open_page("zh/")
    page.locator('.mk-hero a[href$="checkers/"]').click()

    page.get_by_label("筛选问题").fill("退订")

    expect(page.locator(".mk-questions li:visible")).to_have_count(1)


def test_the_list_is_whole_without_a_script(open_page):
    page = open_page("zh/checkers/", java_script_enabled=False)

    assert page.locator(".mk-questions li:visible").count() == 25
    expect(page.locator(".mk-questions input")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "script", "languages"),
    [
        pytest.param("zh-x/y", True, ["zh", "en"], id="outside every language"),
        pytest.param("en/no/such/page", True, ["en"], id="in English"),
        pytest.param("zh/no/such/page", True, ["zh"], id="in Chinese"),
        pytest.param("zh/no/such/page", False, ["zh", "en"], id="without a script"),
    ],
)
def test_the_page_that_is_not_there_is_told_in_the_right_language(
    open_page, path, script, languages
):
    page = open_page(path, java_script_enabled=script)

    shown = page.locator("[data-code]:visible").evaluate_all if script else None
    found = (
        shown("cards => cards.map(card => card.dataset.code)")
        if shown
        else [one.get_attribute("data-code") for one in page.locator("[data-code]:visible").all()]
    )
    assert found == languages


@pytest.mark.parametrize("locale", ["zh-TW", "en-GB"])
def test_the_root_sends_readers_to_their_language(open_page, server, locale):
    page = open_page("", locale=locale)

    page.wait_for_url(f"{server.url}{locale[:2]}/")


def test_answers_are_sent_nowhere_and_leave_nothing_behind(open_page, server):
    """What the privacy page says: no request, no cookie, nothing beyond the tab."""
    page = open_page(f"en/{GUIDE}")
    answer(page, "store", "us")
    expect(checker(page)).to_have_attribute("data-state", "undetermined", timeout=30_000)
    page.wait_for_load_state("networkidle")
    before = list(server.requests)
    sent = []
    page.context.on("request", lambda request: sent.append(request.url))
    answer(page, "months_of_history", "417")
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible")

    assert server.requests == before
    assert [url for url in sent if not url.startswith(("blob:", "data:"))] == []
    assert page.context.cookies() == []
    page.close()
    again = page.context.new_page()
    again.goto(f"{server.url}en/{GUIDE}")
    expect(checker(again)).to_have_attribute("data-state", "idle")
    kept = again.evaluate(
        """async () => JSON.stringify([
             {...localStorage}, {...sessionStorage}, document.cookie,
             (await indexedDB.databases()).length,
             ...(await Promise.all((await caches.keys()).map(async (name) =>
               (await (await caches.open(name)).keys()).map((request) => request.url)))),
           ])"""
    )
    assert "417" not in kept and "months_of_history" not in kept
