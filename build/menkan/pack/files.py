"""Files of the pack: read, zipped the same way every time, named by their hash, made once."""

import gzip
import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import brotli

__all__ = ["compress", "digest", "once", "read_all", "write_zip"]


def digest(*parts: str | bytes) -> str:
    """The first twelve hexadecimal digits of a hash over all parts and their lengths."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()[:12]


def read_all(folder: Path, inside: str) -> dict[str, bytes]:
    """Path inside an archive -> source, of every Python file below `folder`, sorted."""
    return {
        str(PurePosixPath(inside) / path.relative_to(folder).as_posix()): path.read_bytes()
        for path in sorted(folder.rglob("*.py"))
    }


def write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip that depends on nothing but the files: in order, stored, dated 1980."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)


def compress(source: Path, store: Path) -> dict[str, Path]:
    """The file at brotli's and gzip's best, by suffix; made once for equal content, kept in `store`."""
    data = source.read_bytes()
    name = hashlib.sha256(data).hexdigest()
    found = {}
    for suffix, squeeze in ((".br", brotli.compress), (".gz", _gzip)):
        found[suffix] = store / f"{name}{suffix}"
        if not found[suffix].exists():
            store.mkdir(parents=True, exist_ok=True)
            partial = store / f"{name}{suffix}.part-{os.getpid()}"
            partial.write_bytes(squeeze(data))
            partial.replace(found[suffix])
    return found


def once(target: Path, make: Callable[[Path], None]) -> Path:
    """Fill the folder `target` by `make(folder)` unless it is there; it appears only when whole."""
    if target.exists():
        return target
    partial = target.with_name(f"{target.name}.part-{os.getpid()}")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        make(partial)
        try:
            partial.rename(target)
        except OSError:
            if not target.exists():  # else another process was first, with the same content
                raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return target


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)
