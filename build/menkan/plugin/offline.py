"""The service worker of a built site: the list of its files with their hashes, then the script."""

import hashlib
import json
import re
from pathlib import Path

__all__ = ["publish_service_worker"]

WEB = Path(__file__).resolve().parent.parent / "web"
NAME = "sw.js"
# Packed copies of other files, what only crawlers read, and what only developers do.
_NOT_KEPT = {".br", ".gz", ".xml", ".txt", ".map"}
# Guides of more bytes than this, as served without compression, are kept as they are read.
AHEAD = 30_000_000


def publish_service_worker(site: Path, *, on: bool) -> None:
    """Write `sw.js` into the folder of the built site, the last of its files.

    It stands at the root, since a service worker sees only what is below its own address. It keeps
    the whole site, but of a site with many guides only those that the reader opens. Not `on`, it is
    the one that takes an earlier one and what that kept out of readers' browsers.
    """
    if not on:
        (site / NAME).write_bytes((WEB / "sw-remove.js").read_bytes())
        return
    files = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != NAME and _kept(path.relative_to(site))
    }
    guides = [path for path in files if re.fullmatch(r"[^/]+/guides/[^/]+/index\.html", path)]
    later = guides if sum((site / path).stat().st_size for path in guides) > AHEAD else []
    text = (WEB / NAME).read_text(encoding="utf-8")
    lists = f"const FILES = {_json(files)};\nconst LATER = {_json(later)};\n"
    (site / NAME).write_text(lists + text, encoding="utf-8")


def _json(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def _kept(path: Path) -> bool:
    # The whole runtime is for the rare reader whom the small one fails; it is not kept ahead of need.
    return path.suffix not in _NOT_KEPT and not any(
        part.startswith("whole-") for part in path.parts
    )
