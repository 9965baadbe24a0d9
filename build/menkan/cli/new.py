"""`menkan new`: a record to fill in, drafted from a scraped copy."""

import hashlib
import sys
from pathlib import Path

import click

from menkan.clean import KEPT, NotText, clean_file, draft_record

__all__ = ["command"]


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when a record was drafted, 2 when nothing could be drawn from the copy.",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the draft here instead of to standard output; never over a file that exists.",
)
@click.option(
    "--quote",
    is_flag=True,
    help="Put the copy's lines into the draft as comments. They are other people's text: "
    "delete them before the record is shared.",
)
def command(file: Path, output: Path | None, quote: bool) -> None:
    """Draft a record from a scraped copy.

    Title, source and fingerprint are filled in, and one fact for every kept line that states a
    condition, a figure, a date or a step, with its line number and figures. Both languages are
    left to write; the build refuses the record until they are.
    """
    try:
        decisions = list(clean_file(file))
        sha = hashlib.sha256(file.read_bytes()).hexdigest()
    except NotText as error:
        _stop(f"{file}: {error}.\n  Save the page as text or HTML and draft from that file.")
    except OSError as error:
        _stop(
            f"{file}: cannot be read: {error.strerror}.\n  Give the path of a saved page: text or HTML."
        )
    if not any(one.label in KEPT for one in decisions):
        _stop(
            f"{file}: the cleaner keeps no line of it.\n  Look at its decisions with: menkan clean {file}"
        )
    text = draft_record(file.name, sha, decisions, quote=quote)
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as out:
            out.write(text)
    except FileExistsError:
        _stop(f"{output}: exists already.\n  Choose another name, or remove the file first.")
    except OSError as error:
        _stop(f"{output}: cannot be written: {error.strerror}.\n  Choose another --output.")


def _stop(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)
