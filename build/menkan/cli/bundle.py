"""`menkan bundle`: one guide with its checkers as a single file that works without any server."""

import base64
import gzip
import json
import mimetypes
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

import click
from jinja2 import Environment, PackageLoader, StrictUndefined

from menkan import guides
from menkan.facts import RecordErrors
from menkan.pack import PackError, Runtime, pack, tools
from menkan.pack.small import HERE as PACK
from menkan.pack.small import join_scripts
from menkan.plugin.mistakes import check_options
from menkan.plugin.policy import with_policy
from menkan.plugin.web import WEB
from menkan.site import Site

__all__ = ["command"]

# What python-markdown needs to render a guide; the site's own list may hold more.
_EXTENSIONS = ["admonition", "attr_list", "footnotes", "md_in_html", "tables", "toc"]


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when the file is written, 2 when it cannot be made.",
)
@click.argument("guide")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where the page goes.",
)
@click.option("--lang", metavar="CODE", help="Language of the page; the site's first without it.")
@click.option(
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default=".",
    show_default=True,
    help="The site's folder.",
)
def command(guide: str, output: Path, lang: str | None, root: Path | str) -> None:
    """Write one GUIDE with its checkers as a single HTML file that answers from file://."""
    try:
        if mistakes := check_options(Path(root)):
            raise RecordErrors(mistakes)
        site = Site.load(root)
        text = bundle(
            site, guide, lang or site.languages[0], Path(root).resolve() / ".cache" / "pack", _say
        )
    except (LookupError, OSError, RecordErrors, PackError, tools.ToolError) as problem:
        click.echo(problem.args[0] if isinstance(problem, LookupError) else str(problem), err=True)
        sys.exit(2)
    partial = output.with_name(f"{output.name}.part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(output)
    _say(f"{output}: {len(text.encode()) / 1e6:.1f} MB")


def bundle(
    site: Site,
    guide: str,
    lang: str,
    cache: Path,
    say: Callable[[str], None] = lambda text: None,
) -> str:
    """The page as HTML; raises LookupError naming the guides or languages there are, and PackError."""
    asked: tuple[tuple[str, Collection[str], str], ...] = (
        (guide, site.records, "guide"),
        (lang, site.languages, "language"),
    )
    for word, known, what in asked:
        if word not in known:
            raise LookupError(f"There is no {what} {word!r}.\n  There are: {', '.join(known)}.")
    only = {name: site.checkers[name] for name in (guide,) if name in site.checkers}
    requests = [
        json.dumps({"checker": checker.slug, "answers": {}})
        for checkers in only.values()
        for checker in checkers
    ]
    runtime = pack(site.root / "checkers", site.figures(), requests, cache, say)
    words = guides.web_messages(lang, site.root / "docs" / "messages")
    files = {
        f"web/table.{lang}.json": _json(words.pop("table")),
        f"web/messages.{lang}.json": _json(words),
        **_runtime_files(runtime),
    }
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "script.js"
        modules = tools.npm_packages(PACK / "npm", cache, say)
        # A closing tag inside a script would end it.
        join_scripts(modules, WEB / "one-file.js", out)
        script = out.read_text(encoding="utf-8").replace("</script", "<\\/script")
    page = (
        _templates()
        .get_template("bundle.html.j2")
        .render(
            lang=lang,
            title=site.records[guide].guide.title[lang],
            style=(WEB / "style.css").read_text(encoding="utf-8"),
            body=_body(site, guide, lang),
            files=[_packed(name, data) for name, data in files.items()],
            script=script,
        )
    )
    return with_policy(page)


def _runtime_files(runtime: Runtime) -> dict[str, bytes]:
    """The manifest and the small runtime; the whole one is left out, which a page then tells."""
    manifest = json.loads(runtime.manifest_text())
    paths = [item["path"] for item in manifest["files"].values()]
    files = {path: (runtime.folder / path).read_bytes() for path in paths}
    return {"web/manifest.json": runtime.manifest_text(), **files}


def _packed(name: str, data: bytes) -> dict[str, str]:
    kind = "application/wasm" if name.endswith(".wasm") else mimetypes.guess_type(name)[0]
    text = base64.b64encode(gzip.compress(data, 9, mtime=0)).decode()
    return {"name": name, "type": kind or "application/octet-stream", "data": text}


def _body(site: Site, guide: str, lang: str) -> str:
    import markdown

    text = guides.render(site, lang)[f"guides/{guide}.md"]
    if text.startswith("---\n"):
        text = text.split("\n---\n", 1)[1]
    return str(markdown.markdown(text, extensions=_EXTENSIONS))


def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("menkan.cli", ""),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - the parts are HTML already
    )


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _say(text: str) -> None:
    click.echo(text, err=True)
