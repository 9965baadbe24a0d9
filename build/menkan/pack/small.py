"""The small runtime: the parts of Pyodide that checkers use, found by running them.

What goes in: Pyodide, the rules library, and `exercise`, which uses both in every way we can think
of. What comes out depends on nothing else, least of all on a site's own checkers and figures, so a
site's build makes it once. A part that is left out is not gone: a function that was cut traps, a
module that was left out cannot be imported, and either sends the page to the whole runtime.
"""

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from menkan.pack import tools
from menkan.pack.files import digest, once, read_all, write_zip
from menkan.pack.script import named_exports, slim_script
from menkan.pack.tables import named_addresses, unread
from menkan.pack.wasm import Module

__all__ = ["NOWHERE", "PackError", "Parts", "byte_code", "join_scripts", "make_parts", "run_script"]

HERE = Path(__file__).resolve().parent
WEB = HERE.parent / "web"
# Python modules that pyodide-build imports, for mounting into Pyodide.
_WANTED = ("packaging", "platformdirs", "rich", "markdown_it", "mdurl")
# Generated answers a checker: to find modules, and to find functions.
_FEW, _MANY = 60, 600
_COUNTER = "menkan:"
# A script in a blob or in a page has no address that anything could be looked up beside.
NOWHERE = "https://page.invalid/menkan/web/script.js"
# Bytes of a function's body up to which it is kept unseen.
_TINY = 48
# Bytes before the first type of Python in which there may be pointers too.
_BEFORE_TYPES = 32_768
# What Pyodide's module already uses; more would be a promise about browsers that we do not make.
_FEATURES = [
    "bulk-memory",
    "bulk-memory-opt",
    "exception-handling",
    "gc",
    "multivalue",
    "mutable-globals",
    "nontrapping-float-to-int",
    "reference-types",
    "sign-ext",
    "simd",
    "tail-call",
]
_SQUEEZE = ("-O2", "--strip-debug", "--strip-producers")


class PackError(Exception):
    """The runtime could not be made; the text says which file, what was seen and what to do."""


@dataclass(frozen=True)
class Parts:
    """Files of the two runtimes; `stdlib` is the small one's, the whole one takes Pyodide's own."""

    folder: Path
    pyodide: Path
    version: str

    def small(self) -> dict[str, Path]:
        return {
            "worker.js": self.folder / "worker.js",
            "python.wasm": self.folder / "python.wasm",
            "stdlib.zip": self.folder / "stdlib.zip",
        }

    def whole(self) -> dict[str, Path]:
        return {
            "worker.js": self.folder / "whole-worker.js",
            "python.wasm": self.pyodide / "pyodide.asm.wasm",
            "stdlib.zip": self.pyodide / "python_stdlib.zip",
        }


def make_parts(rules: Mapping[str, bytes], cache: Path, say: Callable[[str], None]) -> Parts:
    """Make the small runtime for the rules library, or take it from the cache.

    `rules` is path inside the archive -> source. `say` is told of steps that take seconds.
    Raises PackError and tools.ToolError.
    """
    modules = tools.npm_packages(HERE / "npm", cache, say)
    pyodide = modules / "pyodide"
    lock = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))
    version = lock["info"]["python"]
    sources = {**rules, **read_all(HERE / "exercise", "exercise")}
    recipe = [(HERE / name).read_bytes() for name in _RECIPE]
    python = (WEB / "python.js").read_bytes()
    key = digest(*recipe, python, *(part for item in sorted(sources.items()) for part in item))

    def measure(work: Path) -> None:
        _measure(work, sources, modules, version, cache, say)

    measured = once(cache / f"python-{key}", measure)
    scripts = [(HERE / "bundle.mjs").read_bytes(), (WEB / "worker.js").read_bytes()]

    def join(work: Path) -> None:
        say("joining the worker's scripts")
        for name in ("python.wasm", "stdlib.zip"):
            (work / name).write_bytes((measured / name).read_bytes())
        for name, script in (
            ("worker.js", measured / "script.mjs"),
            ("whole-worker.js", pyodide / "pyodide.asm.mjs"),
        ):
            alias = {"pyodide-script": script}
            # Plain: a page opened from a file may start no worker that is a module.
            options = {"alias": alias, "format": "iife", "thorough": name == "worker.js"}
            join_scripts(modules, WEB / "worker.js", work / name, **options)

    return Parts(once(cache / f"parts-{digest(key, *scripts)}", join), pyodide, version)


# What the small runtime is a function of, besides Pyodide and the rules.
_RECIPE = (
    "browser.mjs",
    "compile.mjs",
    "inside.py",
    "profile.mjs",
    "pyodide-build.txt",
    "script.py",
    "small.py",
    "tables.py",
    "wasm.py",
    "npm/package-lock.json",
)


def _measure(
    work: Path,
    sources: Mapping[str, bytes],
    modules: Path,
    version: str,
    cache: Path,
    say: Callable[[str], None],
) -> None:
    """Leave python.wasm, script.mjs and stdlib.zip in the folder `work`."""
    pyodide = modules / "pyodide"
    with tempfile.TemporaryDirectory() as folder:
        spare = Path(folder)
        write_zip(spare / "sources.zip", sources)
        run: dict[str, object] = {
            "python": WEB / "python.js",
            "script": pyodide / "pyodide.asm.mjs",
            "wasm": pyodide / "pyodide.asm.wasm",
            "library": pyodide / "python_stdlib.zip",
            "app": spare / "sources.zip",
            "version": version,
            "module": "exercise",
            "name": "run",
            "text": str(_FEW),
            "reply": spare / "reply.json",
        }
        say("finding the modules of Python that rules use")
        whole = _exercised(run)
        byte_code(cache, modules, app=(spare / "sources.zip", spare / "app.zip"))
        byte_code(cache, modules, library=(whole["modules"], work / "stdlib.zip"))
        run |= {"app": spare / "app.zip", "library": work / "stdlib.zip"}

        say("finding the functions of Python that rules use")
        module = Module.read((pyodide / "pyodide.asm.wasm").read_bytes())
        (spare / "counting.wasm").write_bytes(module.counting(_COUNTER).binary())
        counted = {"wasm": spare / "counting.wasm", "text": str(_MANY), "prefix": _COUNTER}
        _exercised({**run, **counted, "entered": spare / "entered.json"})
        entered = json.loads((spare / "entered.json").read_text(encoding="utf-8"))

        script = (pyodide / "pyodide.asm.mjs").read_text(encoding="utf-8")
        user = (WEB / "python.js").read_text(encoding="utf-8")
        words = named_exports(script, user)
        kept = [name for name, _, _ in module.exports() if name in words]
        # The smallest functions cost next to nothing, and spare some reader the whole runtime.
        tiny = {number for number, body in enumerate(module.bodies()) if len(body) <= _TINY}
        (spare / "cut.wasm").write_bytes(module.cut(tiny.union(entered), kept).binary())
        say("shrinking Python (half a minute)")
        _binaryen(modules, spare / "cut.wasm", "-o", spare / "shrunk.wasm", *_SQUEEZE)
        shrunk = Module.read((spare / "shrunk.wasm").read_bytes())
        exports = {name for name, _, _ in shrunk.exports()}
        imports = {name for _, name, _ in shrunk.imports()}
        slim = slim_script(script, exports, imports, user)
        (work / "script.mjs").write_text(slim, encoding="utf-8")
        run |= {"script": work / "script.mjs"}

        say("finding the tables of Python that rules read")
        memory = shrunk.memory()
        _binaryen(
            modules, spare / "shrunk.wasm", "-o", spare / "traced.wasm", "--instrument-memory"
        )
        traced = {"wasm": spare / "traced.wasm", "read": spare / "read", "readTo": len(memory)}
        _exercised({**run, **traced})
        _binaryen(modules, spare / "shrunk.wasm", "--print", out=spare / "shrunk.wat")
        left_out = unread(
            memory,
            (spare / "read").read_bytes(),
            named_addresses(spare / "shrunk.wat"),
            low=shrunk.data()[0][0],
            objects=_first_type(module) - _BEFORE_TYPES,
        )
        (work / "python.wasm").write_bytes(shrunk.without(left_out).binary())

        say("trying the small Python")
        if _exercised({**run, "wasm": work / "python.wasm"})["told"] != whole["told"]:
            raise PackError(
                "The small Python answers other than the whole one.\n"
                f"  Left out were: {left_out}; see menkan/pack/tables.py."
            )


def _first_type(module: Module) -> int:
    """The lowest address of a type of Python: what C can change, pointers included, lies about there."""
    return min(
        address for name, address in module.constants().items() if re.fullmatch(r"Py\w+_Type", name)
    )


class _Reply(TypedDict):
    """What the exercise says: the modules it imported, and one number of all that was answered."""

    modules: list[str]
    told: int


def _exercised(run: Mapping[str, object]) -> _Reply:
    """Run the exercise as `run` says; what it replies."""
    run_script("profile.mjs", run)
    reply: _Reply = json.loads(Path(str(run["reply"])).read_text(encoding="utf-8"))
    return reply


def _binaryen(modules: Path, module: Path, *words: object, out: Path | None = None) -> None:
    """Run Binaryen's optimizer on a module; what it prints goes into the file `out`."""
    optimizer = [tools.node(), modules / "binaryen" / "bin" / "wasm-opt"]
    command = [*optimizer, module, *words, *(f"--enable-{one}" for one in _FEATURES)]
    _run(command, "Binaryen could not shrink Python", "Clear .cache/pack and build again.", out)


def byte_code(
    cache: Path,
    modules: Path,
    *,
    app: tuple[Path, Path] | None = None,
    library: tuple[Sequence[str], Path] | None = None,
) -> None:
    """Compile with the browser's own Python: `app` is (zip of sources, zip to write), `library` is
    (names of modules of the standard library, zip to write)."""
    job: dict[str, object] = {
        "inside": HERE / "inside.py",
        "pyodide": modules / "pyodide",
        "mounts": [tools.pyodide_build(cache), *tools.python_paths(*_WANTED)],
    }
    if app:
        job |= {"app": app[0], "appOut": app[1]}
    if library:
        job |= {"modules": library[0], "stdlibOut": library[1]}
    run_script("compile.mjs", job)


def join_scripts(modules: Path, entry: Path, out: Path, **options: object) -> None:
    """Make one script of `entry` and all it imports, which takes `NOWHERE` for its own address.

    Options: `alias` (name of a module -> its file), `format` (esm, or iife for a plain script) and
    `thorough`, which takes some seconds more and drops more.
    """
    job = {"modules": modules, "entry": entry, "address": NOWHERE, "out": out}
    run_script("bundle.mjs", {"alias": {}, "format": "esm", "thorough": False, **job, **options})


def run_script(name: str, job: Mapping[str, object]) -> None:
    """Run one of the scripts beside this module in Node; raise PackError with its last words."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(job, file, default=str)
        file.flush()
        _run(
            [tools.node(), HERE / name, file.name],
            "The checkers do not run in the browser's Python",
            "Mend what the last line names, then build again.",
        )


def _run(command: Sequence[object], what: str, todo: str, out: Path | None = None) -> None:
    words = [str(word) for word in command]
    with (out or Path(os.devnull)).open("wb") as told:
        done = subprocess.run(
            words, stdout=told, stderr=subprocess.PIPE, text=True, check=False, timeout=400
        )
    if done.returncode:
        tail = "\n  ".join(line[:300] for line in done.stderr.strip().splitlines()[-6:])
        raise PackError(f"{what}:\n  {tail}\n  {todo}")
