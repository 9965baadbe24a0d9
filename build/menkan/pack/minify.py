"""Scripts and styles of the page at the size they need to have on the wire."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from menkan.pack import tools
from menkan.pack.files import digest, once

__all__ = ["minified"]


def minified(files: Mapping[str, bytes], cache: Path) -> dict[str, bytes]:
    """Return `files` (name -> bytes) with every .js and .css minified by esbuild, the others as they are.

    The result is kept in `cache` under the hash of what went in. Raises tools.ToolError where Node
    or esbuild is missing, or a file cannot be read as what its name says.
    """
    chosen = {name: data for name, data in files.items() if name.endswith((".js", ".css"))}
    script = tools.HERE / "minify.mjs"
    lock = (tools.HERE / "npm" / "package-lock.json").read_bytes()
    key = digest(script.read_bytes(), lock, *(part for item in chosen.items() for part in item))

    def make(folder: Path) -> None:
        for name, data in chosen.items():
            (folder / name).write_bytes(data)
        job = {
            "modules": str(tools.npm_packages(tools.HERE / "npm", cache)),
            "folder": str(folder),
            "files": list(chosen),
        }
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        done = subprocess.run(
            [str(tools.node()), str(script), str(folder / "job.json")],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            tail = "\n  ".join(done.stderr.strip().splitlines()[-4:])
            raise tools.ToolError(f"The page's scripts could not be minified:\n  {tail}")

    folder = once(cache / f"minified-{key}", make)
    return {
        name: (folder / name).read_bytes() if name in chosen else data
        for name, data in files.items()
    }
