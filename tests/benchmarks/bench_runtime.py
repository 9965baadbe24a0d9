"""From navigation to the first verdict: our runtime against stock Pyodide in a worker.

Both give the same verdict of the same checker on an otherwise empty page, each run in a browser
context of its own, taken in turns; medians of nine. *Guide* is the same on a real page of the site,
theme and all. *Half a core* is the whole browser held to half of one processor's time by a control
group, a quarter of what it has here: the browser's own throttling does not reach workers. *Stock* is Pyodide as its documentation has it: a module worker, its files
from the same server, the rules and the checker in a zip that is unpacked and imported.
The *limit* is what the line allows: the bytes over the bandwidth, and a round trip for each step
that must follow another (page, script, runtime).
"""

import json
import shutil
import socket
import statistics
import sys
import tempfile
import zipfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "build")]

GUIDE = "en/guides/amazon-account-health/"
SLUG = "amazon-account-health-assurance"
OTHER = "en/guides/amazon-seller-notices/"
OTHER_SLUG = "amazon-seller-wallet"
ROUNDS = 9
# name -> (bits a second, round trip in ms); None is the loopback line as it is.
LINES = {"unthrottled": None, "10 Mbit/s, 40 ms": (10e6, 40), "1.6 Mbit/s, 150 ms": (1.6e6, 150)}
# (encoding, line, half a core, rounds). Few slow rounds say as much as nine quick ones: stock takes
# half a minute a piece there.
ROWS = (
    *(("br", line, False, 3 if "1.6" in line else ROUNDS) for line in LINES),
    *(("br", line, True, 3) for line in LINES),
    *(("gzip", line, False, ROUNDS) for line in LINES if "1.6" not in line),
)
STEPS = 3
GROUP = "menkan-bench"
CHAIN = ("stock", "ours", "guide")
TARGETS = {
    ("br", "unthrottled"): 0.25,
    ("br", "10 Mbit/s, 40 ms"): 0.30,
    ("gzip", "unthrottled"): 0.45,
    ("gzip", "10 Mbit/s, 40 ms"): 0.45,
}

STOCK_PAGE = """<!doctype html><meta charset="utf-8"><title>stock</title><p id="verdict"></p>
<script type="module">
const worker = new Worker("worker.mjs", { type: "module" });
worker.onmessage = ({ data }) => {
  document.querySelector("#verdict").textContent = data;
  globalThis.verdictAt = performance.now();
};
worker.postMessage(%s);
</script>"""
OUR_PAGE = """<!doctype html><meta charset="utf-8"><title>ours</title><p id="verdict"></p>
<script type="module">
import { engine } from "../menkan/%s/engine.js";
const { verdict } = await engine.ask(%s);
document.querySelector("#verdict").textContent = verdict.verdict;
globalThis.verdictAt = performance.now();
</script>"""
STOCK_WORKER = """import { loadPyodide } from "./pyodide/pyodide.mjs";
self.onmessage = async ({ data }) => {
  const [python, app, site] = await Promise.all([
    loadPyodide(),
    fetch("app.zip").then((response) => response.arrayBuffer()),
    fetch("site.json").then((response) => response.text()),
  ]);
  python.unpackArchive(app, "zip");
  const door = python.pyimport("menkan.rules.door");
  door.open_site(site);
  self.postMessage(JSON.parse(door.answer(data)).verdict.verdict);
};"""


# The page's own clock, which starts with the navigation: the way to this program and back takes 0.3 s.
CLOCK = """document.addEventListener("menkan-verdict", () => { globalThis.verdictAt ??= performance.now(); });"""


def run() -> dict:
    """Print the tables; return medians in milliseconds, bytes and ratios."""
    from tests.browser.chromium import ARGUMENTS, find_chromium
    from tests.browser.server import SiteServer
    from tests.conftest import build_site

    figures = {"times": [], "bytes": {}}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        # The theme's instant navigation works only where the site was built for.
        done = build_site(ROOT, site, site_url=f"http://127.0.0.1:{port}/")
        if done.returncode:
            raise SystemExit(done.stderr)
        _stock(site)
        program, environment = find_chromium(ROOT / ".cache" / "browser")
        slowed = _half_a_core(program, Path(folder))
        for encoding, half in (("br", False), ("br", True), ("gzip", False)):
            if half and not slowed:
                print("   half a core: left out, no control group can be made here")
                continue
            server = SiteServer(site, "/", port, encodings=(encoding,))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=str(slowed if half else program),
                    args=ARGUMENTS,
                    env=environment,
                )
                for row in ROWS:
                    if (row[0], row[2]) != (encoding, half):
                        continue
                    _, line, _, rounds = row
                    told = {"encoding": encoding, "line": line, "half_a_core": half}
                    told |= _compare(browser, server, LINES[line], rounds)
                    figures["times"].append(told)
                    _print_row(told)
                if not figures.get("next_page"):
                    figures["second_visit"] = _second_visit(browser, server)
                    figures["next_page"] = _next_page(browser, server)
                browser.close()
            server.close()
            figures["bytes"][encoding] = {
                name: figures["times"][-1][f"{name}_bytes"] for name in CHAIN
            }
    if slowed:
        _without_group()
    for encoding, sizes in figures["bytes"].items():
        share = sizes["ours"] / sizes["stock"]
        print(f"   bytes ({encoding}): {sizes['ours']:,} of {sizes['stock']:,}: {share:.2f}")
    print(f"   second visit, a guide: {figures['second_visit']:.0f} ms to its verdict")
    print(f"   next page of the same visit: {figures['next_page']:.0f} ms to its verdict")
    _draw(figures["times"], ROOT / ".cache" / "bench" / "runtime.svg")
    return figures


def _half_a_core(program: Path, folder: Path) -> Path | None:
    """A script that starts the browser with half a processor's time, or None where that is not to be had."""
    groups = Path("/sys/fs/cgroup")
    old = groups / "cpu" / GROUP
    try:
        if old.parent.is_dir():
            old.mkdir(exist_ok=True)
            (old / "cpu.cfs_period_us").write_text("100000")
            (old / "cpu.cfs_quota_us").write_text("50000")
            group = old
        else:
            group = groups / GROUP
            group.mkdir(exist_ok=True)
            (group / "cpu.max").write_text("50000 100000")
    except OSError:
        return None
    script = folder / "slow-browser"
    script.write_text(f'#!/bin/sh\necho $$ > {group}/cgroup.procs\nexec "{program}" "$@"\n')
    script.chmod(0o755)
    return script


def _without_group() -> None:
    for group in (Path("/sys/fs/cgroup/cpu") / GROUP, Path("/sys/fs/cgroup") / GROUP):
        if group.is_dir():
            group.rmdir()


def _stock(site: Path) -> None:
    """Put stock Pyodide and a page for it beside the site, compressed like everything else."""
    from menkan.pack import tools
    from menkan.pack.files import compress

    cache = ROOT / ".cache" / "pack"
    target = site / "stock"
    (target / "pyodide").mkdir(parents=True)
    pyodide = tools.npm_packages(ROOT / "build/menkan/pack/npm", cache) / "pyodide"
    for name in (
        "pyodide.mjs",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "python_stdlib.zip",
        "pyodide-lock.json",
    ):
        shutil.copy(pyodide / name, target / "pyodide" / name)
    with zipfile.ZipFile(target / "app.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("menkan/__init__.py", "")
        archive.writestr("checkers/__init__.py", "")
        for folder, inside in (("build/menkan/rules", "menkan/rules"), ("checkers", "checkers")):
            for path in sorted((ROOT / folder).glob("*.py")):
                archive.write(path, f"{inside}/{path.name}")
    shutil.copy(next((site / "menkan").glob("app-*/site.json")), target / "site.json")
    request = json.dumps({"checker": SLUG, "answers": {"days_below_250": 11}})
    (target / "index.html").write_text(STOCK_PAGE % json.dumps(request), encoding="utf-8")
    (target / "worker.mjs").write_text(STOCK_WORKER, encoding="utf-8")
    web = next((site / "menkan").glob("web-*")).name
    (site / "ours").mkdir()
    (site / "ours" / "index.html").write_text(OUR_PAGE % (web, request), encoding="utf-8")
    for path in [*target.rglob("*")]:
        if path.is_file():
            for suffix, packed in compress(path, cache / "compressed").items():
                shutil.copy(packed, path.with_name(path.name + suffix))


def _compare(browser, server, limits, rounds) -> dict:
    times = {name: [] for name in CHAIN}
    sizes = {}
    for _ in range(rounds):
        for name in CHAIN:
            took, sizes[name] = _once(browser, server, name, limits)
            times[name].append(took)
    stock, ours, guide = (statistics.median(times[name]) for name in CHAIN)
    row = {"rounds": rounds, "stock_ms": round(stock), "ours_ms": round(ours)}
    row |= {"guide_ms": round(guide), "ratio": round(ours / stock, 3)}
    row["guide_ratio"] = round(guide / stock, 3)
    row |= {f"{name}_bytes": sizes[name] for name in CHAIN}
    if limits:
        line = sizes["ours"] * 8 / limits[0] * 1000 + STEPS * limits[1]
        row["limit_ms"] = round(line)
        row["over_limit"] = round(ours / line, 2)
    return row


def _once(browser, server, name, limits) -> tuple[float, int]:
    """One cold visit: milliseconds from navigation to the verdict, and the bytes that took."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    if limits:
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": limits[1],
                "downloadThroughput": limits[0] / 8,
                "uploadThroughput": limits[0] / 8,
            },
        )
    # The answer of an earlier visit in this tab stands in the form: the page asks by itself.
    kept = json.dumps({"days_below_250": "11"})
    page.add_init_script(f"sessionStorage.setItem('menkan:{SLUG}', {json.dumps(kept)})")
    page.add_init_script(CLOCK)
    before = server.sent
    if name == "guide":
        page.goto(server.url + GUIDE, wait_until="commit")
        page.wait_for_selector(
            f"menkan-checker[slug={SLUG}][data-state=not_eligible]", timeout=120_000
        )
    else:
        page.goto(f"{server.url}{name}/", wait_until="commit")
        page.wait_for_selector("#verdict:has-text('not_eligible')", timeout=120_000)
    took = page.evaluate("verdictAt")
    sent = server.sent - before
    context.close()
    return took, sent


def _second_visit(browser, server) -> float:
    """From navigation to the verdict on a guide that the browser has seen before, median in ms."""
    context = browser.new_context()
    kept = json.dumps({"days_below_250": "11"})
    script = f"sessionStorage.setItem('menkan:{SLUG}', {json.dumps(kept)})"
    times = []
    for _ in range(ROUNDS + 1):
        page = context.new_page()
        page.add_init_script(script)
        page.add_init_script(CLOCK)
        page.goto(server.url + GUIDE, wait_until="commit")
        page.wait_for_selector(f"menkan-checker[slug={SLUG}][data-state=not_eligible]")
        times.append(page.evaluate("verdictAt"))
        page.wait_for_timeout(3000)  # for the service worker to have kept the site
        page.close()
    context.close()
    return statistics.median(times[1:])


def _next_page(browser, server) -> float:
    """In one visit: from a click on another guide's link to that guide's verdict, median in ms.

    The guides take turns; the answers given before stand in their forms.
    """
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    for slug, kept in ((SLUG, {"days_below_250": "11"}), (OTHER_SLUG, {"invited": "false"})):
        text = json.dumps(json.dumps(kept))
        page.add_init_script(f"sessionStorage.setItem('menkan:{slug}', {text})")
    page.goto(server.url + GUIDE)
    page.wait_for_selector(f"menkan-checker[slug={SLUG}][data-state=not_eligible]")
    times = page.evaluate(
        """async ([here, there]) => {
          const times = [];
          for (let turn = 0; turn < 18; turn++) {
            const [path, slug] = turn % 2 ? here : there;
            const link = [...document.querySelectorAll(".md-nav a")].find((each) => each.pathname.endsWith(path));
            const started = performance.now();
            link.click();
            for (;;) {
              const host = document.querySelector(`menkan-checker[slug=${slug}]`);
              if (location.pathname.endsWith(path) && host?.dataset.state === "not_eligible") break;
              await new Promise((resolve) => setTimeout(resolve, 1));
            }
            times.push(performance.now() - started);
          }
          return times;
        }""",
        [[f"/{GUIDE}", SLUG], [f"/{OTHER}", OTHER_SLUG]],
    )
    context.close()
    return statistics.median(times[2:])


def _print_row(row: dict) -> None:
    target = None if row["half_a_core"] else TARGETS.get((row["encoding"], row["line"]))
    label = f"{row['line']}{', half a core' if row['half_a_core'] else ''}"
    told = f"   {row['encoding']:4} {label:31} stock {row['stock_ms']:>6} ms"
    told += f"   ours {row['ours_ms']:>5} ms   ratio {row['ratio']:.2f}"
    told += f" (at most {target})" if target else ""
    told += f"   guide {row['guide_ms']:>5} ms {row['guide_ratio']:.2f}"
    told += f"   {row['over_limit']} of what the line allows" if "over_limit" in row else ""
    print(told, flush=True)


def _draw(rows: list[dict], target: Path) -> None:
    """One picture: a bar for stock and one for ours on each line, with the seconds beside them."""
    longest = max(row["stock_ms"] for row in rows)
    height = 30 + 52 * len(rows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 {height}" role="img" font-family="sans-serif" font-size="13">',
        "<title>Seconds from navigation to the first verdict, stock Pyodide and ours</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
    ]
    for place, row in enumerate(rows):
        top = 20 + 52 * place
        label = f"{row['line']}, {row['encoding']}{', half a core' if row['half_a_core'] else ''}"
        parts.append(f'<text x="250" y="{top + 22}" text-anchor="end">{label}</text>')
        for turn, (name, colour) in enumerate((("stock", "#9ca3af"), ("ours", "#0f766e"))):
            value = row[f"{name}_ms"]
            width = max(2, 440 * value / longest)
            y = top + 18 * turn
            parts.append(
                f'<rect x="260" y="{y}" width="{width:.0f}" height="15" fill="{colour}"/>'
                f'<text x="{266 + width:.0f}" y="{y + 12}">{name} {value / 1000:.1f} s</text>'
            )
    parts.append("</svg>")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), encoding="utf-8")
    print(f"   picture: {target.relative_to(ROOT)}")
