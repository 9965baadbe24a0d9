"""The trimmed stylesheet draws every page as the whole one does; colours are there from the start."""

import re
from pathlib import Path

import material
import pytest
from playwright.sync_api import expect

from .test_access import SCREENS

PAGES = [
    "",
    "checkers/",
    "guides/",
    "guides/amazon-account-health/",
    "reference/rules/",
    "contributing/architecture/",
    "sources/",
    "authors/",
    "404.html",
]
# A number for everything the browser has computed for each element and what stands before and after
# it. Custom properties are not looked at: what they do shows in the others.
STYLES = """() => {
  document.getAnimations().forEach((one) => one.finish());
  const names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
  return [...document.body.querySelectorAll("*")].flatMap((element) => [null, "::before", "::after"].map((part) => {
    const style = getComputedStyle(element, part);
    const text = part && style.content === "none" ? "" : names.map((name) => style.getPropertyValue(name)).join();
    let number = 0;
    for (let n = 0; n < text.length; n++) number = (number * 31 + text.charCodeAt(n)) | 0;
    return `${element.tagName}.${element.className?.baseVal ?? element.className}${part ?? ""} ${number}`;
  }));
}"""


def _whole_sheet() -> str:
    (sheet,) = (Path(material.__path__[0]) / "templates/assets/stylesheets").glob("main.*.min.css")
    return sheet.read_text("utf-8")


def _with_everything_open(page) -> None:
    """What scripts show: results of a search, the drawer, opened details."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate("document.getElementById('__search').click()")
    page.locator(".md-search__input").focus()
    page.keyboard.type("amazon")
    expect(page.locator(".md-search-result__item").first).to_be_attached()
    page.evaluate("document.getElementById('__drawer').checked = true")


def _settled(page) -> list[str]:
    """What has been computed once it is the same twice: results come in several steps."""
    before = None
    for _ in range(20):
        now = page.evaluate(STYLES)
        if now == before:
            return now
        before = now
        page.wait_for_timeout(200)
    raise AssertionError("the page does not come to rest")


@pytest.mark.parametrize(
    ("language", "scheme", "screen"), [("zh", "light", "phone"), ("en", "dark", "desktop")]
)
def test_pages_look_as_with_the_whole_sheet(open_page, server, language, scheme, screen):
    page = open_page(
        f"{language}/", color_scheme=scheme, reduced_motion="reduce", **SCREENS[screen]
    )
    sheet = re.compile(r".*/assets/stylesheets/main\.\w+\.min\.css")
    found = {}
    for which in ("trimmed", "whole"):
        if which == "whole":
            page.route(
                sheet, lambda route: route.fulfill(body=_whole_sheet(), content_type="text/css")
            )
        for path in PAGES:
            page.goto(f"{server.url}{language}/{path}", wait_until="networkidle")
            found[which, path] = page.evaluate(STYLES)
        page.goto(f"{server.url}{language}/guides/amazon-account-health/", wait_until="networkidle")
        _with_everything_open(page)
        found[which, "open"] = _settled(page)
        page.emulate_media(media="print")
        found[which, "print"] = _settled(page)
        page.emulate_media(media="screen")

    for path in [*PAGES, "open", "print"]:
        assert found["trimmed", path] == found["whole", path], path


def test_colours_follow_the_device_before_the_theme_s_script(open_page, server):
    page = open_page("zh/404.html", color_scheme="dark")
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(f"{server.url}zh/")

    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "dark"

    page.emulate_media(color_scheme="light")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "light"
    assert page.evaluate("() => Object.keys(localStorage)") == []


def test_a_choice_of_colours_stays_on_all_pages_and_with_a_key(open_page, server):
    page = open_page("en/", color_scheme="light")
    button = page.locator("[data-menkan-palette] button:visible")
    expect(button).to_have_accessible_name("深色 / Dark")
    button.focus()
    page.keyboard.press("Enter")

    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    expect(button).to_be_focused()
    expect(button).to_have_accessible_name("浅色 / Light")

    page.goto(f"{server.url}en/checkers/")
    page.emulate_media(color_scheme="light")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")

    button.click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def test_a_palette_that_leaves_it_to_the_device_takes_the_device_s_colours(open_page, server):
    page = open_page("en/404.html", color_scheme="dark")
    html = (server.folder / "en/index.html").read_text("utf-8")
    auto = '<button data-media="(prefers-color-scheme)" data-scheme="default" title="auto">auto</button>'
    option = re.compile(r'(<div class="md-header__option" data-menkan-palette>)')
    page.route(
        f"{server.url}en/",
        lambda route: route.fulfill(
            body=option.sub(rf"\1{auto}", html), content_type="text/html; charset=utf-8"
        ),
    )
    page.goto(f"{server.url}en/")

    body, button = page.locator("body"), page.locator("[data-menkan-palette] button:visible")
    expect(button).to_have_attribute("title", "auto")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.emulate_media(color_scheme="light")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    expect(button).to_have_attribute("title", "auto")


def test_stylesheets_are_applied_once(open_page):
    page = open_page("en/")
    page.wait_for_load_state("networkidle")
    page.evaluate("""() => {
      window.before = [...document.styleSheets].map((sheet) => sheet.ownerNode);
    }""")
    page.locator('.mk-hero a[href$="checkers/"]').click()
    expect(page.locator(".mk-questions")).to_be_attached()

    # The links are the same elements on the next page, so nothing is fetched or read again.
    assert page.evaluate(
        "() => [...document.styleSheets].every((sheet, n) => sheet.ownerNode === window.before[n])"
    )
    assert page.evaluate(
        "() => [...document.querySelectorAll('link[rel=stylesheet]')]"
        ".every((link) => link.getAttribute('href') === link.href)"
    )


def test_everyone_hears_once_that_the_page_is_read_after_the_theme_s_script(open_page, server):
    page = open_page("zh/404.html")
    page.add_init_script(
        """addEventListener("DOMContentLoaded", ({ target }) => {
          (window.heard ??= []).push([target === document, "document$" in window]);
        })"""
    )
    page.goto(f"{server.url}zh/")

    page.wait_for_function("window.heard")
    assert page.evaluate("heard") == [[True, True]]
