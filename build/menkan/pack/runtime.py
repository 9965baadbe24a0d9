"""Make the runtime's files: byte code of checkers and standard library, Pyodide, a manifest.

The result is a pure function of the sources: the same names and bytes from every build. It is kept
in the cache under the hash of all that went in, so a build that changes only words packs nothing.
"""

import ast
import gzip
import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import brotli

from menkan.pack import tools

__all__ = ["PackError", "Runtime", "pack"]

HERE = Path(__file__).resolve().parent
RULES = HERE.parent / "rules"
PYODIDE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
# What a checker may import: the rules, and nothing that could read, write or wait.
REACH = ("menkan.rules", "__future__")


class PackError(Exception):
    """The runtime could not be made; the text says which file, what was seen and what to do."""


@dataclass(frozen=True)
class Runtime:
    """A packed runtime: a folder of files to publish, and the manifest's name inside it."""

    folder: Path
    manifest: str

    def publish(self, target: Path, *, compress: bool) -> None:
        """Copy the files below `target`; with `compress`, put .br and .gz beside each."""
        for source in sorted(self.folder.rglob("*")):
            if source.is_dir() or (source.suffix in {".br", ".gz"} and not compress):
                continue
            copy = target / source.relative_to(self.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)

    def compress(self) -> None:
        """Make the .br and .gz files, once: brotli at its best takes half a minute on 10 MB."""
        for source in sorted(self.folder.rglob("*")):
            if source.is_dir() or source.suffix in {".br", ".gz"}:
                continue
            data = source.read_bytes()
            for suffix, squeeze in ((".br", brotli.compress), (".gz", _gzip)):
                target = source.with_name(source.name + suffix)
                if not target.exists():
                    partial = target.with_name(target.name + ".part")
                    partial.write_bytes(squeeze(data))
                    partial.replace(target)


def pack(checkers: Path, site: Mapping, requests: Sequence[str], cache: Path) -> Runtime:
    """Pack the rules library, every module of the folder `checkers`, and Pyodide.

    `site` is what `menkan.rules.door.open_site` takes (a mapping, written as JSON); `requests` are
    door requests that are answered once inside Pyodide, to find the modules that are needed.
    Raises PackError (a checker that cannot be imported there, or imports what it must not) and
    tools.ToolError (Node, npm or pip is missing or failed).
    """
    sources = _sources(checkers)
    site_text = json.dumps(site, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    recipe = [(HERE / name).read_bytes() for name in ("inside.py", "compile.mjs", "runtime.py")]
    recipe.append((HERE / "npm" / "package-lock.json").read_bytes())
    recipe.append((HERE / "pyodide-build.txt").read_bytes())
    code_key = _digest(*recipe, *(part for item in sources.items() for part in item))
    code = cache / f"code-{code_key}"
    if not code.exists():
        _compile(sources, site_text, requests, cache, code)
    pyodide = tools.npm_packages(HERE / "npm", cache) / "pyodide"
    return _assemble(code, pyodide, site_text, cache)


def _sources(checkers: Path) -> dict[str, bytes]:
    """Path inside the archive -> source, of the rules library and every checker."""
    found = {"menkan/__init__.py": b"", "checkers/__init__.py": b""}
    for path in sorted(RULES.rglob("*.py")):
        found[str(PurePosixPath("menkan/rules") / path.relative_to(RULES).as_posix())] = (
            path.read_bytes()
        )
    mistakes = []
    for path in sorted(checkers.glob("*.py")):
        data = path.read_bytes()
        mistakes += _out_of_reach(path, data)
        found[f"checkers/{path.name}"] = data
    if mistakes:
        raise PackError("\n".join(mistakes))
    return found


def _out_of_reach(path: Path, data: bytes) -> list[str]:
    try:
        tree = ast.parse(data, filename=str(path))
    except SyntaxError as error:
        return [f"{path}:{error.lineno}: not Python: {error.msg}.\n  Mend the line."]
    mistakes = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        mistakes += [
            f"{path}:{node.lineno}: a checker imports {name}, which is outside its reach.\n"
            f"  A checker is data: it imports from {REACH[0]} only."
            for name in names
            if name not in REACH and not name.startswith(f"{REACH[0]}.")
        ]
    return mistakes


def _compile(
    sources: Mapping[str, bytes], site: str, requests: Sequence[str], cache: Path, target: Path
) -> None:
    """Run compile.mjs; leaves app.zip, stdlib.zip and found.json in the folder `target`."""
    pyodide = tools.npm_packages(HERE / "npm", cache) / "pyodide"
    work = target.with_name(f"{target.name}.part")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        with zipfile.ZipFile(work / "sources.zip", "w") as archive:
            for name, data in sources.items():
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
        mounts = [tools.pyodide_build(cache)]
        mounts += tools.python_paths("packaging", "platformdirs", "rich", "markdown_it", "mdurl")
        job = {
            "inside": HERE / "inside.py",
            "pyodide": pyodide,
            "mounts": mounts,
            "app": work / "sources.zip",
            "appOut": work / "app.zip",
            "stdlibOut": work / "stdlib.zip",
            "found": work / "found.json",
            "site": site,
            "requests": list(requests),
        }
        (work / "job.json").write_text(json.dumps(job, default=str), encoding="utf-8")
        done = subprocess.run(
            [str(tools.node()), str(HERE / "compile.mjs"), str(work / "job.json")],
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        if done.returncode:
            tail = "\n  ".join(done.stderr.strip().splitlines()[-6:])
            raise PackError(
                f"The checkers do not run in the browser's Python:\n  {tail}\n"
                "  Mend what the last line names, then build again."
            )
        for name in ("sources.zip", "job.json"):
            (work / name).unlink()
        shutil.rmtree(target, ignore_errors=True)
        work.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _assemble(code: Path, pyodide: Path, site: str, cache: Path) -> Runtime:
    """Lay the files out under hashed folders, with a manifest that names sizes and hashes."""
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    engine = {name: (pyodide / name).read_bytes() for name in PYODIDE_FILES}
    engine["stdlib.zip"] = (code / "stdlib.zip").read_bytes()
    app = {"app.zip": (code / "app.zip").read_bytes(), "site.json": site.encode()}
    files = {}
    for kind, group in (("pyodide", engine), ("app", app)):
        folder = f"{kind}-{_digest(*group.values())}"
        for name, data in group.items():
            files[name] = (f"{folder}/{name}", data)
    manifest = {
        "pyodide": json.loads((pyodide / "package.json").read_text(encoding="utf-8"))["version"],
        "python": lock["info"]["python"],
        # Pyodide asks for its list of 357 packages (119 kB); none is used, so it gets an empty one.
        "lock": {"info": lock["info"], "packages": {}},
        "files": {
            name: {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, (path, data) in files.items()
        },
    }
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
    name = f"manifest-{_digest(text)}.json"
    target = cache / f"runtime-{_digest(text)}"
    if not target.exists():
        work = target.with_name(f"{target.name}.part")
        shutil.rmtree(work, ignore_errors=True)
        for path, data in [*files.values(), (name, text)]:
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_bytes(data)
        work.rename(target)
    return Runtime(target, name)


def _digest(*parts: str | bytes) -> str:
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:12]


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
