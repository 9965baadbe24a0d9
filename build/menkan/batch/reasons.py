"""Reasons in words: what fails, what the source leaves open, what is still to be answered.

The words are plain data (`Wordlist`), so that a frame's engine can carry them to other machines;
`menkan.batch.words` takes them from a site's records.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

__all__ = ["Reasons", "Wordlist"]

_NOT_ELIGIBLE, _UNDETERMINED = 0, 1


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
    answers: dict[str, dict[str, str]] = field(default_factory=dict)


class Reasons:
    """Puts a row's reasons together; each combination is written once."""

    def __init__(self, words: Wordlist, checker):
        self.words = words
        self.names = list(checker.rules)
        self._texts: dict = {}

    def column(self, verdicts, statuses, needs, need_texts) -> pl.Series:
        """Give one text a row, from the codes of verdict, rules and needs."""
        from .kernel import STATUSES

        unmet = STATUSES.index("not_met")
        first_note = STATUSES.index("unknown") + 1
        # What is told: failing rules of a refused row, noted rules of an undecided one.
        key = verdicts.astype(np.uint64) + needs.astype(np.uint64) * np.uint64(3)
        size = len(need_texts) * 3
        refused, undecided = verdicts == _NOT_ELIGIBLE, verdicts == _UNDETERMINED
        for name in self.names:
            codes = statuses[name]
            told = np.where(refused & (codes == unmet), 1, 0)
            told = np.where(undecided & (codes >= first_note), codes - first_note + 2, told)
            if size * 8 < 1 << 63:
                key = key * np.uint64(8) + told.astype(np.uint64)
                size *= 8
        unique, first, back = np.unique(key, return_index=True, return_inverse=True)
        texts = []
        for row in first.tolist():
            told = tuple(STATUSES[statuses[name][row]] for name in self.names)
            known = VERDICT_OF[int(verdicts[row])], told, need_texts[needs[row]]
            if known not in self._texts:
                self._texts[known] = self._text(*known)
            texts.append(self._texts[known])
        return pl.Series(texts, dtype=pl.String).gather(pl.Series(back.astype(np.uint32)))

    def _text(self, verdict, statuses, needs):
        words = self.words
        if verdict == "eligible":
            return words.eligible
        said = []
        for name, status in zip(self.names, statuses, strict=True):
            if status == "not_met" or (verdict == "undetermined" and status not in ("met", "unknown")):
                said.append(words.rules[name].get(status, ""))
        if verdict == "not_eligible":
            said = [
                words.rules[name].get("not_met", "")
                for name, status in zip(self.names, statuses, strict=True)
                if status == "not_met"
            ]
        if needs:
            labels = words.separator.join(words.inputs[name] for name in needs.split())
            said.append(words.needs.format(labels))
        return words.between.join(filter(None, said))


VERDICT_OF = {0: "not_eligible", 1: "undetermined", 2: "eligible"}
