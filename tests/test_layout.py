"""The tree is what the design says: who may import whom, and what must not exist."""

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.parts import PAGE, PARTS, PICTURE, draw, table

ENGINE = Path(__file__).resolve().parent.parent / "build" / "menkan"


def imports_of(path: Path) -> set[str]:
    """Full names of all modules a file imports, at its top or inside functions."""
    package = ["menkan", *path.relative_to(ENGINE).parts[:-1]]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found |= {base, *(f"{base}.{alias.name}" for alias in node.names)}
    return found


# These run inside Pyodide, on the packed rules; the engine never imports them.
INSIDE = {ENGINE / "pack" / "inside.py", *(ENGINE / "pack" / "exercise").glob("*.py")}
FILES = sorted(
    path
    for path in ENGINE.rglob("*.py")
    if (path.parent != ENGINE or path.stem == "site") and path not in INSIDE
)


@pytest.fixture(scope="module")
def imported():
    """Every import of one part by another, as the code has it: (importer, imported) to files."""
    found = defaultdict(list)
    for path in FILES:
        part = path.relative_to(ENGINE).parts[0].removesuffix(".py")
        for name in imports_of(path):
            other = name.split(".")[1] if name.startswith("menkan.") else part
            if other in PARTS and other != part:
                found[part, other].append(str(path.relative_to(ENGINE)))
    return found


def test_the_table_of_parts_is_what_the_code_imports(imported):
    told = {(part, other) for part, (_, used) in PARTS.items() for other in used}
    folders = {path.parent.name for path in ENGINE.glob("*/__init__.py")} | {"site"}

    assert {pair: files for pair, files in imported.items() if pair not in told} == {}
    assert told - set(imported) == set(), "no longer imported: take it out of tests/parts.py"
    assert set(PARTS) == folders


def test_parts_import_only_downwards():
    order = list(PARTS)

    for part, (_, used) in PARTS.items():
        assert [other for other in used if order.index(other) <= order.index(part)] == [], part


def test_every_arrow_of_the_picture_is_an_import_and_every_import_an_arrow(imported):
    text = PICTURE.read_text(encoding="utf-8")
    picture = ElementTree.fromstring(text)  # noqa: S314 - our own file
    arrows = [
        (one.get("data-from"), one.get("data-to")) for one in picture.iter() if one.get("data-to")
    ]

    assert sorted(arrows) == sorted(imported)


def test_picture_and_table_are_drawn_anew_from_the_parts():
    assert PICTURE.read_text(encoding="utf-8") == draw(), "run python -m tests.parts"
    assert table() in PAGE.read_text(encoding="utf-8"), "run python -m tests.parts"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_only_the_plugin_imports_mkdocs(path):
    part = path.relative_to(ENGINE).parts[0]
    used = {name.split(".")[0] for name in imports_of(path)}

    assert "mkdocs" not in used or part == "plugin"


@pytest.mark.parametrize(
    "path",
    [path for path in FILES if path.relative_to(ENGINE).parts[0] == "rules"],
    ids=lambda path: path.name,
)
def test_rules_import_the_standard_library_alone(path):
    used = {name.split(".")[0] for name in imports_of(path) if name}

    assert used <= set(sys.stdlib_module_names) | {"menkan"}


def test_build_stays_a_plain_folder(root):
    assert not (root / "build" / "__init__.py").exists()


def test_import_build_finds_the_packager_of_that_name(root):
    code = "import build; print(build.__file__, hasattr(build, 'ProjectBuilder'))"

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip().endswith("True")


@pytest.mark.parametrize("path", sorted(ENGINE.glob("*/__init__.py")), ids=lambda p: p.parent.name)
def test_public_names_are_kept_true(path):
    """`__all__` names exactly what a package's front door imports, defines or brings later."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    offered = set()
    listed = None
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (
            node.level or (node.module or "").startswith("menkan")
        ):
            offered |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            offered.add(node.name)
        elif isinstance(node, ast.Assign) and node.targets[0].id == "_LATER":
            offered |= set(ast.literal_eval(node.value))
        elif isinstance(node, ast.Assign) and node.targets[0].id == "__all__":
            listed = set(ast.literal_eval(node.value))
    assert listed is not None
    assert listed == {name for name in offered if not name.startswith("_")}
