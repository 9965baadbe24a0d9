"""The page's scripts and styles in one folder named by their hash, so that no release mixes."""

import json
import shutil
from pathlib import Path

from menkan import guides
from menkan.pack import minified
from menkan.pack.files import digest
from menkan.site import Site

__all__ = ["publish_web"]

WEB = Path(__file__).resolve().parent.parent / "web"
# Published elsewhere: packed with Python into the worker's one script, or beside the site's root page.
_ELSEWHERE = {"one-file.js", "python.js", "worker.js", "sw.js", "sw-remove.js"}


def publish_web(
    target: Path, site: Site, manifest: bytes, *, offline: bool, cache: Path | None
) -> str:
    """Write `target/web-<hash>`: scripts, styles, messages, forms and the manifest; return its name.

    Without `offline` the script that would register the service worker is empty. With `cache`, where
    such things are kept, scripts and styles are minified; raises ToolError where they cannot be.

    `target/embed.js` is the one address that never changes: other sites' pages load it, and it
    loads the scripts of the present release.
    """
    files = {
        path.name: path.read_bytes()
        for path in sorted(WEB.iterdir())
        if path.is_file() and not path.name.startswith("messages.") and path.name not in _ELSEWHERE
    }
    files["manifest.json"] = manifest
    if not offline:
        files["offline.js"] = b""
    for language in site.languages:
        words = guides.web_messages(language, site.root / "docs" / "messages")
        # The words of the table of shops are fetched with its script, when somebody opens it.
        files[f"table.{language}.json"] = _json(words.pop("table"))
        files[f"messages.{language}.json"] = _json(words)
        for guide_id, checkers in site.checkers.items():
            for checker in checkers:
                form = guides.render_checker(site, guide_id, checker.slug, language)
                files[f"forms/{checker.slug}.{language}.html"] = form.encode()
    if cache:
        files = minified(files, cache)
    folder = (
        target / f"web-{digest(*(part for name in sorted(files) for part in (name, files[name])))}"
    )
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "forms").mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (target / "embed.js").write_text(f'import "./{folder.name}/checker.js";\n', encoding="utf-8")
    return folder.name


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
