"""The reference is drawn from the code: complete, true, and changed by a change of the code."""

import ast
import doctest
import json
import re
import shutil
from itertools import pairwise

import click
import jsonschema
import pytest

import menkan.rules
from menkan.guides import open_data
from menkan.plugin.reference import (
    commands_reference,
    examples,
    formats_reference,
    installed_command,
    read_package,
    rules_reference,
    told,
    with_reference,
)
from menkan.rules.door import answer
from menkan.site import Site
from tests.cli.examples import said

GROUP = installed_command()
CONTEXT = click.Context(GROUP, info_name="menkan")
COMMANDS = {name: GROUP.get_command(CONTEXT, name) for name in GROUP.list_commands(CONTEXT)}
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def site(root):
    return Site.load(root)


@pytest.fixture(scope="module")
def engine(root):
    return root / "build/menkan"


@pytest.fixture(scope="module")
def entries(engine):
    return {entry.name: entry for entry in read_package(engine / "rules")}


@pytest.mark.parametrize("name", menkan.rules.__all__)
def test_every_public_name_of_the_rules_is_told_with_an_example_that_runs(entries, name):
    entry = entries[name]
    prose, example = told(entry)
    offered = {one: getattr(menkan.rules, one) for one in menkan.rules.__all__}
    runner = doctest.DocTestRunner(verbose=False)
    said_wrong = []

    runner.run(
        doctest.DocTestParser().get_doctest(example, offered, name, None, 0), out=said_wrong.append
    )

    assert prose, f"{name} has no docstring"
    assert example, f"{name} has no example"
    assert [member.name for member in entry.members if not member.doc] == []
    assert said_wrong == []


def test_a_signature_is_as_it_is_called(entries):
    signatures = [entry.signature or "" for entry in entries.values()]
    signatures += [one.signature for entry in entries.values() for one in entry.members]
    assert not [one for one in signatures if re.search(r"[>:|] \"[A-Za-z]", one)], "a quoted type"
    assert entries["Date"].signature == (
        "Date(name: str, default: str | None = None, not_before: Date | None = None)"
    )
    assert entries["Date"].above == ("Input",)
    assert "plus_months" in {member.name for member in entries["Date"].members}
    assert (
        "InputErrors"
        in next(
            member for member in entries["BoundChecker"].members if member.name == "judge"
        ).raises
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_of_the_code_changes_the_page(engine, tmp_path, language):
    rules = tmp_path / "rules"
    shutil.copytree(engine / "rules", rules)
    before = rules_reference(language, rules)
    for file, old, new in (
        ("inputs.py", "class YesNo(", "class YesOrNo("),
        ("inputs.py", '"YesNo"', '"YesOrNo"'),
        ("__init__.py", '"YesNo"', '"YesOrNo"'),
        ("checker.py", "One yes/no question about a seller", "One question about a shop"),
    ):
        text = (rules / file).read_text(encoding="utf-8")
        assert old in text
        (rules / file).write_text(text.replace(old, new), encoding="utf-8")

    after = rules_reference(language, rules)

    assert "### `YesNo`" in before and "### `YesOrNo`" not in before
    assert "### `YesOrNo`" in after and "### `YesNo`" not in after
    assert "One question about a shop" in after


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_told_with_all_its_options(name):
    command = COMMANDS[name]
    page = commands_reference("en")
    part = re.split(r"^## ", page, flags=re.MULTILINE)
    own = next(one for one in part if one.startswith(f"`menkan {name}`"))

    assert command.help and command.epilog
    for one in command.params:
        if isinstance(one, click.Option):
            assert one.help, f"menkan {name} {one.opts[0]} says nothing"
            assert one.help in own and one.opts[-1] in own
        else:
            assert f"`{one.human_readable_name}`" in own
    assert examples()[name]["says"].strip() in own


@pytest.mark.parametrize("name", COMMANDS)
def test_the_exit_codes_told_are_those_of_the_code(engine, name):
    texts = [(engine / f"cli/{name}.py").read_text(encoding="utf-8")]
    if name == "check":
        texts.append((engine / "cli/table.py").read_text(encoding="utf-8"))
    codes = {0}
    for node in (node for text in texts for node in ast.walk(ast.parse(text))):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sys.exit":
            codes |= {one.value for one in node.args if isinstance(one, ast.Constant)}

    assert set(map(int, re.findall(r"\d", COMMANDS[name].epilog))) == codes


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_says_what_the_command_really_says(tmp_path, name):
    assert said(name, tmp_path) == examples()[name]["says"]


def test_a_new_option_is_in_the_page():
    @click.group()
    def group():
        """A command line."""

    @group.command(epilog="Ends with 0.")
    @click.option("--new", default="3", help="Newly there.")
    def one(new):
        """Do one thing."""

    page = commands_reference("zh", group)

    assert '| `--new TEXT` | <span lang="en">Newly there.</span> | `3` |' in page
    assert "Do one thing." in page and "选项" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_examples_of_the_json_are_real(site, language):
    page = formats_reference(site, language)
    shown = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", page, re.DOTALL)]
    bound = {
        one.slug: one.bind(site.records[guide].figures(), as_of=site.records[guide].as_of)
        for guide, group in site.checkers.items()
        for one in group
    }
    data = {name: json.loads(text) for name, text in open_data(site, language).items()}
    talk, (facts, checkers) = shown[:-2], shown[-2:]

    assert len(talk) == 6
    for request, reply in list(pairwise(talk))[::2]:
        jsonschema.validate(request, data["request.schema.json"])
        jsonschema.validate(reply, data["reply.schema.json"])
        assert json.loads(answer(json.dumps(request), bound)) == reply
    jsonschema.validate(facts, data["facts.schema.json"])
    jsonschema.validate(checkers, data["checkers.schema.json"])
    assert facts["guides"][0]["facts"][0] == data["facts.json"]["guides"][0]["facts"][0]


def test_every_real_reply_fits_the_schema(site):
    """Each checker with nothing, with a bad answer, leniently, in a batch, and no such checker."""
    bound = {
        one.slug: one.bind(site.records[guide].figures(), as_of=site.records[guide].as_of)
        for guide, group in site.checkers.items()
        for one in group
    }
    data = {name: json.loads(text) for name, text in open_data(site, "en").items()}
    request = jsonschema.Draft202012Validator(data["request.schema.json"])
    reply = jsonschema.Draft202012Validator(data["reply.schema.json"])
    for slug, checker in bound.items():
        for one in checker.checker.inputs:
            for asked in (
                {"checker": slug, "answers": {one.name: one.minimum}},
                {"checker": slug, "answers": {one.name: {}, "no_such": 1}, "lenient": True},
                {"checker": slug, "batch": [{}, {one.name: one.maximum}], "text": True},
            ):
                request.validate(asked)
                reply.validate(json.loads(answer(json.dumps(asked), bound)))
    reply.validate(json.loads(answer('{"checker": "none", "answers": {}}', bound)))
    reply.validate(json.loads(answer("{", bound)))
    assert not request.is_valid({"checker": "a"})
    assert not reply.is_valid({"verdict": {}, "errors": []})


def test_every_field_says_what_it_holds(site):
    def fields(part):
        if isinstance(part, dict):
            for name, field in part.get("properties", {}).items():
                if isinstance(field, dict):
                    yield name, field
            for value in part.values():
                yield from fields(value)

    for name, text in open_data(site, "en").items():
        if name.endswith(".schema.json"):
            silent = [
                field for field, told in fields(json.loads(text)) if "description" not in told
            ]
            assert silent == [], name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["rules", "commands", "json", "options"])
def test_the_pages_are_reached_found_and_marked(built_site, language, page):
    html = (built_site / language / f"reference/{page}/index.html").read_text(encoding="utf-8")
    authors = (built_site / language / "authors/index.html").read_text(encoding="utf-8")
    index = json.loads((built_site / language / "search/entries.json").read_text("utf-8"))

    assert f'href="../reference/{page}/"' in authors.split("<article", 1)[1]
    assert {"zh": "给作者", "en": "For authors"}[language] in html
    assert "<!-- menkan" not in html and "<hr" not in html
    assert any(one["location"].startswith(f"reference/{page}/") for one in index["docs"])
    assert ('lang="en"' in html.split("<article", 1)[1]) == (language == "zh")


def test_markers_of_lists_are_left_alone(site):
    assert with_reference("<!-- menkan: sources -->", site, "en") == "<!-- menkan: sources -->"
