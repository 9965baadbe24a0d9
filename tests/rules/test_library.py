"""What the library is made of: what it imports, what it offers."""

import subprocess
import sys

from own_site import ROOT, SLUGS, bound

import menkan.rules
from menkan.rules import (
    Date,
)


def test_the_library_imports_nothing_outside_the_standard_library():
    script = (
        "import sys, menkan.rules.door, menkan.rules.tables, menkan.rules.linting, "
        "menkan.rules.loading; print(*{n.partition('.')[0] for n in sys.modules})"
    )
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(ROOT / 'build')!r}]; {script}",
    ]

    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert set(loaded) - set(sys.stdlib_module_names) - {"__main__"} == {"menkan"}


def test_the_door_leaves_the_slow_modules_out():
    command = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path[:0] = [{str(ROOT / 'build')!r}]; import menkan.rules.door; print(*sys.modules)",
    ]

    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert not {"dataclasses", "inspect", "typing", "decimal", "fractions", "importlib.util"} & set(
        loaded
    )


def test_public_names_exist_and_say_what_they_are():
    for name in menkan.rules.__all__:
        thing = getattr(menkan.rules, name)
        assert thing is not None
        if callable(thing):
            assert thing.__doc__


def test_the_sites_slugs_are_known():
    assert len(SLUGS) == 25


def test_dates_with_defaults_say_which():
    defaults = {
        (slug, one.name): one.default
        for slug in SLUGS
        for one in bound(slug).checker.inputs
        if one.default
    }

    assert set(defaults.values()) == {"today", "now"}
    assert {name for _, name in defaults} == {"today", "now"}
    assert Date("today", default="today").default == "today"
