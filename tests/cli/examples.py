"""Run the examples of the command line's reference: `python -m tests.cli.examples` writes them anew.

They stand in build/menkan/cli/examples.yml; each runs in a site that `menkan init` has just written.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from menkan.plugin.reference import examples

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "build/menkan/cli/examples.yml"
_MENKAN = [sys.executable, "-c", "from menkan.cli import main; main(prog_name='menkan')"]


def said(name: str, folder: Path) -> str:
    """What a command's example prints, in a fresh site below `folder`."""
    example = examples()[name]
    words = shlex.split(example["run"])
    assert words[:2] == ["menkan", name]
    site = folder / "my-site"
    engine = ROOT / "build"
    if name == "init":
        here = folder
    else:
        here = site
        _run(["init", "my-site"], folder, engine)
        (ROOT / ".cache").mkdir(exist_ok=True)
        (site / ".cache").symlink_to(ROOT / ".cache", target_is_directory=True)
    if name == "ship":  # it writes into the engine, so into a copy of it
        engine = folder / "engine"
        ignore = shutil.ignore_patterns("__pycache__", "prebuilt")
        shutil.copytree(ROOT / "build/menkan", engine / "menkan", ignore=ignore)
    for path, text in example.get("files", {}).items():
        (here / path).parent.mkdir(parents=True, exist_ok=True)
        (here / path).write_text(text, encoding="utf-8")
    text = _run(words[1:], here, engine)
    steps = "packing|fetching|finding|shrinking|joining|compiling|trying"  # where nothing is cached
    text = re.sub(rf"(?m)^(?:{steps}) .*\n", "", text)
    return re.sub(r"\d+\.\d+(?= MB)", "…", text.replace(f"{engine}/", "…/"))


def _run(words: list[str], folder: Path, engine: Path) -> str:
    done = subprocess.run(
        [*_MENKAN, *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(engine), "LANG": "C.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout


class _Literal(yaml.SafeDumper):
    """Writes texts of several lines as they are read."""


_Literal.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def main() -> None:
    """Write what every example says now."""
    comment = re.match(r"(?:#.*\n)+", FILE.read_text(encoding="utf-8"))
    found = {}
    for name, example in examples().items():
        with TemporaryDirectory() as folder:
            found[name] = {**example, "says": said(name, Path(folder))}
    text = yaml.dump(found, Dumper=_Literal, allow_unicode=True, sort_keys=False, width=1000)
    FILE.write_text((comment[0] if comment else "") + text, encoding="utf-8")


if __name__ == "__main__":
    main()
