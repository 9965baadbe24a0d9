"""`menkan init`: a new site with one worked example that builds and passes its tests."""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import click
from jinja2 import Environment, StrictUndefined

from menkan import __version__

__all__ = ["command", "write_site"]

# The copy that the example's record was written from; its fingerprint is in the record.
_COPY = """\
A shop may open a second storefront when its rating is at least 4.6 points.
The owner of the shop must be verified. Shops abroad are handled separately.
The first storefront must have been open for at least 3 months.
"""
_CODE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
# Languages that the example and the engine's own words are written in: code to its own name.
_WRITTEN = {"en": "English", "zh": "中文"}
_NAMES = {
    "de": "Deutsch", "es": "Español", "fr": "Français", "it": "Italiano", "ja": "日本語",
    "ko": "한국어", "nl": "Nederlands", "pl": "Polski", "pt": "Português", "ru": "Русский",
    "th": "ไทย", "vi": "Tiếng Việt",
}  # fmt: skip


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when the site is written, 2 when it cannot be.",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--languages",
    default="zh,en",
    show_default=True,
    metavar="CODE,CODE",
    help="Languages of the site, the one for all other readers first.",
)
def command(folder: Path, languages: str) -> None:
    """Write a new site into DIR: a record, a checker, its cases, a CI file.

    DIR must not exist yet, or be empty. Languages that the engine has no words for get the English
    ones to translate, in docs/messages/.
    """
    codes = [code.strip() for code in languages.split(",")]
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong or len(set(codes)) != len(codes):
        shown = wrong[0] if wrong else languages
        _stop(f"--languages: “{shown}” will not do.\n  Give language codes once each: de,fr")
    if folder.exists() and any(folder.iterdir()):
        _stop(f"{folder} is not empty.\n  Name a folder that does not exist yet.")
    written = write_site(folder, codes)
    borrowed = [code for code in codes if code not in _WRITTEN]
    click.echo(f"{len(written)} files written to {folder}.", err=True)
    if borrowed:
        click.echo(f"Translate docs/messages/ and the texts in {', '.join(borrowed)}.", err=True)
    click.echo(f"Next: cd {folder} && mkdocs serve", err=True)


def write_site(folder: Path, codes: list[str]) -> list[Path]:
    """Write the example in these languages; return the files, relative to `folder`."""
    borrowed = [code for code in codes if code not in _WRITTEN]

    def text(en: str, zh: str) -> str:
        """A text in every language of the site, as YAML."""
        words = {"en": en, "zh": zh}
        return json.dumps({code: words.get(code, en) for code in codes}, ensure_ascii=False)

    values: dict[str, object] = {
        "t": text,
        "version": __version__,
        "codes": ", ".join(codes),
        "borrowed": ", ".join(borrowed),
        "languages": [(code, _name(code), _theme(code)) for code in codes],
        "prune": False,
        "sha": hashlib.sha256(_COPY.encode()).hexdigest(),
    }
    out: dict[str, str] = {}
    for path, source in _sources(files("menkan.cli") / "template"):
        if path == "docs/index.md.j2":
            for code in codes:
                chosen = values | {"s": lambda en, zh, code=code: zh if code == "zh" else en}
                out[f"docs/index.{code}.md"] = _filled(source, chosen)
        elif path.endswith(".j2"):
            out[path.removesuffix(".j2")] = _filled(source, values)
        else:
            out[path.replace("gitignore", ".gitignore")] = source
    for code in borrowed:
        out |= _messages(code)
    for path, content in out.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    return [Path(path) for path in out]


def _sources(folder: Traversable, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _sources(entry, f"{before}{entry.name}/")
        elif entry.is_file():
            yield f"{before}{entry.name}", entry.read_text(encoding="utf-8")


def _filled(source: str, values: dict[str, object]) -> str:
    environment = Environment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - what is written is no HTML
        comment_start_string="<#",
        comment_end_string="#>",
    )
    return environment.from_string(source).render(values)


def _messages(code: str) -> dict[str, str]:
    """The engine's English words under another language's name, to be translated."""
    name = _name(code)
    guides = (files("menkan.guides") / "messages" / "en.yml").read_text(encoding="utf-8")
    guides = re.sub(
        r"^#.*\n", "# The engine's English words. Translate them; keep the keys.\n", guides
    )
    guides = guides.replace("name: English", f"name: {name}").replace("tag: en,", f"tag: {code},")
    page = (files("menkan") / "web" / "messages.en.json").read_text(encoding="utf-8")
    return {f"docs/messages/{code}.yml": guides, f"docs/messages/{code}.json": page}


def _name(code: str) -> str:
    return _WRITTEN.get(code) or _NAMES.get(code.partition("-")[0], code)


def _theme(code: str) -> str:
    """The theme's language: the code where the theme speaks it, else English."""
    languages = files("material") / "templates" / "partials" / "languages"
    return code if (languages / f"{code}.html").is_file() else "en"


def _stop(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)
