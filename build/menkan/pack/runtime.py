"""Make the runtime's files: byte code of checkers and standard library, Python, a manifest.

The result is a pure function of the sources: the same names and bytes from every build. Every step
is kept in the cache under the hash of all that went in, so a build that changes only words packs
nothing.
"""

import ast
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from menkan.pack import tools
from menkan.pack.files import compress, digest, once, read_all, write_zip
from menkan.pack.small import PackError, Parts, byte_code, make_parts, run_script

__all__ = ["PackError", "Runtime", "pack", "read_checkers"]

HERE = Path(__file__).resolve().parent
RULES = HERE.parent / "rules"
# What a checker may import: the rules, and nothing that could read, write or wait.
REACH = ("menkan.rules", "__future__")


@dataclass(frozen=True)
class Runtime:
    """A packed runtime: a folder of files to publish, and the manifest's name inside it."""

    folder: Path
    manifest: str

    def publish(self, target: Path, *, compressed: bool) -> None:
        """Copy the files below `target`; with `compressed`, put .br and .gz beside each.

        The first time that takes brotli a minute for the whole runtime; the result is kept.
        """
        for source in sorted(self.folder.rglob("*")):
            if source.is_dir() or source.name == self.manifest:
                continue
            copy = target / source.relative_to(self.folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, copy)
            if compressed:
                for suffix, packed in compress(source, self.folder.parent / "compressed").items():
                    shutil.copyfile(packed, copy.with_name(copy.name + suffix))

    def manifest_text(self) -> bytes:
        """The manifest, JSON: names, paths, sizes and hashes of the files."""
        return (self.folder / self.manifest).read_bytes()


def pack(
    checkers: Path,
    site: Mapping[str, object],
    requests: Sequence[str],
    cache: Path,
    say: Callable[[str], None] = lambda text: None,
) -> Runtime:
    """Pack the rules library, every module of the folder `checkers`, and Python.

    `site` is what `menkan.rules.door.open_site` takes (a mapping, written as JSON); `requests` are
    door requests that the packed worker is made to answer before it is given out. `say` is told of
    steps that take seconds. Raises PackError (a checker that cannot be imported there, or imports
    what it must not) and tools.ToolError (Node, npm or pip is missing or failed).
    """
    rules = {"menkan/__init__.py": b"", **read_all(RULES, "menkan/rules")}
    sources = {**rules, "checkers/__init__.py": b"", **read_checkers(checkers)}
    site_text = json.dumps(site, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    parts = make_parts(rules, cache, say)
    modules = tools.npm_packages(HERE / "npm", cache, say)

    def build(work: Path) -> None:
        say("compiling the checkers with the browser's Python")
        write_zip(work / "sources.zip", dict(sorted(sources.items())))
        byte_code(cache, modules, app=(work / "sources.zip", work / "app.zip"))

    recipe = [(HERE / name).read_bytes() for name in ("compile.mjs", "inside.py", "runtime.py")]
    recipe += [
        (HERE / name).read_bytes() for name in ("npm/package-lock.json", "pyodide-build.txt")
    ]
    key = digest(*recipe, *(part for item in sorted(sources.items()) for part in item))
    app = once(cache / f"code-{key}", build) / "app.zip"
    small = _works(parts, app, site_text, requests, cache, say)
    return _assemble(parts, app, site_text, cache, small=small)


def read_checkers(folder: Path) -> dict[str, bytes]:
    """Path inside the archive -> source, of every checker; raise PackError for what is out of reach."""
    mistakes = []
    for path in sorted(folder.glob("*.py")):
        mistakes += _out_of_reach(path, path.read_bytes())
    if mistakes:
        raise PackError("\n".join(mistakes))
    return {f"checkers/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.py"))}


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


def _works(
    parts: Parts,
    app: Path,
    site: str,
    requests: Sequence[str],
    cache: Path,
    say: Callable[[str], None],
) -> bool:
    """Put the requests to the packed worker; True where the small runtime answers all of them.

    Raises PackError naming the guides whose checkers cannot be loaded in the browser's Python.
    """
    key = digest(str(parts.folder.name), app.read_bytes(), site, *requests)

    def attempt(work: Path) -> None:
        say("trying the packed checkers")
        said = _said(parts.small(), parts, app, site, requests, work / "said.json")
        small = not any("failure" in message for message in said)
        if not small:
            say("the small runtime lacks a part that these checkers use; readers get the whole one")
            said = _said(parts.whole(), parts, app, site, requests, work / "said.json")
        if failure := next((one["failure"] for one in said if "failure" in one), None):
            raise PackError(_broken(failure["detail"]))
        if errors := json.loads(said[0]["text"])["errors"]:
            raise PackError(_broken("; ".join(f"{e['guide']}: {e['detail']}" for e in errors)))
        (work / "small.json").write_text(json.dumps(small), encoding="utf-8")

    tried = once(cache / f"tried-{key}", attempt)
    return bool(json.loads((tried / "small.json").read_text(encoding="utf-8")))


def _said(
    files: Mapping[str, Path],
    parts: Parts,
    app: Path,
    site: str,
    requests: Sequence[str],
    out: Path,
) -> list[dict[str, Any]]:
    job: dict[str, object] = {"worker": files["worker.js"], "wasm": files["python.wasm"]}
    job |= {"library": files["stdlib.zip"], "app": app, "site": site, "version": parts.version}
    run_script("try.mjs", {**job, "requests": list(requests), "out": out})
    said: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))
    return said


def _broken(detail: str) -> str:
    return (
        f"The checkers do not run in the browser's Python:\n  {detail}\n"
        "  Mend what the last line names, then build again."
    )


def _assemble(parts: Parts, app: Path, site: str, cache: Path, *, small: bool) -> Runtime:
    """Lay the files out under hashed folders, with a manifest that names sizes and hashes."""
    files: dict[str, bytes] = {}
    told: dict[str, dict[str, dict[str, object]]] = {"files": {}, "whole": {}}
    own = {"app.zip": app.read_bytes(), "site.json": site.encode()}
    whole = {name: path.read_bytes() for name, path in parts.whole().items()}
    main = {name: path.read_bytes() for name, path in parts.small().items()} if small else whole
    for kind, group, entry in (
        ("python", main, "files"),
        ("app", own, "files"),
        ("whole", whole, "whole"),
    ):
        folder = f"{kind}-{digest(*group.values())}"
        for name, data in group.items():
            path = f"{folder}/{name}"
            files[path] = data
            sha256 = hashlib.sha256(data).hexdigest()
            told[entry][name] = {"path": path, "size": len(data), "sha256": sha256}
    pyodide = json.loads((parts.pyodide / "package.json").read_text(encoding="utf-8"))["version"]
    manifest = {"pyodide": pyodide, "python": parts.version, **told}
    text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
    name = f"manifest-{digest(text)}.json"

    def lay_out(work: Path) -> None:
        for path, data in {**files, name: text}.items():
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            (work / path).write_bytes(data)

    return Runtime(once(cache / f"runtime-{digest(text)}", lay_out), name)
