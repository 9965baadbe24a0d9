#!/usr/bin/env python3
"""Set up Menkan and run a task, on a machine that has only Python 3.11 or newer.

    python3 build/run.py serve    set up, build the site, serve it on http://127.0.0.1:8000/
    python3 build/run.py test     set up (a browser included) and run every test
    python3 build/run.py build    set up and build the site into site/
    python3 build/run.py bench    set up and run the benchmarks

Words after the task go to the tool behind it: `python3 build/run.py test tests/rules -q`.
The environment stands in .venv/, what is downloaded besides in .cache/; delete both to start anew.
Only the standard library is used here; everything else is installed from build/locks with hashes.
"""

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "menkan-setup.json"
LOCKS = ROOT / "build" / "locks"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")

TASKS = {
    "serve": ("site", ["-m", "mkdocs", "serve", "--strict", "--livereload"]),
    "build": ("site", ["-m", "mkdocs", "build", "--strict"]),
    # One file after the other on each of two processes; `-n 0` for one, as a debugger wants it.
    "test": ("test", ["-m", "pytest", "-n", "2", "--dist", "loadfile"]),
    "bench": ("bench", ["-m", "tests.benchmarks"]),
}
# Each lock holds all of those before it.
LOCK_NAMES = ("site", "test", "bench")


def main(arguments: list[str]) -> int:
    """Run one task; returns the exit code of the tool behind it."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever has an older one is told here
        return _fail(
            f"This needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}."
        )
    if not arguments or arguments[0] not in TASKS:
        print(__doc__)
        return 0 if arguments and arguments[0] in {"-h", "--help", "help"} else 2
    lock, command = TASKS[arguments[0]]
    try:
        set_up(lock)
    except subprocess.CalledProcessError as error:
        shown = " ".join(map(str, error.cmd[:5]))
        return _fail(
            f"Set-up stopped: `{shown} …` ended with {error.returncode}; its message stands above.\n"
            "Check the network, then run the same command again: finished steps are not repeated."
        )
    environment = os.environ | {
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}",
        "VIRTUAL_ENV": str(VENV),
        "NO_MKDOCS_2_WARNING": "1",  # the theme's notice; our pins answer it
    }
    try:
        return subprocess.call([PYTHON, *command, *arguments[1:]], cwd=ROOT, env=environment)
    except KeyboardInterrupt:
        return 130


def set_up(lock: str) -> None:
    """Bring `.venv` to the state of `build/locks/<lock>.txt`; does nothing where it is there already.

    Raises subprocess.CalledProcessError where a step fails; what is done stays done.
    """
    done = _read_stamp()
    if done.get("python") != sys.version:
        print(f"• making .venv with Python {sys.version.split()[0]}", flush=True)
        venv.EnvBuilder(clear=True, with_pip=True).create(VENV)
        done = {"python": sys.version}
    hashes = {name: _sha256(LOCKS / f"{name}.txt") for name in LOCK_NAMES}
    enough = LOCK_NAMES[LOCK_NAMES.index(lock) :]
    if done.get("lock") not in {hashes[name] for name in enough}:
        print(f"• installing build/locks/{lock}.txt (first time: a minute or two)", flush=True)
        _pip("install", "--quiet", "--require-hashes", "--requirement", LOCKS / f"{lock}.txt")
        done["lock"] = hashes[lock]
    project = [_sha256(ROOT / "pyproject.toml"), str(ROOT)]
    if done.get("project") != project:
        print("• installing the engine from build/menkan", flush=True)
        _pip("install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
        done["project"] = project
    if done != _read_stamp():
        partial = STAMP.with_suffix(".part")
        partial.write_text(json.dumps(done), encoding="utf-8")
        partial.replace(STAMP)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _pip(*words: object) -> None:
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", *words]
    subprocess.run([str(word) for word in command], check=True, cwd=ROOT)


def _read_stamp() -> dict[str, str | list[str]]:
    try:
        found: dict[str, str | list[str]] = json.loads(STAMP.read_text(encoding="utf-8"))
        return found
    except (OSError, ValueError):
        return {}


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
