"""The service worker of a built site: the list of its files with their hashes, then the script."""

import hashlib
import json
from pathlib import Path

__all__ = ["publish_service_worker"]

WEB = Path(__file__).resolve().parent.parent / "web"
NAME = "sw.js"
# Packed copies of other files, and what only crawlers read.
_NOT_KEPT = {".br", ".gz", ".xml", ".txt"}


def publish_service_worker(site: Path, *, on: bool) -> None:
    """Write `sw.js` into the folder of the built site, the last of its files.

    It stands at the root, since a service worker sees only what is below its own address. Not
    `on`, it is the one that takes an earlier one and what that kept out of readers' browsers.
    """
    if not on:
        (site / NAME).write_bytes((WEB / "sw-remove.js").read_bytes())
        return
    files = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != NAME and _kept(path.relative_to(site))
    }
    listed = json.dumps(files, separators=(",", ":"), ensure_ascii=False)
    text = (WEB / NAME).read_text(encoding="utf-8")
    (site / NAME).write_text(f"const FILES = {listed};\n{text}", encoding="utf-8")


def _kept(path: Path) -> bool:
    # The whole runtime is for the rare reader whom the small one fails; it is not kept ahead of need.
    return path.suffix not in _NOT_KEPT and not any(
        part.startswith("whole-") for part in path.parts
    )
