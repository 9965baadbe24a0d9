"""The verdict: what a checker says about some answers, and its one JSON form."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypedDict

    from .inputs import Json

    class FindingJson(TypedDict):
        """One rule's result as JSON."""

        id: str
        status: str
        note: str | None
        cites: list[str]

    class ChangeJson(TypedDict):
        """One answer that would have to change, as JSON."""

        input: str
        to: Json

    class VerdictJson(TypedDict):
        """A verdict as JSON; people script against it."""

        checker: str
        as_of: str | None
        verdict: str
        rules: list[FindingJson]
        values: dict[str, Json | None]
        needs: list[str]
        changes: list[ChangeJson]


__all__ = ["Finding", "Verdict", "verdict_text"]


class Finding:
    """One rule's result: `status` met, not_met or unknown; `note` says why it stays unknown.

    >>> verified = YesNo("owner_verified")
    >>> checker = Checker("example", {"verified": verified.is_true().cites("owner-check")}).bind({})
    >>> finding = checker.judge({"owner_verified": False}).rules["verified"]
    >>> finding.status, finding.note, finding.cites
    ('not_met', None, ('owner-check',))
    """

    __slots__ = ("cites", "note", "status")

    def __init__(self, status: str, note: str | None, cites: tuple[str, ...]):
        self.status = status
        self.note = note
        self.cites = cites


class Verdict:
    """A checker's answer.

    `verdict` is eligible, not_eligible or undetermined; `rules` maps ids to `Finding`; `values`
    maps names to JSON values; `needs` names the inputs that still matter, most telling first;
    `changes` are pairs (input, answer) which, made together, are the smallest change that would
    stop a not_eligible from being certain.

    >>> verified = YesNo("owner_verified")
    >>> checker = Checker("example", {"verified": verified.is_true().cites("owner-check")}).bind({})
    >>> verdict = checker.judge({"owner_verified": False})
    >>> verdict.verdict, verdict.changes
    ('not_eligible', (('owner_verified', True),))
    """

    __slots__ = ("as_of", "changes", "checker", "needs", "rules", "values", "verdict")

    def __init__(
        self,
        checker: str,
        as_of: str | None,
        verdict: str,
        rules: dict[str, Finding],
        values: "dict[str, Json | None]",
        needs: tuple[str, ...],
        changes: "tuple[tuple[str, Json], ...]",
    ):
        self.checker = checker
        self.as_of = as_of
        self.verdict = verdict
        self.rules = rules
        self.values = values
        self.needs = needs
        self.changes = changes

    def to_json(self) -> "VerdictJson":
        """Give plain data in the documented order."""
        return {
            "checker": self.checker,
            "as_of": self.as_of,
            "verdict": self.verdict,
            "rules": [
                {
                    "id": name,
                    "status": finding.status,
                    "note": finding.note,
                    "cites": list(finding.cites),
                }
                for name, finding in self.rules.items()
            ],
            "values": dict(self.values),
            "needs": list(self.needs),
            "changes": [{"input": name, "to": to} for name, to in self.changes],
        }


def verdict_text(verdict: Verdict) -> str:
    """Write a verdict as compact JSON; the same text on every Python.

    >>> verified = YesNo("owner_verified")
    >>> checker = Checker("example", {"verified": verified.is_true().cites("owner-check")}).bind({})
    >>> verdict_text(checker.judge({"owner_verified": True}))[:51]
    '{"checker":"example","as_of":null,"verdict":"eligib'
    """
    from json import dumps

    return dumps(verdict.to_json(), ensure_ascii=False, separators=(",", ":"))
