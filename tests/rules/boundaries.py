"""Boundary cases and mutants of a checker, both generated from its tree.

A boundary case is a set of answers in which one answer, moved across one limit, changes the
verdict: it stands at the limit, just under and just over it, and unanswered. A mutant is the
checker with one thing wrong; the cases must tell it from the original.
"""

from menkan.rules import All, Any, Checker, Not, Rule
from menkan.rules.nodes import Compare, OneOf, Open
from menkan.rules.scales import date_text, decimal_text, read_date, read_decimal, read_month_day
from menkan.rules.truth import NO, YES

# Contexts tried per input; a limit that depends on other answers has many.
_MOST_CONTEXTS = 12
# The least by which two decimal answers can differ, on the scale of the library.
_LEAST = 10**9


def boundary_cases(bound):
    """List generated cases: answers as JSON, without repeats."""
    names = [one.name for one in bound.checker.inputs]
    found = {}
    for name in names:
        others = [each for each in names if each != name]
        seen = {}
        for context in bound.space.completions(others, {}, 10**6):
            context = {each: context[each] for each in others}
            cells = bound.space.cells(name, context)
            verdicts = [_verdict(bound, {**context, name: first}) for first, _ in cells]
            turns = tuple(
                place for place in range(1, len(cells)) if verdicts[place] != verdicts[place - 1]
            )
            if not turns or seen.get(turns, 0) >= _MOST_CONTEXTS:
                continue
            seen[turns] = seen.get(turns, 0) + 1
            for value in _around(bound.space.inputs[name], cells, turns):
                _add(found, bound, {**context, name: value})
            _add(found, bound, context)
    return list(found.values())


def _around(one, cells, turns):
    if one.kind in ("bool", "choice"):
        return range(one.low, one.high + 1)
    values = set()
    for place in turns:
        least = _LEAST if one.kind == "decimal" else 1
        under = cells[place - 1][1] // least * least
        at = -(-cells[place][0] // least) * least
        values |= {under - least, under, at, at + least}
    return sorted(value for value in values if one.low <= value <= one.high)


def _verdict(bound, values):
    if any(order.truth(values) == NO for order in bound.orders):
        return None
    lowest = min(node.truth(values) for node in bound.nodes)
    return {NO: "not_eligible", YES: "eligible"}.get(lowest, "undetermined")


def _add(found, bound, values):
    if any(order.truth(values) == NO for order in bound.orders):
        return
    answers = {}
    for name, value in values.items():
        one = bound.space.inputs[name]
        if one.kind == "decimal":
            value = value // _LEAST * _LEAST
        answers[name] = one.write(value)
    found[tuple(sorted(answers.items(), key=str))] = answers


def seen(bound, cases, rules):
    """Give what a checker says of each case: verdict, values, and the findings of these rules."""
    said = []
    for answers in cases:
        verdict = bound.judge(answers)
        findings = [(verdict.rules[name].status, verdict.rules[name].note) for name in rules]
        said.append((verdict.verdict, verdict.values, findings))
    return said


def equivalent(bound, other, rules):
    """Say whether two checkers say the same of every full set of answers, cell by cell of both."""
    for each in (bound, other):
        names = [one.name for one in each.checker.inputs]
        for values in each.space.completions(names, {}, 10**6):
            answers = {name: each.space.inputs[name].write(value) for name, value in values.items()}
            first, second = (
                (_verdict(one, values), seen_values(one, values, answers, rules))
                for one in (bound, other)
            )
            if first != second:
                return False
    return True


def seen_values(bound, values, answers, rules):
    """Give values and findings for answers already read."""
    verdict = bound.judge_values(dict(values), answers)
    return verdict.values, [(verdict.rules[n].status, verdict.rules[n].note) for n in rules]


def mutants(checker, figures):
    """Yield (what is wrong, a mutant of the checker, its figures)."""
    read = checker.bind(figures).figures_read
    for name in sorted(read):
        for value in _moved(figures[name][-1][1]):
            yield f"{name} is {value}", checker, {**figures, name: [[None, value]]}
    for name, rule in checker.rules.items():
        if len(checker.rules) > 1:
            rules = {other: each for other, each in checker.rules.items() if other != name}
            yield f"without the rule {name}", _with(checker, rules), figures
        for what, node in _wrong(rule.node):
            rules = {**checker.rules, name: Rule(node, rule.cited)}
            yield f"{name}: {what}", _with(checker, rules), figures


def _with(checker, rules):
    return Checker(checker.slug, rules, checker.values, order=checker.inputs)


def _moved(text):
    """Move a figure by one step either way, in the last place it is written with."""
    if read_month_day(text):
        day = read_date("2023-" + text)
        return [date_text(day + step)[5:] for step in (-1, 1)]
    if read_date(text):
        return [date_text(read_date(text) + step) for step in (-1, 1)]
    step = (
        read_decimal("0." + "0" * (len(text.partition(".")[2]) - 1) + "1")
        if "." in text
        else 10**18
    )
    value = read_decimal(text)
    return [decimal_text(value + move) for move in (-step, step) if value + move >= 0]


def _wrong(node):
    """Yield every condition that differs from this one in a single place."""
    if isinstance(node, (All, Any)):
        if len(node.parts) > 1:
            other = Any if isinstance(node, All) else All
            yield f"{other.__name__} for {type(node).__name__}", other(*node.parts)
        for place, part in enumerate(node.parts):
            if len(node.parts) > 1:
                rest = node.parts[:place] + node.parts[place + 1 :]
                yield f"part {place} dropped", type(node)(*rest)
            for what, changed in _wrong(part):
                parts = (*node.parts[:place], changed, *node.parts[place + 1 :])
                yield f"part {place}: {what}", type(node)(*parts)
    elif isinstance(node, Not):
        yield "not dropped", node.parts[0]
        for what, changed in _wrong(node.parts[0]):
            yield what, Not(changed)
    elif isinstance(node, Compare):
        for sign in {">=": (">", "<="), ">": (">=", "<"), "<=": ("<", ">="), "<": ("<=", ">")}[
            node.sign
        ]:
            yield f"{sign} for {node.sign}", Compare(node.inputs[0], sign, node.limit)
    elif isinstance(node, OneOf):
        own = node.inputs[0]
        for place in range(own.high + 1):
            places = tuple(set(node.places) ^ {place})
            yield f"option {own.write(place)} turned", OneOf(own, places)
    elif isinstance(node, Open):
        yield "taken as met", All()
        yield "taken as failed", Any()
