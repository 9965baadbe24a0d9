"""The runtime that the wheel carries, and packing a site's checkers into it without any tool.

`menkan ship` puts a packed runtime beside this module before the wheel is built. Where it is there
a site needs no tool and no network: its checkers go in as sources, which the browser's Python
compiles itself when it starts.
"""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from menkan.pack import runtime
from menkan.pack.files import digest
from menkan.pack.runtime import Runtime

__all__ = ["SHIPPED", "pack", "ship"]

SHIPPED = Path(__file__).resolve().parent / "prebuilt"


def pack(
    checkers: Path,
    site: Mapping[str, object],
    requests: Sequence[str],
    cache: Path,
    *more: Callable[[str], None],
) -> Runtime:
    """Pack as `menkan.pack.runtime.pack` does, or from what the wheel carries."""
    if SHIPPED.is_dir():
        return _repack(SHIPPED, checkers, site, cache)
    return runtime.pack(checkers, site, requests, cache, *more)


def ship(packed: Runtime, target: Path = SHIPPED) -> None:
    """Put a packed runtime where the wheel takes it from."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(packed.folder, target, ignore=shutil.ignore_patterns("*.br", "*.gz"))


def _repack(shipped: Path, checkers: Path, site: Mapping[str, object], cache: Path) -> Runtime:
    """Exchange checkers and figures in a packed runtime; raises PackError for what is out of reach."""
    sources = runtime.read_checkers(checkers)
    manifest = json.loads(next(shipped.glob("manifest-*.json")).read_text(encoding="utf-8"))
    # Only the whole Python is sure to hold what compiling a source takes.
    manifest["files"] |= manifest.get("whole", {})
    app = _app(shipped / manifest["files"]["app.zip"]["path"], sources)
    text = json.dumps(site, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    own = {"app.zip": app, "site.json": text.encode()}
    folder = f"app-{digest(*own.values())}"
    for name, data in own.items():
        sha256 = hashlib.sha256(data).hexdigest()
        manifest["files"][name] = {"path": f"{folder}/{name}", "size": len(data), "sha256": sha256}
    told = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1).encode()
    name = f"manifest-{digest(told)}.json"
    target = cache / f"runtime-{digest(told)}"
    if not target.exists():
        work = target.with_name(f"{target.name}.part")
        shutil.rmtree(work, ignore_errors=True)
        for entries in (manifest["files"], manifest.get("whole", {})):
            for file, entry in entries.items():
                copy = work / entry["path"]
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(own.get(file) or (shipped / entry["path"]).read_bytes())
        (work / name).write_bytes(told)
        work.rename(target)
    return Runtime(target, name)


def _app(shipped: Path, sources: Mapping[str, bytes]) -> bytes:
    """The shipped archive with these checkers as sources instead of its own."""
    with zipfile.ZipFile(shipped) as archive:
        entries = {
            name: archive.read(name)
            for name in archive.namelist()
            if not name.startswith("checkers/") or name.startswith("checkers/__init__")
        }
    entries |= sources
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(entries):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), entries[name])
    return packed.getvalue()
