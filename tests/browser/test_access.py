"""Accessibility of the checker: axe on each state, the keyboard alone, what is announced."""

import threading

import pytest
from playwright.sync_api import expect

from menkan.pack import tools

from .chromium import HERE
from .test_checker import GUIDE, answer, checker

# Only what is wrong is wanted; what is right, told element by element, takes longer than finding it.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
RUN = """async (options) => (await axe.run(document, options)).violations.map(
  ({ id, nodes }) => [id, nodes.slice(0, 3).map(({ target }) => target)])"""
SCREENS = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
# Each language, scheme and screen with each of the others; all three at once add nothing but time.
READERS = pytest.mark.parametrize(
    ("language", "scheme", "screen"),
    [
        ("zh", "light", "phone"),
        ("zh", "dark", "desktop"),
        ("en", "light", "desktop"),
        ("en", "dark", "phone"),
    ],
)


@pytest.fixture(scope="session")
def axe(cache):
    """The source text of axe-core."""
    modules = tools.npm_packages(HERE, cache / "browser")
    return (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    page.evaluate(axe)
    return page.evaluate(RUN, RULES)


def eligible(page):
    for name, value in (
        ("store", "us"),
        ("months_of_history", "6"),
        ("days_below_250", "10"),
        ("emergency_contact_valid", "true"),
    ):
        answer(page, name, value)


STATES = {
    "idle": lambda page: None,
    "undetermined": lambda page: answer(page, "store", "us"),
    "eligible": eligible,
    "not_eligible": lambda page: answer(page, "days_below_250", "11"),
}


@READERS
def test_axe_finds_nothing_in_any_state(open_page, axe, language, scheme, screen):
    page = open_page(
        f"{language}/{GUIDE}", color_scheme=scheme, reduced_motion="reduce", **SCREENS[screen]
    )
    for state, act in STATES.items():
        act(page)
        expect(checker(page)).to_have_attribute("data-state", state, timeout=30_000)
        assert violations(page, axe) == [], state

    answer(page, "months_of_history", "1.5")
    expect(checker(page).locator("[data-error]:visible")).to_have_count(1)
    assert violations(page, axe) == [], "an error at a field"

    checker(page).locator("button[value=table]").click()
    checker(page).locator("textarea").fill("store,days_below_250\nus,3\nca,11\nmars,2\n")
    checker(page).locator(".mk-columns-map button").click()
    expect(checker(page).locator("tbody tr")).to_have_count(3)
    assert violations(page, axe) == [], "many shops"


@pytest.mark.parametrize("folder", ["guides", "reference"])
@READERS
def test_axe_finds_nothing_on_any_page_of(
    open_page, server, built_site, axe, folder, language, scheme, screen
):
    pages = sorted((built_site / language / folder).glob("*/index.html"))
    assert len(pages) >= 4
    if folder == "guides":  # they are built alike: each reader of a language takes every second
        pages = pages[screen == "desktop" :: 2]
    page = open_page(
        f"{language}/", color_scheme=scheme, reduced_motion="reduce", **SCREENS[screen]
    )
    for path in pages:
        page.goto(f"{server.url}{path.parent.relative_to(built_site)}/")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page, axe) == [], path
        wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide == 0, path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_while_loading(open_page, server, axe, language):
    over = threading.Event()
    server.fault = lambda handler, path: path.endswith(".wasm") and over.wait(60) and False
    page = open_page(f"{language}/{GUIDE}")
    answer(page, "store", "us")
    expect(checker(page)).to_have_attribute("data-state", "loading")
    found = violations(page, axe)
    expect(checker(page)).to_have_attribute("data-state", "loading")
    over.set()
    assert found == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_when_loading_failed(open_page, server, axe, language):
    server.fault = lambda handler, path: (
        path.endswith(".wasm") and not handler.reply(404, b"", "text/plain")
    )
    page = open_page(f"{language}/{GUIDE}")
    answer(page, "store", "ca")
    expect(checker(page)).to_have_attribute("data-state", "failed", timeout=30_000)
    assert violations(page, axe) == []


def test_the_whole_flow_works_by_keyboard(open_page):
    page = open_page(f"en/{GUIDE}")
    checker(page).locator("input[name=store]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("6")
    page.keyboard.press("Tab")
    page.keyboard.type("10")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # from "Not sure", which is chosen, round to "Yes"

    expect(checker(page)).to_have_attribute("data-state", "eligible", timeout=30_000)
    expect(checker(page).locator("[data-input=store] input:checked")).to_have_value("us")


def test_the_verdict_is_announced_once_when_typing_rests(open_page):
    page = open_page(f"en/{GUIDE}")
    said = []
    page.expose_function("said", lambda text: said.append(text))
    page.evaluate(
        """() => new MutationObserver(([change]) => said(change.target.textContent))
             .observe(document.querySelector("menkan-checker [data-announce]"), {childList: true})"""
    )
    answer(page, "days_below_250", "1")
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    page.wait_for_timeout(1000)

    assert said == ["Does not qualify. 0 met, 1 not met, 3 open."]


def test_text_at_twice_the_size_needs_no_sideways_scrolling(open_page):
    page = open_page(f"en/{GUIDE}", viewport={"width": 640, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    eligible(page)
    expect(checker(page)).to_have_attribute("data-state", "eligible", timeout=30_000)

    too_wide = page.evaluate(
        """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
    )

    assert too_wide == 0


def test_the_form_does_not_move_when_it_comes_alive(open_page):
    """No layout shift, as the browser measures it, has a checker among what moved."""
    page = open_page(f"zh/{GUIDE}")
    page.wait_for_load_state("networkidle")

    moved = page.evaluate(
        """() => new Promise((resolve) => {
             const moved = [];
             new PerformanceObserver((list) => {
               for (const shift of list.getEntries())
                 for (const { node } of shift.sources)
                   if (node?.parentElement?.closest(".mk")) moved.push(node.outerHTML);
             }).observe({type: "layout-shift", buffered: true});
             setTimeout(() => resolve(moved), 500);
           })"""
    )

    assert moved == []
