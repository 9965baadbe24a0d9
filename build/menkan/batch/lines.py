"""JSON Lines: one object a line, numbers read as they are written, the rest of the line kept."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import polars as pl

from menkan.rules.door import load_answers
from menkan.rules.inputs import JsonNumber
from menkan.rules.scales import without_exponent

from .columns import TableError

__all__ = ["LINE", "line_frames", "merged"]

# The column that holds a row's own line.
LINE = "menkan_line"


def line_frames(path: Path, rows: int) -> Iterator[pl.DataFrame]:
    """Read objects as frames of text, one column for each key that occurs anywhere."""
    names: dict[str, None] = {}
    for _, found in _objects(path):
        names.update(dict.fromkeys(found))
    objects = _objects(path)
    while piece := list(islice(objects, rows)):
        columns = {
            name: pl.Series([_text(found.get(name)) for _, found in piece], dtype=pl.String)
            for name in names
        }
        lines = pl.Series([line for line, _ in piece], dtype=pl.String)
        yield pl.DataFrame({**columns, LINE: lines})


def _objects(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                found = load_answers(line)
            except (ValueError, RecursionError) as problem:
                found = problem
            if not isinstance(found, dict):
                raise TableError(
                    f"Line {number} is no JSON object: {line.strip()[:60]!r}.\n"
                    f"  Write one object a line, each key once."
                )
            yield line.strip(), found


def _text(answer: object) -> str | None:
    if answer is None or isinstance(answer, str) and not isinstance(answer, JsonNumber):
        return answer
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return without_exponent(answer) if isinstance(answer, JsonNumber) else str(answer)


def merged(lines: pl.Series, judged: pl.DataFrame) -> str:
    """Write each line again with what was added at its end."""
    added = judged.with_columns(pl.col(pl.Enum).cast(pl.String), pl.col(pl.Date).cast(pl.String))
    texts = added.write_ndjson().splitlines()
    written = []
    for line, text in zip(lines, texts, strict=True):
        start = line.rstrip()[:-1].rstrip()
        written.append(f"{start}{'' if start.endswith('{') else ','}{text[1:]}\n")
    return "".join(written)
