"""Reasons in words: what fails, what the source leaves open, what is still to be answered.

The words are plain data (`Wordlist`), so that an engine can carry them to other machines;
`menkan.batch.words` takes them from a site's records.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from menkan.rules import Checker

__all__ = ["STATUSES", "VERDICTS", "Reasons", "Wordlist"]

VERDICTS = ("not_eligible", "undetermined", "eligible")
# A rule that stays unknown for a reason shows the reason, as the page's table does.
STATUSES = ("met", "not_met", "unknown", "source_silent", "still_open", "out_of_coverage")

# Codes of combinations stay below this; what would pass it is numbered anew.
_LARGEST = 1 << 56


@dataclass(frozen=True)
class Wordlist:
    """The words of one language.

    `rules` maps a rule to its sentences by status (`not_met`, `source_silent`, …), `inputs` an
    input to its label. `eligible` is said of rows where all is met, `needs` holds `{}` for the
    labels of what is still asked; `separator` stands between labels, `between` between sentences.
    """

    rules: dict[str, dict[str, str]]
    inputs: dict[str, str]
    eligible: str = ""
    needs: str = "{}"
    separator: str = ", "
    between: str = " "


class Reasons:
    """Puts a row's reasons together; each combination is written once."""

    def __init__(self, words: Wordlist, checker: Checker):
        self.words = words
        self.names = list(checker.rules)
        self._texts: dict[tuple[str, tuple[str, ...], str], str] = {}

    def column(
        self,
        verdicts: NDArray[Any],
        statuses: dict[str, NDArray[Any]],
        needs: NDArray[Any],
        need_texts: list[str],
    ) -> pl.Series:
        """Give one text a row, from the codes of verdict, rules and needs."""
        key = verdicts.astype(np.uint64) + needs.astype(np.uint64) * np.uint64(len(VERDICTS))
        size = len(need_texts) * len(VERDICTS)
        for name in self.names:
            if size * len(STATUSES) > _LARGEST:
                _, key = np.unique(key, return_inverse=True)
                key, size = key.astype(np.uint64), len(key)
            key = key * np.uint64(len(STATUSES)) + statuses[name]
            size *= len(STATUSES)
        _, first, back = _distinct(key, size)
        texts = []
        for row in first.tolist():
            told = tuple(STATUSES[statuses[name][row]] for name in self.names)
            known = VERDICTS[verdicts[row]], told, need_texts[needs[row]]
            if known not in self._texts:
                self._texts[known] = self._text(*known)
            texts.append(self._texts[known])
        return pl.Series(texts, dtype=pl.String).gather(pl.Series(back.astype(np.uint32)))

    def _text(self, verdict: str, statuses: tuple[str, ...], needs: str) -> str:
        words = self.words
        if verdict == "eligible":
            return words.eligible
        told = {"not_met"} if verdict == "not_eligible" else set(STATUSES) - {"met", "unknown"}
        said = [
            words.rules[name].get(status) or ""
            for name, status in zip(self.names, statuses, strict=True)
            if status in told
        ]
        if needs:
            labels = words.separator.join(words.inputs[name] for name in needs.split())
            said.append(words.needs.format(labels))
        return words.between.join(filter(None, said))


def _distinct(key: NDArray[Any], size: int) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Give the distinct keys, a row of each, and each row's place among them."""
    if size <= 1 << 20:
        first = np.full(size, len(key), np.int64)
        # The last writer wins, so write backwards: the first row of each key stays.
        first[key[::-1]] = np.arange(len(key) - 1, -1, -1)
        unique = np.flatnonzero(first < len(key))
        table = np.zeros(size, np.uint32)
        table[unique] = np.arange(len(unique), dtype=np.uint32)
        return unique, first[unique], table[key]
    return np.unique(key, return_index=True, return_inverse=True)
