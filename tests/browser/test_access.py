"""Accessibility of the checker: axe on each state, the keyboard alone, what is announced."""

import pytest
from playwright.sync_api import expect

from menkan.pack import tools

from .chromium import HERE
from .test_checker import GUIDE, answer, checker

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCREENS = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}


@pytest.fixture(scope="session")
def axe(cache):
    """The source text of axe-core."""
    modules = tools.npm_packages(HERE, cache / "browser")
    return (modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    page.evaluate(axe)
    found = page.evaluate("options => axe.run(document, options)", RULES)["violations"]
    return [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found]


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


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
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


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_any_guide(open_page, built_site, axe, language):
    """Every guide once, screens and schemes taking turns."""
    pages = sorted(
        str(path.parent.relative_to(built_site)) + "/"
        for path in (built_site / language / "guides").glob("*/index.html")
    )
    found = {}
    for turn, path in enumerate(pages):
        screen = list(SCREENS.values())[turn % 2]
        scheme = ("light", "dark")[turn // 2 % 2]
        page = open_page(path, color_scheme=scheme, reduced_motion="reduce", **screen)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        if problems := violations(page, axe):
            found[path, scheme] = problems
        page.context.close()

    assert found == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_on_any_page_for_authors(open_page, built_site, axe, language):
    """These, the lists and the page for missing addresses; screens and schemes taking turns."""
    pages = [f"{language}/{name}" for name in ("", "checkers/", "authors/", "404.html")]
    pages += sorted(
        str(path.parent.relative_to(built_site)) + "/"
        for path in (built_site / language / "reference").glob("*/index.html")
    )
    found = {}
    for turn, path in enumerate(pages):
        for screen in list(SCREENS.values()):
            scheme = ("light", "dark")[(turn + (screen is SCREENS["phone"])) % 2]
            page = open_page(path, color_scheme=scheme, reduced_motion="reduce", **screen)
            if problems := violations(page, axe):
                found[path, scheme] = problems
            wide = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert wide == 0, path
            page.context.close()

    assert len(pages) == 8
    assert found == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_axe_finds_nothing_while_loading_or_failed(open_page, server, axe, language):
    page = open_page(f"{language}/{GUIDE}")
    server.fault = lambda handler, path: path.endswith(".wasm") and handler.stall(3)
    answer(page, "store", "us")
    expect(checker(page)).to_have_attribute("data-state", "loading")
    assert violations(page, axe) == [], "loading"

    server.fault = None
    page.reload()
    server.fault = lambda handler, path: (
        path.endswith(".wasm") and not handler.reply(404, b"", "text/plain")
    )
    answer(page, "store", "ca")
    expect(checker(page)).to_have_attribute("data-state", "failed", timeout=30_000)
    assert violations(page, axe) == [], "failed"


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
