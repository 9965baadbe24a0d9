"""The JSON door: text in, text out, never an exception. The page's worker calls it.

`open_site` is called once with the site's figures, `answer` for every question. Programs in
CPython may use it too; both sides run the same code.
"""

from json import dumps, loads

from .checker import Checker
from .errors import shorten
from .inputs import JsonNumber

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .checker import BoundChecker

__all__ = ["answer", "load_answers", "open_site"]

_bound: "dict[str, BoundChecker]" = {}


def load_answers(text: str) -> "Any":
    """Parse JSON exactly: no binary floats, no repeated keys; raise ValueError otherwise.

    Numbers that are no small integer come as `JsonNumber`, which the inputs read exactly.
    """
    return loads(
        text,
        parse_float=JsonNumber,
        parse_constant=JsonNumber,
        parse_int=lambda digits: int(digits) if len(digits) <= 18 else JsonNumber(digits),
        object_pairs_hook=_no_repeats,
    )


def open_site(text: str, package: str = "checkers") -> str:
    """Load a site: `{"guides": {guide: {"as_of": date|null, "figures": {…}}}}`.

    The checkers are those of the importable `package`, one module per guide. Gives
    `{"checkers": [slug, …], "errors": []}`; a checker whose figures do not fit is named in
    errors as `{"guide", "detail"}` and the others work.
    """
    _bound.clear()
    errors: list[dict[str, str | None]] = []
    try:
        guides = loads(text)["guides"]
    except Exception as problem:  # noqa: BLE001 - the door never raises
        return _text({"checkers": [], "errors": [{"guide": None, "detail": _line(problem)}]})
    for guide, record in guides.items():
        try:
            checkers = _checkers(package, guide)
        except Exception as problem:  # noqa: BLE001 - the door never raises
            errors.append({"guide": guide, "detail": _line(problem)})
            continue
        for checker in checkers:
            try:
                _bound[checker.slug] = checker.bind(record["figures"], record["as_of"])
            except Exception as problem:  # noqa: BLE001 - the door never raises
                errors.append({"guide": guide, "detail": f"{checker.slug}: {_line(problem)}"})
    return _text({"checkers": list(_bound), "errors": errors})


def answer(text: str, checkers: "Mapping[str, BoundChecker] | None" = None) -> str:
    """Answer `{"checker": slug, "answers": {…}}` with `{"verdict": {…}|null, "errors": […]}`.

    With `"lenient": true` a bad answer counts as unanswered and the verdict is given beside its
    error; without, a bad answer means no verdict. With `"text": true` answers are the text a
    person typed ("12", "true"). `"batch": […]` instead of `"answers"` gives one such reply for
    each under `"replies"`. What goes wrong here itself comes as `{"error": {"code", "detail"}}`:
    bad_request, unknown_checker or checker_failed. `checkers` are bound ones by slug, in place of
    those of `open_site`.
    """
    try:
        request = load_answers(text)
        slug = request["checker"]
        batch = request["batch"] if "batch" in request else [request["answers"]]
        lenient, as_text = request.get("lenient") is True, request.get("text") is True
        if not all(isinstance(answers, dict) for answers in batch):
            raise TypeError("answers are an object of input names and answers")
    except Exception as problem:  # noqa: BLE001 - the door never raises
        return _error("bad_request", problem)
    try:
        bound = (_bound if checkers is None else checkers).get(slug)
    except TypeError:
        bound = None
    if bound is None:
        return _error("unknown_checker", slug)
    try:
        replies = [_reply(bound, answers, lenient, as_text) for answers in batch]
        return _text({"replies": replies} if "batch" in request else replies[0])
    except Exception as problem:  # noqa: BLE001 - the door never raises
        return _error("checker_failed", problem)


def _reply(
    bound: "BoundChecker", answers: "Mapping[str, object]", lenient: bool, as_text: bool
) -> "dict[str, object]":
    values, errors = bound.read(answers, as_text)
    verdict = None
    if lenient or not errors:
        verdict = bound.judge_values(values, answers).to_json()
    return {"verdict": verdict, "errors": [error.to_json() for error in errors]}


def _checkers(package: str, guide: str) -> list[Checker]:
    """Give a guide's checkers; a guide may have none, and then no module."""
    name = f"{package}.{guide.replace('-', '_')}"
    try:
        module = __import__(name, fromlist=["_"])
    except ModuleNotFoundError as problem:
        if problem.name not in (name, package):
            raise
        return []
    return [thing for thing in vars(module).values() if isinstance(thing, Checker)]


def _no_repeats(pairs: "list[tuple[str, Any]]") -> "dict[str, Any]":
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(n for n in names if names.count(n) > 1)!r} is given twice")
    return found


def _error(code: str, problem: object) -> str:
    return _text({"error": {"code": code, "detail": _line(problem)}})


def _line(problem: object) -> str:
    text = f"{type(problem).__name__}: {problem}" if isinstance(problem, Exception) else problem
    return str(shorten(text.replace("\n", " ") if isinstance(text, str) else text, limit=300))


def _text(data: object) -> str:
    return dumps(data, ensure_ascii=False, separators=(",", ":"))
