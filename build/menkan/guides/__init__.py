"""Guides: records and checkers rendered as Markdown and as data, one language at a time."""

from .checkers import render_checker
from .data import llms_txt, open_data, structured_data
from .pages import render, wording
from .wording import Wording, markdown

__all__ = [
    "Wording",
    "llms_txt",
    "markdown",
    "open_data",
    "render",
    "render_checker",
    "structured_data",
    "wording",
]
