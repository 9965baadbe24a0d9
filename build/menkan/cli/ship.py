"""`menkan ship`: the engine's wheel with the packed runtime in it, and the list of all it holds."""

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

import click

from menkan.cli.init import write_site
from menkan.pack import PackError, prebuilt, runtime
from menkan.pack.tools import ToolError, npm_packages
from menkan.site import Site

__all__ = ["command"]

# The folder the engine is built from; an installed engine has none.
_PROJECT = Path(__file__).resolve().parents[3]
_NEEDS = ("cyclonedx", "hatchling", "jsonschema")


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when all is in place, 1 when it could not be made, 2 without what that takes.",
)
@click.option(
    "--cache",
    default=".cache",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where downloaded and packed parts are kept.",
)
@click.option(
    "--dist",
    default="dist",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the wheel goes, with its list (.cdx.json) beside it.",
)
def command(cache: Path, dist: Path) -> None:
    """Pack the browser's runtime, put it into the engine and build the wheel.

    Sites made with that wheel need no Node and no network. Beside it stands what it holds and needs
    as CycloneDX. Needs the extra `ship`. An engine that is installed gets the runtime alone.
    """
    sources = (_PROJECT / "pyproject.toml").is_file()
    if sources and (lacking := [name for name in _NEEDS if find_spec(name) is None]):
        click.echo(
            f"{', '.join(lacking)} is not here.\n  Run pip install 'menkan[ship]'.", err=True
        )
        sys.exit(2)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root, ["en"])
        site = Site.load(root)
        requests = [
            json.dumps({"checker": checker.slug, "answers": {}})
            for checkers in site.checkers.values()
            for checker in checkers
        ]
        try:
            packed = runtime.pack(
                root / "checkers", site.figures(), requests, cache.resolve() / "pack"
            )
            modules = npm_packages(runtime.HERE / "npm", cache.resolve() / "pack")
        except (PackError, ToolError) as error:
            _stop(str(error))
    prebuilt.ship(packed)
    size = sum(path.stat().st_size for path in prebuilt.SHIPPED.rglob("*") if path.is_file())
    click.echo(f"{size / 1e6:.1f} MB put into {prebuilt.SHIPPED}.", err=True)
    if not sources:
        return
    wheel = _wheel(dist.absolute())
    from menkan.cli.bill import bill_of_materials

    text = bill_of_materials(wheel, _PROJECT / "build/locks/site.txt", _versions(modules))
    listed = wheel.with_name(f"{wheel.name}.cdx.json")
    listed.write_text(text, encoding="utf-8")
    click.echo(f"{wheel}\n{listed}")


def _wheel(dist: Path) -> Path:
    """Build the engine's wheel; return it."""
    dist.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=dist) as folder:
        done = subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder],
            cwd=_PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            tail = "\n  ".join((done.stderr or done.stdout).strip().splitlines()[-4:])
            _stop(f"The wheel cannot be built:\n  {tail}")
        built = next(Path(folder).glob("*.whl"))
        return built.replace(dist / built.name)


def _versions(modules: Path) -> dict[str, str]:
    """What the packed runtime was made from, as Pyodide itself says."""
    pyodide = modules / "pyodide"
    info = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["info"]
    package = json.loads((pyodide / "package.json").read_text(encoding="utf-8"))
    emscripten = re.sub(r"^emscripten_", "", info["platform"]).replace("_", ".")
    return {"pyodide": package["version"], "python": info["python"], "emscripten": emscripten}


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)
