"""Guides: records and checkers rendered as Markdown and as data, one language at a time."""

from .complete import missing_messages
from .data import open_data
from .findable import llms_txt, structured_data
from .form import render_checker, web_messages
from .lists import BLOCKS, checker_list, with_blocks
from .pages import render
from .schemas import CheckersFile, FactsFile, Reply, Request, json_schema
from .wording import Wording, markdown, wording

__all__ = [
    "BLOCKS",
    "CheckersFile",
    "FactsFile",
    "Reply",
    "Request",
    "Wording",
    "checker_list",
    "json_schema",
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
