"""Scripts and styles on the wire: smaller, the same names and imports, made once."""

import pytest

from menkan.pack import minified, tools

SCRIPT = b"""// A comment.
import { a } from "./a.js";
/** Doc. */
export function longName(value) {
  return value + a;
}
"""


def test_comments_go_and_names_for_others_stay(cache):
    files = {"b.js": SCRIPT, "b.css": b"/* x */ .mk { color: red; }\n", "c.json": b"{ }"}

    small = minified(files, cache / "pack")

    assert b"comment" not in small["b.js"] and b"Doc" not in small["b.js"]
    assert b'"./a.js"' in small["b.js"] and b"longName" in small["b.js"]
    assert small["b.css"].strip() == b".mk{color:red}"
    assert small["c.json"] == b"{ }"


def test_a_script_with_a_mistake_is_told(cache):
    with pytest.raises(tools.ToolError, match=r"bad\.js: "):
        minified({"bad.js": b"let = = 1"}, cache / "pack")
