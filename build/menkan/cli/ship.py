"""`menkan ship`: put the packed runtime into the engine, before its wheel is built."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from menkan.cli.init import write_site
from menkan.pack import PackError, prebuilt, runtime
from menkan.pack.tools import ToolError
from menkan.site import Site

__all__ = ["command"]


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when the runtime is in place, 1 when it could not be packed.",
)
@click.option(
    "--cache",
    default=".cache",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where downloaded and packed parts are kept.",
)
def command(cache: Path) -> None:
    """Pack the browser's runtime with the example of `menkan init` and put it into the engine.

    A wheel built afterwards carries it, so that sites made with that wheel need no Node and no
    network. Needs the extra `pack`.
    """
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_site(root, ["en"])
        site = Site.load(root)
        requests = [
            json.dumps({"checker": checker.slug, "answers": {}})
            for checkers in site.checkers.values()
            for checker in checkers
        ]
        try:
            packed = runtime.pack(
                root / "checkers", site.figures(), requests, cache.resolve() / "pack"
            )
        except (PackError, ToolError) as error:
            click.echo(str(error), err=True)
            sys.exit(1)
    prebuilt.ship(packed)
    size = sum(path.stat().st_size for path in prebuilt.SHIPPED.rglob("*") if path.is_file())
    click.echo(f"{size / 1e6:.1f} MB put into {prebuilt.SHIPPED}.", err=True)
