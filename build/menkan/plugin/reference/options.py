"""The options of the plugin as a table, drawn from the schema itself."""

import ast
import json
from itertools import pairwise
from pathlib import Path

from mkdocs.config import config_options as option
from mkdocs.config.base import Config

from menkan.plugin import config as schema
from menkan.plugin.reference.words import Words, words

__all__ = ["options_table"]

_NAMES: dict[type, str] = {str: "text", bool: "yes_no", dict: "mapping"}


def options_table(language: str = "en") -> str:
    """Every option with its type, its default and its docstring, in Markdown."""
    say = words(language)
    heads = [say[name] for name in ("option", "type", "default", "does")]
    rows = [f"| {' | '.join(heads)} |", "|---|---|---|---|"]
    kinds = (
        (schema.MenkanConfig, ""),
        (schema.Language, "languages: "),
        (schema.Section, "sections: "),
    )
    for kind, before in kinds:
        told = _docstrings(kind)
        for name, one in kind._schema:
            doc = say.english_words(told[name])
            rows.append(f"| `{before}{name}` | {_type(one, say)} | {_default(one, say)} | {doc} |")
    return "\n".join([say["from_code"], "", *rows])


def _type(one: object, say: Words) -> str:
    """What may be written there, in a word or two."""
    if isinstance(one, option.Optional):
        return _type(one.option, say)
    if isinstance(one, option.ListOfItems):
        return say["types.list"].format(_type(one.option_type, say))
    if isinstance(one, option.Dir):
        return say["types.folder"]
    if isinstance(one, option.SubConfig):
        return say["types.mapping"]
    return say[f"types.{_NAMES[getattr(one, '_type', str)]}"]


def _default(one: object, say: Words) -> str:
    """The default as it would be written, or that there is none or must be a value."""
    value = getattr(one, "default", None)
    if value is None:
        return say["none" if isinstance(one, option.Optional) else "required"]
    return f"`{value if isinstance(value, str) else json.dumps(value)}`"


def _docstrings(kind: type[Config]) -> dict[str, str]:
    """Option name to the string that follows it in the source."""
    tree = ast.parse(Path(schema.__file__).read_text(encoding="utf-8"))
    classes = (one for one in tree.body if isinstance(one, ast.ClassDef))
    own = next(one for one in classes if one.name == kind.__name__)
    found = {}
    for statement, following in pairwise(own.body):
        if isinstance(statement, ast.Assign) and isinstance(following, ast.Expr):
            name = statement.targets[0]
            if isinstance(name, ast.Name) and isinstance(following.value, ast.Constant):
                found[name.id] = " ".join(str(following.value.value).split())
    return found
