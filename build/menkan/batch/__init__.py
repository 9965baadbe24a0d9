"""A checker over tables: the exact verdicts of the single check, for millions of rows.

    from menkan.batch import judge, load

    checker = load("amazon-account-health-assurance", root=".")
    judge(frame, checker, reasons="zh")

The rules themselves judge one row of each kind (see `cells`), so the answers are theirs.
"""

from .columns import TableError
from .engines import judge, judged_batches
from .kernel import Kernel
from .reasons import STATUSES, VERDICTS, Wordlist
from .words import SiteChecker, load, yes_no_words

__all__ = [
    "STATUSES",
    "VERDICTS",
    "Kernel",
    "SiteChecker",
    "TableError",
    "Wordlist",
    "judge",
    "judged_batches",
    "load",
    "yes_no_words",
]
