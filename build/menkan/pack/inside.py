"""Runs inside Pyodide under Node: byte code for the browser's own Python, from its own Python.

Called by compile.mjs; never imported by the engine. Only here is the Python the browser's, so only
here does byte code get the right magic number.
"""

import json
import sys
from pathlib import Path

UNCHECKED_HASH = (1).to_bytes(4, "little")


def trim(modules: str, target: str) -> None:
    """Copy the named modules' sources out of the standard library's archive into `target`."""
    import zipfile

    archive = next(entry for entry in sys.path if entry.endswith(".zip") and "lib/python" in entry)
    wanted = set()
    for name in json.loads(modules):
        path = name.replace(".", "/")
        wanted |= {f"{path}.py", f"{path}/__init__.py"}
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(target, "w") as copy:
        for name in sorted(set(source.namelist()) & wanted):
            copy.writestr(name, source.read(name))


def compile_archive(source: str, target: str) -> None:
    """Compile every .py of a zip with pyodide-build, then make the result the same every time.

    Entries are sorted, stored and dated 1980; the byte code is marked "unchecked hash", so that
    no importer looks for a source file that is not there.
    """
    import zipfile

    from pyodide_build._py_compile import _compile

    _compile(Path(source), Path(target), verbose=False, compression_level=0)
    with zipfile.ZipFile(target) as archive:
        entries = {name: archive.read(name) for name in sorted(archive.namelist())}
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            if name.endswith(".pyc"):
                data = data[:4] + UNCHECKED_HASH + bytes(8) + data[16:]
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
