"""A site for other builders: each language as plain Markdown with a settings file of its own.

What this plugin does while MkDocs builds is done here once, in files: guides are rendered, pages take
their language's name, lists are filled in, scripts, forms and the browser's runtime lie among the
pages. Any builder that knows Material's settings makes a site of it, with checkers that answer.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError

from menkan import guides
from menkan.pack import pack as pack_anew
from menkan.pack.prebuilt import pack
from menkan.plugin.config import Language, MenkanConfig
from menkan.plugin.language import own_path
from menkan.plugin.reference import with_reference
from menkan.plugin.site import MenkanPlugin, navigation, requests
from menkan.plugin.web import publish_web
from menkan.site import Site

__all__ = ["ExportError", "export"]

_STYLES = ("style.css", "site.css")
_SCRIPTS = ("checker.js", "filter.js")
# What the pages are written with; a site's own list may hold what another builder has not.
_EXTENSIONS: list[Any] = [
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "tables",
    {"toc": {"permalink": True, "toc_depth": 3}},
]


class ExportError(Exception):
    """The site cannot be exported; the message says why, and what to do."""


def export(root: Path, target: Path, say: Callable[[str], None]) -> list[str]:
    """Write the site below `root` into the folder `target`: one project per language; name them.

    `say` is told of steps that take seconds. Raises ExportError, RecordErrors, PackError, ToolError.
    """
    config, options = _settings(root / "mkdocs.yml")
    codes = [language.code for language in options.languages]
    site = Site.load(root, languages=codes)
    make = pack_anew if options.pack else pack
    cache = root / options.cache / "pack"
    runtime = make(root / "checkers", site.figures(), requests(site), cache, say)
    for language in options.languages:
        say(f"writing {language.code}")
        docs = target / language.code / "docs"
        _copy_pages(Path(config.docs_dir), docs, site, language.code, codes)
        shared = docs / "menkan"
        runtime.publish(shared, compressed=False)
        manifest = runtime.manifest_text()
        web = publish_web(shared, site, manifest, offline=False, cache=None)
        (shared / "embed.js").unlink()  # the address for other sites' pages is the live site's
        for name, text in guides.open_data(site, language.code).items():
            (docs / name).write_text(text, encoding="utf-8")
        settings = _mkdocs_yml(config, options, language, site, f"menkan/{web}")
        (target / language.code / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return codes


def _settings(file: Path) -> tuple[MkDocsConfig, MenkanConfig]:
    if not file.is_file():
        raise ExportError(f"There is no {file}.\n  Go to a site, or give --root.")
    try:
        config = load_config(config_file=str(file))
    except ConfigurationError as problem:
        raise ExportError(f"{file} cannot be read: {problem}.\n  Mend it.") from None
    plugin = config.plugins.get("menkan")
    if not isinstance(plugin, MenkanPlugin):
        raise ExportError(f"{file} does not use the menkan plugin.\n  List it under plugins.")
    return config, plugin.config


def _copy_pages(source: Path, docs: Path, site: Site, code: str, codes: list[str]) -> None:
    """Write one language's pages, and every asset."""
    pages = guides.render(site, code)
    if site.checkers:
        pages["checkers.md"] = guides.checker_list(site, code)
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        path = file.relative_to(source).as_posix()
        if path.endswith(".md"):
            own = own_path(path, code, codes)
            if own is not None:  # a page written by hand stands for the generated one
                pages[own] = file.read_text(encoding="utf-8")
        elif not path.startswith("facts/") and not path.endswith(".yml"):
            (docs / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, docs / path)
    for path, text in pages.items():
        below = Path(path).with_suffix("")
        address = below.parent if below.name == "index" else below
        try:
            text = with_reference(text, site, code, "../" * len(address.parts))
            text = guides.with_blocks(text, site, code, "../" * path.count("/"))
        except LookupError as problem:
            raise ExportError(f"docs/{path}: {problem}") from None
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8")


def _mkdocs_yml(
    config: MkDocsConfig, options: MenkanConfig, language: Language, site: Site, web: str
) -> str:
    """The settings of one language: Material, its search, and nothing of ours but files."""
    theme: dict[str, Any] = {
        "name": "material",
        "language": language.theme or language.code,
        "font": False,
        # Instant navigation needs the address a site is published at.
        "features": [
            one for one in config.theme.get("features", []) if "navigation.instant" not in one
        ],
    }
    theme |= {
        key: config.theme[key] for key in ("logo", "favicon", "palette") if key in config.theme
    }
    settings = {
        "site_name": language.site_name or config.site_name,
        "docs_dir": "docs",
        "site_dir": "site",
        "use_directory_urls": True,
        "theme": theme,
        "plugins": ["search"],
        "markdown_extensions": _EXTENSIONS,
        "extra_css": [f"{web}/{name}" for name in _STYLES],
        "extra_javascript": [{"path": f"{web}/{name}", "type": "module"} for name in _SCRIPTS],
        "nav": navigation(site, language.code, options),
    }
    # By way of JSON: no anchors, and only what every reader of YAML knows.
    plain = json.loads(json.dumps(settings, default=str))
    text: str = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=100)
    return f"# Written by `menkan export`: plain Markdown, for any builder that reads these settings.\n{text}"
