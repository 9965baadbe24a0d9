"""Guides: records and checkers rendered as Markdown and as data, one language at a time."""

from .complete import missing_messages
from .data import open_data
from .findable import llms_txt, structured_data
from .form import render_checker, web_messages
from .lists import BLOCKS, checker_list, with_blocks
from .pages import render
from .wording import Wording, markdown, wording

__all__ = [
    "BLOCKS",
    "Wording",
    "checker_list",
    "llms_txt",
    "markdown",
    "missing_messages",
    "open_data",
    "render",
    "render_checker",
    "structured_data",
    "web_messages",
    "with_blocks",
    "wording",
]
