"""The element on a page of another site: one script tag, an empty element."""

import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import expect

from .test_checker import SLUG, answer, checker

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop's own page</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<script type="module" src="{root}menkan/embed.js"></script></head>
<body><h1>Our shop</h1><menkan-checker slug="{slug}" lang="{lang}"></menkan-checker></body></html>"""


@pytest.fixture
def elsewhere(server):
    """A page on another origin that embeds a checker; called with slug and language."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = self.server.page.encode()
            self.send_response(200 if self.path == "/" else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words):
            pass

    other = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=other.serve_forever, daemon=True).start()
    server.headers["Access-Control-Allow-Origin"] = "*"

    def page(slug, lang, policy=""):
        other.page = PAGE.format(root=server.url, slug=slug, lang=lang, policy=policy)
        return f"http://127.0.0.1:{other.server_port}/"

    yield page
    other.shutdown()
    other.server_close()


@pytest.mark.parametrize(("lang", "badge"), [("zh", "不符合加入条件"), ("en", "Does not qualify")])
def test_a_checker_answers_on_another_sites_page(chromium, elsewhere, server, lang, badge):
    page = chromium.new_context().new_page()
    page.goto(elsewhere(SLUG, lang))
    answer(page, "days_below_250", "11")

    expect(checker(page).locator("[data-badge]")).to_have_text(badge, timeout=30_000)
    link = checker(page).locator("[data-rule=rating] .mk-cites a").get_attribute("href")
    assert link == f"{server.url}{lang}/guides/amazon-account-health/#fact-rating-floor"
    page.context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_policy_and_the_event_told_to_authors_are_enough(
    chromium, elsewhere, server, root, language
):
    text = (root / f"docs/authors.{language}.md").read_text(encoding="utf-8")
    policy = re.search(r"```text\n(script-src .*)\n```", text)[1]
    listening = re.search(r"```js\n(.*)\n```", text)[1]
    allowed = f"default-src 'none'; {policy.replace('https://rules.example', server.origin)}"
    page = chromium.new_context().new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))

    page.goto(elsewhere(SLUG, "en", allowed))
    page.evaluate(listening)
    answer(page, "days_below_250", "11")

    expect(checker(page).locator("[data-badge]")).to_have_text("Does not qualify", timeout=30_000)
    assert "not_eligible" in said
    assert [one for one in said if "Content Security Policy" in one] == []
    page.context.close()


def test_an_unknown_checker_says_what_was_not_found(chromium, elsewhere):
    page = chromium.new_context().new_page()
    page.goto(elsewhere("no-such-checker", "en"))

    expect(page.locator("menkan-checker")).to_contain_text("forms/no-such-checker.en.html: 404")
    page.context.close()
