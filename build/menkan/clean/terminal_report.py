"""Decisions for people, in a terminal: the copy on the left, what is kept of it on the right."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .stream import source_lines
from .strike import strike, visible

if TYPE_CHECKING:
    from rich.table import Table

__all__ = ["print_report"]

_STYLES = {
    "content": "default",
    "heading": "bold",
    "blank": "dim",
    "boilerplate": "dim",
    "metadata": "cyan",
    "navigation": "blue",
    "placeholder": "dim",
    "related": "magenta",
    "solicitation": "yellow",
    "spam": "red",
}
_PAGE = 200


def print_report(path: Path, lines: Iterable[str]) -> None:
    """Print one file's decisions (an open file of JSON lines) beside its source.

    Rows go out in batches, so that a long file starts to show at once. Runs of blank lines are
    left out; control characters are shown as marks, never sent to the terminal.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=120)
    console.print(Text(str(path), style="bold underline"))
    counts: Counter[str] = Counter()
    repaired = uncertain = 0
    batch: list[tuple[str, dict[str, Any]]] = []
    for source, row in zip(source_lines(path), lines, strict=True):
        decision = json.loads(row)
        counts[decision["label"]] += 1
        repaired += decision["keep"] and "repaired" in decision["flags"]
        uncertain += "uncertain" in decision["flags"]
        if decision["label"] != "blank":
            batch.append((source, decision))
        if len(batch) == _PAGE:
            console.print(_table(batch))
            batch = []
    if batch:
        console.print(_table(batch))
    kept = counts["content"] + counts["heading"]
    dropped = sum(counts.values()) - kept - counts["blank"]
    summary = Text.assemble(
        (f"{kept} kept", "bold green"),
        f" ({repaired} repaired), ",
        (f"{dropped} dropped", "red"),
        f", {counts['blank']} blank, {uncertain} uncertain",
    )
    console.print(summary)


def _table(batch: list[tuple[str, dict[str, Any]]]) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column("line", justify="right", style="dim", no_wrap=True)
    table.add_column("copy", ratio=4, overflow="fold")
    table.add_column("kept", ratio=4, overflow="fold")
    table.add_column("why", ratio=3, overflow="fold")
    for source, one in batch:
        style = _STYLES[one["label"]]
        left = Text()
        for piece, removed in strike(source.strip(), one["text"] if one["keep"] else ""):
            left.append(
                visible(piece), style="red strike" if removed else "" if one["keep"] else "dim"
            )
        why = Text.assemble((one["label"], style), f": {visible(one['reason'])}")
        for flag in one["flags"]:
            why.append(f" [{flag}]", style="yellow" if flag != "repaired" else "green")
        right = Text(
            visible(one["text"]) if one["keep"] else "—", style=style if one["keep"] else "dim red"
        )
        table.add_row(str(one["line"]), left, right, why)
    return table
