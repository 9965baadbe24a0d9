"""How long a verdict and a start take.

`judge`: median and 95th percentile over partial answer sets of every size, cold (nothing
remembered between two of them) and warm. `start`: the door imported in a fresh process, less an
empty process, median of 15. The limits are those of the design: 1 ms median, a start of a few ms.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "build"), str(ROOT / "tests/rules")]

from oracle import Oracle, as_json
from own_site import SLUGS, bound

LIMIT_MS = 1.0


def judge_times(slug, cold):
    """Measure single verdicts in milliseconds, sorted."""
    checker, random = bound(slug), Random(slug)
    oracle = Oracle(slug, None)
    times = []
    for _ in range(400):
        answers = as_json(oracle.draw(random, random.random()))
        if cold:
            checker._remembered.clear()
        start = time.perf_counter()
        checker.judge(answers)
        times.append((time.perf_counter() - start) * 1000)
    return sorted(times)


def start_ms(statement):
    """Measure a fresh process that runs one statement, median of 15, in milliseconds."""
    times = []
    for _ in range(15):
        start = time.perf_counter()
        code = f"import sys; sys.path[:0] = [{str(ROOT / 'build')!r}]; {statement}"
        subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure():
    """Give every figure, in milliseconds."""
    judged = {}
    for slug in SLUGS:
        cold, warm = judge_times(slug, cold=True), judge_times(slug, cold=False)
        judged[slug] = {
            "cold_median": cold[len(cold) // 2],
            "cold_p95": cold[len(cold) * 95 // 100],
            "warm_median": warm[len(warm) // 2],
        }
    empty = start_ms("pass")
    return {
        "judge_ms": judged,
        "start_ms": {
            "door": start_ms("import menkan.rules.door") - empty,
            "json": start_ms("import json") - empty,
            "datetime": start_ms("import datetime") - empty,
        },
    }


def run() -> dict:
    """Print the table, hold it against the limit, and return the figures in milliseconds."""
    found = measure()
    for slug, times in found["judge_ms"].items():
        print(f"{slug:38}", *(f"{name} {value:6.3f}" for name, value in times.items()))
    print(*(f"import {name} {value:.1f} ms" for name, value in found["start_ms"].items()))
    slowest = max(times["cold_median"] for times in found["judge_ms"].values())
    print(f"the slowest median is {slowest:.3f} ms; the limit is {LIMIT_MS} ms")
    return found
