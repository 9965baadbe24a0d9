"""`menkan init`: sites in any language, refusals that help."""

import json
import shutil
import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner

from menkan.cli import main


def init(folder, *words):
    return CliRunner().invoke(main, ["init", str(folder), *words])


@pytest.mark.parametrize("languages", ["zh,en", "de,tlh", "en"])
def test_a_new_site_builds_strictly_and_passes_its_tests(tmp_path, root, languages):
    site = tmp_path / "site"
    assert init(site, "--languages", languages).exit_code == 0
    (site / ".cache").symlink_to(root / ".cache", target_is_directory=True)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(site)],
        cwd=site, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout
    listed = subprocess.run(
        [sys.executable, "-c", "from menkan.cli import main; main()", "check", "--list", "--json"],
        cwd=site, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert json.loads(listed.stdout)["checker"] == "tidepool-second-storefront"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("--languages", "German"), "“German” will not do", id="no code"),
        pytest.param(("--languages", "en,en"), "“en,en” will not do", id="twice"),
    ],
)
def test_bad_languages_are_told(tmp_path, words, told):
    done = init(tmp_path / "site", *words)

    assert done.exit_code == 2 and told in done.output
    assert not (tmp_path / "site").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    done = init(tmp_path)

    assert done.exit_code == 2 and "not empty" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def built(site):
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=site, capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


def test_missing_messages_are_told_together(tmp_path, root):
    site = tmp_path / "site"
    init(site, "--languages", "de,fr")
    (site / ".cache").symlink_to(root / ".cache", target_is_directory=True)
    shutil.rmtree(site / "docs/messages" / "none", ignore_errors=True)
    (site / "docs/messages/fr.json").unlink()
    words = yaml.safe_load((site / "docs/messages/de.yml").read_text(encoding="utf-8"))
    del words["age"]["verify"], words["units"]
    (site / "docs/messages/de.yml").write_text(yaml.safe_dump(words), encoding="utf-8")

    told = built(site).stderr

    assert 'docs/messages/fr.json:1: the engine has no words in "fr"' in told
    assert "docs/messages/de.yml:1:" in told and "age.verify" in told
    assert "2 mistakes" in told and "Traceback" not in told
