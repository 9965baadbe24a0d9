"""How long a build takes beside plain MkDocs + Material on the same Markdown, and how it grows.

Sites of N guides are made from this repository's records. "plain" is the same Markdown, as our
plugin hands it to MkDocs, built once per language by MkDocs and Material alone with the same
settings. Both run in processes of their own, warm caches, runtime packed and compressed before.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from menkan import guides
from menkan.site import Site

ROOT = Path(__file__).resolve().parents[2]
SIZES = (13, 100, 200)
ROUNDS = 3


def run(sizes=SIZES) -> dict:
    """Print and return seconds per size: ours, plain, and their quotient."""
    figures = {}
    with TemporaryDirectory() as folder:
        for size in sizes:
            ours, plain = Path(folder) / f"ours-{size}", Path(folder) / f"plain-{size}"
            many_guides(ours, size)
            languages = plain_sites(ours, plain)
            _build(ours)  # packs and compresses the runtime
            times = {"ours": [], "plain": []}
            for _ in range(ROUNDS):
                times["ours"].append(_build(ours))
                times["plain"].append(sum(_build(plain / code) for code in languages))
            best = {name: sorted(found)[len(found) // 2] for name, found in times.items()}
            best["quotient"] = best["ours"] / best["plain"]
            figures[size] = {name: round(value, 2) for name, value in best.items()}
            print(f"{size:5} guides: {figures[size]}", flush=True)
    return figures


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
    settings = re.sub(r"      pages:.*\n", "", settings)
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
    return site.languages


def _letters(number: int) -> str:
    """A number in letters, since ids hold no digits: 0 is a, 27 is bb."""
    high, low = divmod(number, 26)
    return (_letters(high) if high else "") + chr(97 + low)


def _build(folder: Path) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q"],
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=True,
        timeout=900,
    )
    return time.perf_counter() - started


if __name__ == "__main__":
    run(tuple(map(int, sys.argv[1:])) or SIZES)
