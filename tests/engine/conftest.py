"""The wheel as a release makes it, built once for all tests of it."""

import shutil
import sys

import pytest

from tests.engine.running import run


@pytest.fixture(scope="package")
def wheel(tmp_path_factory, root):
    """The wheel as a release makes it, from a copy: the shipped runtime must not stay in the tree."""
    copy = tmp_path_factory.mktemp("release")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, copy)
    ignore = shutil.ignore_patterns("__pycache__", "prebuilt")
    shutil.copytree(root / "build/menkan", copy / "build/menkan", ignore=ignore)
    shutil.copytree(root / "build/locks", copy / "build/locks")
    code = "from menkan.cli import main; main()"
    run(
        [sys.executable, "-c", code, "ship", "--cache", str(root / ".cache")],
        copy,
        PYTHONPATH=str(copy / "build"),
    )
    return next((copy / "dist").glob("*.whl"))
