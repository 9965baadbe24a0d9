"""The parts of the engine and who imports whom: the one table, and the picture drawn from it.

`python -m tests.parts` draws docs/assets/architecture.svg and writes the table of
docs/contributing/architecture.md anew. `test_layout.py` holds both, and the table, against the code.
"""

import re
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

__all__ = ["PAGE", "PARTS", "PICTURE", "draw", "table"]

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs/assets/architecture.svg"
PAGE = ROOT / "docs/contributing/architecture.md"

# Each part, what it does, and every part it imports: upper ones first, so that all arrows lead down.
PARTS = {
    "cli": (
        "the command `menkan`",
        {"plugin", "batch", "guides", "site", "pack", "clean", "facts", "rules"},
    ),
    "plugin": ("MkDocs builds the site", {"guides", "site", "pack", "facts", "rules"}),
    "batch": ("a checker over a table", {"guides", "site", "rules"}),
    "guides": ("pages, forms and open data", {"site", "facts", "rules"}),
    "site": ("records and checkers, held together", {"facts", "rules"}),
    "pack": ("Python and checkers for the browser", set[str]()),
    "clean": ("a scraped copy, line by line", set[str]()),
    "facts": ("records and their mistakes", set[str]()),
    "rules": ("questions, rules, verdicts", set[str]()),
}

_WIDE, _HIGH = 84, 34  # a box
_RIGHT, _DOWN = 96, 54  # from one box to the next
_EDGE = 16
_STYLE = """
.ground{fill:#fff}.box{fill:#e6f4f1;stroke:#0b5c56}text{fill:#14302d;font:600 15px system-ui,sans-serif}
.arrow{fill:none;stroke:#3f6f69;stroke-width:1.6}.head,.dot{fill:#3f6f69}
@media(prefers-color-scheme:dark){.ground{fill:#1e2129}.box{fill:#12403c;stroke:#5eead4}text{fill:#eaf6f4}
.arrow{stroke:#8fc9c1}.head,.dot{fill:#8fc9c1}}"""


def draw() -> str:
    """The picture as SVG: the parts as stairs, a line from each to those it imports.

    A line leaves a part to the right and goes down to what is imported; a dot marks each turn, so
    lines that only cross are not taken for one. The text alternative says the same in words.
    """
    place = {name: (_EDGE + n * _RIGHT, _EDGE + n * _DOWN) for n, name in enumerate(PARTS)}
    width = _EDGE * 2 + (len(PARTS) - 1) * _RIGHT + _WIDE
    height = _EDGE * 2 + (len(PARTS) - 1) * _DOWN + _HIGH
    said = " ".join(
        f"{name} imports {', '.join(_ordered(used))}." for name, (_, used) in PARTS.items() if used
    )
    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
            ' aria-labelledby="title desc">'
        ),
        '<title id="title">The parts of the engine, and which imports which</title>',
        f'<desc id="desc">{escape(said)}</desc>',
        f"<style>{_STYLE}\n</style>",
        (
            '<defs><marker id="head" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">'
            '<path class="head" d="M0 0 9 4 0 8z"/></marker></defs>'
        ),
        f'<rect class="ground" width="{width}" height="{height}" rx="10"/>',
    ]
    for name, (_, used) in PARTS.items():
        x, y = place[name]
        for other in _ordered(used):
            # Lines that come from above, side by side only where they end.
            below = place[other][0] + _WIDE // 2
            line = f"M{x + _WIDE} {y + _HIGH // 2}H{below}V{place[other][1] - 1}"
            ends = f"data-from={quoteattr(name)} data-to={quoteattr(other)}"
            out.append(f'<path class="arrow" {ends} marker-end="url(#head)" d="{line}"/>')
            out.append(f'<circle class="dot" cx="{below}" cy="{y + _HIGH // 2}" r="3.4"/>')
    for name, (x, y) in place.items():
        out.append(f'<rect class="box" x="{x}" y="{y}" width="{_WIDE}" height="{_HIGH}" rx="7"/>')
        middle = x + _WIDE // 2
        out.append(f'<text x="{middle}" y="{y + 22}" text-anchor="middle">{escape(name)}</text>')
    return "\n".join([*out, "</svg>", ""])


def table() -> str:
    """The same as a table in Markdown."""
    rows = ["| part | what it does | imports |", "|---|---|---|"]
    for name, (does, used) in PARTS.items():
        rows.append(f"| `menkan.{name}` | {does} | {', '.join(_ordered(used)) or 'no other'} |")
    return "\n".join(rows)


def _ordered(used: set[str]) -> list[str]:
    return [name for name in PARTS if name in used]


def main() -> None:
    """Write the picture and the table."""
    PICTURE.write_text(draw(), encoding="utf-8")
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(
        re.sub(r"\| part \|.*?\n(?=\n)", lambda _: table() + "\n", text, flags=re.DOTALL), "utf-8"
    )


if __name__ == "__main__":
    main()
