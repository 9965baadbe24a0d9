"""Guides: records and checkers rendered as Markdown and as data, one language at a time."""

from .checkers import render_checker
from .pages import render, wording
from .wording import Wording, markdown

__all__ = ["Wording", "markdown", "render", "render_checker", "wording"]
