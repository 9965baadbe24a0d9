"""The JSON that programs exchange with a site: the door's requests and replies, the open data.

Tables come from the models behind the published schemas, examples from running the real thing on
the site that is being built.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from menkan.guides import CheckersFile, FactsFile, Reply, Request, json_schema, open_data
from menkan.plugin.reference.words import Words, words
from menkan.rules import BoundChecker
from menkan.rules.door import answer
from menkan.site import Site

__all__ = ["formats_reference"]


def formats_reference(site: Site, language: str, prefix: str = "") -> str:
    """The page's Markdown; `prefix` is the address of the language's root, relative to the page's."""
    say = words(language)
    parts = [say["from_code"]]
    door: dict[str, type[BaseModel]] = {"request": Request, "reply": Reply}
    for name, model in door.items():
        parts += _model(name, model, f"{prefix}{name}.schema.json", say)
    parts += _conversation(site, say)
    data = {name: json.loads(text) for name, text in open_data(site, language).items()}
    files: dict[str, type[BaseModel]] = {"facts": FactsFile, "checkers": CheckersFile}
    for name, model in files.items():
        parts += _model(f"{name}.json", model, f"{prefix}{name}.schema.json", say)
        parts.append(say["shortened"])
        parts.append(_json(_shortened(data[f"{name}.json"])))
    return "\n\n".join(parts)


def _model(title: str, model: type[BaseModel], schema_file: str, say: Words) -> Iterator[str]:
    """A heading, and a table for the model and for each that it is made of."""
    schema = json_schema(model)
    anchor = title.partition(".")[0]
    yield f"## `{title}` {{#{anchor}}}"
    # As HTML: MkDocs looks for what a link in Markdown names among the sources.
    file = schema_file.rpartition("/")[2]
    yield f'{say["schema"]} <a href="{schema_file}"><code>{file}</code></a>'
    if "properties" in schema:
        yield from _table(schema, anchor, say)
    else:
        yield say.english(_line(schema.get("description", "")))
    for name, part in schema.get("$defs", {}).items():
        if "properties" in part:
            yield f"### `{name}` {{#{anchor}-{name}}}"
            yield from _table(part, anchor, say)


def _table(schema: Mapping[str, Any], anchor: str, say: Words) -> Iterator[str]:
    yield say.english(_line(schema.get("description", "")))
    rows = [f"| {say['field']} | {say['type']} | {say['holds']} |", "|---|---|---|"]
    needed = schema.get("required", ())
    for name, field in schema["properties"].items():
        told = say.english_words(_line(field.get("description", "")))
        default = "" if name in needed else say["by_default"].format(json.dumps(field["default"]))
        rows.append(f"| `{name}` | {_type(field, anchor)} | {told}{default} |")
    yield "\n".join(rows)


def _type(field: Mapping[str, Any], anchor: str) -> str:
    """A field's type in JSON's own words, with links to the tables of its parts."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return "JSON" if name == "JsonValue" else f"[{name}](#{anchor}-{name})"
    if "anyOf" in field:
        return " / ".join(_type(one, anchor) for one in field["anyOf"])
    if "enum" in field:
        return " / ".join(f"`{one}`" for one in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    if field.get("type") == "array":
        return f"[{_type(field['items'], anchor)}, …]".replace("[[", "\\[[", 1)
    if field.get("type") == "object":
        return f"{{name: {_type(field.get('additionalProperties', {}), anchor)}}}"
    return str(field.get("type", "JSON"))


def _conversation(site: Site, say: Words) -> Iterator[str]:
    """Three requests that a checker of this site really answered: a verdict, an error, a failure."""
    bound = {one.checker.slug: one for group in _bound(site) for one in group}
    if not bound:
        return
    slug, checker = next(iter(bound.items()))
    asked = checker.checker.inputs[0]
    # Among the answers that one question takes, one that decides, where there is such a one.
    tried = [{asked.name: asked.write(value)} for value in (asked.low, asked.high)]
    verdicts = [checker.judge(answers).verdict for answers in tried]
    decided = [one != "undetermined" for one in verdicts]
    good = tried[decided.index(True) if any(decided) else 0]
    for heading, request in (
        ("verdict", {"checker": slug, "answers": good}),
        ("errors", {"checker": slug, "answers": {asked.name: [1]}}),
        ("failed", {"checker": "no-such-checker", "answers": {}}),
    ):
        reply = json.loads(answer(json.dumps(request), bound))
        yield f"**{say[heading]}**"
        yield f"{say['asked']}\n{_json(request)}"
        yield f"{say['replied']}\n{_json(reply)}"


def _bound(site: Site) -> Iterator[list[BoundChecker]]:
    for guide_id, checkers in site.checkers.items():
        record = site.records[guide_id]
        yield [one.bind(record.figures(), as_of=record.as_of) for one in checkers]


def _shortened(data: Any) -> Any:
    """The same with the first entry alone of every list."""
    if isinstance(data, dict):
        return {key: _shortened(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_shortened(one) for one in data[:1]]
    return data


def _json(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return f"\n```json\n{text}\n```"


def _line(text: str) -> str:
    return " ".join(text.split())
