"""Lighthouse on a phone: home, a guide with a checker and the list of checkers, in every language.

The site is served on loopback with brotli, as a host would; each page is measured several times
and the median counts. What lost points is named with its weight. Needs a Chromium and, the first
time, a network for npm.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import brotli

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LANGUAGES = ("zh", "en")
PAGES = ("", "guides/amazon-account-health/", "checkers/")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = int(os.environ.get("LIGHTHOUSE_RUNS", "3"))


def run() -> dict[str, Any]:
    """Print the table; return scores and lost points by page."""
    sys.path.insert(0, str(ROOT))
    from menkan.pack import tools
    from tests.browser.chromium import ARGUMENTS, find_chromium
    from tests.browser.server import SiteServer
    from tests.conftest import build_site

    figures: dict[str, Any] = {}
    modules = tools.npm_packages(HERE / "npm", ROOT / ".cache" / "lighthouse", print)
    program, environment = find_chromium(ROOT / ".cache" / "browser")
    with tempfile.TemporaryDirectory() as folder:
        server = SiteServer(Path(folder) / "site", "/")
        try:
            # Built for where it is served, so that addresses in the pages are its own.
            done = build_site(ROOT, Path(folder) / "site", site_url=server.url)
            if done.returncode:
                raise SystemExit(done.stderr)
            _compress(Path(folder) / "site")
            for language in LANGUAGES:
                for page in PAGES:
                    path = f"{language}/{page}"
                    reports = [
                        _measure(
                            tools.node(),
                            modules / "lighthouse/cli/index.js",
                            server.url + path,
                            [*ARGUMENTS, f"--user-data-dir={tempfile.mkdtemp(dir=folder)}"],
                            environment | {"CHROME_PATH": str(program)},
                        )
                        for _ in range(RUNS)
                    ]
                    figures[path] = _summed(reports)
                    _tell(path, figures[path])
        finally:
            server.close()
    return figures


def _measure(
    node: Path, lighthouse: Path, address: str, flags: list[str], environment: dict[str, str]
) -> dict[str, Any]:
    """One report of Lighthouse's own phone profile, in a browser that starts for it alone."""
    done = subprocess.run(
        [
            *(node, lighthouse, address, "--quiet", "--output=json", "--output-path=stdout"),
            *("--no-enable-error-reporting", f"--chrome-flags={' '.join(flags)}"),
            f"--only-categories={','.join(CATEGORIES)}",
        ],
        capture_output=True,
        text=True,
        env=environment,
        timeout=180,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse ended with {done.returncode}: {done.stderr[-800:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def _summed(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """Median scores in points of 100, every audit that lost points, and the times of the median."""
    scores = {
        name: round(statistics.median(one["categories"][name]["score"] * 100 for one in reports))
        for name in CATEGORIES
    }
    lost = {}
    for name in CATEGORIES:
        weights = {one["id"]: one["weight"] for one in reports[0]["categories"][name]["auditRefs"]}
        for audit, weight in weights.items():
            found = [one["audits"][audit] for one in reports]
            marks = [one["score"] for one in found if one["score"] is not None]
            if weight and marks and statistics.median(marks) < 1:
                middle = min(
                    (one for one in found if one["score"] is not None),
                    key=lambda one: abs(one["score"] - statistics.median(marks)),
                )
                told = middle.get("displayValue") or middle["title"]
                lost[f"{name}: {audit}"] = {
                    "weight": weight,
                    "score": round(statistics.median(marks), 2),
                    "said": told.replace("\xa0", " "),
                }
    times = {
        name: round(statistics.median(one["audits"][name]["numericValue"] for one in reports), 3)
        for name in (
            *("first-contentful-paint", "largest-contentful-paint", "total-blocking-time"),
            *("speed-index", "cumulative-layout-shift", "total-byte-weight"),
        )
    }
    return {"scores": scores, "lost": lost, "times": times, "runs": len(reports)}


def _compress(site: Path) -> None:
    """Put brotli beside everything that a host would compress and the build has not."""
    for path in [
        *site.rglob("*.html"),
        *site.rglob("*.css"),
        *site.rglob("*.js"),
        *site.rglob("*.json"),
    ]:
        packed = path.with_name(f"{path.name}.br")
        if not packed.exists():
            packed.write_bytes(brotli.compress(path.read_bytes(), quality=9))


def _tell(path: str, found: dict[str, Any]) -> None:
    scores = "  ".join(f"{name} {score:3}" for name, score in found["scores"].items())
    times = found["times"]
    print(
        f"{path:40} {scores}   FCP {times['first-contentful-paint']:.0f} ms,"
        f" LCP {times['largest-contentful-paint']:.0f} ms,"
        f" blocked {times['total-blocking-time']:.0f} ms,"
        f" shift {times['cumulative-layout-shift']:.3f},"
        f" {times['total-byte-weight'] / 1000:.0f} kB",
        flush=True,
    )
    for audit, one in found["lost"].items():
        print(f"{'':8}{audit} (weight {one['weight']}): {one['score']} — {one['said']}", flush=True)
