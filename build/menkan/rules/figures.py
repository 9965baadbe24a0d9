"""Figures: numbers and days that a record states and a checker reads by name."""

from .errors import FigureError
from .scales import read_date, read_decimal, read_month_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["Figures"]


def _read_int(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


_READERS: "dict[str, tuple[Callable[[str], int | None], str]]" = {
    "decimal": (read_decimal, 'a plain decimal such as "4.5"'),
    "date": (read_date, "a day such as 2022-11-17"),
    "int": (_read_int, "a number"),
}


class Figures:
    """The values in force on one day, out of `{"fact.figure": [(from, value), …], …}`.

    Values stand oldest first; `from` is an ISO date, or None where the source is undated. With
    `on` (ISO date) unset the newest value counts.
    """

    __slots__ = ("_dated", "_on", "names")

    def __init__(
        self, dated: "Mapping[str, Sequence[tuple[str | None, str]]]", on: str | None = None
    ):
        self._dated = dated
        self._on = on
        self.names: set[str] = set()  # those that were asked for

    def text(self, name: str) -> str:
        """Give the value in force as the record writes it, or raise `FigureError`."""
        self.names.add(name)
        values = self._dated.get(name)
        if not values:
            known = ", ".join(sorted(self._dated)) or "none"
            raise FigureError(
                f"The figure {name} is read by a checker but no record states it.\n"
                f"  Add it to its fact, or name one of: {known}."
            )
        on = self._on
        in_force = [value for start, value in values if start is None or on is None or start <= on]
        if not in_force:
            raise FigureError(
                f"The figure {name} has no value for {self._on}: it is first stated for "
                f"{values[0][0]}.\n  Ask about {values[0][0]} or later, or add the earlier value."
            )
        return in_force[-1]

    def read(self, name: str, kind: str) -> int:
        """Give the value in force as a whole number on the scale of `kind` (see `scales`)."""
        reader, expected = _READERS[kind]
        value = reader(self.text(name))
        if value is None:
            raise self._unreadable(name, expected)
        return value

    def read_yearly(self, name: str) -> tuple[int, int]:
        """Give the value in force as the month and the day of a day of every year."""
        value = read_month_day(self.text(name))
        if value is None:
            raise self._unreadable(name, "a day of the year such as 04-15")
        return value

    def _unreadable(self, name: str, expected: str) -> FigureError:
        return FigureError(
            f"The figure {name} is {self.text(name)!r}, which a checker cannot read.\n"
            f"  Expected {expected}."
        )
