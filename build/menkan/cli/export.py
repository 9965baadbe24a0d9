"""`menkan export`: the site as plain Markdown that other builders take, one project per language."""

import shutil
import sys
from pathlib import Path
from tempfile import mkdtemp

import click

from menkan.facts import RecordErrors
from menkan.pack import PackError
from menkan.pack.tools import ToolError
from menkan.plugin.export import ExportError, export
from menkan.plugin.site import swap

__all__ = ["command"]

# Stands in a folder that this command wrote, and that it may therefore write anew.
_MARK = ".menkan-export"


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when DIR is written, 2 when the site has mistakes or DIR is not to be touched.",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--root",
    default=".",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The site's folder.",
)
def command(folder: Path, root: Path) -> None:
    """Write the site into DIR for ProperDocs, Zensical or MkDocs with Material.

    Each language becomes DIR/<code>/ with mkdocs.yml and docs/: guides and pages in plain Markdown,
    with scripts and the browser's runtime, so that checkers answer there too. No plugin of ours is
    needed. DIR appears whole or not at all; one that holds anything else is left alone.
    """
    shown, folder = folder, folder.absolute()
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).is_file():
        click.echo(
            f"{folder} holds what `menkan export` did not write.\n"
            "  Name an empty folder, one that does not exist yet, or an earlier export.",
            err=True,
        )
        sys.exit(2)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        codes = export(root.absolute(), work, _say)
        (work / _MARK).write_text("Written by `menkan export`; it may be written anew.\n")
        work.chmod(0o755)
        swap(work, folder, work.with_name(f"{work.name}.old"))
    except (ExportError, RecordErrors, PackError, ToolError, OSError) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    for code in codes:
        click.echo(shown / code / "mkdocs.yml")


def _say(text: str) -> None:
    """Tell a person of steps that take seconds; a script is told of results alone."""
    if sys.stderr.isatty():
        click.echo(text, err=True)
