"""From a noisy copy of a page to its kept lines, with a reason for every line.

The passes stand in `cleaner.PASSES`, in order; each lives in the module of its fault class.
"""

from .align import Change, Fingerprint, align, fingerprints
from .cleaner import PASSES, clean, clean_text, split_lines
from .decode import NotText, decode, detect
from .draft import draft_record
from .model import FLAGS, KEPT, LABELS, Decision
from .stream import PAGE_LIMIT, clean_file, source_lines

__all__ = [
    "FLAGS",
    "KEPT",
    "LABELS",
    "PAGE_LIMIT",
    "PASSES",
    "Change",
    "Decision",
    "Fingerprint",
    "NotText",
    "align",
    "clean",
    "clean_file",
    "clean_text",
    "decode",
    "detect",
    "draft_record",
    "fingerprints",
    "source_lines",
    "split_lines",
]
