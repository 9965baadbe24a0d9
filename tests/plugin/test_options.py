"""Wrong options in mkdocs.yml: each is told by line, with what to do, and all of them at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.config import load_config

from menkan.cli import main
from menkan.plugin.mistakes import check_options, option_mistakes
from tests.conftest import build_site


@pytest.fixture
def told(site_copy):
    """Change mkdocs.yml and give what is said of it."""

    def told(old: str, new: str) -> list[str]:
        file = site_copy / "mkdocs.yml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(one) for one in check_options(site_copy)]

    return told


def line_of(folder: Path, words: str) -> int:
    lines = (folder / "mkdocs.yml").read_text(encoding="utf-8").split("\n")
    return max(number for number, line in enumerate(lines, 1) if words in line)


EN = "{code: en, name: English}"


@pytest.mark.parametrize(
    ("old", "new", "seen", "todo"),
    [
        pytest.param(
            "social: assets", "socail: assets", 'there is no option "socail".',
            "Did you mean social?", id="an unknown name",
        ),
        pytest.param(
            EN, "{code: en, name: English, leters: a-z}", 'no option "languages[2].leters".',
            "Did you mean letters?", id="an unknown name of a language",
        ),
        pytest.param(
            "social: assets/social.png", "offline: maybe", "offline is 'maybe'.",
            "It takes true or false.", id="text for yes or no",
        ),
        pytest.param(
            "pages: [method.md, sources.md, privacy.md, accessibility.md, about.md]",
            "pages: about.md", "pages is 'about.md'.", "a list; each item is text",
            id="one page for a list",
        ),
        pytest.param(
            EN, "English", "languages[2] is 'English'.", "a mapping with code, name",
            id="a name for a language",
        ),
        pytest.param(
            EN, "{code: 7, name: English}", "languages[2].code is 7.", "It takes text.",
            id="a number for a code",
        ),
        pytest.param(
            EN, "{code: en}", 'languages[2] has no "name".', "Add name: text.",
            id="a language without a name",
        ),
        pytest.param(
            EN, f"{EN}\n        - {EN}", 'the code "en" stands here a second time.',
            "take one out", id="a language twice",
        ),
        pytest.param(
            EN, "{code: English, name: English}", '"English" cannot be the code',
            "such as zh, en or pt-BR", id="a name for a code",
        ),
        pytest.param(
            EN, f"{EN}\n        - {{code: de, name: Deutsch}}", "there is no docs/index.de.md.",
            "Write that file", id="a language without pages",
        ),
        pytest.param(
            "about.md]", "abuot.md]", "there is no docs/abuot.zh.md.", "Did you mean about.md?",
            id="no such page",
        ),
        pytest.param(
            "- reference/json.md", "- reference/jsn.md", "there is no docs/reference/jsn.en.md.",
            "Did you mean reference/json.md?", id="no such page in a section",
        ),
        pytest.param(
            "about.md]", "about.html]", '"about.html" is no page.', "such as about.md",
            id="no page at all",
        ),
        pytest.param(
            "{zh: 给作者, en: For authors}", "{zh: 给作者}", "the title has no en.",
            "it needs every language", id="a section's title in one language",
        ),
        pytest.param(
            '"㐀-鿿"', '"[㐀-鿿]"', "is no class: brackets are put around it.", "without brackets",
            id="letters in brackets",
        ),
        pytest.param(
            '"㐀-鿿"', '"鿿-㐀"', "is no class: bad character range", "ranges of them",
            id="a range the wrong way round",
        ),
        pytest.param(
            "assets/social.png", "assets/picture.png", "there is no picture docs/assets/picture.png.",
            "1200 by 630", id="no picture",
        ),
        pytest.param(
            "name: material", "name: readthedocs", 'the theme is "readthedocs"',
            "theme: {name: material", id="another theme",
        ),
    ],
)  # fmt: skip
def test_a_wrong_option_is_told_with_its_line(told, site_copy, old, new, seen, todo):
    found = told(old, new)

    own = next(one for one in found if seen in one)
    words = new.split("\n")[-1].strip()
    if "theme" in seen:
        words = "theme:"
    assert own.startswith(f"mkdocs.yml:{line_of(site_copy, words)}: ")
    assert todo in own.split("\n")[1] and own.count("\n") == 1


@pytest.mark.parametrize("new", ["languages: []", "cache: .cache"])
def test_no_languages_are_told(told, site_copy, new):
    file = site_copy / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    first, last = text.index("      languages:"), text.index("      pages:")

    found = told(text[first:last], f"      {new}\n")

    assert any("languages" in one and "code: en, name: English" in one for one in found)


def test_the_options_of_this_site_are_right(root):
    assert check_options(root) == []


def test_a_plugin_without_options_needs_languages(root, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\nplugins: [menkan]\n", encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"))

    found = option_mistakes({}, config)

    assert [one.line for one in found] == [2, 2]
    assert "no languages" in found[0].seen and 'the theme is "mkdocs"' in found[1].seen


SPOILED = (("about.md]", "abuot.md]"), ("social: assets", "socail: assets"))


@pytest.fixture
def spoiled(site_copy):
    file = site_copy / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    for old, new in SPOILED:
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return site_copy


def test_the_build_tells_all_at_once_without_a_traceback(spoiled, tmp_path):
    done = build_site(spoiled, tmp_path / "site")

    assert done.returncode == 1
    assert "abuot.zh.md" in done.stderr and "socail" in done.stderr
    assert "3 mistakes; nothing was built" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / "site").exists()


def test_a_bundle_tells_them_too(spoiled):
    words = ["bundle", "huawei-refunds", "-o", str(spoiled / "x.html"), "--root", str(spoiled)]

    done = CliRunner().invoke(main, words)

    assert done.exit_code == 2
    assert "abuot.zh.md" in done.output and "socail" in done.output
    assert not (spoiled / "x.html").exists()


def test_what_mkdocs_has_against_the_file_is_told(spoiled):
    (spoiled / "mkdocs.yml").write_text("site_name: A\nplugins: [none-such]\n", encoding="utf-8")
    code = "from menkan.cli import main; main()"

    done = subprocess.run(
        [sys.executable, "-c", code, "bundle", "huawei-refunds", "-o", "x.html"],
        cwd=spoiled, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "mkdocs.yml:1: Config value 'plugins': The \"none-such\" plugin" in done.stderr
    assert "Traceback" not in done.stderr
