"""Decisions for people, as one self-contained page: no script, no request, everything escaped."""

import base64
import hashlib
import html
import json
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import IO, Any, Self

from .model import KEPT, LABELS
from .stream import source_lines
from .strike import strike, visible

__all__ = ["PageReport"]

_ABOUT = {
    "content": "sentences, steps, rows of the article",
    "heading": "its titles",
    "blank": "empty lines",
    "boilerplate": "legal and technical notices of the site",
    "metadata": "stamps, counters, names",
    "navigation": "menus, paths, buttons",
    "placeholder": "stands for a picture",
    "related": "about other pages",
    "solicitation": "asks the reader for something",
    "spam": "adult, gambling, adverts",
}


class PageReport:
    """Writes the page piece by piece: enter, `add` each file, leave.

    The style sheet is the only thing the page's Content-Security-Policy lets in, by its hash, so a
    copy could not load or run anything even if something of it escaped escaping.
    """

    def __init__(self, out: IO[str], names: list[str]) -> None:
        self.out, self.names = out, names
        self.style = files("menkan.clean").joinpath("report.css").read_text(encoding="utf-8")

    def __enter__(self) -> Self:
        digest = base64.b64encode(hashlib.sha256(self.style.encode()).digest()).decode()
        policy = (
            f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        )
        title = Path(self.names[0]).name if len(self.names) == 1 else f"{len(self.names)} copies"
        self.out.write(
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_safe(policy)}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>Cleaned: {_safe(title)}</title>\n<style>{self.style}</style>\n</head>\n<body>\n"
            f"<header><h1>What was kept of {_safe(title)}, and why</h1>\n"
            '<p class="hint">Left the copy, right what is kept of it. <del>Struck</del> characters '
            "were taken out. Untick a kind of line to hide it.</p>\n"
            '<fieldset class="filters"><legend>Show</legend>\n'
        )
        for label in LABELS:
            ticked = "" if label == "blank" else " checked"
            self.out.write(
                f'<label class="chip {label}" title="{_ABOUT[label]}">'
                f'<input type="checkbox" id="show-{label}"{ticked}>{label}</label>\n'
            )
        self.out.write("</fieldset></header>\n<main>\n")
        return self

    def __exit__(self, *_: object) -> None:
        self.out.write("</main>\n</body>\n</html>\n")

    def add(self, path: Path, lines: IO[str]) -> None:
        """Add one file: `lines` is an open file of its JSON lines, read twice."""
        rows = [(one["label"], one["keep"], one["flags"]) for one in map(json.loads, lines)]
        lines.seek(0)
        self._summary(path, rows)
        self.out.write('<div class="rows" role="table" aria-label="Decisions line by line">\n')
        self.out.write(
            '<div class="row head" role="row"><span role="columnheader">line</span>'
            '<span role="columnheader">copy</span><span role="columnheader">kept</span>'
            '<span role="columnheader">why</span></div>\n'
        )
        for source, row in zip(source_lines(path), lines, strict=True):
            self._row(source, json.loads(row))
        self.out.write("</div>\n</section>\n")

    def _summary(self, path: Path, rows: list[tuple[str, bool, list[str]]]) -> None:
        counts = Counter(label for label, _, _ in rows)
        kept = sum(keep for _, keep, _ in rows)
        repaired = sum(keep and "repaired" in flags for _, keep, flags in rows)
        doubtful = sum("uncertain" in flags for _, _, flags in rows)
        cut = sum(bool({"cut_start", "cut_end"} & set(flags)) for _, _, flags in rows)
        dropped = len(rows) - kept - counts["blank"]
        self.out.write(
            f'<section>\n<h2>{_safe(str(path.name))}</h2>\n<dl class="sums">'
            f'<div class="good"><dt>kept</dt><dd>{kept}</dd></div>'
            f"<div><dt>of them repaired</dt><dd>{repaired}</dd></div>"
            f"<div><dt>cut off</dt><dd>{cut}</dd></div>"
            f"<div><dt>uncertain</dt><dd>{doubtful}</dd></div>"
            f'<div class="bad"><dt>dropped</dt><dd>{dropped}</dd></div>'
            f"<div><dt>blank</dt><dd>{counts['blank']}</dd></div></dl>\n"
        )
        # The whole page at a glance, one cell a line; a long file shows an even sample of lines.
        step = max(1, len(rows) // 600)
        cells = "".join(f'<i class="{label}"></i>' for label, _, _ in rows[::step])
        self.out.write(f'<div class="map" aria-hidden="true">{cells}</div>\n')

    def _row(self, source: str, one: dict[str, Any]) -> None:
        keep = one["keep"]
        left = "".join(
            f"<del>{_safe(visible(piece))}</del>" if removed else _safe(visible(piece))
            for piece, removed in strike(source.strip(), one["text"] if keep else "")
        )
        right = (
            _safe(visible(one["text"]).replace("\u2426", "\n"))
            if keep
            else '<span class="none">dropped</span>'
        )
        flags = "".join(
            f'<b class="flag {flag.split(":")[0]}">{_safe(flag.replace("_", " "))}</b>'
            for flag in one["flags"]
        )
        kind = "kept" if one["label"] in KEPT else "gone"
        self.out.write(
            f'<div class="row {one["label"]} {kind}" role="row"><span class="no" role="cell">{one["line"]}</span>'
            f'<span class="source" lang="zh" role="cell">{left}</span>'
            f'<span class="text" lang="zh" role="cell">{right}</span>'
            f'<span class="why" role="cell"><b class="chip {one["label"]}">{one["label"]}</b>{flags} '
            f"{_safe(visible(one['reason']))}</span></div>\n"
        )


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
