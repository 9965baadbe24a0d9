"""The questions a checker asks: what every input does, and the two kinds without an order of size.

An input turns an answer into a whole number on its scale (`scales`) and back. Reading never
coerces: a boolean is no number, 1.0 is no whole number, a binary float is no decimal. The methods
of an input make conditions and quantities, so a checker reads like its source. Numbers, days and
instants are in `measures`.
"""

from .errors import CheckerError, InputError
from .nodes import All, Any, Node, OneOf

TYPE_CHECKING = False
if TYPE_CHECKING:
    import typing

    # An answer as JSON shows it.
    Json = bool | int | str

__all__ = ["LONGEST_TEXT", "Choice", "Input", "JsonNumber", "YesNo"]

# No answer is longer; what is longer is refused before it is looked at.
LONGEST_TEXT = 64


class JsonNumber(str):
    """A JSON number as it was written, for reading it without a binary float in between.

    >>> price = Decimal("price", unit="CNY")
    >>> price.write(price.read(JsonNumber("45e-1")))
    '4.5'
    """

    __slots__ = ()


class Input:
    """One question. `low` and `high` bound its answers as whole numbers, both included.

    >>> store = Choice("store", "us", "ca")
    >>> store.accepts()
    {'kind': 'choice', 'choices': ['us', 'ca']}
    >>> store.check("mars").code
    'not_a_choice'
    """

    kind = ""
    unit: str | None = None
    choices: tuple[str, ...] = ()
    default: str | None = None
    not_before: "Input | None" = None

    def __init__(self, name: str, low: int, high: int):
        if not name.isidentifier() or name != name.lower():
            raise CheckerError(
                f"{name!r} cannot name an input.\n  Use lower-case words joined by underscores."
            )
        self.name = name
        self.low = low
        self.high = high

    @property
    def minimum(self) -> "Json":
        """The least answer, as JSON shows it."""
        return self.write(self.low)

    @property
    def maximum(self) -> "Json":
        """The greatest answer, as JSON shows it."""
        return self.write(self.high)

    def read(self, answer: object) -> int | str:
        """Give the answer as a whole number on the input's scale, or a code saying why not."""
        raise NotImplementedError

    def read_text(self, text: str) -> int | str:
        """Read what a person typed or a table cell holds; like `read` otherwise."""
        return self.read(text)

    def write(self, value: int) -> "Json":
        """Give the answer back as JSON shows it."""
        raise NotImplementedError

    def nearest(self, value: int, first: int, last: int) -> int:
        """Give the answer between `first` and `last` that is nearest to `value`."""
        return min(max(value, first), last)

    def check(self, answer: object, as_text: bool = False) -> int | InputError:
        """Read an answer and hold it against the bounds."""
        result: int | str
        if isinstance(answer, str) and len(answer) > LONGEST_TEXT:
            result = "too_long"
        elif as_text and isinstance(answer, str):
            result = self.read_text(answer)
        else:
            result = self.read(answer)
        if isinstance(result, int):
            if self.low <= result <= self.high:
                return result
            result = "too_small" if result < self.low else "too_large"
        return InputError(self.name, result, answer, self.accepts())

    def accepts(self) -> "dict[str, typing.Any]":
        """Say as plain data what answers are taken."""
        accepts: dict[str, typing.Any] = {"kind": self.kind}
        if self.unit:
            accepts["unit"] = self.unit
        if self.choices:
            accepts["choices"] = list(self.choices)
        else:
            accepts["minimum"] = self.minimum
            accepts["maximum"] = self.maximum
        return accepts

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class YesNo(Input):
    """A yes/no question.

    >>> rule = YesNo("owner_verified").is_true().cites("owner-check")
    >>> checker = Checker("example", {"verified": rule}).bind({})
    >>> checker.judge({"owner_verified": True}).verdict
    'eligible'
    """

    kind = "bool"

    def __init__(self, name: str):
        super().__init__(name, 0, 1)

    def read(self, answer: object) -> int | str:
        return int(answer) if isinstance(answer, bool) else "wrong_type"

    def read_text(self, text: str) -> int | str:
        return {"true": 1, "false": 0}.get(text.lower(), "wrong_type")

    def write(self, value: int) -> bool:
        return bool(value)

    def is_true(self) -> OneOf:
        """The answer is yes."""
        return OneOf(self, (1,))

    def is_false(self) -> OneOf:
        """The answer is no."""
        return OneOf(self, (0,))


class Choice(Input):
    """One of a few options; where they have an order, the lowest stands first.

    >>> plan = Choice("plan", "basic", "silver", "gold")
    >>> checker = Checker("example", {"plan": plan.at_least("silver").cites("plans")}).bind({})
    >>> checker.judge({"plan": "gold"}).verdict
    'eligible'
    """

    kind = "choice"

    def __init__(self, name: str, *choices: str):
        super().__init__(name, 0, len(choices) - 1)
        self.choices = choices

    def read(self, answer: object) -> int | str:
        if not isinstance(answer, str) or isinstance(answer, JsonNumber):
            return "wrong_type"
        return self.choices.index(answer) if answer in self.choices else "not_a_choice"

    def write(self, value: int) -> str:
        return self.choices[value]

    def is_(self, *choices: str) -> OneOf:
        """The answer is one of these options."""
        return OneOf(self, tuple(self._place(choice) for choice in choices))

    def at_least(self, choice: str) -> OneOf:
        """The answer is this option or a higher one."""
        return OneOf(self, tuple(range(self._place(choice), len(self.choices))))

    def switch(self, **conditions: Node) -> Node:
        """For each option its own condition; every option has one."""
        if sorted(conditions) != sorted(self.choices):
            raise CheckerError(
                f"{self.name}.switch(…) names {sorted(conditions)}.\n"
                f"  Give one condition for each of {sorted(self.choices)}."
            )
        return Any(*(All(self.is_(choice), node) for choice, node in conditions.items()))

    def _place(self, choice: str) -> int:
        if choice not in self.choices:
            raise CheckerError(
                f"{self.name} has no option {choice!r}.\n  It has: {', '.join(self.choices)}."
            )
        return self.choices.index(choice)
