"""Figures move verdicts and tables together; tables, lint, door and working days hold."""

import datetime
import json
import subprocess
import sys
from random import Random

import holidays
import menkan.rules
import pytest
from make_workdays import table
from menkan.rules import (
    Checker,
    Date,
    FigureError,
    Integer,
    YesNo,
    decision_table,
    lint,
    verdict_text,
    workdays,
)
from menkan.rules.door import answer, load_answers, open_site
from oracle import Oracle, as_json
from own_site import ROOT, SLUGS, bound, site_checkers, site_figures


def rebound(slug, **changed):
    """Bind a checker with some figures replaced: name with __ for the point, value."""
    guide, checker = site_checkers()[slug]
    as_of, figures = site_figures()[guide]
    new = {name.replace("__", "."): value for name, value in changed.items()}
    return checker.bind({**figures, **new}, as_of=as_of)


# Figures


def test_a_changed_figure_moves_verdict_and_table_together():
    slug, answers = "relang-advanced-operator", {"existing_advanced_operators": 24}
    stricter = {"operator-limit.accounts": [[None, "25"]]}

    before, after = bound(slug), rebound(slug, **stricter)

    assert before.judge(answers).verdict == "not_eligible"
    assert after.judge(answers).verdict == "undetermined"
    assert after.judge(answers).values == {"slots_left": 1}
    assert '"value": "20"' in json.dumps(decision_table(before).to_json())
    assert '"value": "25"' in json.dumps(decision_table(after).to_json())


def test_the_value_in_force_on_a_day_counts():
    _, checker = site_checkers()["taobao-image-space-capacity"]
    figures = {"space-price.price": [["2022-09-06", "4.5"], ["2024-01-01", "5"]]}
    answers = {"purchased_gb": "0", "used_gb": "0", "upload_gb": "2"}

    costs = [
        checker.bind(figures, on=on).judge(answers).values["extra_cost_cny_per_year"]
        for on in ("2022-09-06", "2023-12-31", "2024-01-01", None)
    ]

    assert costs == ["9", "9", "10", "10"]


def test_a_day_before_the_first_value_is_told():
    _, checker = site_checkers()["taobao-image-space-capacity"]

    with pytest.raises(FigureError, match=r"space-price\.price has no value for 2022-09-05"):
        checker.bind({"space-price.price": [["2022-09-06", "4.5"]]}, on="2022-09-05")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        pytest.param({}, r"figure space-price\.price is read", id="missing"),
        pytest.param({"space-price.price": [[None, "4,5"]]}, "'4,5'", id="unreadable"),
    ],
)
def test_a_figure_that_cannot_be_read_is_named(figures, expected):
    _, checker = site_checkers()["taobao-image-space-capacity"]

    with pytest.raises(FigureError, match=expected):
        checker.bind(figures)


def test_every_verdict_is_dated_by_its_source_and_cites_facts(slug):
    guide, _ = site_checkers()[slug]

    verdict = bound(slug).judge({})

    assert verdict.as_of == site_figures()[guide][0]
    assert all(finding.cites for finding in verdict.rules.values())
    assert list(json.loads(verdict_text(verdict))) == [
        "checker",
        "as_of",
        "verdict",
        "rules",
        "values",
        "needs",
        "changes",
    ]


# Decision tables, read by an interpreter that shares nothing with the library's evaluation


def holds(condition, name, answers):
    if "is" in condition:
        return answers[name] in condition["is"]
    if "season" in condition:
        first, last = condition["season"]
        return (first <= f"{answers[name]:%m-%d}" <= last) == condition["inside"]
    if "outside_calendar" in condition:
        return due(answers["submitted_on"], 3) is None
    limit, value = condition["limit"], answers[name]
    if "sum" in limit:
        edge = sum(answers[each] for each in limit["sum"])
    elif "input" in limit:
        start, count = answers[limit["input"]], int(limit.get("plus", 0))
        edge = {
            "days": lambda: start + datetime.timedelta(days=count),
            "hours": lambda: start + datetime.timedelta(hours=count),
            "months": lambda: month_on(start),
            "working_days": lambda: due(start, count),
        }[limit["unit"]]()
        if edge is None:
            return False
    else:
        edge = (
            type(value)(limit["value"])
            if not isinstance(value, datetime.date)
            else (datetime.date.fromisoformat(limit["value"]))
        )
    return {
        ">=": lambda: value >= edge,
        ">": lambda: value > edge,
        "<=": lambda: value <= edge,
        "<": lambda: value < edge,
    }[condition["sign"]]()


def month_on(day):
    following = (day.replace(day=1) + datetime.timedelta(days=31)).replace(day=1)
    last = (following + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return following.replace(day=min(day.day, last.day))


def due(day, count):
    china = holidays.country_holidays("CN")
    while count:
        if not 2004 <= day.year <= 2026:
            return None
        day += datetime.timedelta(days=1)
        if day.year > 2026:
            return None
        count -= china.is_working_day(day)
    return day


def test_a_table_says_what_the_verdict_says(slug):
    oracle = Oracle(slug, lambda day: workdays.is_working_day(day.toordinal()))
    random, rows = Random(slug), decision_table(bound(slug)).to_json()["rows"]

    for _ in range(300):
        answers = oracle.draw(random, 1.0)
        matching = {
            row["verdict"]
            for row in rows
            if all(
                holds(condition, name, answers)
                for name, conditions in row["conditions"].items()
                for condition in conditions
            )
        }
        assert matching == {bound(slug).judge(as_json(answers)).verdict}, answers


# Lint


def test_the_sites_checkers_have_no_fault(slug):
    assert [str(fault) for fault in lint(bound(slug))] == []


POINTS = Integer("points", unit="points", at_most=100)
FIGURES = {"a.least": [[None, "60"]], "a.most": [[None, "50"]], "a.all": [[None, "101"]]}


@pytest.mark.parametrize(
    ("rules", "code", "names"),
    [
        pytest.param(
            {"high": POINTS.at_least("a.all").cites("a")}, "never_met", ("high",), id="never met"
        ),
        pytest.param(
            {"low": POINTS.below("a.all").cites("a")}, "never_fails", ("low",), id="never fails"
        ),
        pytest.param(
            {
                "high": POINTS.at_least("a.least").cites("a"),
                "low": POINTS.below("a.most").cites("a"),
            },
            "contradiction",
            ("high", "low"),
            id="two rules that contradict",
        ),
    ],
)
def test_lint_names_the_rule(rules, code, names):
    faults = lint(Checker("c", rules).bind(FIGURES))

    assert (faults[0].code, faults[0].names) == (code, names)
    assert str(faults[0]).startswith("c: the rule")


def test_lint_names_an_input_no_rule_reads_and_one_that_never_matters():
    sure, idle, other = YesNo("sure"), YesNo("idle"), YesNo("other")
    redundant = sure.is_true() | (sure.is_true() & idle.is_true())
    checker = Checker("c", {"r": redundant.cites("a")}, {"shown": other.is_true()})

    faults = lint(checker.bind({}))

    assert ("unread_input", ("other",)) in [(fault.code, fault.names) for fault in faults]
    checker = Checker("c", {"r": redundant.cites("a")})
    assert [(f.code, f.names) for f in lint(checker.bind({}))] == [("idle_input", ("idle",))]


def test_lint_names_a_figure_the_guide_hides():
    checker = Checker("c", {"high": POINTS.at_least("a.least").cites("a")}).bind(FIGURES)

    assert [fault.code for fault in lint(checker, shown={"a.most"})] == ["hidden_figure"]
    assert lint(checker, shown={"a.least"}) == []


# The door


@pytest.fixture
def door(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    guides = {
        guide: {"as_of": as_of, "figures": figures}
        for guide, (as_of, figures) in site_figures().items()
    }
    opened = json.loads(open_site(json.dumps({"guides": guides})))
    assert opened["errors"] == []
    assert sorted(opened["checkers"]) == SLUGS
    return lambda request: json.loads(
        answer(request if isinstance(request, str) else json.dumps(request))
    )


def test_the_door_gives_the_verdict_of_judge(door):
    slug, answers = "huawei-joint-listing", {"certification_passed": True}

    reply = door({"checker": slug, "answers": answers})

    assert reply == {"verdict": bound(slug).judge(answers).to_json(), "errors": []}


def test_a_lenient_door_leaves_a_bad_answer_out(door):
    request = {"checker": "amazon-brazil", "answers": {"store": "mx", "professional_plan": False}}

    strict, lenient = door(request), door({**request, "lenient": True})

    assert strict["verdict"] is None
    assert strict["errors"] == lenient["errors"]
    assert [error["input"] for error in lenient["errors"]] == ["store"]
    assert lenient["verdict"]["verdict"] == "not_eligible"


def test_the_door_reads_typed_text_and_batches(door):
    batch = [
        {"already_authorized": "9", "authorizer": "standard_edition"},
        {"adult_products": "true"},
        {"already_authorized": ""},
    ]

    replies = door({"checker": "taobao-image-space-authorization", "batch": batch, "text": True})

    verdicts = [reply["verdict"]["verdict"] for reply in replies["replies"]]
    assert verdicts == ["undetermined", "not_eligible", "undetermined"]


@pytest.mark.parametrize(
    ("request_text", "code"),
    [
        pytest.param("{", "bad_request", id="half a text"),
        pytest.param("[]", "bad_request", id="a list"),
        pytest.param('{"checker": "amazon-brazil"}', "bad_request", id="no answers"),
        pytest.param('{"checker": "amazon-brazil", "answers": []}', "bad_request", id="a list"),
        pytest.param('{"checker": "x", "answers": {}}', "unknown_checker", id="no such checker"),
        pytest.param('{"checker": {}, "answers": {}}', "unknown_checker", id="an odd slug"),
        pytest.param(
            '{"checker": "amazon-brazil", "answers": {"store": "us", "store": "other"}}',
            "bad_request",
            id="an answer given twice",
        ),
        pytest.param('{"a":' * 100_000, "bad_request", id="nested without end"),
    ],
)
def test_the_door_never_raises(door, request_text, code):
    reply = door(request_text)

    assert list(reply) == ["error"]
    assert reply["error"]["code"] == code
    assert "\n" not in reply["error"]["detail"]


def test_a_failing_checker_is_told_and_the_next_call_works(door, monkeypatch):
    request = {"checker": "amazon-brazil", "answers": {}}
    monkeypatch.setattr(menkan.rules.BoundChecker, "judge_values", lambda *_: 1 / 0)

    assert door(request)["error"]["code"] == "checker_failed"
    monkeypatch.undo()
    assert json.loads(answer(json.dumps(request)))["verdict"]["verdict"] == "undetermined"


def test_one_guide_with_bad_figures_leaves_the_others_working(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    guides = {
        "taobao-image-space": {"as_of": None, "figures": {}},
        "huawei-joint-operation": {"as_of": None, "figures": {}},
    }

    reply = json.loads(open_site(json.dumps({"guides": guides})))

    assert "huawei-joint-listing" in reply["checkers"]
    assert "taobao-image-space-capacity" not in reply["checkers"]
    assert {error["guide"] for error in reply["errors"]} == {"taobao-image-space"}
    assert "space-price.price" in reply["errors"][-1]["detail"]


def test_json_numbers_are_read_exactly():
    found = load_answers('{"a": 0.1, "b": 12, "c": 1e400, "d": NaN, "e": ' + "9" * 5000 + "}")

    assert found["b"] == 12
    assert [found[name][:5] for name in "acde"] == ["0.1", "1e400", "NaN", "99999"]


# Working days


def test_the_packed_calendar_is_that_of_the_package():
    text = (ROOT / "build/menkan/rules/workdays_table.py").read_text(encoding="utf-8")

    assert text.split("EXCEPTIONS")[1] == table().split("EXCEPTIONS")[1]


def test_the_calendar_agrees_with_a_second_package():
    chinese_calendar = pytest.importorskip("chinese_calendar")
    first, last = workdays.coverage()

    differing = [
        day
        for day in map(datetime.date.fromordinal, range(first, last + 1))
        if workdays.is_working_day(day.toordinal()) != chinese_calendar.is_workday(day)
    ]

    # The notice for 2006 made this Saturday a working day; the second package begins after it.
    assert differing == [datetime.date(2005, 12, 31)]


def test_the_second_package_covers_every_year_of_the_table():
    assert min(workdays.EXCEPTIONS) == 2004
    assert [workdays.coverage()[0], workdays.coverage()[1]] == [
        datetime.date(min(workdays.EXCEPTIONS), 1, 1).toordinal(),
        datetime.date(max(workdays.EXCEPTIONS), 12, 31).toordinal(),
    ]


@pytest.mark.parametrize(
    ("start", "note"),
    [("2026-12-28", None), ("2026-12-29", "out_of_coverage"), ("2003-12-31", "out_of_coverage")],
)
def test_past_the_coverage_nothing_is_guessed(start, note):
    if max(workdays.EXCEPTIONS) != 2026 and start.startswith("2026"):
        pytest.skip("the calendar has grown; its new end is tested by the last covered day below")
    answers = {"submitted_on": start, "listings_submitted_that_day": 1, "today": "2199-12-31"}

    verdict = bound("huawei-listing-review").judge(answers)

    assert verdict.rules["past_due"].note == note
    assert (verdict.values["due_on"] is None) == (note is not None)


def test_the_last_covered_day_is_the_last_that_can_be_counted_from():
    last = workdays.covered_days(3)[1]

    assert workdays.plus_working_days(last, 3) <= workdays.coverage()[1]
    with pytest.raises(KeyError):
        workdays.plus_working_days(last + 1, 3)


# The library itself


def test_the_library_imports_nothing_outside_the_standard_library():
    script = (
        "import sys, menkan.rules.door, menkan.rules.tables, menkan.rules.linting, "
        "menkan.rules.loading; print(*{n.partition('.')[0] for n in sys.modules})"
    )
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(ROOT / 'build')!r}]; {script}",
    ]

    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert set(loaded) - set(sys.stdlib_module_names) - {"__main__"} == {"menkan"}


def test_the_door_leaves_the_slow_modules_out():
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(ROOT / 'build')!r}]; import menkan.rules.door; print(*sys.modules)",
    ]

    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert not {"dataclasses", "inspect", "typing", "decimal", "fractions", "importlib.util"} & set(
        loaded
    )


def test_public_names_exist_and_say_what_they_are():
    for name in menkan.rules.__all__:
        thing = getattr(menkan.rules, name)
        assert thing is not None
        if callable(thing):
            assert thing.__doc__


def test_the_sites_slugs_are_known():
    assert len(SLUGS) == 25


def test_dates_with_defaults_say_which():
    defaults = {
        (slug, one.name): one.default
        for slug in SLUGS
        for one in bound(slug).checker.inputs
        if one.default
    }

    assert set(defaults.values()) == {"today", "now"}
    assert {name for _, name in defaults} == {"today", "now"}
    assert Date("today", default="today").default == "today"
