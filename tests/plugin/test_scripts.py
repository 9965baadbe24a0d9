"""The theme's script carries the hint to compile it early, and is otherwise what it was."""

import json
from pathlib import Path

import material
import pytest

from menkan.plugin.scripts import compile_early

HINT = "//# allFunctionsCalledOnLoad\n"
THEME = Path(material.__path__[0]) / "templates/assets/javascripts"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_built_site_has_the_theme_s_script_with_the_hint(built_site, code):
    (script,) = THEME.glob("bundle.*.min.js")
    folder = built_site / code / "assets/javascripts"

    assert (folder / script.name).read_text("utf-8") == HINT + script.read_text("utf-8")
    name = f"{script.name}.map"
    before, after = (json.loads((where / name).read_text("utf-8")) for where in (THEME, folder))
    assert after == before | {"mappings": f";{before['mappings']}"}


def test_a_script_has_it_once(tmp_path):
    script = tmp_path / "assets/javascripts/bundle.1.min.js"
    script.parent.mkdir(parents=True)
    script.write_text("go()\n")

    compile_early(tmp_path)
    compile_early(tmp_path)

    assert script.read_text() == HINT + "go()\n"
