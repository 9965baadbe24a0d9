"""What the small runtime is measured by: runs in Pyodide while every function that is entered is noted.

`run` puts generated answers, good and bad, through the JSON door for checkers of every kind, then
uses the types of Python that rules are made of in more ways than the rules do today. The more is
done here, the less often a reader's page has to fetch the whole runtime. Standard library only.
"""

# ruff: noqa: B018, BLE001, PLC3002, PLE0643, UP031, UP032 - odd uses are what this is for
import gc
import json
import sys

_THRESHOLD = gc.get_threshold()
_FIGURES = {
    "months": "6",
    "days": "10",
    "hours": "72",
    "count": "9",
    "rating": "4.55",
    "sum": "100000.5",
    "opens": "04-15",
    "closes": "10-15",
}
_DAYS = ["2022-01-31", "2023-09-28", "2023-10-16", "1900-01-01", "2199-12-31", "2024-02-29"]
_CLOCKS = ["00:00Z", "15:20:00+08:00", "15:20:00.000001-05:30", "23:59:59.9Z", "08:30"]
_GOOD = {
    "bool": [True, False, "true", "false"],
    "int": [0, 1, 8, 9, 10, 50, "7", "1,000", -1, 51],
    "decimal": ["0", "4.55", "4.549999999", "5", "0.30", "99999.99", 7, 10**12, "100000.5"],
    "date": _DAYS,
    "datetime": [f"{day}T{clock}" for day in _DAYS[:3] for clock in _CLOCKS],
}
_ODD = [None, "", True, 1.5, 1e300, "x\0y", "长".encode().decode(), [], {}, "2023-02-30", 10**400]
_ODD += ["9" * 5000, "١٢", " 7 ", "+7", "7e3", "NaN", -5, "é" * 300, "😀" * 100, [[["deep"]]]]


def run(count):
    """Do everything, `count` (text) generated answers a checker.

    Returns JSON: the modules that were imported, and one number of all that was answered.
    """
    from menkan.rules import door

    # The dated figure is a list of (from, value), as a record gives it.
    figures = {f"limits.{name}": [[None, value]] for name, value in _FIGURES.items()}
    figures["limits.rating"] = [["2020-01-01", "4.5"], ["2022-01-01", "4.55"]]
    guide = {"as_of": "2022-11-17", "figures": figures}
    opened = json.loads(door.open_site(json.dumps({"guides": {"every_kind": guide}}), "exercise"))
    if opened["errors"]:
        raise RuntimeError(opened["errors"])
    draw = _Draw(7)
    told = 0
    for bound in list(door._bound.values()):
        for number in range(int(count)):
            # Now and then unused objects are looked for at every moment, so that everything that can
            # be alive while a rule is judged is walked over once.
            gc.set_threshold(*((1, 1, 1) if number % 10 == 3 else _THRESHOLD))
            told = hash((told, _ask(door, bound, draw, number)))
    gc.set_threshold(1, 1, 1)
    door.open_site(json.dumps({"guides": {"every_kind": guide}}), "exercise")
    for text in _BROKEN:
        told = hash((told, door.answer(text)))
    door.open_site("{")
    door.open_site(
        json.dumps({"guides": {"every_kind": {"as_of": None, "figures": {}}}}), "exercise"
    )
    door.open_site(json.dumps({"guides": {"nowhere": guide}}))
    _use_the_types()
    _hold_everything()
    _sweep()
    told = hash((told, _letters(), _long_texts()))
    gc.set_threshold(*_THRESHOLD)
    _use_the_types()
    return json.dumps({"modules": sorted(sys.modules), "told": told})


def _ask(door, bound, draw, number):
    """Put one drawn set of answers through the door, in each of its ways in turn; returns the reply."""
    inputs = bound.checker.inputs
    share = 3 + draw.below(8)
    answers = {}
    for one in inputs:
        if draw.below(10) < share:
            pool = one.choices or _GOOD[one.kind]
            pool = _ODD if draw.below(12) == 0 else pool
            answers[one.name] = pool[draw.below(len(pool))]
    request = {"checker": bound.checker.slug, "answers": answers, "lenient": number % 2 == 0}
    if number % 3 == 0:
        request["text"] = True
        request["answers"] = {
            name: answer if isinstance(answer, str) else json.dumps(answer)
            for name, answer in answers.items()
        }
    if number % 5 == 0:
        request["batch"] = [request.pop("answers"), {}]
    return door.answer(json.dumps(request, ensure_ascii=number % 7 == 0))


class _Draw:
    """A generator of our own, the same on every Python."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % limit


_BROKEN = [
    "",
    "[]",
    "{",
    '{"checker": 1}',
    '{"checker": [], "answers": {}}',
    '{"checker": "nobody", "answers": {}}',
    '{"checker": "simple", "answers": []}',
    '{"checker": "simple", "answers": {"worn": 1, "worn": 2}}',
    '{"checker": "simple", "answers": {"worn": 1e999, "other": NaN, "place": -0.0}}',
    '{"checker": "simple", "answers": {"worn": "\\ud800", "place": "\\u95e8\\ud83d\\ude00"}}',
    '{"checker": "simple", "batch": [{"worn": ' + "[" * 50 + "]" * 50 + "}]}",
    '{"checker": "simple", "answers": {}, "more": [1.5, true, false, null, -12345678901234567890]}',
]


def _use_the_types():
    """Use text, numbers, containers, classes and errors in the ways that small rules might."""
    from datetime import UTC, date, datetime, time, timedelta, timezone
    from enum import Enum, Flag, IntEnum, auto
    from functools import cache, cached_property, lru_cache, partial, reduce, total_ordering
    from itertools import accumulate, chain, combinations, count, groupby, islice, pairwise, product

    text = "Menkan 门槛 é😀"
    for _ in range(2):
        text.upper().lower().casefold().title().swapcase().capitalize().strip().encode("utf-8")
        text.split(), text.rsplit(" ", 1), text.partition("门"), text.splitlines(), text.find("槛")
        text.replace("门", "x"), text.startswith(("a", "M")), text.endswith("é"), text.zfill(40)
        text.center(40).ljust(50).rjust(60), text.count("n"), text.index("k"), text.isascii()
        text[::-1], text[2:5], text * 3, text + "x", "门" in text, sorted(text), hash(text)
        text.isdigit(), text.isdecimal(), text.isalpha(), text.isspace(), text.isidentifier()
        text.translate({38376: "m", 27099: None}), text.removeprefix("M"), text.removesuffix("x")
        (
            text.encode("ascii", "replace"),
            text.encode("utf-16"),
            text.encode("utf-8", "surrogatepass"),
        )
        b"\xe9\x97\xa8".decode(), b"a\xff".decode("utf-8", "replace"), bytes(5), bytearray(b"ab")
        f"{text!r:>40} {3.14159:.2f} {1234567:,} {255:#x} {0.5:%} {12345678901234567890:d}"
        "%s %d %.3f %r %05d" % (text, 5, 2.5, None, 42), "{} {a[0]}".format(1, a=[2])
        [1, 2, 3][-1], list(range(10, 0, -3)), sum([1, 2.5, 10**30]), max(3, 5), min("ab", key=ord)
    big = 10**60
    big // 7, big % 1000, big >> 5, big << 9, -big, abs(-big), pow(3, 200, 10**9), divmod(big, 97)
    big & 255, big | 1, big ^ 3, ~big, big * big, big - 10**59, str(big), int(str(big)), float(big)
    1.5 + 2, 7 / 2, 7 // 2.0, 7.5 % 2, round(2.675, 2), int(3.9), 2**0.5, float("1e5"), repr(0.1)
    (
        (5).bit_length(),
        (1.5).as_integer_ratio(),
        hex(255),
        bin(5),
        oct(8),
        complex(1, 2) * 2,
        big > 1.5,
    )
    data = {"b": 1, "a": [1, (2, {3, 4})], None: frozenset({5}), 1.5: b"x", (1,): True}
    data.items(), data.keys() & {"a"}, data.pop("b"), data.get("zz"), data.setdefault("q", 2)
    data.update(x=1), data | {"y": 2}, dict.fromkeys("abc", 0), repr(data), str(data), list(data)
    {1, 2} | {3} & {3} ^ {4} - {5}, {1} <= {1, 2}, {1, 2}.isdisjoint({3}), set("abc").discard("a")
    row = [3, 1, 2]
    (
        row.sort(key=lambda item: -item, reverse=True),
        row.reverse(),
        row.insert(1, 9),
        row.extend((1,)),
    )
    row.pop(), row.remove(9), row.index(1), row.count(1), row.copy(), row + [1], row * 2, row == [1]
    row[1:2] = [7, 8]
    del row[0], row[:1]
    list(zip("ab", (1, 2), strict=True)), list(enumerate("ab", 1)), list(map(str, row)), any(row)
    list(filter(None, [0, 1])), all(row), list(reversed(row)), tuple(chain("a", [1])), sorted(row)
    list(combinations("abc", 2)), list(product("ab", repeat=2)), list(islice(count(), 3))
    list(accumulate([1, 2])), list(pairwise("abc")), [list(group) for _, group in groupby("aab")]
    reduce(lambda a, b: a + b, [1, 2, 3]), partial(int, base=2)("101"), cache(len)("x")
    day = date(2024, 2, 29)
    day + timedelta(days=1), day - date(2020, 1, 1), day.isoformat(), day.weekday(), day.toordinal()
    (
        date.fromordinal(738000),
        day.replace(day=1),
        day.isocalendar(),
        day < date(2025, 1, 1),
        hash(day),
    )
    moment = datetime(2024, 2, 29, 12, 30, 5, 7, tzinfo=timezone(timedelta(hours=8)))
    (
        moment.isoformat(),
        moment.astimezone(UTC),
        moment - timedelta(hours=5),
        moment.date(),
        str(moment),
    )
    (
        datetime.fromisoformat("2024-02-29T12:00:00+08:00"),
        time(1, 2),
        date.fromisoformat("2024-02-29"),
    )
    (
        timedelta(days=1, seconds=5) / 2,
        timedelta(1) // timedelta(hours=7),
        str(timedelta(1)),
        repr(moment),
    )

    class Colour(Enum):
        RED = auto()
        BLUE = "b"

    class Level(IntEnum):
        LOW = -1
        HIGH = 1

    class Mark(Flag):
        A = auto()
        B = auto()

    (
        Colour("b"),
        Colour["RED"],
        list(Colour),
        repr(Level.LOW),
        Level(1) > 0,
        Mark.A | Mark.B,
        str(Mark.A),
    )

    @total_ordering
    class Point:
        __slots__ = ("x", "y")

        def __init__(self, x, y=0):
            self.x, self.y = x, y

        def __eq__(self, other):
            return isinstance(other, Point) and self.x == other.x

        def __lt__(self, other):
            return self.x < other.x

        def __hash__(self):
            return hash((self.x, self.y))

        @property
        def both(self):
            return self.x, self.y

    class Holder(Point):
        kept = cached_property(lambda self: [self.x])

        @classmethod
        def make(cls, **words):
            return cls(*words.values())

        @staticmethod
        def none(*items, key=None):
            yield from items

        def __getattr__(self, name):
            raise AttributeError(name)

        def __call__(self):
            return super().both

    point = Holder.make(x=1, y=2)
    point.kept, point(), Point(1) <= Point(2), {Point(1): 2}, list(Holder.none(1, 2)), vars(point)
    (
        hasattr(point, "zz"),
        getattr(point, "zz", 1),
        isinstance(point, (int, Point)),
        issubclass(Holder, Point),
    )
    (
        lru_cache(maxsize=2)(abs)(-3),
        type("Made", (Point,), {})(1),
        repr(point),
        callable(point),
        dir(point),
    )
    for problem in _PROBLEMS:
        try:
            problem()
        except Exception as error:
            str(error), repr(error), error.__traceback__, error.args
    try:
        try:
            raise ValueError("first")
        except ValueError as error:
            raise KeyError("second") from error
        finally:
            gc.collect()
    except KeyError as error:
        str(error.__cause__), str(error)
    match data:
        case {"a": [first, *rest]}:
            first, rest
        case _:
            pass


def _hold_everything():
    """Keep one of each kind of object alive, half used, while unused objects are looked for."""
    from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
    from functools import partial, partialmethod
    from itertools import chain, count, cycle, islice, repeat, starmap, takewhile, zip_longest
    from operator import attrgetter, itemgetter, methodcaller
    from types import MappingProxyType, SimpleNamespace

    def generate(start=1, *rest, key=None, **words):
        yield start
        yield key

    class Plain:
        kept = partialmethod(print)

        def method(self):
            return self

    class Derived(dict, Plain):
        pass

    plain, data, items = Plain(), {"a": 1, 2: [3]}, [1, 2, 3]
    plain.other, Derived.more, plain.__dict__[5] = items, data, 6
    derived = Derived(data, b=2)
    derived.itself = derived
    started = [
        iter(data), iter(data.items()), iter(data.values()), reversed(data), iter(items), reversed(items),
        iter((1, 2)), iter({1, 2}), iter("ab"), iter("é门"), iter(b"ab"), iter(range(5)), iter(range(10**20)),
        iter(int, 1), enumerate(items), zip(items, items), map(str, items), filter(None, items), generate(),
        (item for item in items), chain(items), cycle(items), islice(items, 2), repeat(1), count(10**30),
        starmap(max, [(1, 2)]), takewhile(bool, items), zip_longest(items, "a"), iter(deque(items)),
        iter(OrderedDict(data)), iter(MappingProxyType(data)),
    ]  # fmt: skip
    for each in started:
        next(each)
    point = namedtuple("point", "x y")
    held = [
        started, derived, partial(max, 1), plain.method, Plain.method, Plain.__dict__, generate, slice(1, items),
        memoryview(b"ab"), defaultdict(list, a=[1]), Counter("aab"), ChainMap(data), deque(items), point(1, 2),
        SimpleNamespace(a=items), MappingProxyType(data), itemgetter(1), attrgetter("a"), methodcaller("b"),
        property(repr), classmethod(repr), staticmethod(repr), super(Derived, derived), object(), type(data),
        (1, items), frozenset({(1,)}), {1: {2: {3}}}, [[[]]], lambda: held, print, "".join, str.join, int.__add__,
        ValueError(items), data.items() , data.keys(), list[int], int | str, bytearray(b"a"), NotImplemented,
    ]  # fmt: skip
    try:
        raise KeyError(held) from ValueError(held)
    except KeyError as error:
        held.append(error)
        held.append(error.__traceback__)
        for _ in range(3):
            gc.collect()
    for each in started:
        for _ in islice(each, 3):
            pass
    held.clear()
    data.clear(), items.clear(), derived.clear()
    gc.collect()


def _letters():
    """Ask every character of the first two planes for its kind, its cases and its number; a digest."""
    told = 0
    kinds = ("isalpha", "isdecimal", "isdigit", "isnumeric", "islower", "isupper", "istitle")
    kinds += ("isspace", "isprintable", "isidentifier", "isalnum")
    cases = ("upper", "lower", "title", "casefold", "swapcase", "capitalize", "split", "__repr__")
    for start in range(0, 0x20000, 0x1000):
        letters = [chr(number) for number in range(start, start + 0x1000)]
        for kind in kinds:
            told = hash((told, tuple(map(getattr(str, kind), letters))))
        for case in cases:
            told = hash((told, str(getattr("".join(letters), case)())))
        for read in (int, float):
            told = hash((told, tuple(_try(read, letter) for letter in letters)))
    return told


def _long_texts():
    """Encode, decode, join, cut and write texts of every width and of lengths far apart; a digest."""
    told = 0
    for sample in ("a", "é", "门", "😀", "aé门😀", "a\ud800", "門\udfff😀", 'q"\\\n\x00é'):
        for length in (1, 40, 400, 4_000, 70_000 if sample in "aé门😀" else 9):
            text = sample * length
            for errors in ("strict", "surrogatepass", "ignore", "replace", "backslashreplace"):
                data = _try(text.encode, "utf-8", errors)
                if isinstance(data, bytes):
                    told = hash((told, data, _try(data.decode, "utf-8", errors)))
                    told = hash((told, _try(data[:-1].decode, "utf-8", errors)))
            for ascii_only in (True, False):
                written = json.dumps([text, {text: text}], ensure_ascii=ascii_only)
                told = hash((told, written, json.loads(written) == [text, {text: text}]))
            told = hash(
                (told, text[1:] + "门" + text, text.replace("a", "bc"), tuple(text.split("é")[:9]))
            )
            told = hash(
                (told, "".join([text, "z", text]), text[::-1], text.find("门"), f"{text:>9}!")
            )
    return told


def _sweep():
    """Call every operator and every method of Python's own types with a few arguments of each kind."""
    import builtins
    import operator
    from datetime import UTC, date, datetime, time, timedelta
    from functools import partial

    samples = (
        3, -7, 0, True, 10**25, 2.5, 1j, "aBé门", "", b"ab", (1, 2), [3, 1, 2], {1, 2}, frozenset({1}),
        {"a": 1}, range(3), None, slice(0, 2), date(2024, 2, 29), datetime(2024, 2, 29, tzinfo=UTC),
        timedelta(days=1, hours=1), time(1, 2), bytearray(b"ab"), iter("ab"), partial(max, 1),
        ValueError("x"), int, len, _ask, json, ..., {"a": 1}.items(), {"a": 1}.keys(),
    )  # fmt: skip
    few = (
        (),
        (1,),
        ("a",),
        ("{}", "b"),
        ([1, "a"],),
        (2, 3),
        ({"a": 1},),
        (b"a", 1),
        (None,),
        (date(2020, 1, 1),),
    )
    calls = [getattr(operator, name) for name in dir(operator) if not name.startswith("__")]
    for call in calls:
        for left in samples:
            _try(call, left)
            for right in samples[:21]:
                # A power of such a number would not end.
                if not ("pow" in call.__name__ and right == 10**25):
                    _try(call, _fresh(left), right)
    for sample in samples:
        for name in dir(sample):
            if name not in _LEFT_OUT:
                for words in few:
                    _try(getattr(_fresh(sample), name, None), *words)
        for spec in ("", "s", "d", ".2f", ">10", "x", ",", "%", "e", "%Y", "zz"):
            _try(format, sample, spec)
            _try("{0!r} {0}".format, sample)
            _try(lambda: f"%{spec[-1:] or 's'}" % sample)  # noqa: B023 - called at once
        for name in dir(builtins):
            if name not in _LEFT_OUT and name.islower():
                _try(getattr(builtins, name), sample)
                _try(getattr(builtins, name), sample, 1)
                _try(getattr(builtins, name), "a", sample)
    for one in samples:
        one_more = _fresh(one)
        for other in (2, "a", [1], {1}, 2.5, {"b": 2}):
            for step in _STEPS:
                _try(step, one_more, other)


# Would print, wait, read, run text, end Python or walk all of it.
_LEFT_OUT = {
    "breakpoint",
    "input",
    "open",
    "exit",
    "quit",
    "exec",
    "help",
    "print",
    "__subclasses__",
}
_LEFT_OUT |= {
    "__init_subclass__",
    "__subclasshook__",
    "mro",
    "__builtins__",
    "copyright",
    "credits",
    "license",
}
_LEFT_OUT |= {
    "__import__",
    "compile",
    "eval",
    "detect_encoding",
    "strptime",
    "__loader__",
    "__spec__",
    "codecs",
    "scanner",
}


def _try(call, *words):
    try:
        return call(*words)
    except Exception as error:
        return str(error)


def _fresh(sample):
    """A copy where a call could change the sample."""
    return type(sample)(sample) if isinstance(sample, (list, dict, set, bytearray)) else sample


def _add(a, b):
    a += b
    a[0] = b


def _take(a, b):
    a -= b
    a //= b


def _scale(a, b):
    a *= b
    a /= b


def _mix(a, b):
    a |= b
    a &= b
    a ^= b


def _unpack(a, b):
    first, *rest = a
    return [*a, *rest], {**a}, {*a, first}, max(*a, b)


def _index(a, b):
    a[b] = 1
    del a[b]
    return a[0:1], a[-1], b in a, a is b, not a


_STEPS = (_add, _take, _scale, _mix, _unpack, _index)


def _recurse(depth=0):
    return _recurse(depth + 1)


_PROBLEMS = (
    _recurse,
    lambda: 1 // 0,
    lambda: 1.0 / 0,
    lambda: 10**400 * 1.0,
    lambda: int("9" * 5000),
    lambda: int("x"),
    lambda: float("x"),
    lambda: {}["x"],
    lambda: [][1],
    lambda: None.x,
    lambda: None + 1,
    lambda: "a" + 1,
    lambda: len(5),
    lambda: (lambda a: a)(),
    lambda: (lambda: 1)(1),
    lambda: undefined,  # noqa: F821 - a NameError is wanted
    lambda: b"\xff".decode(),
    lambda: "\ud800".encode(),
    lambda: __import__("nowhere"),
    lambda: __import__("exercise.nowhere"),
    lambda: next(iter(())),
    lambda: [0] * (1 << 40),
    lambda: json.loads("{"),
    lambda: json.dumps({1, 2}),
    lambda: json.dumps({"a": [1, 2.5, None, True, 'é\n"\\'], "b": ()}, indent=1, sort_keys=True),
    lambda: json.dumps("\ud800é", ensure_ascii=False),
    lambda: hash([]),
    lambda: sorted([1, "a"]),
    lambda: (yes for yes in ()).throw(ValueError("thrown")),
)
