"""What the library raises: bad answers and missing figures, each told in two lines."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

__all__ = ["CheckerError", "FigureError", "InputError", "InputErrors"]


class CheckerError(ValueError):
    """A checker is written in a way that cannot work; the message says where and what to do.

    >>> Checker("example", rules={})
    Traceback (most recent call last):
    menkan.rules.errors.CheckerError: example has no rules.
      Name at least one, with its citation.
    """


class FigureError(KeyError):
    """A figure a checker reads is missing, unreadable or not yet in force.

    >>> rule = Integer("months", unit="months").at_least("history.months").cites("history")
    >>> try:
    ...     Checker("example", {"history": rule}).bind({})
    ... except FigureError as problem:
    ...     print(problem)
    The figure history.months is read by a checker but no record states it.
      Add it to its fact, or name one of: none.
    """

    def __str__(self) -> str:
        return str(self.args[0])


class InputError:
    """One answer that cannot be used.

    `input` is its name, `code` a stable word for programs, `value` what was seen, shortened to
    something printable, `accepts` what would be taken, as plain data.

    >>> print(Integer("months", unit="months", at_most=24).check(30))
    months: 30 cannot be used (too_large).
      Expected: a whole number, from 0 to 24, in months.
    """

    __slots__ = ("accepts", "code", "input", "value")

    def __init__(self, input: object, code: str, value: object, accepts: "dict[str, Any]"):
        self.input = input
        self.code = code
        self.value = shorten(value)
        self.accepts = accepts

    def to_json(self) -> "dict[str, Any]":
        """Give plain data in a fixed order."""
        return {
            "input": self.input,
            "code": self.code,
            "value": self.value,
            "accepts": self.accepts,
        }

    def __str__(self) -> str:
        return f"{self.input}: {self.value!r} cannot be used ({self.code}).\n  {self._expected()}"

    def _expected(self) -> str:
        accepts = self.accepts
        if self.code == "unknown_input":
            return f"There is no such input. The inputs are: {', '.join(accepts['inputs'])}."
        if self.code == "before":
            return f"It must not lie before {accepts['not_before']}, which is {accepts['limit']}."
        parts = [_KINDS[accepts["kind"]]]
        if accepts["kind"] == "choice":
            parts = [f"one of {', '.join(accepts['choices'])}"]
        if "minimum" in accepts and accepts["kind"] in ("int", "decimal", "date", "datetime"):
            parts.append(f"from {accepts['minimum']} to {accepts['maximum']}")
        if accepts.get("unit"):
            parts.append(f"in {accepts['unit']}")
        return f"Expected: {', '.join(parts)}."


class InputErrors(ValueError):
    """Every answer that could not be used, all at once, in `errors`.

    >>> verified = YesNo("owner_verified")
    >>> checker = Checker("example", {"verified": verified.is_true().cites("owner-check")}).bind({})
    >>> try:
    ...     checker.judge({"owner_verified": 1, "colour": "red"})
    ... except InputErrors as problem:
    ...     print([error.code for error in problem.errors])
    ['unknown_input', 'wrong_type']
    """

    def __init__(self, errors: "Iterable[InputError]"):
        self.errors = tuple(errors)
        super().__init__("\n".join(map(str, self.errors)))


_KINDS = {
    "bool": "true or false",
    "int": "a whole number",
    "decimal": 'a plain decimal such as "4.5" with at most 9 places, never a binary float',
    "date": "a date such as 2022-11-17",
    "datetime": "a moment with its offset such as 2022-11-17T15:20:00+08:00",
    "choice": "one of the choices",
}


def shorten(value: object, limit: int = 60) -> object:
    """Make any value safe to print and to send: short, no control characters, JSON types only."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    if isinstance(value, int):
        return "a whole number of more than 15 digits"
    if isinstance(value, float):
        return repr(value)
    if not isinstance(value, str):
        return f"<{type(value).__name__}>"
    text = value[: limit + 1]
    text = "".join(mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in text)
    return text[:limit] + "…" if len(text) > limit else text
