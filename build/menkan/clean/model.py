"""What a cleaned page is made of: decisions for the caller, a page of columns for the passes."""

from dataclasses import dataclass, replace

__all__ = ["FLAGS", "KEPT", "LABELS", "Decision", "Page"]

KEPT = ("content", "heading")
LABELS = (
    *KEPT,
    "blank",
    "boilerplate",
    "metadata",
    "navigation",
    "placeholder",
    "related",
    "solicitation",
    "spam",
)
# `repaired`: shifts, readings, script or a pushed-in brand were undone. `duplicate_of:n` is the fifth
# kind; it carries the number of the line that stays.
FLAGS = ("cut_end", "cut_start", "repaired", "uncertain")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on one input line, and why.

    `line` counts from 1. `text` is the cleaned text of a kept line and of a dropped one alike,
    so that a reader of the report can see what was thrown away; `keep` tells the two apart.
    """

    line: int
    label: str
    keep: bool
    text: str
    reason: str
    flags: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """Give the object of one JSON line, its keys in the order of the contract."""
        return {
            "line": self.line,
            "label": self.label,
            "keep": self.keep,
            "text": self.text,
            "reason": self.reason,
            "flags": list(self.flags),
        }


@dataclass(frozen=True, slots=True)
class Page:
    """One document between two passes: equally long columns, one entry per block of text.

    In a text a block is a line; in HTML it is what a browser would start on a new line.
    `label` is None until a pass is sure; `flags` holds one frozenset a block. A pass never
    changes a column in place: it hands back a new page.

    `line` is the input line a block starts on, `hint` what mark-up said about it (`nav`,
    `footer`, `aside`, `heading`, `link` or nothing).
    """

    line: tuple[int, ...]
    source: tuple[str, ...]
    text: tuple[str, ...]
    hint: tuple[str, ...]
    label: tuple[str | None, ...]
    reason: tuple[str, ...]
    flags: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, blocks: list[tuple[int, str, str, str]]) -> "Page":
        """Make a page of (line, source, text, hint) blocks that nobody has judged yet."""
        line, source, text, hint = zip(*blocks, strict=True) if blocks else ((), (), (), ())
        size = len(line)
        return cls(line, source, text, hint, (None,) * size, ("",) * size, (frozenset(),) * size)

    def __len__(self) -> int:
        return len(self.line)

    def with_text(self, text: list[str], flag: str | None = None) -> "Page":
        """Give the page with new texts; a block whose text changed gets `flag`, if there is one."""
        if flag is None:
            return replace(self, text=tuple(text))
        mark = frozenset((flag,))
        flags = tuple(
            old if now == before else old | mark
            for old, now, before in zip(self.flags, text, self.text, strict=True)
        )
        return replace(self, text=tuple(text), flags=flags)

    def judged(self, verdicts: dict[int, tuple[str, str]]) -> "Page":
        """Give the page with {block: (label, reason)} settled; a judged block stays as it is."""
        if not verdicts:
            return self
        label, reason = list(self.label), list(self.reason)
        for index, (name, why) in verdicts.items():
            if label[index] is None:
                label[index], reason[index] = name, why
        return replace(self, label=tuple(label), reason=tuple(reason))

    def flagged(self, marks: dict[int, str]) -> "Page":
        """Give the page with one more flag on each of the blocks named."""
        if not marks:
            return self
        flags = list(self.flags)
        for index, flag in marks.items():
            flags[index] = flags[index] | {flag}
        return replace(self, flags=tuple(flags))

    def settled(self) -> tuple[str, ...]:
        """Give the labels once every pass has run; ValueError where a block has none."""
        labels = tuple(label for label in self.label if label is not None)
        if len(labels) < len(self):
            raise ValueError(f"no pass has judged the blocks {self.open()}")
        return labels

    def open(self) -> list[int]:
        """List the blocks that no pass has judged yet."""
        return [index for index, name in enumerate(self.label) if name is None]
