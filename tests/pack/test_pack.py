"""The packed runtime: byte code of the browser's own Python, true hashes, clear refusals."""

import hashlib
import json
import zipfile

import pytest

from menkan.pack import PackError, pack
from menkan.site import Site

# CPython 3.14's magic number, the first two bytes of its .pyc files (Lib/importlib/_bootstrap_external).
MAGIC_3_14 = 3627


@pytest.fixture(scope="module")
def site(root):
    return Site.load(root, ("zh", "en"))


@pytest.fixture(scope="module")
def runtime(root, site, cache):
    requests = [
        json.dumps({"checker": checker.slug, "answers": {}})
        for checkers in site.checkers.values()
        for checker in checkers
    ]
    return pack(root / "checkers", site.figures(), requests, cache / "pack")


@pytest.fixture(scope="module")
def manifest(runtime):
    return json.loads((runtime.folder / runtime.manifest).read_text(encoding="utf-8"))


def archive(runtime, manifest, name):
    return zipfile.ZipFile(runtime.folder / manifest["files"][name]["path"])


def test_the_manifest_tells_true_sizes_and_hashes(runtime, manifest):
    for name, item in [*manifest["files"].items(), *manifest["whole"].items()]:
        data = (runtime.folder / item["path"]).read_bytes()
        assert (item["size"], item["sha256"]) == (len(data), hashlib.sha256(data).hexdigest()), name


@pytest.mark.parametrize("name", ["app.zip", "stdlib.zip"])
def test_only_byte_code_of_the_browsers_python_is_shipped(runtime, manifest, name):
    with archive(runtime, manifest, name) as packed:
        for entry in packed.infolist():
            data = packed.read(entry)
            assert entry.filename.endswith(".pyc")
            assert int.from_bytes(data[:2], "little") == MAGIC_3_14
            assert data[4:8] == b"\1\0\0\0", "unchecked hash"
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_checkers_and_rules_are_all_there(runtime, manifest, root):
    with archive(runtime, manifest, "app.zip") as packed:
        names = set(packed.namelist())

    expected = {f"checkers/{path.stem}.pyc" for path in (root / "checkers").glob("*.py")}
    assert expected <= names
    assert "menkan/rules/door.pyc" in names


def test_the_standard_library_is_trimmed_to_what_is_used(runtime, manifest):
    with archive(runtime, manifest, "stdlib.zip") as packed:
        names = set(packed.namelist())

    assert "json/decoder.pyc" in names
    assert len(names) < 60
    assert not {name for name in names if name.startswith(("email/", "unittest/", "http/"))}


def test_packing_again_gives_the_same_names(runtime, root, site, cache):
    again = pack(root / "checkers", site.figures(), [], cache / "pack")

    assert again == runtime


def test_a_checker_out_of_reach_is_named_with_its_line(tmp_path, cache):
    (tmp_path / "bad_guide.py").write_text("import json\nimport socket\n", encoding="utf-8")

    with pytest.raises(PackError) as caught:
        pack(tmp_path, {"guides": {}}, [], cache / "pack")

    assert f"{tmp_path / 'bad_guide.py'}:2: a checker imports socket" in str(caught.value)


def test_a_checker_that_is_not_python_is_named_with_its_line(tmp_path, cache):
    (tmp_path / "bad_guide.py").write_text("x = 1\nx = = 2\n", encoding="utf-8")

    with pytest.raises(PackError, match=r"bad_guide\.py:2: not Python"):
        pack(tmp_path, {"guides": {}}, [], cache / "pack")


def test_a_checker_that_fails_in_the_browsers_python_is_told(tmp_path, cache):
    (tmp_path / "bad_guide.py").write_text("from menkan.rules import Nothing\n", encoding="utf-8")
    site = {"guides": {"bad-guide": {"as_of": None, "figures": {}}}}
    request = json.dumps({"checker": "x", "answers": {}})

    with pytest.raises(PackError, match="cannot import name 'Nothing'"):
        pack(tmp_path, site, [request], cache / "pack")


def test_the_small_runtime_is_what_readers_get_first(manifest):
    small, whole = (
        sum(manifest[kind][name]["size"] for name in ("worker.js", "python.wasm", "stdlib.zip"))
        for kind in ("files", "whole")
    )

    assert small < whole / 3


def test_failed_packing_leaves_nothing_behind(tmp_path, cache):
    own, checkers = tmp_path / "cache", tmp_path / "checkers"
    own.mkdir()
    checkers.mkdir()
    # The parts that are there already, in a cache that no other test writes into meanwhile.
    for part in (cache / "pack").iterdir():
        (own / part.name).symlink_to(part)
    before = {path.name for path in own.iterdir()}
    (checkers / "bad_guide.py").write_text("from menkan.rules import Nothing\n", encoding="utf-8")

    with pytest.raises(PackError):
        pack(checkers, {"guides": {"bad-guide": {"as_of": None, "figures": {}}}}, [], own)

    assert {path.name for path in own.iterdir()} == before
