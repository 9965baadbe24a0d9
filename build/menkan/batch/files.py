"""Tables as files: CSV as spreadsheets write it, JSON Lines and Parquet, read and written in pieces.

A file is looked through once before it is judged: its encoding, its separator and about how many
rows there are. What is written appears under its name only when it is whole.
"""

import codecs
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

import polars as pl

from .columns import TableError
from .lines import LINE, line_frames, merged

__all__ = ["ROWS", "Source", "Writer", "open_source"]

# Rows read and written at a time.
ROWS = 200_000

_PIECE = 1 << 22
_ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}


@dataclass
class Source:
    """A table ready to be read: a file of plain UTF-8, or of Parquet.

    `form` is csv, jsonl or parquet; `rows` about how many there are; `marked` says that the file
    came with a mark or an encoding of spreadsheets; `quoted` that a cell may hold a line break.
    """

    path: Path
    form: str
    rows: int
    separator: str = ","
    marked: bool = False
    quoted: bool = False

    def columns(self) -> list[str]:
        """Name the columns."""
        if self.form == "jsonl":
            return next(self.batches(1)).columns
        return self.scan().collect_schema().names()

    def scan(self) -> pl.LazyFrame:
        """Give the table lazily; the cells of a CSV are text."""
        if self.form == "parquet":
            return pl.scan_parquet(self.path)
        return pl.scan_csv(self.path, separator=self.separator, infer_schema=False)

    def batches(self, rows: int = ROWS) -> Iterator[pl.DataFrame]:
        """Read the table piece by piece."""
        if self.form == "jsonl":
            yield from line_frames(self.path, rows)
            return
        try:
            yield from self.scan().collect_batches(chunk_size=rows, maintain_order=True)
        except pl.exceptions.PolarsError as problem:
            told = " ".join(str(problem).split())[:200]
            raise TableError(f"The table cannot be read: {told}.\n  Mend that line.") from None


@contextmanager
def open_source(name: str) -> Iterator[Source]:
    """Open a table by its file's name, or - for standard input; gives a `Source`."""
    with tempfile.TemporaryDirectory(prefix="menkan-") as folder:
        if name == "-":
            path = Path(folder) / "piped"
            with path.open("wb") as kept:
                shutil.copyfileobj(sys.stdin.buffer, kept)
            form = _sniffed(path)
        else:
            path = Path(name)
            form = form_of(name)
        try:
            yield _prepared(path, form, Path(folder))
        except (OSError, pl.exceptions.PolarsError) as problem:
            told = " ".join(str(problem).split())[:200]
            raise TableError(f"{name} cannot be read: {told}.\n  Give a table.") from None


def form_of(name: str) -> str:
    """Tell the form of a file from its ending."""
    form = _ENDINGS.get(Path(name).suffix.lower())
    if form is None:
        raise TableError(
            f"{name} has no ending that names a table.\n  Use one of: {', '.join(_ENDINGS)}."
        )
    return form


def _sniffed(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(64)
    if start.startswith(b"PAR1"):
        return "parquet"
    return "jsonl" if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{") else "csv"


def _prepared(path: Path, form: str, folder: Path) -> Source:
    if form == "parquet":
        return Source(path, form, pl.scan_parquet(path).select(pl.len()).collect().item())
    encoding, breaks, quoted = _looked_through(path)
    marked = encoding != "utf-8"
    if marked:
        path = _plain(path, encoding, folder / "plain")
    with path.open(encoding="utf-8") as file:
        first = file.readline()
    if not first.strip():
        raise TableError("The table is empty.\n  Give a row of column names and rows of answers.")
    if form == "jsonl":
        return Source(path, form, breaks, marked=marked)
    separator = max(",;\t", key=first.count)
    return Source(path, form, max(breaks - 1, 0), separator, marked, quoted)


def _looked_through(path: Path) -> tuple[str, int, bool]:
    """Give encoding, number of line breaks, and whether there are quotation marks."""
    with path.open("rb") as file:
        start = file.read(3)
        file.seek(0)
        if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16", sum(piece.count(b"\n") for piece in _pieces(file)), True
        encoding = "utf-8-sig" if start == codecs.BOM_UTF8 else "utf-8"
        decoder = codecs.getincrementaldecoder("utf-8")()
        breaks, quoted, last = 0, False, b""
        for piece in _pieces(file):
            last = piece
            breaks += piece.count(b"\n")
            quoted = quoted or b'"' in piece
            if encoding != "gb18030":
                try:
                    decoder.decode(piece)
                except UnicodeDecodeError:
                    encoding = "gb18030"
        return encoding, breaks + (not last.endswith(b"\n")), quoted


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _plain(path: Path, encoding: str, target: Path) -> Path:
    """Write a file anew as UTF-8 without a mark."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file, target.open("w", encoding="utf-8", newline="") as plain:
            for piece in _pieces(file):
                plain.write(decoder.decode(piece))
            plain.write(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        raise TableError(
            f"{path.name} is neither UTF-8 nor GB18030.\n  Save it as UTF-8 (in Excel: CSV UTF-8)."
        ) from None
    return target


class Writer:
    """Writes frames to a file by its ending, or to standard output for -.

    Used as a context: the file appears under its name when the block ends well, else not at all.
    """

    def __init__(self, name: str, form: str | None = None, marked: bool = False):
        self.name = name
        self.form = form if name == "-" else form_of(name)
        self.marked = marked
        self._first = True
        self._parquet: Any = None

    def __enter__(self) -> Self:
        self._part: Path | None = None
        self._file: BinaryIO = sys.stdout.buffer
        if self.name == "-":
            return self
        target = Path(self.name).absolute()
        try:
            handle, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        except OSError as problem:
            raise TableError(
                f"{self.name} cannot be written: {problem}.\n  Give another."
            ) from None
        self._part = Path(part)
        self._target = target
        self._file = os.fdopen(handle, "wb")
        return self

    def write(self, frame: pl.DataFrame, judged: pl.DataFrame) -> None:
        """Write a piece: the columns it came with and those that were added."""
        if self.form == "jsonl" and LINE in frame.columns:
            self._file.write(merged(frame[LINE], _spelled(judged)).encode())
            return
        whole = pl.concat(
            [frame.drop(LINE, strict=False), judged.with_columns(pl.col(pl.Enum).cast(pl.String))],
            how="horizontal",
        )
        if self.form == "parquet":
            self._write_parquet(whole)
        elif self.form == "jsonl":
            _spelled(whole).write_ndjson(self._file)
        else:
            if self._first and self.marked:
                self._file.write(codecs.BOM_UTF8)
            spelled = _spelled(whole).with_columns(
                pl.col(name).replace("", None)
                for name in judged.columns
                if whole[name].dtype == pl.String
            )
            spelled.write_csv(self._file, include_header=self._first)
        self._first = False

    def _write_parquet(self, frame: pl.DataFrame) -> None:
        from pyarrow.parquet import ParquetWriter

        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if self._parquet is None:
            self._parquet = ParquetWriter(self._file, table.schema)
        self._parquet.write_table(table)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if self._parquet is not None:
            self._parquet.close()
        if self._part is None:
            self._file.flush()
            return
        self._file.close()
        if kind is None:
            umask = os.umask(0)
            os.umask(umask)
            self._part.chmod(0o666 & ~umask)
            self._part.replace(self._target)
        else:
            self._part.unlink(missing_ok=True)


def _spelled(frame: pl.DataFrame) -> pl.DataFrame:
    """Write moments as the verdict's JSON does; text formats have no type for them."""
    moments = pl.col(pl.Datetime("us", "UTC"))
    return frame.with_columns(moments.dt.to_string("%Y-%m-%dT%H:%M:%S%.f%:z"))
