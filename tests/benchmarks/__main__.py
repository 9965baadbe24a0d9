"""Run the benchmarks: `python3 build/run.py bench [NAME ...]`; figures go to .cache/bench/<name>.json.

Times are medians of interleaved runs in one process and mean something only beside the baseline of
the same run: the machines have two noisy cores.
"""

import json
import platform
import sys
import time
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE.parents[1] / ".cache" / "bench"


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all; returns an exit code."""
    known = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    unknown = sorted(set(names) - set(known))
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 2
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name in names or known:
        print(f"\n== {name}", flush=True)
        started = time.perf_counter()
        figures = import_module(f"tests.benchmarks.bench_{name}").run()
        result = {
            "benchmark": name,
            "python": platform.python_version(),
            "machine": platform.machine(),
            "seconds": round(time.perf_counter() - started, 1),
            "figures": figures,
        }
        target = RESULTS / f"{name}.json"
        partial = target.with_suffix(".part")
        partial.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
        partial.replace(target)
        print(f"   written: {target.relative_to(HERE.parents[1])}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
