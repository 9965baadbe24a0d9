"""The report of a run as one HTML file: charts and tables in every language of the site, nothing fetched.

The charts are drawn by Matplotlib as SVG whose letters stay letters, so that the reader's own
fonts show Chinese and a search finds it. Languages are switched without a script.
"""

import logging
import warnings
from collections.abc import Iterator
from html import escape
from io import StringIO
from pathlib import Path
from typing import Any

from .summary import Summary, share
from .words import SiteChecker

__all__ = ["write_report"]

# A bar's label, its number and its colour.
Bar = tuple[str, int, str]

_COLOURS = {
    "eligible": "#2e7d32",
    "not_eligible": "#c62828",
    "undetermined": "#b26a00",
    "errors": "#616161",
}
_NOTICES = {"eligible": "#b26a00", "not_eligible": "#455a64", "undetermined": "#9575cd"}
_STYLE = """
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
figure { margin: 0; }
svg { width: 100%; height: auto; }
table { border-collapse: collapse; margin: 0.5rem 0 2rem; }
td, th { padding: 0.2rem 1rem 0.2rem 0; text-align: start; border-bottom: 1px solid #ddd; }
td + td, th + th { text-align: end; font-variant-numeric: tabular-nums; }
section { display: none; }
"""


def write_report(file: str, checker: SiteChecker, summary: Summary, lang: str) -> None:
    """Write the report; `lang` is the language shown first."""
    languages = checker.site.languages
    switches = "".join(
        f'<input type="radio" name="lang" id="show-{each}"{" checked" if each == lang else ""}>'
        f'<label for="show-{each}" lang="{each}">{checker.phrases(each)["language"]}</label> '
        for each in languages
    )
    shown = ", ".join(f"#show-{each}:checked ~ section[lang={each}]" for each in languages)
    sections = "".join(_section(checker, summary, each) for each in languages)
    page = (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(checker.phrases(lang)['title'])}</title>\n<style>{_STYLE}{shown} {{ display: block; }}</style>\n</head>\n"
        f"<body>\n{switches}\n{sections}</body>\n</html>\n"
    )
    part = Path(f"{file}.part")
    part.write_text(page, encoding="utf-8")
    part.replace(file)


def _section(checker: SiteChecker, summary: Summary, lang: str) -> str:
    say = checker.phrases(lang)
    as_of = checker.bound.as_of
    dated = say["as_of"].format(as_of) if as_of else say["undated"]
    verdicts = {
        name: summary.verdicts[name] for name in ("eligible", "undetermined", "not_eligible")
    }
    verdicts["errors"] = summary.errors
    colours = _COLOURS | _NOTICES if checker.notice else _COLOURS
    rows = say["rows"].format(f"{summary.rows:,}")
    head = f"<h1>{escape(checker.question(lang))}</h1>\n<p>{escape(rows)}</p>\n<p>{escape(dated)}</p>\n"
    parts = [f'<section lang="{lang}">\n', head]
    parts += _block(
        say["verdicts"],
        [(say[name], number, colours[name]) for name, number in verdicts.items()],
        summary.rows,
        say,
    )
    for title, kind in (
        ("failed", "rules"),
        ("unknown", "rules"),
        ("needed", "inputs"),
        ("unanswered", "inputs"),
    ):
        counts = getattr(summary, title)
        bars = [
            (checker.label(kind, name, lang), number, "#3f51b5")
            for name, number in counts.most_common()
            if number
        ]
        parts += _block(say[title], bars, summary.rows, say)
    return "".join(parts) + "</section>\n"


def _block(title: str, bars: list[Bar], rows: int, say: dict[str, str]) -> Iterator[str]:
    yield f"<h2>{escape(title)}</h2>\n"
    if not bars:
        yield f"<p>{escape(say['none'])}</p>\n"
        return
    yield f"<figure>{_chart(title, bars, rows)}</figure>\n"
    lines = "".join(
        f"<tr><td>{escape(label)}</td><td>{number:,}</td><td>{share(number, rows)}</td></tr>"
        for label, number, _ in bars
    )
    head = f"<tr><th></th><th>{escape(say['count'])}</th><th>{escape(say['share'])}</th></tr>"
    yield f"<table>{head}{lines}</table>\n"


def _chart(title: str, bars: list[Bar], rows: int) -> str:
    """Draw lying bars as SVG."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    settings: Any = {"svg.fonttype": "none", "svg.hashsalt": "menkan", "font.family": "sans-serif"}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(8, 0.5 + 0.55 * len(bars)))
        FigureCanvasSVG(figure)
        axes = figure.add_axes((0.01, 0.02, 0.84, 0.96))
        places = range(len(bars))
        axes.barh(places, [number for _, number, _ in bars], 0.4, color=[each for *_, each in bars])
        for place, (label, number, _) in zip(places, bars, strict=True):
            # Matplotlib measures no letter it has no font for, so labels stand above their bars.
            axes.text(0, place - 0.26, label, fontsize=10, va="bottom", parse_math=False)
            axes.text(number, place, f" {number:,}", fontsize=10, va="center", parse_math=False)
        axes.set_xlim(0, max(rows, 1))
        axes.set_ylim(len(bars) - 0.6, -0.8)
        axes.axis("off")
        text = StringIO()
        with warnings.catch_warnings():
            # The reader's fonts have the letters that the measuring font lacks.
            warnings.filterwarnings("ignore", message="Glyph .* missing")
            figure.savefig(text, format="svg", metadata={"Date": None, "Title": title})
    drawn = text.getvalue()
    return drawn[drawn.index("<svg") :].replace(
        "<svg ", f'<svg role="img" aria-label="{escape(title)}" ', 1
    )
