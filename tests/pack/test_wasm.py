"""Counting and cutting functions of a WebAssembly module, tried on one written by hand, in Node."""

import json
import subprocess

import pytest

from menkan.pack import tools
from menkan.pack.wasm import Module, leb, read_leb


def section(kind, *items):
    content = leb(len(items)) + b"".join(items)
    return bytes((kind,)) + leb(len(content)) + content


def export(name, kind, index):
    return leb(len(name)) + name.encode() + bytes((kind, index))


def body(code):
    return leb(len(code)) + code


# (func $import) (global (mut i32) 0), and: seven() -> 7, local() with two kinds of locals -> 9.
MODULE = (
    b"\0asm\1\0\0\0"
    + section(1, b"\x60\0\0", b"\x60\0\1\x7f")
    + section(2, b"\1m\1f\0\0", b"\1m\1g\3\x7f\1")
    + section(3, b"\1", b"\1")
    + section(6, b"\x7f\1\x41\5\x0b")
    + section(7, export("seven", 0, 1), export("nine", 0, 2), export("five", 3, 1))
    + section(10, body(b"\0\x41\7\x0b"), body(b"\2\2\x7f\1\x7e\x41\x09\x0b"))
)


def in_node(module, script):
    words = (
        "const bytes = Buffer.from(process.argv[1], 'hex');"
        "const g = new WebAssembly.Global({value: 'i32', mutable: true}, 0);"
        "const x = new WebAssembly.Instance(new WebAssembly.Module(bytes), {m: {f() {}, g}}).exports;"
        f"console.log(JSON.stringify((() => {{ {script} }})()));"
    )
    done = subprocess.run(
        [str(tools.node()), "-e", words, module.binary().hex()],
        capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    return json.loads(done.stdout)


@pytest.mark.parametrize("value", [0, 1, 127, 128, 16383, 16384, 2**32 - 1])
def test_numbers_are_read_as_they_were_written(value):
    assert read_leb(b"x" + leb(value), 1) == (value, 1 + len(leb(value)))


def test_a_module_is_put_together_as_it_was():
    assert Module.read(MODULE).binary() == MODULE


def test_something_else_is_refused():
    with pytest.raises(ValueError, match="not a WebAssembly module"):
        Module.read(b"<!doctype html>")


def test_only_entered_functions_are_counted_and_all_still_work():
    counting = Module.read(MODULE).counting("c:")

    found = in_node(
        counting, "return [x.nine(), x['c:0'].value, x['c:1'].value, x.five.value, x.seven()]"
    )
    assert found == [9, 0, 1, 5, 7]


def test_a_cut_function_traps_and_the_others_work():
    cut = Module.read(MODULE).cut({1}, {"seven", "nine"})

    found = in_node(
        cut,
        "try { x.seven() } catch (e) { return [e instanceof WebAssembly.RuntimeError, x.nine(), Object.keys(x)] }",
    )
    assert found == [True, 9, ["seven", "nine"]]


def test_imports_are_told_with_their_kinds():
    assert Module.read(MODULE).imports() == [("m", "f", 0), ("m", "g", 3)]
