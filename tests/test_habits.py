"""The code keeps its habits: linted, formatted and typed, by the tools the environment holds."""

import subprocess
import sys

import pytest

TREE = ("build", "checkers", "tests")
TOOLS = {
    "ruff check": ("ruff", "check", "--output-format=concise", *TREE),
    "ruff format": ("ruff", "format", "--check", *TREE),
    "mypy": ("mypy", "--no-error-summary"),
}


@pytest.mark.parametrize("words", TOOLS.values(), ids=TOOLS)
def test_the_tool_has_no_remark(root, words):
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    if done.returncode:
        pytest.fail(f"`{' '.join(words)}` says:\n{done.stdout}{done.stderr}", pytrace=False)


def test_few_places_are_kept_from_the_type_checker(root):
    """Each says which error it is about, and there are no more than can be read in one go."""
    sources = [*(root / "build").rglob("*.py"), *(root / "checkers").glob("*.py")]
    lines = [line for path in sources for line in path.read_text(encoding="utf-8").splitlines()]
    ignored = [line for line in lines if "# type: ignore" in line]

    assert [line for line in ignored if "# type: ignore[" not in line] == []
    assert len(ignored) < 15
