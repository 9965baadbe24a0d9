"""Find a Chromium for the tests: $CHROMIUM, one on PATH, else the one an npm package carries."""

import os
import platform
import shutil
import tarfile
from io import BytesIO
from pathlib import Path

import brotli

from menkan.pack import tools

HERE = Path(__file__).resolve().parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_chromium(cache: Path) -> tuple[Path, dict[str, str]]:
    """Return the program and the environment it wants.

    Raises tools.ToolError where nothing is there and nothing can be fetched.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        return Path(named), dict(os.environ)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found), dict(os.environ)
    if platform.machine() not in {"x86_64", "AMD64"} or platform.system() != "Linux":
        raise tools.ToolError(
            "No Chromium was found, and the packaged one is for Linux on x86-64.\n"
            "  Install Chromium or Chrome, or name one in the environment variable CHROMIUM."
        )
    return _packaged(cache)


def _packaged(cache: Path) -> tuple[Path, dict[str, str]]:
    """Unpack the program and its libraries from the npm package, once."""
    modules = tools.npm_packages(HERE, cache)
    packed = modules / "@sparticuz" / "chromium" / "bin"
    home = modules.parent / "chromium"
    program = home / "chromium"
    if not program.exists():
        home.mkdir(exist_ok=True)
        for name in ("al2023", "fonts"):
            data = brotli.decompress((packed / f"{name}.tar.br").read_bytes())
            with tarfile.open(fileobj=BytesIO(data)) as archive:
                archive.extractall(home / name, filter="data")
        partial = home / "chromium.part"
        partial.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
        partial.chmod(0o755)
        partial.replace(program)
    libraries = os.environ.get("LD_LIBRARY_PATH", "")
    return program, os.environ | {
        "LD_LIBRARY_PATH": f"{home / 'al2023' / 'lib'}{os.pathsep}{libraries}",
        "FONTCONFIG_PATH": str(home / "fonts" / "fonts"),
    }
