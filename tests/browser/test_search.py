"""The search as readers use it: the theme's own box and worker, in the real browser."""

from pathlib import Path

import pytest
import yaml

QUERIES = yaml.safe_load(
    (Path(__file__).parents[1] / "plugin" / "queries.yml").read_text(encoding="utf-8")
)

# Asks the page's own worker as the theme does and gives back the addresses of the results.
ASK = """async (query) => {
  const worker = (window.menkanSearch ??= await new Promise((resolve) => {
    const config = JSON.parse(document.getElementById("__config").textContent);
    const base = new URL(config.base, location);
    const worker = new Worker(new URL(config.search, location));
    fetch(new URL("search/search_index.json", base + "/")).then((r) => r.json()).then((index) => {
      worker.onmessage = () => resolve(worker);
      worker.postMessage({type: 0, data: {...index, options: {suggest: true}}});
    });
  }));
  return new Promise((resolve) => {
    worker.onmessage = ({data}) => resolve(data.data.items.map((group) => group[0].location));
    worker.postMessage({type: 2, data: query});
  });
}"""


def search(page, query):
    """Type into the theme's box."""
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(query)
    page.keyboard.press("End")  # the theme reads the box when a key comes up


def first_result(page):
    first = page.locator(".md-search-result__link").first
    first.wait_for()
    return first


@pytest.mark.parametrize("language", QUERIES)
def test_the_right_guide_comes_first(open_page, language):
    page = open_page(f"{language}/")
    wrong = {}
    for case in QUERIES[language]:
        found = page.evaluate(ASK, str(case["query"]))
        if not found or not found[0].startswith(f"guides/{case['first']}/"):
            wrong[case["query"]] = found[:3]

    assert wrong == {}


def test_there_are_at_least_forty_queries():
    assert sum(map(len, QUERIES.values())) >= 40


def test_the_box_itself_shows_the_guide(open_page):
    """Through the theme's box and its own code, with the policy of the page in force."""
    page = open_page("zh/")
    page.wait_for_load_state("networkidle")  # the box listens once the theme's script has run
    search(page, "賬戶健康")

    first = first_result(page)
    assert "/zh/guides/amazon-account-health/" in first.get_attribute("href")


ENTRIES = "/search/entries.json"


def test_what_is_searched_is_loaded_once_the_box_has_the_focus(open_page, server):
    page = open_page("en/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in server.requests if path.endswith(ENTRIES)]

    with page.expect_request(f"**{ENTRIES}"):
        page.locator(".md-search__input").click()
    search(page, "wallet")

    assert "/en/guides/" in first_result(page).get_attribute("href")
    assert len([path for path in server.requests if path.endswith(ENTRIES)]) == 1


def test_what_could_not_be_loaded_is_loaded_at_the_next_letter(open_page, server):
    page = open_page("en/")
    page.wait_for_load_state("networkidle")
    server.fault = lambda handler, path: (
        path.endswith(ENTRIES) and not handler.reply(503, b"", "text/plain")
    )
    with page.expect_response(f"**{ENTRIES}"):
        search(page, "walle")
    assert page.locator(".md-search-result__link").count() == 0

    server.fault = None
    page.keyboard.type("t")

    assert "/en/guides/" in first_result(page).get_attribute("href")


def test_a_guide_is_found_by_words_that_its_result_does_not_show(open_page):
    page = open_page("en/")
    page.wait_for_load_state("networkidle")
    search(page, "unsubscription refund")

    result = first_result(page)
    assert "/en/guides/huawei-refunds/" in result.get_attribute("href")
    assert "unsubscription" not in result.inner_text()
    assert "were decided by the seller" in result.inner_text()
