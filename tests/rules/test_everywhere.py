"""The door's replies are the same bytes on every Python there is, and inside Pyodide.

A Python or a Pyodide that is not there is skipped, and the reason says what to do.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from own_site import ROOT, SLUGS, site_figures

from menkan.pack import tools

HERE = Path(__file__).parent
COUNT = int(os.environ.get("MENKAN_VERDICT_SETS", "1000"))  # per checker


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Write the site as the door opens it."""
    file = tmp_path_factory.mktemp("site") / "site.json"
    guides = {
        guide: {"as_of": as_of, "figures": figures}
        for guide, (as_of, figures) in site_figures().items()
    }
    file.write_text(json.dumps({"guides": guides}), encoding="utf-8")
    return file


def run(command, **more):
    done = subprocess.run(command, capture_output=True, timeout=300, check=False, cwd=ROOT, **more)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


def native(python, site):
    path = os.pathsep.join((str(ROOT / "build"), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, "-S", HERE / "write_verdicts.py", site, str(COUNT)]
    return run(command, env=environment)


@pytest.fixture(scope="module")
def here(site):
    return native(sys.executable, site)


def find_python(version):
    """Give a Python of that version from PATH or $MENKAN_PYTHONS (paths), or None."""
    candidates = os.environ.get("MENKAN_PYTHONS", "").split(os.pathsep)
    for python in filter(None, (*candidates, shutil.which(f"python{version}"))):
        said = subprocess.run([python, "-V"], capture_output=True, text=True, check=False)
        if said.returncode == 0 and f" {version}." in said.stdout:
            return python
    return None


def test_replies_are_many_and_without_failures(here):
    lines = here.decode().split("\n")

    assert json.loads(lines[0]) == {"checkers": json.loads(lines[0])["checkers"], "errors": []}
    assert lines[-2] == str(COUNT * len(SLUGS))
    assert not any(line.startswith('{"error"') for line in lines)
    assert sum('"verdict":null' in line for line in lines) > 50


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13", "3.14"])
def test_another_python_gives_the_same_bytes(version, site, here):
    python = find_python(version)
    if python is None:
        pytest.skip(f"no working python{version} on PATH or in $MENKAN_PYTHONS")

    assert hashlib.sha256(native(python, site)).digest() == hashlib.sha256(here).digest()


def test_pyodide_gives_the_same_bytes(site, here):
    folder = tools.npm_packages(tools.HERE / "npm", ROOT / ".cache" / "pack") / "pyodide"
    node = tools.node()
    inside = run([node, HERE / "run_in_pyodide.mjs", folder, ROOT, site, str(COUNT)])

    assert hashlib.sha256(inside).digest() == hashlib.sha256(here).digest()
