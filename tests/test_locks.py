"""Everything that is installed is locked with hashes, and no lock holds an address."""

import json
import re

import pytest

LOCKS = [
    "build/locks/site.txt",
    "build/locks/test.txt",
    "build/locks/bench.txt",
    "build/menkan/pack/pyodide-build.txt",
]
NPM = [
    "build/menkan/pack/npm/package-lock.json",
    "tests/browser/package-lock.json",
    "tests/benchmarks/npm/package-lock.json",
]


@pytest.mark.parametrize("name", LOCKS)
def test_every_python_package_has_a_hash(root, name):
    text = (root / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]

    assert entries
    assert [line for line in entries if "--hash=sha256:" not in line or "==" not in line] == []


@pytest.mark.parametrize("name", NPM)
def test_every_npm_package_has_a_hash(root, name):
    packages = json.loads((root / name).read_text(encoding="utf-8"))["packages"]

    missing = [key for key, item in packages.items() if key and "integrity" not in item]

    assert missing == []


@pytest.mark.parametrize("name", LOCKS + NPM)
def test_no_lock_holds_a_download_address(root, name):
    text = (root / name).read_text(encoding="utf-8")
    text = re.sub(r'"funding": \{[^}]*\}|"funding": \[[^\]]*\]', "", text)

    assert re.findall(r"(?:https?|file|git)://\S+", text) == []


@pytest.mark.parametrize(("part", "whole"), [("site", "test"), ("test", "bench")])
def test_each_lock_holds_the_one_before(root, part, whole):
    def pins(name):
        return set(re.findall(r"^[\w.\[\]-]+==\S+", (root / name).read_text("utf-8"), re.MULTILINE))

    assert pins(f"build/locks/{part}.txt") <= pins(f"build/locks/{whole}.txt")
