"""Rules as data: inputs, three values, exact verdicts on partial answers.

Standard library only; the same code runs in CPython and in the reader's browser. A checker is
written with the names below; tables, lint and loading are imported when first used, so that the
browser does not pay for them.
"""

from .checker import BoundChecker, Checker
from .errors import CheckerError, FigureError, InputError, InputErrors
from .inputs import Choice, Input, JsonNumber, YesNo
from .measures import Date, DateTime, Decimal, Integer
from .nodes import SOURCE_SILENT, UNTIL_DEADLINE, All, Any, Node, Not, Rule
from .values import Beyond, NextDay, OnlyIf, Pick, Says, Times, Unless, Value
from .verdict import Finding, Verdict, verdict_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .linting import Fault, lint
    from .loading import load_checkers
    from .tables import Condition, Row, Table, decision_table

_LATER = {
    "Condition": "tables",
    "Fault": "linting",
    "Row": "tables",
    "Table": "tables",
    "decision_table": "tables",
    "lint": "linting",
    "load_checkers": "loading",
}

__all__ = [
    "SOURCE_SILENT",
    "UNTIL_DEADLINE",
    "All",
    "Any",
    "Beyond",
    "BoundChecker",
    "Checker",
    "CheckerError",
    "Choice",
    "Condition",
    "Date",
    "DateTime",
    "Decimal",
    "Fault",
    "FigureError",
    "Finding",
    "Input",
    "InputError",
    "InputErrors",
    "Integer",
    "JsonNumber",
    "NextDay",
    "Node",
    "Not",
    "OnlyIf",
    "Pick",
    "Row",
    "Rule",
    "Says",
    "Table",
    "Times",
    "Unless",
    "Value",
    "Verdict",
    "YesNo",
    "decision_table",
    "lint",
    "load_checkers",
    "verdict_text",
]


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_LATER[name]}", __name__), name)
