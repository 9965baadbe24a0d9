"""The worked example in docs/contributing/writing-a-checker.md does what it says."""

import sys
from pathlib import Path

import yaml
from own_site import ROOT

from menkan.rules import verdict_text

sys.path.insert(0, str(Path(__file__).parents[1] / "sellers"))

from cases import Case, differences

PAGE = (ROOT / "docs/contributing/writing-a-checker.md").read_text(encoding="utf-8")


def blocks(language):
    return [part.split("```")[0] for part in PAGE.split(f"```{language}\n")[1:]]


def test_every_block_of_the_example_runs():
    names = {}

    for block in blocks("python"):
        exec(compile(block, "writing-a-checker.md", "exec"), names)  # noqa: S102 - our own page

    assert len(blocks("python")) == 3
    assert names["second_storefront"].slug == "tidepool-second-storefront"
    assert '"note":"source_silent"' in verdict_text(names["bound"].judge({"country": "abroad"}))


def test_the_example_case_holds():
    names = {}
    for block in blocks("python"):
        exec(compile(block, "writing-a-checker.md", "exec"), names)  # noqa: S102 - our own page

    (entry,) = yaml.safe_load(blocks("yaml")[0])
    case = Case("tidepool-second-storefront", **entry)

    assert differences(case, names["bound"].judge(case.given).to_json(), []) == []
