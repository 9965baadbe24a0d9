"""From an input event to the painted verdict, once warm, in real Chromium.

Each round changes one answer and waits for the frame after the verdict is shown. Paired, round by
round, with an echo: a worker that sends back what it gets, awaited to the next frame in the same
way. CPU slow-down is Chromium's own and slows the page, not the worker.
"""

import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 200
SLUG = "relang-provider-admission"  # the checker with most inputs
GUIDE = "en/guides/relang-provider/"

MEASURE = (
    """async (rounds) => {
  const host = document.querySelector('menkan-checker[slug="%s"]');
  const form = host.querySelector("form");
  const field = host.querySelector('[data-input="employees"] input');
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const address = URL.createObjectURL(new Blob(["onmessage = ({data}) => postMessage(data)"]));
  const worker = new Worker(address);
  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((one) => one.duration)))
    .observe({type: "longtask", buffered: false});
  const once = async (act, target, name) => {
    const done = new Promise((resolve) => target.addEventListener(name, resolve, {once: true}));
    const start = performance.now();
    act();
    await done;
    const answered = performance.now() - start;
    await frame();
    return [answered, performance.now() - start];
  };
  const type = (n) => () => {
    field.value = String(n);
    form.dispatchEvent(new Event("input", {bubbles: true}));
  };
  await once(type(1), host, "menkan-verdict");
  for (let n = 0; n < 20; n += 1) await once(type(n), host, "menkan-verdict");
  const verdicts = [], echoes = [];
  for (let n = 0; n < rounds; n += 1) {
    verdicts.push(await once(type(n), host, "menkan-verdict"));
    echoes.push(await once(() => worker.postMessage(String(n)), worker, "message"));
  }
  return {verdicts, echoes, long};
}"""
    % SLUG
)


def run() -> dict:
    """Print the table; return milliseconds by slow-down."""
    sys.path.insert(0, str(ROOT))
    from tests.browser.chromium import ARGUMENTS, find_chromium
    from tests.browser.server import SiteServer
    from tests.conftest import build_site

    figures = {}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        done = build_site(ROOT, site)
        if done.returncode:
            raise SystemExit(done.stderr)
        server = SiteServer(site, "/")
        program, environment = find_chromium(ROOT / ".cache" / "browser")
        browser = playwright.chromium.launch(
            executable_path=str(program), args=ARGUMENTS, env=environment
        )
        for slow in (1, 4):
            page = browser.new_page()
            session = page.context.new_cdp_session(page)
            page.goto(server.url + GUIDE)
            session.send("Emulation.setCPUThrottlingRate", {"rate": slow})
            found = page.evaluate(MEASURE, ROUNDS)
            figures[f"cpu {slow}x"] = {
                "verdict": _spread([painted for _, painted in found["verdicts"]]),
                "verdict shown": _spread([shown for shown, _ in found["verdicts"]]),
                "echo": _spread([painted for _, painted in found["echoes"]]),
                "echo received": _spread([shown for shown, _ in found["echoes"]]),
                "long tasks": len(found["long"]),
            }
            page.close()
        browser.close()
        server.close()
    print(f"{'':8}{'input to verdict shown':>30}{'… and painted':>30}{'echo, painted':>30}")
    for slow, row in figures.items():
        cells = (row["verdict shown"], row["verdict"], row["echo"])
        text = "".join(f"{_text(cell):>30}" for cell in cells)
        print(f"{slow:8}{text}   long tasks: {row['long tasks']}")
    return figures


def _spread(times: list[float]) -> dict:
    cuts = statistics.quantiles(times, n=20)
    return {"p50": round(statistics.median(times), 2), "p95": round(cuts[18], 2)}


def _text(spread: dict) -> str:
    return f"p50 {spread['p50']:.1f}  p95 {spread['p95']:.1f} ms"
