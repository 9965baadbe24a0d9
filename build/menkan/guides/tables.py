"""Put a checker's decision table into words, as a Markdown table."""

from typing import Any

from menkan.facts import Record
from menkan.rules import BoundChecker, Row, decision_table

from .wording import Wording, markdown

__all__ = ["render_table"]

_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "&lt;"}


def render_table(bound: BoundChecker, record: Record, words: Wording) -> str:
    """Return the table of a bound checker: one column per input, one row per case."""
    table = decision_table(bound)
    said = record.checkers[table.checker].inputs
    used = [name for name in table.inputs if any(name in row.conditions for row in table.rows)]

    def label(name: str) -> str:
        return markdown(words.text(said[name].label, record))

    def limit(data: dict[str, Any]) -> str:
        if "value" in data:
            return words.quantity(data["value"], data["unit"])
        if "sum" in data:
            return str(words["table.sum"]).join(_quoted(label(name)) for name in data["sum"])
        start = _quoted(label(data["input"]))
        if "plus" not in data:
            return start
        amount = words.quantity(data["plus"], data["unit"])
        return words.say("table.plus", limit=start, amount=amount)

    def condition(name: str, data: dict[str, Any]) -> str:
        if "is" in data:
            choices = said[name].choices
            shown = [
                words["table.yes" if option else "table.no"]
                if isinstance(option, bool)
                else markdown(words.text(choices[option], record))
                for option in data["is"]
            ]
            return str(words["table.options"]).join(shown)
        if "season" in data:
            first, last = (words.date(day) for day in data["season"])
            return words.say(
                "table.season" if data["inside"] else "table.off_season", first=first, last=last
            )
        if "outside_calendar" in data:
            return str(words["table.outside_calendar"])
        return words.say("table.at", sign=_SIGNS[data["sign"]], limit=limit(data["limit"]))

    def cell(row: Row, name: str) -> str:
        asked = row.conditions.get(name, ())
        shown = words["language.join"].join(condition(name, one.data) for one in asked)
        return words.tidy(shown) or words["table.any"]

    rows = [[*map(label, used), words["table.result"]], ["---"] * (len(used) + 1)]
    rows += [
        [*(cell(row, name) for name in used), words.verdict(row.verdict, record, table.checker)]
        for row in table.rows
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _quoted(question: str) -> str:
    """Name another question inside a cell."""
    return f"“{question}”"
