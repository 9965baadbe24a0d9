"""`menkan clean`: decisions on the lines of scraped copies, as data or for people."""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import IO

import click

from menkan.clean import NotText, clean_file

__all__ = ["command"]

# A file, and its decisions as JSON lines or why it cannot be cleaned.
_Result = tuple[Path, IO[str] | str]


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when every file was read, 2 when one was not.",
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines: one object per input line.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write a self-contained page that shows every decision.",
)
@click.option(
    "--jobs",
    "-j",
    metavar="N",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Clean this many files at a time; results keep the order of the files.",
)
def command(files: tuple[Path, ...], as_json: bool, page: Path | None, jobs: int) -> None:
    """Keep the lines of scraped copies that carry content, with a reason for every line.

    FILE is text or HTML in any usual encoding. With one FILE, --json prints exactly one object per
    input line: line, label, keep, text, reason, flags. With several, each object starts with a
    "file" key, and a line numbers within its file. A file that cannot be read is reported on
    standard error and the rest is done; the exit status is then 2.
    """
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    failed = 0
    with ExitStack() as stack:
        write = _writer(stack, as_json, page, [str(file) for file in files])
        for path, found in _results(stack, files, jobs):
            if isinstance(found, str):
                failed += 1
                click.echo(found, err=True)
            else:
                write(path, found)
    if failed:
        sys.exit(2)


def _results(stack: ExitStack, files: tuple[Path, ...], jobs: int) -> Iterator[_Result]:
    """Yield (path, open JSON lines or an error) in the order of the files."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="menkan-clean-")))
    todo = [(str(path), str(folder / str(number))) for number, path in enumerate(files)]
    if jobs == 1 or len(files) == 1:
        done: Iterator[str | None] = (_clean_to(*one) for one in todo)
    else:
        pool = stack.enter_context(ProcessPoolExecutor(min(jobs, len(files))))
        done = pool.map(
            _clean_to, *zip(*todo, strict=True), chunksize=max(1, len(todo) // (jobs * 16))
        )
    for path, (_, spool), error in zip(
        files, todo, _with_progress(stack, done, len(files)), strict=True
    ):
        if error:
            yield path, error
            continue
        with Path(spool).open(encoding="utf-8") as lines:
            yield path, lines
        Path(spool).unlink()


def _clean_to(path: str, spool: str) -> str | None:
    """Clean one file into a file of JSON lines; tell what went wrong, if anything did."""
    try:
        with Path(spool).open("w", encoding="utf-8") as out:
            for decision in clean_file(path):
                out.write(json.dumps(decision.to_json(), ensure_ascii=False))
                out.write("\n")
    except FileNotFoundError:
        return f"{path}: there is no such file.\n  Give the path of a saved page: text or HTML."
    except IsADirectoryError:
        return f"{path}: is a directory.\n  Name the files in it, for example {path}/*.txt."
    except NotText as error:
        return f"{path}: {error}.\n  Save the page as text or HTML and clean that file."
    except OSError as error:
        return (
            f"{path}: cannot be read: {error.strerror or error}.\n  Check the file and its rights."
        )
    return None


def _with_progress(
    stack: ExitStack, done: Iterator[str | None], total: int
) -> Iterator[str | None]:
    """Pass results on, under a progress bar when a person is watching standard error."""
    if total < 2 or not sys.stderr.isatty():
        yield from done
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    bar = stack.enter_context(
        Progress(
            TextColumn("cleaning"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            # Standard output carries data; the bar must not take it for its own.
            redirect_stdout=False,
            redirect_stderr=False,
            transient=True,
        )
    )
    task = bar.add_task("clean", total=total)
    for one in done:
        yield one
        bar.advance(task)


def _writer(
    stack: ExitStack, as_json: bool, page: Path | None, names: list[str]
) -> Callable[[Path, IO[str]], None]:
    """Give the function that writes one file's JSON lines where the options want them."""
    sinks: list[Callable[[Path, IO[str]], None]] = []
    if as_json:
        sinks.append(_json_sink(len(names) > 1))
    if page:
        from menkan.clean.page_report import PageReport

        try:
            out = stack.enter_context(page.open("w", encoding="utf-8"))
        except OSError as error:
            click.echo(
                f"{page}: cannot be written: {error.strerror}.\n  Choose another --html FILE.",
                err=True,
            )
            sys.exit(2)
        report = stack.enter_context(PageReport(out, names))
        sinks.append(report.add)
    if not sinks:
        from menkan.clean.terminal_report import print_report

        sinks.append(print_report)

    def write(path: Path, lines: IO[str]) -> None:
        for number, sink in enumerate(sinks):
            if number:
                lines.seek(0)
            sink(path, lines)

    return write


def _json_sink(several: bool) -> Callable[[Path, IO[str]], None]:
    def sink(path: Path, lines: IO[str]) -> None:
        if not several:
            shutil.copyfileobj(lines, sys.stdout)
            return
        start = '{"file": ' + json.dumps(str(path), ensure_ascii=False) + ", "
        for line in lines:
            sys.stdout.write(start + line[1:])

    return sink
