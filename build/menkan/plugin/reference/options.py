"""The options of the plugin as a table, drawn from the schema itself."""

import ast
from itertools import pairwise
from pathlib import Path

from mkdocs.config.base import Config

from menkan.plugin import config as schema
from menkan.plugin.reference.words import words

__all__ = ["options_table"]


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
        for name, option in kind._schema:
            default = getattr(option, "default", None)
            needed = default is None and type(option).__name__ != "Optional"
            shown = f"`{default!r}`" if default is not None else say["none"]
            shown = say["required"] if needed else shown
            doc = say.english_words(told[name])
            rows.append(f"| `{before}{name}` | {_type(option)} | {shown} | {doc} |")
    return "\n".join(rows)


def _type(option: object) -> str:
    """What may be written there, in a word or two."""
    inner = getattr(option, "option", None) or getattr(option, "option_type", None)
    name = type(option).__name__
    if name == "ListOfItems":
        return f"list of {_type(inner)}"
    if name == "Optional":
        return _type(inner)
    wanted = getattr(option, "_type", None)
    words = {str: "text", bool: "true or false", "Dir": "folder", "SubConfig": "mappings"}
    return words.get(wanted) or words.get(name, name.lower())


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
