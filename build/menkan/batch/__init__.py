"""A checker over tables: the exact verdicts of the single check, for millions of rows.

    from menkan.batch import judge, load

    checker = load("amazon-account-health-assurance", root=".")
    judge(frame, checker, reasons="zh")

The rules themselves judge one row of each kind (see `cells`), so the answers are theirs.
"""

from typing import TYPE_CHECKING

from .columns import TableError
from .engines import judge
from .kernel import Kernel
from .reasons import STATUSES, VERDICTS, Wordlist

if TYPE_CHECKING:
    from .words import SiteChecker, load, yes_no_words

# Records and guides are imported when first used: workers of a cluster need the rules alone.
_LATER = {"SiteChecker": "words", "load": "words", "yes_no_words": "words"}

__all__ = [
    "STATUSES",
    "VERDICTS",
    "Kernel",
    "SiteChecker",
    "TableError",
    "Wordlist",
    "judge",
    "load",
    "yes_no_words",
]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LATER[name]}", __name__), name)
