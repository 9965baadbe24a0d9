"""The tree is what the design says: who may import whom, and what must not exist."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ENGINE = Path(__file__).resolve().parent.parent / "build" / "menkan"
# Lower layers first; a package may import only packages of the sets named here, and itself.
MAY_IMPORT = {
    "rules": set(),
    "clean": set(),
    "facts": set(),
    "pack": set(),
    "site": {"rules", "facts"},
    "guides": {"rules", "facts", "site"},
    "batch": {"rules", "facts", "site", "guides"},
    "plugin": {"rules", "facts", "site", "guides", "pack", "batch"},
    "cli": {"rules", "facts", "site", "guides", "pack", "batch", "clean", "plugin"},
}


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


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ENGINE)))
def test_layers_import_only_downwards(path):
    part = path.relative_to(ENGINE).parts[0].removesuffix(".py")
    used = {name.split(".")[1] for name in imports_of(path) if name.startswith("menkan.")}
    used &= set(MAY_IMPORT)

    assert used <= MAY_IMPORT[part] | {part}


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
