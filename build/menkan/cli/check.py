"""`menkan check`: one verdict on the command line, from the site's records and checkers.

Data goes to standard output, messages to standard error; bad input ends with code 2. The words
are those of the records, so the command says what the page says.
"""

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from menkan.facts import InputWords, Record, RecordErrors
from menkan.guides import wording
from menkan.rules import (
    BoundChecker,
    Checker,
    CheckerError,
    FigureError,
    Input,
    InputError,
    InputErrors,
    verdict_text,
)
from menkan.rules.door import load_answers
from menkan.site import Site

from .report import Report

__all__ = ["command"]


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when judged, 2 for input that cannot be used, and under "
    "--strict for a row that cannot.",
)
@click.argument("slug", required=False)
@click.option("--answers", metavar="JSON|@FILE|-", help="Answers as a JSON object.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON.")
@click.option("--lang", metavar="CODE", help="Language of the text: one of the site's.")
@click.option("--list", "listing", is_flag=True, help="List every checker with its question.")
@click.option("--on", metavar="DATE", help="Use the figures in force on that day.")
@click.option("--table", metavar="FILE|-", help="Judge every row of a CSV, JSON Lines or Parquet.")
@click.option("-o", "--output", metavar="FILE|-", help="Where the judged table goes.")
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "dask", "pyspark"]),
    default="polars",
    show_default=True,
    help="What judges the table.",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="A Dask scheduler or Spark master; else one is started here.",
)
@click.option("--map", "mapping", metavar="THEIRS=OURS", multiple=True, help="A column's input.")
@click.option("--strict", is_flag=True, help="End with code 2 when a row could not be judged.")
@click.option("--reasons", is_flag=True, help="Add a column of reasons in words.")
@click.option("--report", metavar="FILE.html", help="Write a report with charts.")
@click.option(
    "--root",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The site's folder; without it, the nearest above that is one.",
)
def command(
    slug: str | None,
    answers: str | None,
    as_json: bool,
    lang: str | None,
    listing: bool,
    on: str | None,
    root: Path | None,
    **table: Any,
) -> None:
    """Answer one checker's questions and print the verdict.

    Without --answers, on a terminal, the questions that still matter are asked one by one. With
    --table every row of a file is judged, and --answers are those that hold for all rows.
    """
    try:
        site = _Site(root or _nearest_root(), lang)
        if listing:
            site.list(as_json)
        elif slug is None:
            raise _Refusal("No checker is named.\n  Name one; `menkan check --list` shows all.")
        elif table["table"]:
            sys.exit(_check_table(site, slug, answers, on, **table))
        else:
            _check(site, slug, answers, as_json, on)
    except (_Refusal, RecordErrors, CheckerError, FigureError, InputErrors) as problem:
        click.echo(str(problem), err=True)
        sys.exit(2)


class _Refusal(Exception):
    """Input that cannot be used: what was seen, and what to do."""


class _Site:
    """The records and checkers below a folder, and words in one language."""

    def __init__(self, root: Path, lang: str | None):
        try:
            site = Site.load(root)
        except OSError as problem:
            raise _Refusal(f"{root} is no site: {problem}.\n  Give a site's folder.") from None
        self.site = site
        self.words = wording(site, _language(site, lang))
        self.phrases = self.words["report"]
        self.checkers = {
            checker.slug: (site.records[guide], checker)
            for guide, checkers in site.checkers.items()
            for checker in checkers
        }

    def question(self, slug: str) -> str:
        record, _ = self.checkers[slug]
        return self.words.text(record.checkers[slug].question, record)

    def list(self, as_json: bool) -> None:
        from json import dumps

        for slug in sorted(self.checkers):
            question = self.question(slug)
            if as_json:
                click.echo(dumps({"checker": slug, "question": question}, ensure_ascii=False))
            else:
                click.echo(f"{slug}\n    {question}")

    def find(self, slug: str) -> tuple[Record, Checker]:
        if slug in self.checkers:
            return self.checkers[slug]
        from difflib import get_close_matches

        near = ", ".join(get_close_matches(slug, self.checkers, n=3, cutoff=0.4))
        hint = f"Did you mean {near}? " if near else ""
        raise _Refusal(
            f"There is no checker {slug[:60]!r}.\n  {hint}`menkan check --list` shows all."
        )


def _check(site: _Site, slug: str, text: str | None, as_json: bool, on: str | None) -> None:
    record, checker = site.find(slug)
    bound = checker.bind(record.figures(), as_of=record.as_of, on=_day(on))
    defaults = {one.name: _default(one) for one in checker.inputs if one.default}
    if text is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise _Refusal("There are no answers.\n  Give --answers JSON, --answers @FILE or -.")
    answers = _ask(site, record, bound, defaults) if text is None else _parse(text)
    answers = {**defaults, **answers}
    verdict = bound.judge(answers)
    if as_json:
        click.echo(verdict_text(verdict))
    else:
        Report(site, record, checker).show(verdict)


def _language(site: Site, wanted: str | None) -> str:
    """The language asked for, else that of the terminal, else English or the site's first."""
    if wanted and wanted not in site.languages:
        raise _Refusal(
            f"--lang: the site has no {wanted!r}.\n  It has {', '.join(site.languages)}."
        )
    terminal = os.environ.get("LANG", "").partition("_")[0].partition(".")[0]
    for code in (wanted, terminal, "en"):
        if code in site.languages:
            return code
    return site.languages[0]


def _check_table(
    site: _Site,
    slug: str,
    text: str | None,
    on: str | None,
    output: str | None,
    **options: Any,
) -> int:
    """Judge a table; gives the exit code. --answers hold for every row."""
    record, checker = site.find(slug)
    if output is None:
        raise _Refusal("--table needs a place for its result.\n  Give -o FILE, or -o - for a pipe.")
    try:
        from menkan.batch import SiteChecker, TableError

        from .table import check_table
    except ModuleNotFoundError as problem:
        raise _Refusal(
            f"--table needs {problem.name}, which is not here.\n  Run pip install 'menkan[batch]'."
        ) from None
    bound = checker.bind(record.figures(), as_of=record.as_of, on=_day(on))
    guide = next(each for each, some in site.site.checkers.items() if checker in some)
    answers: dict[str, object] = {one.name: _default(one) for one in checker.inputs if one.default}
    answers |= _parse(text) if text else {}
    try:
        return check_table(
            SiteChecker(bound, site.site, guide),
            answers,
            site.words.language,
            output=output,
            **options,
        )
    except TableError as problem:
        raise _Refusal(str(problem)) from None


def _parse(text: str) -> dict[str, object]:
    """Read --answers: JSON itself, @FILE, or - for standard input."""
    where = "--answers"
    if text == "-" or text.startswith("@"):
        where = "standard input" if text == "-" else text[1:]
        try:
            raw = sys.stdin.buffer.read() if text == "-" else Path(text[1:]).read_bytes()
            text = raw.decode("utf-8-sig")
        except (OSError, UnicodeDecodeError) as problem:
            raise _Refusal(f"{where} cannot be read: {problem}.") from None
    try:
        answers = load_answers(text)
    except (ValueError, RecursionError) as problem:
        raise _Refusal(
            f"{where} is not the JSON expected: {problem}.\n"
            f'  Give one object such as {{"store": "us"}}, each input once.'
        ) from None
    if not isinstance(answers, dict):
        raise _Refusal(
            f'{where} holds {type(answers).__name__}, not an object.\n  Give {{"input": answer}}.'
        )
    return answers


def _ask(
    site: _Site, record: Record, bound: BoundChecker, defaults: dict[str, str]
) -> dict[str, object]:
    """Ask on the terminal, most telling question first, until nothing matters any more."""
    words = record.checkers[bound.checker.slug].inputs
    inputs = {one.name: one for one in bound.checker.inputs}
    answers: dict[str, object] = {}
    unknown: set[str] = set()
    click.secho(site.question(bound.checker.slug), bold=True)
    click.echo(site.phrases["skip"])
    while True:
        verdict = bound.judge({**defaults, **answers})
        left = [name for name in verdict.needs if name not in unknown]
        if not left:
            return answers
        one = inputs[left[0]]
        text = click.prompt(
            _prompt(site, record, words[one.name], one), default="", show_default=False
        )
        answer = _typed(site, one, text.strip())
        if answer is None:
            unknown.add(one.name)
            continue
        _, errors = bound.read({**defaults, **answers, one.name: answer})
        if errors:
            click.echo(str(errors[0]), err=True)
        else:
            answers[one.name] = answer


def _prompt(site: _Site, record: Record, words: InputWords, one: Input) -> str:
    label = site.words.text(words.label, record)
    if one.kind == "bool":
        return f"{label} [{site.words['table.yes']}/{site.words['table.no']}]"
    if one.choices:
        options = (
            f"\n  {place}. {site.words.text(words.choices[choice], record)}"
            for place, choice in enumerate(one.choices, 1)
        )
        return f"{label}{''.join(options)}\n"
    return f"{label} [{one.unit or one.accepts()['kind']}]"


def _typed(site: _Site, one: Input, text: str) -> bool | int | str | None:
    """Turn what was typed into an answer; None for nothing."""
    if not text:
        return None
    if one.kind == "bool":
        yes, no = site.words["table.yes"].lower(), site.words["table.no"].lower()
        return {"y": True, "yes": True, yes: True, "n": False, "no": False, no: False}.get(
            text.lower(), text
        )
    if one.choices and text.isdigit() and 0 < int(text) <= len(one.choices):
        return one.choices[int(text) - 1]
    value = one.check(text, as_text=True)
    return (
        text if isinstance(value, InputError) else one.write(value) if one.kind == "int" else text
    )


def _default(one: Input) -> str:
    if one.default == "today":
        return date.today().isoformat()
    return datetime.now().astimezone().isoformat(timespec="seconds")


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        raise _Refusal(f"--on: {text!r} is not a day.\n  Give a date such as 2022-11-17.") from None


def _nearest_root() -> Path:
    """Give the nearest folder upwards that holds a site."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file():
            return folder
    raise _Refusal(f"There is no mkdocs.yml in {here} or above.\n  Go to a site, or give --root.")
