"""What a condition can come to. Six outcomes in one order, so "all of" is min and "any of" is max.

NO < the three open ones < MISSING < YES. The open ones are reasons why a condition stays unknown
although every question is answered; between two of them the lower one is told. MISSING stands for
an unanswered question and is met in Kleene's evaluation only: exact evaluation asks about every
possible answer instead.

They are plain integers because the inner loop compares millions of them. Never write
`if outcome:`; compare with a name.
"""

__all__ = [
    "MISSING",
    "NO",
    "NOTES",
    "OUT_OF_COVERAGE",
    "SILENT",
    "STILL_OPEN",
    "YES",
    "invert",
    "status",
]

NO, SILENT, STILL_OPEN, OUT_OF_COVERAGE, MISSING, YES = range(6)

NOTES = {
    SILENT: "source_silent",
    STILL_OPEN: "still_open",
    OUT_OF_COVERAGE: "out_of_coverage",
}


def invert(outcome: int) -> int:
    """Kleene's not: what is open stays open, for the same reason."""
    if outcome == NO:
        return YES
    return NO if outcome == YES else outcome


def status(lowest: int, highest: int) -> str:
    """Name the status of a rule whose outcomes range from `lowest` to `highest`."""
    if lowest == YES:
        return "met"
    return "not_met" if highest == NO else "unknown"
