"""Tables: rows a second beside other rule engines, right or wrong with holes, cost by size.

All engines judge the same rows of one checker in one run; a median of interleaved runs counts.
Other engines answer yes, no or not at all; "not at all" is read as "can't tell yet", which is the
kindest reading. OpenFisca has no missing answers: its inputs fall back to their defaults.
`MENKAN_BENCH_ROWS` sets the largest table (10 million).
"""

import json
import os
import statistics
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl

from menkan.batch import Kernel, load
from menkan.batch.files import Writer, open_source
from menkan.batch.running import run as run_file

ROOT = Path(__file__).resolve().parents[2]
SLUG = "amazon-account-health-assurance"
PAIRED = 20_000
LARGEST = int(os.environ.get("MENKAN_BENCH_ROWS", "10000000"))
REPEATS = 3


def rows(count, holes=0.25, seed=1):
    """Draw shops on every side of the checker's limits, one answer in four missing."""
    draw = np.random.default_rng(seed)

    def column(values, dtype):
        places = draw.integers(0, len(values), count)
        drawn = pl.Series(values, dtype=dtype).gather(places)
        gone = pl.Series(draw.random(count) < holes)
        return drawn.set(gone, None)

    return pl.DataFrame(
        {
            "store": column(["us", "ca", "other"], pl.String),
            "months_of_history": column(list(range(13)), pl.Int64),
            "days_below_250": column(list(range(21)), pl.Int64),
            "emergency_contact_valid": column([True, False], pl.Boolean),
        }
    )


PYTHON = (
    "store in ('us', 'ca') and months_of_history >= 6 and days_below_250 <= 10 "
    "and emergency_contact_valid"
)
TEXT = PYTHON.replace("('us', 'ca')", "['us', 'ca']")
LOGIC = {
    "and": [
        {"in": [{"var": "store"}, ["us", "ca"]]},
        {">=": [{"var": "months_of_history"}, 6]},
        {"<=": [{"var": "days_below_250"}, 10]},
        {"==": [{"var": "emergency_contact_valid"}, True]},
    ]
}


def one_by_one(judge):
    """Make a runner of a function of one row; what it refuses is no answer."""

    def runner(frame):
        said = []
        for row in frame.iter_rows(named=True):
            try:
                said.append(bool(judge({name: each for name, each in row.items() if each is not None})))
            except Exception:  # noqa: BLE001 - engines refuse in ways of their own
                said.append(None)
        return said

    return runner


def plain_python():
    code = compile(PYTHON, "rule", "eval")
    return one_by_one(lambda row: eval(code, {}, row))


def rule_engine():
    from rule_engine import Rule

    return one_by_one(Rule(TEXT).matches)


def cel_python():
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(TEXT.replace(" and ", " && ")))
    return one_by_one(lambda row: program.evaluate(celpy.json_to_cel(row)))


def common_expression_language():
    import cel

    return one_by_one(cel.compile(TEXT.replace(" and ", " && ")).execute)


def zen_engine():
    import zen

    text = TEXT.replace("emergency_contact_valid", "emergency_contact_valid == true")
    return one_by_one(zen.compile_expression(text).evaluate)


def json_logic():
    from datalogic_py import Engine

    return one_by_one(Engine().compile(json.dumps(LOGIC)).evaluate)


def openfisca_core():
    from openfisca_core import entities, periods, simulation_builder, taxbenefitsystems, variables

    shop = entities.build_entity(key="shop", plural="shops", label="a shop", is_person=True)
    system = taxbenefitsystems.TaxBenefitSystem([shop])
    common = {"entity": shop, "definition_period": periods.DateUnit.MONTH, "label": "-"}
    kinds = {
        "store": str,
        "months_of_history": int,
        "days_below_250": int,
        "emergency_contact_valid": bool,
    }
    for name, kind in kinds.items():
        system.add_variable(type(name, (variables.Variable,), {"value_type": kind, **common}))

    def formula(shops, period):
        store = shops("store", period)
        return (
            ((store == "us") | (store == "ca"))
            * (shops("months_of_history", period) >= 6)
            * (shops("days_below_250", period) <= 10)
            * shops("emergency_contact_valid", period)
        )

    members = {"value_type": bool, "formula": formula, **common}
    system.add_variable(type("eligible", (variables.Variable,), members))

    def runner(frame):
        build = simulation_builder.SimulationBuilder()
        simulation = build.build_default_simulation(system, count=frame.height)
        for name, kind in kinds.items():
            column = frame[name].fill_null(kind())
            answers = np.array(column.to_list(), object) if kind is str else column.to_numpy()
            simulation.set_input(name, "2022-11", answers)
        return simulation.calculate("eligible", "2022-11").tolist()

    return runner


OTHERS = {
    "plain Python": plain_python,
    "rule-engine": rule_engine,
    "cel-python": cel_python,
    "common-expression-language": common_expression_language,
    "zen-engine": zen_engine,
    "json-logic (datalogic-py)": json_logic,
    "openfisca-core": openfisca_core,
}


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def paired(checker):
    """Judge the same rows with every engine, in turn; rows a second and what is right."""
    frame = rows(PAIRED)
    kernel = Kernel(checker.bound)
    runners = {
        "menkan, verdict and rules": lambda table: kernel.judge(table, only="rules")["verdict"],
        "menkan, all columns": lambda table: kernel.judge(table)["verdict"],
    }
    for name, make in OTHERS.items():
        try:
            runners[name] = make()
        except ImportError as missing:
            print(f"   {name}: not installed ({missing.name})")
    exact = [
        checker.bound.judge({name: each for name, each in row.items() if each is not None}).verdict
        for row in frame.iter_rows(named=True)
    ]
    full = frame.select(pl.all_horizontal(pl.all().is_not_null())).to_series().to_list()
    times = {name: [] for name in runners}
    said = {}
    for _ in range(REPEATS):
        for name, runner in runners.items():
            seconds, said[name] = timed(lambda runner=runner: runner(frame))
            times[name].append(seconds)
    figures = {}
    for name, answers in said.items():
        words = [
            {True: "eligible", False: "not_eligible", None: "undetermined"}.get(each, each)
            for each in answers
        ]
        right = {True: [], False: []}
        for word, wanted, whole in zip(words, exact, full, strict=True):
            right[whole].append(word == wanted)
        refused = sum(
            word == "not_eligible" != wanted for word, wanted in zip(words, exact, strict=True)
        )
        figures[name] = {
            "rows_per_second": round(PAIRED / statistics.median(times[name])),
            "right_full": statistics.mean(right[True]),
            "right_holes": statistics.mean(right[False]),
            "wrongly_refused": refused / PAIRED,
        }
    print(f"   {PAIRED:,} rows of {SLUG}, one answer in four missing")
    print(f"   {'engine':28} {'rows/s':>12} {'full rows':>10} {'with holes':>10} {'refused*':>9}")
    for name, each in figures.items():
        print(
            f"   {name:28} {each['rows_per_second']:12,} {each['right_full']:10.1%} "
            f"{each['right_holes']:10.1%} {each['wrongly_refused']:9.1%}"
        )
    print("   * said to be not eligible although that is not certain, of all rows")
    return figures


def by_size(checker):
    """Judge tables from 10 thousand rows up: seconds for each size."""
    kernel = Kernel(checker.bound)
    figures = {}
    sizes = [size for size in (10**4, 10**5, 10**6, 10**7) if size <= LARGEST] or [LARGEST]
    largest = rows(max(sizes))
    kernel.judge(largest.head(1000))
    for size in sizes:
        frame = largest.head(size)
        rules = [timed(lambda f=frame: kernel.judge(f, only="rules"))[0] for _ in range(REPEATS)]
        whole = [timed(lambda f=frame: kernel.judge(f))[0] for _ in range(REPEATS)]
        figures[size] = {"rules": statistics.median(rules), "all": statistics.median(whole)}
        speeds = [size / figures[size][each] / 1e6 for each in ("rules", "all")]
        print(f"   {size:12,} rows: rules {speeds[0]:6.1f} M/s, all columns {speeds[1]:6.1f} M/s")
    return figures


def through_files(checker):
    """Judge a CSV into a CSV with reasons, as the command does."""
    count = min(LARGEST, 1_000_000)
    with tempfile.TemporaryDirectory() as folder:
        table, out = Path(folder) / "shops.csv", Path(folder) / "out.csv"
        rows(count).write_csv(table)

        def work():
            kernel = Kernel(
                checker.bound, text=True, reasons=checker.wordlist("zh")
            )
            with open_source(str(table)) as source, Writer(str(out)) as writer:
                for frame, judged in run_file(source, kernel):
                    writer.write(frame, judged)

        seconds = statistics.median(timed(work)[0] for _ in range(REPEATS))
    print(f"   CSV in, reasons, CSV out: {count / seconds / 1e6:.2f} M rows/s")
    return count / seconds


def picture(sizes):
    """Draw seconds by rows; a straight line of slope one is a cost that grows as the table does."""
    from matplotlib.figure import Figure

    target = ROOT / ".cache" / "bench" / "batch.svg"
    target.parent.mkdir(parents=True, exist_ok=True)
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    for which, label in (("rules", "verdict and rules"), ("all", "all columns")):
        axes.loglog(list(sizes), [each[which] for each in sizes.values()], "o-", label=label)
    largest = max(sizes)
    slope = [sizes[largest]["rules"] * size / largest for size in sizes]
    axes.loglog(list(sizes), slope, ":", color="grey", label="linear")
    axes.set_xlabel("rows")
    axes.set_ylabel("seconds")
    axes.legend()
    figure.savefig(target, bbox_inches="tight")
    print(f"   drawn: {target.relative_to(ROOT)}")


def run():
    """Measure everything; gives the figures."""
    checker = load(SLUG, ROOT)
    figures = {"paired": paired(checker), "seconds_by_rows": by_size(checker)}
    picture(figures["seconds_by_rows"])
    figures["csv_rows_per_second"] = through_files(checker)
    return figures
