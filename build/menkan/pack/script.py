"""Pyodide's script without what the small runtime does not use.

The script is one function that emscripten wrote, in which every export of the WebAssembly module
is named, every import is offered, and most helpers are published. Three kinds of statements are left
out here; a minifier then drops what nothing names any more. One thing is rewritten: `eval`, which runs
texts of libraries that are loaded later, there are none and the page's policy forbids it, is called
so that its text could not name anything in the script either. While it could, nothing could be dropped.
"""

import re
from collections.abc import Collection

__all__ = ["named_exports", "slim_script"]

_EXPORT = re.compile(r'\bwasmExports\["([^"]+)"\]')
_PUBLISHED = re.compile(r'Module\["([\w$]+)"\]=\1;')
_SIGNATURE = re.compile(r'\b[\w$]+\.sig="[^"]*";')
_EVAL = re.compile(r"\beval\(")
_WORD = re.compile(r"[\w$]+")
_LISTS = ("function assignWasmExports(", "function applySignatureConversions(")
_IMPORTS = "var wasmImports={"


def named_exports(script: str, *users: str) -> set[str]:
    """The words by which the script, its lists aside, and the scripts that use it name anything.

    An export that is not among them, with or without a leading underscore, is named by nobody.
    """
    for start in _LISTS:
        script = script.replace(_block(script, start), "")
    # Every name is also declared once, in one long list of variables.
    script = re.sub(r"\bvar (?:[\w$]+,){50,}[\w$]+;", "", script)
    words: set[str] = set()
    for text in (script, *users):
        words.update(_WORD.findall(text))
    return words | {word.removeprefix("_") for word in words}


def slim_script(
    script: str, exports: Collection[str], imports: Collection[str], *users: str
) -> str:
    """Leave out the exports and imports that are not named, and helpers that nobody calls.

    Raises ValueError where the script is not of the form that is known.
    """
    for start in _LISTS:
        block = _block(script, start)
        statements = [
            statement
            for statement in block[block.index("{") + 1 : -1].split(";")
            if all(name in exports for name in _EXPORT.findall(statement))
        ]
        script = script.replace(block, f"{block[: block.index('{') + 1]}{';'.join(statements)}}}")
    offered = _block(script, _IMPORTS)
    entries = [
        entry
        for entry in offered[len(_IMPORTS) : -1].split(",")
        if entry.split(":")[0].strip('"') in imports
    ]
    script = script.replace(offered, f"{_IMPORTS}{','.join(entries)}}}")
    script = _EVAL.sub("(0,eval)(", _SIGNATURE.sub("", script))
    unpublished = _PUBLISHED.sub("", script)
    used = set(re.findall(r'Module(?:\.|\[")([\w$]+)', unpublished))
    for text in users:
        used.update(_WORD.findall(text))
    return _PUBLISHED.sub(lambda found: found[0] if found[1] in used else "", script)


def _block(script: str, start: str) -> str:
    """A statement of the script from `start` to its closing brace."""
    begin = script.find(start)
    if begin < 0:
        raise ValueError(f"Pyodide's script has no `{start}`")
    depth = 0
    for at in range(script.index("{", begin), len(script)):
        depth += {"{": 1, "}": -1}.get(script[at], 0)
        if not depth:
            return script[begin : at + 1]
    raise ValueError(f"`{start}` does not end")
