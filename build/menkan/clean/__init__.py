"""From a noisy copy of a page to its kept lines, with a reason for every line.

The passes stand in `cleaner.PASSES`, in order; each lives in the module of its fault class.
"""

from .cleaner import PASSES, clean, clean_text, split_lines
from .decode import NotText, decode, detect
from .model import FLAGS, KEPT, LABELS, Decision
from .stream import PAGE_LIMIT, clean_file

__all__ = [
    "FLAGS",
    "KEPT",
    "LABELS",
    "PAGE_LIMIT",
    "PASSES",
    "Decision",
    "NotText",
    "clean",
    "clean_file",
    "clean_text",
    "decode",
    "detect",
    "split_lines",
]
