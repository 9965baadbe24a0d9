"""The page's scripts and styles in one folder named by their hash, so that no release mixes."""

import hashlib
import shutil
from pathlib import Path

__all__ = ["publish_web"]

WEB = Path(__file__).resolve().parent.parent / "web"
# Packed with Python into the worker's one script.
_PACKED = {"python.js", "worker.js"}


def publish_web(target: Path, manifest: bytes) -> str:
    """Copy `menkan/web` and the runtime's manifest into `target/web-<hash>`; returns that name."""
    files = {
        path.name: path.read_bytes() for path in sorted(WEB.iterdir()) if path.name not in _PACKED
    }
    files["manifest.json"] = manifest
    whole = hashlib.sha256()
    for name, data in sorted(files.items()):
        whole.update(f"{name}\0{len(data)}\0".encode() + data)
    folder = target / f"web-{whole.hexdigest()[:12]}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder.name
