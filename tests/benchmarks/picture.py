"""Pictures of benchmarks, as plain SVG without any library."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["curves"]

_COLOURS = ("#0f766e", "#9ca3af", "#b45309", "#6d28d9", "#be123c")
_LEFT, _TOP, _WIDTH, _HEIGHT = 70, 50, 520, 340


def curves(target: Path, title: str, points: Mapping[str, Sequence[tuple[float, float]]]) -> None:
    """Draw one curve for each name through its points (guides, seconds), both axes logarithmic.

    Growth in proportion is then a straight line that rises by one decade per decade.
    """
    points = {name: own for name, own in points.items() if own}
    across = [math.log10(x) for own in points.values() for x, _ in own]
    up = [math.log10(y) for own in points.values() for _, y in own]
    left, right = min(across) - 0.1, max(across) + 0.1
    bottom, top = math.floor(min(up)), math.ceil(max(up))

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            round(_LEFT + _WIDTH * (math.log10(x) - left) / (right - left), 1),
            round(_TOP + _HEIGHT * (top - math.log10(y)) / (top - bottom), 1),
        )

    parts = [
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 440" role="img"
            font-family="sans-serif" font-size="13">""",
        f"<title>{escape(title)}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{_LEFT}" y="28" font-size="15">{escape(title)}</text>',
    ]
    for power in range(bottom, top + 1):
        y = place(10**left, 10.0**power)[1]
        parts.append(
            f'<path d="M{_LEFT} {y}h{_WIDTH}" stroke="#e5e7eb"/>'
            f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>'
        )
    for number in sorted({x for own in points.values() for x, _ in own}):
        x = place(number, 10.0**bottom)[0]
        parts.append(
            f'<text x="{x}" y="{_TOP + _HEIGHT + 20}" text-anchor="middle">{number:g}</text>'
        )
    ends = _apart([place(*own[-1])[1] for own in points.values()])
    for (name, own), colour, y in zip(points.items(), _COLOURS, ends, strict=False):
        line = " ".join("{},{}".format(*place(*point)) for point in own)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for x, dot in (place(*point) for point in own):
            parts.append(f'<circle cx="{x}" cy="{dot}" r="4" fill="{colour}"/>')
        label = f"{name} {own[-1][1]:.3g} s"
        parts.append(
            f'<text x="{_LEFT + _WIDTH + 8}" y="{y + 4}" fill="{colour}">{escape(label)}</text>'
        )
    parts.append("</svg>")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("\n".join(parts), encoding="utf-8")


def _apart(heights: list[float], least: float = 18) -> list[float]:
    """Move labels that stand too close down, the highest first."""
    found: dict[int, float] = {}
    last = -math.inf
    for number, height in sorted(enumerate(heights), key=lambda one: one[1]):
        last = found[number] = max(height, last + least)
    return [found[number] for number in range(len(heights))]
