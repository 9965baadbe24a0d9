"""What all tests share: where the project stands, the copies, and the site built once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


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


@pytest.fixture(scope="session")
def built_site(tmp_path_factory) -> Path:
    """The site as `mkdocs build --strict` makes it, in a process of its own."""
    target = tmp_path_factory.mktemp("built") / "site"
    done = build_site(ROOT, target)
    assert done.returncode == 0, done.stdout + done.stderr
    yield target
    shutil.rmtree(target, ignore_errors=True)


def build_site(root: Path, target: Path, *words: str) -> subprocess.CompletedProcess:
    """Build the site below `root` into `target`, strictly."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target), *words],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
