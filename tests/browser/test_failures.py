"""Every way the runtime can fail: each ends in an answer, or in a message with a retry that works.

The faults are the server's, the browser's or a checker's own; nothing in the page is replaced.
"""

import json
import re

import pytest
from playwright.sync_api import expect

from menkan.pack import pack
from menkan.site import Site

from .test_runtime import engine_worker

GUIDE = "guides/amazon-account-health/"
SLUG = "amazon-account-health-assurance"
# No failure may go without progress for longer than this, in milliseconds.
SOON = 20_000
FILES = ["manifest.json", "worker.js", "python.wasm", "stdlib.zip", "app.zip", "site.json"]
LANGUAGES = ("zh", "en")


def checker(page):
    return page.locator(f"menkan-checker[slug={SLUG}]")


def fill(page, days="11"):
    checker(page).locator("[data-input=days_below_250] input").fill(days)


def expect_told(page, root, code, timeout=SOON):
    """The page tells this failure in its language, and what was typed is still there."""
    expect(checker(page)).to_have_attribute("data-state", "failed", timeout=timeout)
    language = page.evaluate("document.documentElement.lang")
    words = json.loads((root / f"build/menkan/web/messages.{language}.json").read_text("utf-8"))
    expect(checker(page).locator("[data-failure-text]")).to_have_text(words["failures"][code])
    assert checker(page).locator("[data-input=days_below_250] input").input_value() != ""


def retry(page, state="not_eligible"):
    checker(page).locator("[data-retry]").click()
    expect(checker(page)).to_have_attribute("data-state", state, timeout=SOON)


@pytest.fixture
def language(request):
    """Cases take turns in the languages, the same one each run."""
    return LANGUAGES[sum(request.node.name.encode()) % 2]


@pytest.fixture
def page(open_page, language):
    return open_page(f"{language}/{GUIDE}")


def faulty(wanted, answer):
    """A fault for one file of the runtime, whatever folder its release put it in."""

    def fault(handler, path):
        if not re.search(rf"^menkan/[\w-]+/{re.escape(wanted)}$", path):
            return False
        answer(handler, path)
        return True

    return fault


def missing(handler, path):
    handler.reply(404, b"<h1>404</h1>", "text/html")


def proxy_page(handler, path):
    handler.reply(200, b"<!doctype html><title>Sign in to the network</title>", "text/html")


def broken_server(handler, path):
    handler.reply(500, b"", "text/plain")


def promise_all_send_half(handler, path):
    body = handler.file(path)
    handler.send_response(200)
    handler.send_header("Content-Type", handler.kind(path))
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body[: len(body) // 2])
    handler.wfile.flush()


def cut_line(handler, path):
    """The length of the whole file, half of its bytes, then the line is closed."""
    promise_all_send_half(handler, path)
    handler.connection.close()
    handler.close_connection = True


def half_a_file(handler, path):
    body = handler.file(path)
    handler.reply(200, body[: len(body) // 2], handler.kind(path))


def one_bit(handler, path):
    body = bytearray(handler.file(path))
    body[len(body) // 2] ^= 1
    handler.reply(200, bytes(body), handler.kind(path))


def other_release(handler, path):
    handler.reply(200, handler.file(path) + b"newer", handler.kind(path))


def silent(handler, path):
    handler.stall(SOON / 1000 + 5)


def stopped_halfway(handler, path):
    promise_all_send_half(handler, path)
    handler.pause(SOON / 1000 + 5)


CASES = [
    *((name, missing, "file_missing") for name in FILES),
    *((name, proxy_page, "wrong_file") for name in FILES),
    ("python.wasm", broken_server, "file_missing"),
    *((name, cut_line, "truncated") for name in ("worker.js", "python.wasm", "app.zip")),
    ("manifest.json", half_a_file, "wrong_file"),
    *((name, half_a_file, "truncated") for name in ("python.wasm", "stdlib.zip", "site.json")),
    *((name, one_bit, "wrong_file") for name in FILES[1:]),
    *((name, other_release, "wrong_file") for name in ("worker.js", "python.wasm", "app.zip")),
    ("manifest.json", silent, "stalled"),
    ("python.wasm", stopped_halfway, "stalled"),
]


@pytest.mark.parametrize(
    ("name", "answer", "code"),
    CASES,
    ids=[f"{name}-{answer.__name__}" for name, answer, _ in CASES],
)
def test_a_bad_file_is_told_and_a_retry_works(page, server, root, name, answer, code):
    server.fault = faulty(name, answer)
    fill(page)
    expect_told(page, root, code)

    server.fault = None
    retry(page)


def test_a_wrong_mime_type_costs_nothing(page, server):
    def as_bytes(handler, path):
        if "/" in path and path.startswith(("menkan/python-", "menkan/app-")):
            handler.reply(200, handler.file(path), "application/octet-stream")
            return True
        return False

    server.fault = as_bytes
    fill(page)

    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=SOON)


def test_a_lost_line_is_told_and_a_retry_works(page, root):
    page.wait_for_load_state("networkidle")  # the theme's search has fetched its own
    page.context.set_offline(True)
    fill(page)
    expect_told(page, root, "offline")

    page.context.set_offline(False)
    retry(page)


def test_without_webassembly_the_reader_is_told(page, root):
    page.evaluate("window.kept = WebAssembly; delete window.WebAssembly")
    fill(page)
    expect_told(page, root, "no_webassembly")

    page.evaluate("window.WebAssembly = window.kept")
    retry(page)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("window.kept = Worker; delete window.Worker", id="none"),
        pytest.param(
            "window.kept = Worker; window.Worker = class { constructor() { throw new Error('no') } }",
            id="refused",
        ),
    ],
)
def test_without_workers_the_reader_is_told(page, root, change):
    page.evaluate(f"() => {{ {change} }}")
    fill(page)
    expect_told(page, root, "no_worker")

    page.evaluate("() => { window.Worker = window.kept }")
    retry(page)


def test_a_host_that_forbids_such_workers_is_told(open_page, server, root):
    """A host's own policy header without blob: workers; the browser says so without a word."""

    def strict(handler, path):
        if not path.startswith(f"en/{GUIDE}"):
            return False
        headers = {"Content-Security-Policy": "worker-src 'self'"}
        handler.reply(200, handler.file(f"{path}index.html"), "text/html; charset=utf-8", headers)
        return True

    server.fault = strict
    page = open_page(f"en/{GUIDE}")
    fill(page)

    expect_told(page, root, "no_worker")


def test_a_worker_that_is_gone_is_replaced_without_a_word(page):
    fill(page)
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=SOON)
    engine_worker(page).evaluate("self.close()")

    fill(page, "9")

    expect(checker(page)).to_have_attribute("data-state", "undetermined", timeout=SOON)


TROUBLE = """
from menkan.rules import Checker, Integer


class Trouble(Integer):
    __slots__ = ()

    def read_text(self, text):
        if text == "1":
            raise ZeroDivisionError("the checker's own mistake")
        while text == "2":
            pass
        if text == "3":
            return len([None] * (1 << 30))
        if text == "4":
            return eval("5 + 6")
        if text == "5":
            return len(__import__("textwrap").shorten("eleven long", 20))
        return super().read_text(text)


days = Trouble("days_below_250", unit="days")
more = Integer("months_of_history", unit="months")
checker = Checker(
    "amazon-account-health-assurance",
    rules={
        "rating": days.at_most("rating-floor.days").cites("rating-floor"),
        "history": more.at_least("history.months").cites("history"),
    },
)
"""


@pytest.fixture(scope="module")
def troubled(root, cache, tmp_path_factory):
    """A packed runtime whose one checker fails in a way that its answer chooses."""
    folder = tmp_path_factory.mktemp("troubled")
    (folder / "amazon_account_health.py").write_text(TROUBLE, encoding="utf-8")
    return pack(folder, Site.load(root, LANGUAGES).figures(), [], cache / "pack")


@pytest.fixture
def troubled_page(page, server, troubled):
    """The guide's page, served with the troubled runtime's checkers."""

    def fault(handler, path):
        name = path.split("/", 1)[-1]
        if path.startswith("menkan/web-") and path.endswith("/manifest.json"):
            handler.reply(200, troubled.manifest_text(), "application/json")
        elif path.startswith("menkan/") and (troubled.folder / name).is_file():
            handler.reply(200, (troubled.folder / name).read_bytes(), handler.kind(path))
        else:
            return False
        return True

    server.fault = fault
    checker(page).locator("[data-input=months_of_history] input").fill("7")
    expect(checker(page)).to_have_attribute("data-state", "undetermined", timeout=SOON)
    return page


@pytest.mark.parametrize(
    ("days", "code"),
    [
        pytest.param("1", "checker_failed", id="exception"),
        pytest.param("2", "hung", id="endless-loop"),
        pytest.param("3", "out_of_memory", id="memory-run-out"),
    ],
)
def test_a_checker_that_fails_is_told_and_the_next_answer_comes(troubled_page, root, days, code):
    fill(troubled_page, days)
    expect_told(troubled_page, root, code)

    fill(troubled_page, "11")

    expect(checker(troubled_page)).to_have_attribute("data-state", "not_eligible", timeout=SOON)
    history = checker(troubled_page).locator("[data-rule=history]")
    expect(history).to_have_attribute("data-status", "met")


@pytest.mark.parametrize(
    "days", [pytest.param("4", id="a-function"), pytest.param("5", id="a-module")]
)
def test_what_the_small_runtime_lacks_comes_from_the_whole_one(troubled_page, server, days):
    """The reader sees the answer, a little later, and loses nothing that was typed."""
    assert not [path for path in server.requests if "/whole-" in path]

    fill(troubled_page, days)

    expect(checker(troubled_page)).to_have_attribute("data-state", "not_eligible", timeout=SOON)
    assert [path for path in server.requests if "/whole-" in path]
    history = checker(troubled_page).locator("[data-rule=history]")
    expect(history).to_have_attribute("data-status", "met")
