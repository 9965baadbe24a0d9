"""Write verdicts of generated answer sets, one line each: the same bytes on every Python.

    python tests/rules/write_verdicts.py SITE_JSON COUNT

`SITE_JSON` is the text for the JSON door (a file). For every checker COUNT answer sets are drawn,
good and bad, and the door's reply to each is printed; the last line is the number of replies.
Standard library only, so that it runs in any Python and inside Pyodide, with `menkan` and
`checkers` importable.
"""

import json
import sys

# What is drawn for each kind besides edges of the input's own limits: right and wrong.
_DAYS = ["2022-01-31", "2022-02-28", "2023-09-28", "2023-10-09", "2023-04-15", "2023-10-16"]
_ODD = [None, "", True, 1.5, "x\x00y", [], "2023-02-30", 10**400, "9" * 5000, "١٢"]
_TEXTS = {
    "date": [*_DAYS, "1900-01-01", "2199-12-31", "2024-02-29", "2026-12-30"],
    "datetime": [
        f"{day}T{clock}"
        for day in _DAYS[:3]
        for clock in ("00:00Z", "15:20:00+08:00", "15:20:00.000001-05:30", "23:59:59.9Z")
    ],
    "decimal": ["0", "0.1", "0.30", "1", "1.000000001", "99999.99", "100000", "500000", 7, 10**12],
    "int": [0, 1, 2, 5, 6, 9, 10, 11, 19, 20, 10**12],
    "bool": [True, False],
}


class Draw:
    """A generator of our own (a linear congruence), the same on every Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit

    def answers(self, inputs):
        drawn = {}
        share = 3 + self.below(7)
        for one in inputs:
            if self.below(10) >= share:
                continue
            pool = one.choices or _TEXTS[one.kind]
            odd = self.below(40) == 0
            drawn[one.name] = _ODD[self.below(len(_ODD))] if odd else pool[self.below(len(pool))]
        return drawn


def lines(site, count):
    """Yield the door's replies; `site` is the text it is opened with."""
    from menkan.rules import door

    yield door.open_site(site)
    replies = 0
    for slug, bound in sorted(door._bound.items()):
        draw = Draw(sum(slug.encode()))
        for number in range(count):
            answers = draw.answers(bound.checker.inputs)
            request = {"checker": slug, "answers": answers, "lenient": number % 2 == 0}
            yield door.answer(json.dumps(request))
            replies += 1
    yield str(replies)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in lines(file.read(), int(sys.argv[2])):
            sys.stdout.buffer.write(line.encode() + b"\n")
