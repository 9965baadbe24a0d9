"""The built wheel in a fresh environment: a new site without Node, network or this repository."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from menkan.pack import prebuilt
from tests.browser.server import SiteServer


@pytest.fixture(scope="module")
def wheel(tmp_path_factory, root):
    """The wheel as a release makes it, from a copy: the shipped runtime must not stay in the tree."""
    copy = tmp_path_factory.mktemp("release")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy)
    ignore = shutil.ignore_patterns("__pycache__", "prebuilt")
    shutil.copytree(root / "build/menkan", copy / "build/menkan", ignore=ignore)
    code = "from menkan.cli import main; main()"
    run(
        [sys.executable, "-c", code, "ship", "--cache", str(root / ".cache")],
        copy,
        PYTHONPATH=str(copy / "build"),
    )
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "dist"], copy)
    return next((copy / "dist").glob("*.whl"))


def run(command, folder, **environment):
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | environment,
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def bin_folder(wheel, tmp_path_factory):
    """A fresh environment with the wheel; its dependencies are lent by this one, nothing else."""
    home = tmp_path_factory.mktemp("fresh") / "venv"
    venv.EnvBuilder(with_pip=True).create(home)
    tools = home / ("Scripts" if os.name == "nt" else "bin")
    run(
        [tools / "python", "-m", "pip", "install", "--no-index", "--no-deps", wheel],
        home,
        PYTHONPATH="",
    )
    # A .pth line adds the folder but none of its .pth files, so the editable engine stays out.
    own = sysconfig.get_path("purelib", vars={"base": str(home)})
    Path(own, "lent.pth").write_text(sysconfig.get_path("purelib"))
    return tools


def test_the_wheel_carries_all_its_parts(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    for part in (
        "menkan/web/checker.js",
        "menkan/web/site.css",
        "menkan/web/messages.zh.json",
        "menkan/guides/messages/en.yml",
        "menkan/guides/templates/guide.md.j2",
        "menkan/plugin/theme/main.html",
        "menkan/plugin/outer/404.html",
        "menkan/cli/template/.github/workflows/site.yml.j2",
    ):
        assert part in names, part
    assert [
        name
        for name in names
        if name.startswith("menkan/pack/prebuilt/") and name.endswith(".wasm")
    ]
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


def test_a_site_made_from_the_wheel_answers_in_the_browser(bin_folder, tmp_path, chromium):
    # No network by way of a proxy that is not there, and no Node to be found.
    offline = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9")
    offline |= {"PYTHONPATH": "", "PATH": str(bin_folder)}
    run([bin_folder / "menkan", "init", "shop", "--languages", "fr,en"], tmp_path, **offline)
    site = tmp_path / "shop"
    where = run(
        [bin_folder / "python", "-c", "import menkan; print(menkan.__file__)"], site, **offline
    )
    assert str(bin_folder.parent) in where.stdout
    run([bin_folder / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider"], site, **offline)
    run([bin_folder / "python", "-m", "mkdocs", "build", "--strict"], site, **offline)

    assert prebuilt.SHIPPED.name == "prebuilt"
    server = SiteServer(site / "site", "/")
    page = chromium.new_context().new_page()
    try:
        page.goto(f"{server.url}fr/guides/tidepool-storefront/")
        page.locator("input[name=rating]").fill("4.59")
        expect(page.locator("menkan-checker")).to_have_attribute(
            "data-state", "not_eligible", timeout=30_000
        )
    finally:
        page.context.close()
        server.close()
