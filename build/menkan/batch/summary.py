"""What a run came to: how many are eligible, which rule fails most, which answers are lacking."""

from collections import Counter

import polars as pl

from .kernel import Kernel

__all__ = ["Summary", "share"]


class Summary:
    """Counts over the pieces of a run.

    `verdicts` counts verdicts, `failed` and `unknown` rules, `needed` the rows in which an answer
    could still change the verdict, `unanswered` the rows without it, `errors` rows not judged.
    """

    def __init__(self, kernel: Kernel):
        self.kernel = kernel
        self.rows = 0
        self.errors = 0
        self.verdicts: Counter[str] = Counter()
        self.failed: Counter[str] = Counter(dict.fromkeys(kernel.bound.checker.rules, 0))
        self.unknown: Counter[str] = Counter(dict.fromkeys(kernel.bound.checker.rules, 0))
        self.needed: Counter[str] = Counter(dict.fromkeys(kernel.inputs, 0))
        self.unanswered: Counter[str] = Counter(dict.fromkeys(kernel.inputs, 0))
        self.first_error: str | None = None

    def add(self, frame: pl.DataFrame, judged: pl.DataFrame) -> None:
        """Count one piece: its own columns and those that were added."""
        prefix = self.kernel.prefix
        self.rows += judged.height
        wrong = judged[prefix + "error"].drop_nulls()
        self.errors += len(wrong)
        if len(wrong) and self.first_error is None:
            self.first_error = wrong[0]
        self.verdicts.update(_counts(judged[prefix + "verdict"]))
        for rule in self.failed:
            found = _counts(judged[f"{prefix}rule_{rule}"])
            self.failed[rule] += found.pop("not_met", 0)
            found.pop("met", None)
            self.unknown[rule] += sum(found.values())
        for needs, number in _counts(judged[prefix + "needs"]).items():
            for name in needs.split():
                self.needed[name] += number
        for name in self.unanswered:
            column = self.kernel.columns[name]
            if column in frame.columns:
                cells = frame[column]
                empty = cells.null_count()
                if cells.dtype == pl.String:
                    empty += len(cells.filter(cells.str.strip_chars() == ""))
                self.unanswered[name] += empty
            elif name not in self.kernel.given:
                self.unanswered[name] += judged.height


def _counts(column: pl.Series) -> dict[str, int]:
    """Count a column's values, nulls left out."""
    counted = column.drop_nulls().value_counts()
    return dict(zip(counted[column.name].cast(pl.String), counted["count"], strict=True))


def share(number: int, rows: int) -> str:
    """Write a share of all rows in percent."""
    return f"{100 * number / rows:.1f} %" if rows else ""
