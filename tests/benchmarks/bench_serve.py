"""While serving 200 guides: from saving a record to the new sentence being served over HTTP.

The server is `mkdocs serve` as `python3 build/run.py serve` starts it, so the time holds the look
for changed files, twice a second, and the wait for more of them. Every change is of another
sentence of one record, made at an odd moment; both languages are asked for it.
"""

import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tests.benchmarks.bench_build import many_guides

GUIDES = 200
CHANGES = 5
TARGET = 2.0
GUIDE, ENGLISH, CHINESE = "amazon-account-health-a", "was enrolled automatically", "自动"
WORDS = ("alpha", "beta", "gamma", "delta", "epsilon")


def run(guides: int = GUIDES) -> dict:
    """Print and return the seconds of each change, their median, and the load of the machine."""
    with TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        many_guides(site, guides)
        record = site / f"docs/facts/{GUIDE}.yml"
        text = record.read_text(encoding="utf-8")
        if ENGLISH not in text or CHINESE not in text:
            raise SystemExit(f"{record.name} no longer says “{ENGLISH}” and “{CHINESE}”.")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        times = []
        with Server(site, port) as server:
            server.wait_for("en", ENGLISH, 300)
            for turn, word in enumerate(WORDS[:CHANGES]):
                time.sleep(1 + 0.13 * turn)  # not in step with the server's own look for changes
                changed = text.replace(ENGLISH, f"{ENGLISH} {word}").replace(
                    CHINESE, f"{CHINESE} {word} "
                )
                started = time.perf_counter()
                record.write_text(changed, encoding="utf-8")
                server.wait_for("en", f"{ENGLISH} {word}", 60)
                server.wait_for("zh", f" {word} ", 60)
                times.append(round(time.perf_counter() - started, 2))
                print(f"   change {turn + 1}: {times[-1]} s", flush=True)
    figures = {"guides": guides, "seconds": times, "median": statistics.median(times)}
    figures["load"] = round(os.getloadavg()[0], 1)
    print(
        f"   {guides} guides: median {figures['median']} s from saving to serving "
        f"(at most {TARGET}); load {figures['load']}"
    )
    return figures


class Server:
    """`mkdocs serve --livereload` on a site, with its log beside it."""

    def __init__(self, site: Path, port: int) -> None:
        self._site, self._address = site, f"127.0.0.1:{port}"

    def __enter__(self) -> Self:
        self._log = (self._site.parent / "serve.log").open("w+")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "mkdocs", "serve", "--strict", "--livereload"),
                *("-a", self._address),
            ],
            cwd=self._site,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
            stdout=self._log,
            stderr=self._log,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._log.close()

    def wait_for(self, language: str, words: str, seconds: float) -> None:
        """Ask for the guide until it holds the words; SystemExit with the log where it never does."""
        url = f"http://{self._address}/{language}/guides/{GUIDE}/"
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                with urllib.request.urlopen(url, timeout=seconds) as answer:
                    if words in answer.read().decode():
                        return
            except OSError:
                pass  # not yet serving
            time.sleep(0.02)
        self._log.seek(0)
        raise SystemExit(
            f"“{words}” was not served within {seconds} s:\n{self._log.read()[-2000:]}"
        )


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
