"""Read the labelled pages under tests/clean/pages and score the cleaner on them.

A `.page` file has one line of the page a line, behind a letter for its label and a space. A line
that starts with `> ` gives the cleaned text of the kept line above it, where it differs.
Everything on these pages was written for this test; no sentence comes from a real page.
"""

from dataclasses import dataclass
from pathlib import Path

from menkan.clean import Decision, clean

PAGES = Path(__file__).parent / "pages"
LABELS = {
    "h": "heading",
    "c": "content",
    "m": "metadata",
    "n": "navigation",
    "r": "related",
    "s": "solicitation",
    "b": "boilerplate",
    "p": "placeholder",
    "x": "spam",
    ".": "blank",
}


@dataclass(frozen=True)
class Labelled:
    """A page with what is expected of it: per line a label, and the text a kept line must have."""

    name: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]
    texts: tuple[str | None, ...]

    @property
    def source(self) -> str:
        return "\n".join(self.lines)


def read_page(path: Path) -> Labelled:
    lines: list[str] = []
    labels: list[str] = []
    texts: list[str | None] = []
    for row in path.read_text(encoding="utf-8").split("\n"):
        if row.startswith("> "):
            texts[-1] = row[2:]
        elif row:
            letter, text = row[0], row[2:]
            lines.append(text)
            labels.append(LABELS[letter])
            texts.append(text.strip() if letter in "hc" else None)
    return Labelled(path.stem, tuple(lines), tuple(labels), tuple(texts))


def read_pages(part: str) -> list[Labelled]:
    return [read_page(path) for path in sorted((PAGES / part).glob("*.page"))]


@dataclass(frozen=True)
class Score:
    """Counts over lines: kept rightly, kept wrongly, lost, and kept with another text."""

    right: int = 0
    stray: int = 0
    lost: int = 0
    altered: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(a + b for a, b in zip(self._row(), other._row(), strict=True)))

    def _row(self) -> tuple[int, ...]:
        return self.right, self.stray, self.lost, self.altered

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.stray) or 1)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.lost) or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / ((2 * self.right + self.stray + self.lost) or 1)


def score(page: Labelled, decisions: list[Decision] | None = None) -> Score:
    decisions = clean(page.source) if decisions is None else decisions
    right = stray = lost = altered = 0
    for decision, text in zip(decisions, page.texts, strict=True):
        if text is None:
            stray += decision.keep
        elif not decision.keep:
            lost += 1
        else:
            right += 1
            altered += decision.text != text
    return Score(right, stray, lost, altered)


def report(part: str, *, details: bool = False) -> Score:
    """Print the score of every page of a part, and its mistakes if asked."""
    total = Score()
    for page in read_pages(part):
        decisions = clean(page.source)
        one = score(page, decisions)
        total += one
        print(f"{page.name:28} F1 {one.f1:.3f}  recall {one.recall:.3f}  altered {one.altered}")
        for decision, label, text in zip(decisions, page.labels, page.texts, strict=True):
            wrong = decision.keep != (text is not None) or decision.keep and decision.text != text
            if details and wrong:
                print(
                    f"   {decision.line:3} {label} -> {decision.label}: {decision.reason} | {decision.text[:70]}"
                )
    print(f"{part}: precision {total.precision:.3f} recall {total.recall:.3f} F1 {total.f1:.3f}")
    return total


if __name__ == "__main__":
    import sys

    for part in sys.argv[1:] or ("dev", "held-out"):
        report(part, details=part == "dev")
