"""Lint: what is surely a mistake in a checker, found from its trees at build time.

A rule that the source leaves open on one side (it can never be met, or never fail, but it can be
unknown) is no mistake.
"""

from itertools import combinations

from .exact import FAILS, possible, study
from .truth import NO, YES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from .checker import BoundChecker

__all__ = ["Fault", "lint"]


class Fault:
    """One mistake: a stable `code`, the `checker`, `names` of the rules or inputs, a message.

    >>> rating = Decimal("rating", unit="points", at_most="5")
    >>> rule = rating.above("floor.rating").cites("floor")
    >>> bound = Checker("example", {"rated": rule}).bind({"floor.rating": [(None, "5")]})
    >>> print(lint(bound)[0])
    example: the rule rated can never be met.
      Compare it with the source; correct the condition or the figure it reads.
    """

    __slots__ = ("checker", "code", "message", "names")

    def __init__(self, code: str, checker: str, names: tuple[str, ...], message: str):
        self.code = code
        self.checker = checker
        self.names = names
        self.message = message

    def __str__(self) -> str:
        return self.message


def lint(bound: "BoundChecker", shown: "Collection[str] | None" = None) -> list[Fault]:
    """List a bound checker's faults.

    never_met and never_fails: a rule that always comes to the same. contradiction: two rules that
    cannot both be met. unread_input: an input no rule reads. idle_input: one that rules read but
    that can never change the verdict. With `shown`, the names of the figures its guide shows,
    hidden_figure: one that decides without being shown.

    >>> rule = YesNo("owner_verified").is_true().cites("owner-check")
    >>> lint(Checker("example", {"verified": rule}).bind({}))
    []
    """
    slug = bound.checker.slug
    rules = list(bound.checker.rules)
    names = [one.name for one in bound.checker.inputs]
    read = [{one.name for leaf in node.leaves() for one in leaf.inputs} for node in bound.nodes]
    faults: list[Fault] = []
    settled: set[int] = set()

    def fault(code: str, what: tuple[str, ...], seen: str, todo: str) -> None:
        faults.append(Fault(code, slug, what, f"{slug}: {seen}\n  {todo}"))

    for place, rule in enumerate(rules):
        free = [name for name in names if name in read[place]]
        outcomes = possible(bound.space, bound.nodes[place], free, {})
        if outcomes == {NO}:
            settled.add(place)
            fault("never_met", (rule,), f"the rule {rule} can never be met.", _CORRECT)
        elif outcomes == {YES}:
            settled.add(place)
            fault("never_fails", (rule,), f"the rule {rule} can never fail.", _CORRECT)
    for one, other in combinations(range(len(rules)), 2):
        if not read[one] & read[other] or {one, other} & settled:
            continue
        free = [name for name in names if name in read[one] | read[other]]
        if study(bound.space, bound.nodes, (one, other), free, {}).highest == FAILS:
            pair = rules[one], rules[other]
            seen = f"the rules {pair[0]} and {pair[1]} contradict: both are never met together."
            fault("contradiction", pair, seen, _CORRECT)
    sound = not faults
    matter = bound.judge({}).needs
    for name in names:
        if not any(name in each for each in read):
            fault(
                "unread_input",
                (name,),
                f"no rule reads the input {name}.",
                "Take it out of the checker, or write the rule that needs it.",
            )
        elif sound and name not in matter:
            fault(
                "idle_input",
                (name,),
                f"the input {name} can never change the verdict.",
                "Take it out of the rules that read it.",
            )
    for figure in sorted(bound.figures_read):
        if shown is not None and figure not in shown:
            fault(
                "hidden_figure",
                (figure,),
                f"the figure {figure} decides, but its guide does not show it.",
                "Put the figure's placeholder into a fact's text, in every language.",
            )
    return faults


_CORRECT = "Compare it with the source; correct the condition or the figure it reads."
