"""Counting and cutting parts of a WebAssembly module, tried on one written by hand, in Node."""

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


def placed(address, data):
    """A data segment at a constant address, which is written as a signed number."""
    low, high = (address & 127) | 128, address >> 7
    return b"\0\x41" + bytes((low, high)) + b"\x0b" + leb(len(data)) + data


# (memory 1) exported as m, with two pieces of data: 100 bytes at 200, 8 at 1000.
MEMORY = (
    b"\0asm\1\0\0\0"
    + section(5, b"\0\1")
    + section(7, export("m", 2, 0))
    + bytes((12, 1, 2))
    + section(11, placed(200, bytes(range(1, 101))), placed(1000, b"abcdefgh"))
)
SHOW = "const m = new Uint8Array(x.m.buffer); return [...m.slice(%d, %d)]"


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


def test_memory_is_told_as_it_is_at_the_start():
    module = Module.read(MEMORY)

    assert module.data() == [(200, bytes(range(1, 101))), (1000, b"abcdefgh")]
    assert list(module.memory()[195:305]) == in_node(module, SHOW % (195, 305))
    assert len(module.memory()) == 1008


@pytest.mark.parametrize(
    "stretches",
    [
        [(210, 220)],
        [(0, 205)],
        [(290, 2000)],
        [(210, 220), (230, 1004)],
        [(200, 300)],
        [(400, 900)],
    ],
)
def test_a_stretch_that_is_left_out_is_zero_and_the_rest_stays(stretches):
    module = Module.read(MEMORY)
    expected = bytearray(module.memory())
    for first, after in stretches:
        for at in range(first, min(after, len(expected))):
            expected[at] = 0

    left = module.without(stretches)

    assert in_node(left, SHOW % (0, 1008)) == list(expected)
    assert len(left.binary()) <= len(MEMORY) + 12
    assert not any(
        first < address + len(data) and address < after
        for address, data in left.data()
        for first, after in stretches
    )


def test_data_of_another_kind_is_refused():
    with pytest.raises(ValueError, match="not placed at a constant address"):
        Module.read(MEMORY.replace(b"\0\x41\xc8\x01", b"\1\x41\xc8\x01")).data()


def test_exported_globals_are_told_by_what_they_start_with():
    assert Module.read(MODULE).constants() == {"five": 5}
