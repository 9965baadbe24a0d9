"""How long a build takes beside plain MkDocs + Material on the same Markdown, and how it grows.

Sites of N guides are made from this repository's records. "plain" is the same Markdown, as our
plugin hands it to MkDocs, built once per language by MkDocs and Material alone with the same
settings. Zensical and Hugo build that Markdown too, for reference: Zensical with the same
settings, Hugo with three bare layouts of ours, so it renders Markdown and no theme, no navigation
and no search. All run in processes of their own, in turns, with warm caches, the runtime packed
and compressed before. CPU seconds are those of the process and its children: on a busy machine
they say more than the clock.

The largest size takes a quarter of an hour and so is not among the usual ones:
`.venv/bin/python -m tests.benchmarks.bench_build 100 500 2000`
"""

import gzip
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from menkan import guides
from menkan.site import Site
from tests.benchmarks.picture import curves

ROOT = Path(__file__).resolve().parents[2]
SIZES = (13, 100, 500)
ROUNDS = 3
# From this many guides on one round is enough: it takes minutes, and noise averages out in it.
LONG = 500
TARGET, EXPONENT = 1.25, 1.1
# Fixed costs hide how a small site grows.
GROWS_FROM = 100
LAYOUTS = {
    "baseof.html": '<!doctype html><html lang="{{ site.Language.Lang }}"><meta charset="utf-8">'
    '<title>{{ .Title }}</title><body>{{ block "main" . }}{{ end }}</body></html>',
    "single.html": '{{ define "main" }}{{ .Content }}{{ end }}',
    "list.html": '{{ define "main" }}{{ .Content }}{{ range .RegularPages }}'
    '<p><a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}',
}


def run(sizes: Sequence[int] = SIZES) -> dict:
    """Print and return, per size and builder: seconds, CPU seconds, peak memory, and quotients."""
    rows = []
    with TemporaryDirectory() as folder:
        for size in sizes:
            site = Path(folder) / f"site-{size}"
            many_guides(site, size)
            languages = plain_sites(site, site.with_name(f"plain-{size}"))
            hugo_sites(site.with_name(f"plain-{size}"), site.with_name(f"hugo-{size}"), languages)
            rows.append(_measure(Path(folder), size, languages))
            rows[-1]["weights"] = _weights(site / "site" / languages[-1])
            _print_row(rows[-1])
            for name in (f"site-{size}", f"plain-{size}", f"hugo-{size}"):
                shutil.rmtree(Path(folder) / name)
    figures = {"rows": rows, "exponents": _exponents(rows)}
    for name, slope in figures["exponents"].items():
        print(f"   {name}: CPU seconds grow with guides to the power {slope} (at most {EXPONENT})")
    points = {
        name: [(row["guides"], row[name]["seconds"]) for row in rows if name in row]
        for name in BUILDERS
    }
    picture = ROOT / ".cache" / "bench" / "build.svg"
    curves(picture, "Seconds to build a site of N guides in two languages", points)
    print(f"   picture: {picture.relative_to(ROOT)}")
    return figures


def _ours(folder: Path, size: int, languages: Sequence[str]) -> list[tuple[list[str], Path]]:
    return [([sys.executable, "-m", "mkdocs", "build", "-q"], folder / f"site-{size}")]


def _plain(folder: Path, size: int, languages: Sequence[str]) -> list[tuple[list[str], Path]]:
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    return [(command, folder / f"plain-{size}" / code) for code in languages]


def _zensical(folder: Path, size: int, languages: Sequence[str]) -> list[tuple[list[str], Path]]:
    command = [_program("zensical"), "build", "--clean", "--config-file", "zensical.yml"]
    return [(command, folder / f"plain-{size}" / code) for code in languages]


def _hugo(folder: Path, size: int, languages: Sequence[str]) -> list[tuple[list[str], Path]]:
    command = [_program("hugo"), "build", "--quiet", "--cleanDestinationDir"]
    return [(command, folder / f"hugo-{size}" / code) for code in languages]


# What one whole site takes of each builder: commands and their folders.
BUILDERS: dict[str, Callable[[Path, int, Sequence[str]], list[tuple[list[str], Path]]]] = {
    "ours": _ours,
    "plain": _plain,
    "zensical": _zensical,
    "hugo": _hugo,
}
# Where each puts its pages, below its folder.
OUTPUT = {"plain": "site", "zensical": "site", "hugo": "public"}


def _program(name: str) -> str:
    """The program of this environment; FileNotFoundError where it is not installed."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        raise FileNotFoundError(f"{name} is not installed here (it is in build/locks/bench.txt)")
    return found


def _measure(folder: Path, size: int, languages: Sequence[str]) -> dict:
    """One size: every builder in turn, round for round; medians of clock, CPU and peak memory."""
    todo = {}
    for name, commands in BUILDERS.items():
        try:
            todo[name] = commands(folder, size, languages)
        except FileNotFoundError as absent:
            print(f"   {name}: left out, {absent}")
    for command, place in todo["ours"]:
        _build(command, place)  # packs and compresses the runtime
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in todo}
    for _ in range(ROUNDS if size < LONG else 1):
        for name, builds in todo.items():
            parts = [_build(command, place) for command, place in builds]
            clock, cpu, memory = zip(*parts, strict=True)
            found[name].append((sum(clock), sum(cpu), max(memory)))
            _check(name, builds, size, len(languages))
    row: dict = {"guides": size, "load": round(os.getloadavg()[0], 1)}
    for name, rounds in found.items():
        clock, cpu, memory = (statistics.median(part) for part in zip(*rounds, strict=True))
        row[name] = {"seconds": round(clock, 2), "cpu": round(cpu, 2), "megabytes": round(memory)}
        row[name]["pages_a_second"] = round(size * len(languages) / clock, 1)
    for key in ("seconds", "cpu"):
        row[f"{key}_quotient"] = round(row["ours"][key] / row["plain"][key], 2)
    return row


def _check(name: str, builds: list[tuple[list[str], Path]], size: int, languages: int) -> None:
    """A builder that left pages out was not quick, it was wrong."""
    pages = [
        path
        for _, place in builds
        for path in (place / OUTPUT.get(name, "site")).rglob("guides/*/index.html")
    ]
    if len(pages) != size * languages:
        raise SystemExit(f"{name} wrote {len(pages)} guides instead of {size * languages}.")


def _build(command: list[str], place: Path) -> tuple[float, float, float]:
    """Run one build; returns seconds by the clock, CPU seconds and peak memory in MB."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    with (place / "build.log").open("w+") as log:
        process = subprocess.Popen(command, cwd=place, env=environment, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            raise SystemExit(f"{command[0]} failed in {place.name}:\n{log.read()[-2000:]}")
    clock = time.perf_counter() - started
    # Linux counts in kB, macOS in bytes.
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return clock, used.ru_utime + used.ru_stime, used.ru_maxrss / unit


def _weights(site: Path) -> dict[str, list[int]]:
    """What a reader loads: bytes of the file, and gzipped, in kB."""
    guide = next(iter(sorted((site / "guides").glob("*/index.html"))))
    files = {
        "home": site / "index.html",
        "list of guides": site / "guides/index.html",
        "a guide": guide,
        # Ours stands beside the theme's, which then holds no entries.
        "search index": max((site / "search").iterdir(), key=lambda path: path.stat().st_size),
    }
    return {
        name: [round(len(data) / 1000), round(len(gzip.compress(data, 6)) / 1000)]
        for name, path in files.items()
        for data in [path.read_bytes()]
    }


def _exponents(rows: list[dict]) -> dict[str, float]:
    """The slope of log seconds over log guides, least squares, by CPU seconds."""
    slopes = {}
    for name in BUILDERS:
        points = [
            (math.log(row["guides"]), math.log(row[name]["cpu"]))
            for row in rows
            if name in row and row["guides"] >= GROWS_FROM
        ]
        if len(points) > 1:
            slopes[name] = round(statistics.linear_regression(*zip(*points, strict=True)).slope, 2)
    return slopes


def _print_row(row: dict) -> None:
    size = row["guides"]
    for name in BUILDERS:
        if name not in row:
            continue
        one = row[name]
        print(
            f"{size:6} guides  {name:9} {one['seconds']:8.2f} s  CPU {one['cpu']:8.2f} s"
            f"  {one['seconds'] / size * 1000:6.0f} ms a guide  {one['pages_a_second']:8.1f} pages/s"
            f"  {one['megabytes']:5} MB"
        )
    print(
        f"        ours / plain: {row['seconds_quotient']} by the clock, {row['cpu_quotient']} by CPU "
        f"(at most {TARGET}); load {row['load']}"
    )
    told = ", ".join(f"{name} {a} kB ({b} gzip)" for name, (a, b) in row["weights"].items())
    print(f"        {told}", flush=True)


def many_guides(target: Path, size: int) -> None:
    """Write a site of `size` guides under marketplaces of twenty each; the first 13 have checkers."""
    for name in ("docs/facts", "checkers"):
        (target / name).mkdir(parents=True)
    shutil.copytree(ROOT / "docs/assets", target / "docs/assets")
    (target / ".cache").symlink_to(ROOT / ".cache", target_is_directory=True)
    places = max(1, size // 20)
    records = sorted((ROOT / "docs/facts").glob("*.yml"))
    for number in range(size):
        source = records[number % len(records)]
        guide_id = f"{source.stem}-{_letters(number)}"
        text = source.read_text(encoding="utf-8")
        place = f"m{_letters(number % places)}"
        text = re.sub(r"marketplace: \w+", f"marketplace: {place}", text, count=1)
        checker = ROOT / "checkers" / f"{source.stem.replace('-', '_')}.py"
        if number < len(records) and checker.exists():
            shutil.copy(checker, target / "checkers" / f"{guide_id.replace('-', '_')}.py")
        else:
            text = re.split(r"^checkers:", text, maxsplit=1, flags=re.MULTILINE)[0]
        (target / f"docs/facts/{guide_id}.yml").write_text(text, encoding="utf-8")
    names = {
        f"m{_letters(n)}": {"name": {"zh": f"市场{n}", "en": f"Market {n}"}} for n in range(places)
    }
    (target / "docs/marketplaces.yml").write_text(
        yaml.safe_dump(names, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    for code in ("zh", "en"):
        (target / f"docs/index.{code}.md").write_text("# Many\n\n[guides](guides/index.md)\n")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"      (pages:.*\n|sections:\n(        .*\n)+)", "", settings)
    settings = settings.replace("  features:\n", "  features:\n    - navigation.prune\n")
    (target / "mkdocs.yml").write_text(settings, encoding="utf-8")


def plain_sites(source: Path, target: Path) -> tuple[str, ...]:
    """Write, per language, a site for MkDocs and Material alone with the same Markdown."""
    site = Site.load(source)
    for code in site.languages:
        docs = target / code / "docs"
        pages = guides.render(site, code) | {"checkers.md": guides.checker_list(site, code)}
        for path, text in pages.items():
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            (docs / path).write_text(text, encoding="utf-8")
        shutil.copy(source / f"docs/index.{code}.md", docs / "index.md")
        shutil.copytree(source / "docs/assets", docs / "assets")
        nav = ["index.md", "checkers.md", "guides/index.md"]
        for key, place in site.marketplaces.items():
            own = [g for g, record in site.records.items() if record.guide.marketplace == key]
            nav.append({place.name[code]: [f"guides/{guide_id}.md" for guide_id in own]})
        settings = (source / "mkdocs.yml").read_text(encoding="utf-8")
        settings = re.sub(
            r"^plugins:\n(?:  .*\n)+", "plugins: [search]\n", settings, flags=re.MULTILINE
        )
        settings += yaml.safe_dump({"nav": nav}, allow_unicode=True)
        (target / code / "mkdocs.yml").write_text(settings, encoding="utf-8")
        # Zensical looks for what it knows under `plugins`, and our tag of YAML is none of that.
        settings = re.sub(r"!ENV \[\w+, (.*)\]", r"\1", settings)
        (target / code / "zensical.yml").write_text(settings, encoding="utf-8")
    return site.languages


def hugo_sites(source: Path, target: Path, languages: Sequence[str]) -> None:
    """Write, per language, a site for Hugo with the Markdown of the plain one and bare layouts."""
    for code in languages:
        place = target / code
        for path in (source / code / "docs").rglob("*"):
            inside = path.relative_to(source / code / "docs")
            copy = (
                place / "content" / inside.with_name(re.sub(r"^index\.md$", "_index.md", path.name))
            )
            if path.suffix == ".md":
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
        layouts = place / "layouts" / "_default"
        layouts.mkdir(parents=True)
        for name, text in LAYOUTS.items():
            (layouts / name).write_text(text, encoding="utf-8")
        settings = {
            "baseURL": "http://127.0.0.1/",
            "languageCode": code,
            "disableKinds": ["taxonomy", "term", "rss"],
            "markup": {"goldmark": {"renderer": {"unsafe": True}}},
        }
        (place / "hugo.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def _letters(number: int) -> str:
    """A number in letters, since ids hold no digits: 0 is a, 27 is bb."""
    high, low = divmod(number, 26)
    return (_letters(high) if high else "") + chr(97 + low)


if __name__ == "__main__":
    run(tuple(map(int, sys.argv[1:])) or SIZES)
