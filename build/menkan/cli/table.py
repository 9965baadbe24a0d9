"""`menkan check SLUG --table`: every row of a file, with counts and a summary at the end.

Which column answers which question is found by the inputs' names and their labels in every
language of the site, or told with --map. Data goes to the file or to standard output, everything
else to standard error.
"""

import unicodedata
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from menkan.batch import Kernel, SiteChecker, TableError, yes_no_words
from menkan.batch.files import Writer, open_source
from menkan.batch.report import write_report
from menkan.batch.running import run
from menkan.batch.summary import Summary, share

__all__ = ["check_table"]

# What to install for an engine, by the module that is missing without it.
_INSTALL = {
    "duckdb": "pip install duckdb pyarrow",
    "dask": "pip install 'dask[dataframe,distributed]'",
    "distributed": "pip install 'dask[dataframe,distributed]'",
    "pandas": "pip install 'dask[dataframe,distributed]'",
    "pyspark": "pip install pyspark pyarrow",
    "pyarrow": "pip install pyarrow",
}


def check_table(
    checker: SiteChecker,
    answers: Mapping[str, object],
    lang: str,
    table: str,
    output: str,
    engine: str = "polars",
    address: str | None = None,
    mapping: tuple[str, ...] = (),
    strict: bool = False,
    reasons: bool = False,
    report: str | None = None,
) -> int:
    """Judge a file; gives the exit code. `answers` hold for every row where no column answers.

    Raises `TableError`, with what to do, and then nothing is written.
    """
    console = Console(stderr=True, highlight=False)
    if report and find_spec("matplotlib") is None:
        raise TableError("--report needs Matplotlib.\n  Run pip install matplotlib.")
    with open_source(table) as source:
        present = source.columns()
        columns = _columns(checker, present, mapping)
        given = {name: answer for name, answer in answers.items() if name not in columns}
        kernel = Kernel(
            checker.bound,
            {
                name: columns.get(name, name)
                for name in checker.bound.space.inputs
                if name in columns
            },
            given,
            text=True,
            words=_words(checker),
            reasons=checker.wordlist(lang) if reasons else None,
        )
        kernel.check(present)
        summary = Summary(kernel)
        try:
            with (
                Writer(output, source.form, source.marked) as writer,
                _progress(console, source.rows) as advance,
            ):
                for frame, judged in run(source, kernel, engine, address):
                    writer.write(frame, judged)
                    summary.add(frame, judged)
                    advance(judged.height)
        except ModuleNotFoundError as problem:
            what = _INSTALL.get(problem.name or "", f"pip install {problem.name}")
            raise TableError(f"{engine} is not installed here.\n  Run {what}.") from None
    _tell(console, checker, summary, lang)
    if report:
        write_report(report, checker, summary, lang)
    return 2 if strict and summary.errors else 0


def _columns(checker: SiteChecker, present: list[str], mapping: tuple[str, ...]) -> dict[str, str]:
    """Say which column answers which input: as told, by name, or by label."""
    inputs = checker.bound.space.inputs
    columns = {}
    for pair in mapping:
        theirs, equals, ours = pair.rpartition("=")
        if not equals or ours not in inputs:
            raise TableError(
                f"--map {pair}: there is no input {ours!r}.\n"
                f"  Write THEIRS=OURS, with one of: {', '.join(inputs)}."
            )
        if theirs not in present:
            raise TableError(
                f"--map {pair}: there is no column {theirs!r}.\n"
                f"  The columns are: {', '.join(present)}."
            )
        columns[ours] = theirs
    titles: dict[str, str] = {}
    for title in present:
        titles.setdefault(_same(title), title)
    for name in inputs:
        labels = [checker.label("inputs", name, lang) for lang in checker.site.languages]
        for title in (name, *labels):
            if _same(title) in titles:
                columns.setdefault(name, titles[_same(title)])
    return columns


def _same(title: str) -> str:
    return unicodedata.normalize("NFKC", title).strip().casefold()


def _words(checker: SiteChecker) -> dict[str, dict[str, str]]:
    """Give the words a table may use for answers, besides the answers themselves."""
    words = {}
    for name, one in checker.bound.space.inputs.items():
        if one.kind == "bool":
            words[name] = yes_no_words()
        elif one.choices:
            words[name] = checker.choice_words(name)
    return words


def _progress(console: Console, rows: int) -> AbstractContextManager[Callable[[int], None]]:
    if not console.is_terminal:
        return nullcontext(lambda done: None)
    progress = Progress(
        TextColumn("{task.percentage:3.0f} %"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
    return _Shown(progress, rows)


class _Shown:
    """A progress bar as a context that gives what moves it on."""

    def __init__(self, progress: Progress, rows: int):
        self.progress = progress
        self.rows = rows

    def __enter__(self) -> Callable[[int], None]:
        self.progress.start()
        task = self.progress.add_task("", total=self.rows)
        return lambda done: self.progress.advance(task, done)

    def __exit__(self, *problem: object) -> None:
        self.progress.stop()


def _tell(console: Console, checker: SiteChecker, summary: Summary, lang: str) -> None:
    """Print the summary to standard error."""
    say = checker.phrases(lang)
    console.print(f"[bold]{checker.question(lang)}[/]")
    console.print(say["rows"].format(f"{summary.rows:,}"))
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    yes, no = ("yellow", "default") if checker.notice else ("green", "red")
    for verdict, style in (("eligible", yes), ("not_eligible", no), ("undetermined", "yellow")):
        number = summary.verdicts[verdict]
        table.add_row(f"[{style}]{say[verdict]}[/]", f"{number:,}", share(number, summary.rows))
    if summary.errors:
        table.add_row(say["errors"], f"{summary.errors:,}", share(summary.errors, summary.rows))
    for title, counts, kind in (
        ("failed", summary.failed, "rules"),
        ("needed", summary.needed, "inputs"),
    ):
        told = [(name, number) for name, number in counts.most_common() if number]
        if told:
            table.add_row("", "", "")
            table.add_row(f"[bold]{say[title]}[/]", "", "")
        for name, number in told:
            table.add_row(
                checker.label(kind, name, lang), f"{number:,}", share(number, summary.rows)
            )
    console.print(table)
    if summary.first_error:
        console.print(say["first_error"].format(summary.first_error), markup=False, soft_wrap=True)
