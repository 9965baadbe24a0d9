"""While serving, a change of one guide builds that guide and nothing is lost of the others."""

import json
import re
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

CHANGED = "amazon-account-health"
OTHER = "huawei-refunds"


@pytest.fixture
def serve(site_copy, tmp_path):
    """Build as `mkdocs serve` does on each change: its plugins stay, its settings are read anew."""
    target = tmp_path / "served"

    def once(target=target, anew=False) -> Path:
        config = load_config(str(site_copy / "mkdocs.yml"), site_dir=str(target), strict=True)
        config.plugins.on_startup(command="serve", dirty=False)
        if anew:
            config.plugins["menkan"].memory.forget()
        build(config, serve_url="http://127.0.0.1/")
        return target

    once()
    return once


def change(site_copy, guide_id, old, new):
    record = site_copy / f"docs/facts/{guide_id}.yml"
    text = record.read_text(encoding="utf-8")
    assert old in text
    record.write_text(text.replace(old, new), encoding="utf-8")


def page(site, guide_id):
    return site / f"en/guides/{guide_id}/index.html"


def tree(site):
    """Every file of a site, but for the page's scripts and checkers, whose folders are named by hash.

    Those hold forms and figures too, so a figure renames them. Pages that stay name the former
    ones, which are there until the server stops.
    """
    named = re.compile(rb"\b(web|app)-[0-9a-f]{12}\b")
    return {
        path.relative_to(site).as_posix(): named.sub(rb"\1", path.read_bytes())
        for path in site.rglob("*")
        if path.is_file() and not named.search(str(path).encode())
    }


def locations(site):
    index = json.loads((site / "en/search/entries.json").read_text(encoding="utf-8"))
    return sorted(entry["location"] for entry in index["docs"])


def test_only_the_changed_guide_is_written_and_all_stay_to_be_found(serve, site_copy, tmp_path):
    site = tmp_path / "served"
    before = page(site, OTHER).stat().st_mtime_ns, locations(site)
    change(site_copy, CHANGED, "was enrolled automatically", "was enrolled by itself")

    serve()

    assert "was enrolled by itself" in page(site, CHANGED).read_text(encoding="utf-8")
    assert (page(site, OTHER).stat().st_mtime_ns, locations(site)) == before
    assert (site / "index.html").exists() and not site.with_name("served.part").exists()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("who got it and what to do", "who got it, and what then", id="a title"),
        pytest.param('value: "72"', 'value: "71"', id="a figure"),
    ],
)
def test_what_is_served_is_what_a_whole_build_gives(serve, site_copy, tmp_path, old, new):
    change(site_copy, CHANGED, old, new)
    serve()

    whole = serve(tmp_path / "whole", anew=True)

    found, expected = tree(tmp_path / "served"), tree(whole)
    assert found.keys() == expected.keys()
    assert [path for path in found if found[path] != expected[path]] == []


def test_a_changed_title_is_seen_on_every_page(serve, site_copy, tmp_path):
    site = tmp_path / "served"
    change(site_copy, CHANGED, "who got it and what to do", "who got it, and what then")

    serve()

    assert "who got it, and what then" in page(site, OTHER).read_text(encoding="utf-8")


def test_after_a_mistake_everything_is_built(serve, site_copy, tmp_path):
    site = tmp_path / "served"
    change(site_copy, CHANGED, "{history.months} months with", "{history.weeks} months with")
    with pytest.raises(Exception, match="BuildError"):
        serve()
    change(site_copy, CHANGED, "{history.weeks} months with", "{history.months} full months with")

    serve()

    assert "full months with" in page(site, CHANGED).read_text(encoding="utf-8")
