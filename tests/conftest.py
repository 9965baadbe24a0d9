"""What all tests share: where the project stands, the copies, and the site built once."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, find_chromium

# The same drawn cases in every run: a build does not fail by chance. New ones are looked for with
# `--hypothesis-profile=explore`; what it finds becomes an example of its test.
settings.register_profile("same", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parent.parent
# Where the tests serve the site, and so what it is built for.
PREFIX = "/sub/path/"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the scraped copies, which are not part of the project."""
    folder = ROOT.parent / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the scraped copies are not here (../shared/seeds)")
    return folder


@pytest.fixture(scope="session")
def cache() -> Path:
    """Where packed and downloaded parts are kept between runs."""
    return ROOT / ".cache"


@pytest.fixture
def site_copy(tmp_path) -> Path:
    """A copy of the site's sources that a test may change; it shares the cache."""
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("docs", "checkers"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", copy)
    (ROOT / ".cache").mkdir(exist_ok=True)
    (copy / ".cache").symlink_to(ROOT / ".cache", target_is_directory=True)
    return copy


@pytest.fixture(scope="session")
def chromium(cache):
    """A real Chromium, the one of this run."""
    program, environment = find_chromium(cache / "browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(program), args=ARGUMENTS, env=environment
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site_port() -> int:
    """A free port: the theme's instant navigation works only where the site was built for."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def built_site(tmp_path_factory, site_port) -> Path:
    """The site as `mkdocs build --strict` makes it, in a process of its own."""
    target = tmp_path_factory.mktemp("built") / "site"
    done = build_site(ROOT, target, site_url=f"http://127.0.0.1:{site_port}{PREFIX}")
    assert done.returncode == 0, done.stdout + done.stderr
    yield target
    shutil.rmtree(target, ignore_errors=True)


def build_site(
    root: Path, target: Path, site_url: str = "http://127.0.0.1:8000/"
) -> subprocess.CompletedProcess:
    """Build the site below `root` into `target`, strictly."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target)],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "SITE_URL": site_url},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
