"""When the runtime is fetched, how long a next page takes, and what the policy keeps out."""

import re

import pytest
from playwright.sync_api import expect

from .test_checker import GUIDE, SLUG, answer, checker

RUNTIME = re.compile(r"/menkan/(python|app|whole)-")
NETWORK = """async (address) => {
  const tried = {};
  const way = async (name, call) => {
    try { await call(); tried[name] = "reached"; } catch (error) { tried[name] = "refused"; }
  };
  await way("fetch", () => fetch(address, { mode: "no-cors" }));
  await way("native fetch", () => Object.getPrototypeOf(self).fetch?.call(self, address, { mode: "no-cors" }) ??
    Object.getPrototypeOf(Object.getPrototypeOf(self)).fetch.call(self, address, { mode: "no-cors" }));
  await way("import", () => import(address));
  await way("XMLHttpRequest", () => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.onload = resolve;
    request.onerror = reject;
    request.send();
  }));
  await way("WebSocket", () => new Promise((resolve, reject) => {
    const socket = new WebSocket(address.replace("http", "ws"));
    socket.onopen = resolve;
    socket.onerror = reject;
  }));
  await way("worker", () => new Promise((resolve, reject) => {
    const inner = new Worker(address);
    inner.onmessage = resolve;
    inner.onerror = reject;
  }));
  return tried;
}"""


def fetched(server):
    return [path for path in server.requests if RUNTIME.search(path)]


@pytest.fixture
def page(open_page):
    return open_page(f"en/{GUIDE}")


def has_verdict(page, state="not_eligible"):
    expect(checker(page)).to_have_attribute("data-state", state, timeout=30_000)


def engine_worker(page):
    """Our worker, made of a blob; the theme's search has one too."""
    return next(worker for worker in page.workers if worker.url.startswith("blob:"))


def wait_for_runtime(page, server):
    for _ in range(300):
        if fetched(server):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the runtime was not fetched")


def test_the_pointer_coming_near_starts_the_fetching(page, server):
    page.wait_for_load_state("networkidle")
    assert fetched(server) == []
    form = checker(page).locator("form")
    form.scroll_into_view_if_needed()
    box = form.bounding_box()

    page.mouse.move(box["x"] - 20, box["y"] + 20)

    wait_for_runtime(page, server)


def test_scrolling_to_the_questions_starts_the_fetching(open_page, server):
    page = open_page(f"en/{GUIDE}", viewport={"width": 600, "height": 400})
    page.wait_for_load_state("networkidle")
    top = checker(page).locator("form").bounding_box()["y"]

    for _ in range(int(top / 300) + 2):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(30)

    wait_for_runtime(page, server)


def test_the_focus_starts_the_fetching_and_nothing_is_shown_yet(page, server):
    checker(page).locator("input").first.focus()

    wait_for_runtime(page, server)
    assert checker(page).get_attribute("data-state") == "idle"


def test_the_next_page_of_the_visit_has_its_verdict_at_once(page):
    """No limit of 100 ms here, on shared processors: the benchmark measures; this holds the way."""
    answer(page, "days_below_250", "11")
    has_verdict(page)
    page.locator(".md-nav a[href*='amazon-seller-notices']").first.evaluate("link => link.click()")
    page.wait_for_url(re.compile("amazon-seller-notices"))
    answer(page, "invited", "true", slug="amazon-seller-wallet")
    wallet = checker(page, "amazon-seller-wallet")
    expect(wallet).to_have_attribute("data-state", "undetermined", timeout=10_000)

    answer(page, "invited", "false", slug="amazon-seller-wallet")
    expect(wallet).to_have_attribute("data-state", "not_eligible", timeout=10_000)


def test_a_second_visit_fetches_nothing_of_the_runtime_again(open_page, server):
    """A host that lets browsers keep files named by their hash, as the hosting page advises."""

    def kept(handler, path):
        if not path.startswith("menkan/") or path == "menkan/embed.js":
            return False
        headers = {"Cache-Control": "max-age=31536000, immutable"}
        handler.reply(200, handler.file(path), handler.kind(path), headers)
        return True

    server.fault = kept
    page = open_page(f"en/{GUIDE}")
    answer(page, "days_below_250", "11")
    has_verdict(page)
    before = len(fetched(server))
    page.goto("about:blank")

    page.goto(f"{server.url}zh/{GUIDE}")
    answer(page, "days_below_250", "9")

    has_verdict(page, "undetermined")
    assert len(fetched(server)) == before


def test_nothing_in_the_worker_reaches_another_host(chromium, server):
    """By its own doing and under the page's policy: the other host is this server by another name."""
    page = chromium.new_page()  # not `open_page`, which fails where such a request is even tried
    page.goto(f"{server.url}en/{GUIDE}")
    answer(page, "days_below_250", "11")
    has_verdict(page)
    seen = len(server.requests)
    other = server.origin.replace("127.0.0.1", "localhost")

    tried = engine_worker(page).evaluate(NETWORK, f"{other}/elsewhere")

    assert set(tried.values()) == {"refused"}, tried
    assert not [path for path in server.requests[seen:] if "elsewhere" in path]
    page.close()


def test_python_in_the_worker_has_no_way_out(page, server):
    """Its modules for the network are not there; Pyodide's bridges to JavaScript are not started."""
    answer(page, "days_below_250", "11")
    has_verdict(page)
    manifest = page.evaluate(
        """async () => {
          const script = document.querySelector('script[src$="/checker.js"]').src;
          return (await fetch(new URL("manifest.json", script))).json();
        }"""
    )
    library = server.folder / "menkan" / manifest["files"]["stdlib.zip"]["path"]
    names = library.read_bytes()

    for module in (b"socket.pyc", b"urllib/", b"http/", b"pyodide/", b"_pyodide/", b"ssl.pyc"):
        assert module not in names


def test_every_page_has_a_policy_without_holes_and_asks_no_other_host(open_page, server):
    """Over every page of the site; `open_page` fails on a request to any other host."""
    page = open_page("en/")
    blocked = []
    page.on(
        "console",
        lambda line: blocked.append(line.text) if "Content Security" in line.text else None,
    )
    for file in sorted(server.folder.rglob("*.html")):
        path = file.relative_to(server.folder).as_posix()
        if path.startswith("menkan/"):
            continue
        policy = re.search(
            r'http-equiv="Content-Security-Policy" content="([^"]+)"', file.read_text("utf-8")
        )
        assert policy, path
        rules = dict(rule.strip().split(" ", 1) for rule in policy[1].split(";"))
        assert rules["default-src"] == "'none'", path
        assert "unsafe-inline" not in rules["script-src"], path
        assert "'unsafe-eval'" not in rules["script-src"], path
        if path != "index.html":  # sends on at once
            page.goto(server.url + path.removesuffix("index.html"))
    assert blocked == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_checker_answers_under_the_hosts_own_strict_header(open_page, server, language):
    """The policy we document for hosts that set it as a header too."""
    policy = (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; connect-src 'self'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; worker-src 'self' blob:"
    )

    def strict(handler, path):
        if not path.endswith(GUIDE):
            return False
        headers = {"Content-Security-Policy": policy}
        handler.reply(200, handler.file(f"{path}index.html"), "text/html; charset=utf-8", headers)
        return True

    server.fault = strict
    page = open_page(f"{language}/{GUIDE}")
    answer(page, "days_below_250", "11", slug=SLUG)

    has_verdict(page)
