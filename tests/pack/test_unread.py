"""Which stretches of memory may go: nothing read, nothing named, nothing that is read points there."""

import struct

from menkan.pack.tables import named_addresses, unread

SIZE = 200_000


def left_out(read=(), named=(), pointers=None, objects=SIZE - 1000):
    memory = bytearray(b"x" * SIZE)
    for at, value in (pointers or {}).items():
        struct.pack_into("<I", memory, at, value)
    seen = bytearray(SIZE)
    for first, after in read:
        seen[first:after] = b"\1" * (after - first)
    return unread(bytes(memory), bytes(seen), named, low=1024, objects=objects)


def test_what_nobody_reads_goes_but_for_some_room_at_the_ends():
    assert left_out() == [(1024 + 4096, SIZE - 4096)]


def test_what_is_read_stays_with_some_room_around_it():
    assert left_out(read=[(100_000, 100_050)]) == [
        (5120, 100_000 - 4096),
        (100_049 + 4096, SIZE - 4096),
    ]


def test_a_table_read_in_places_stays_whole():
    assert left_out(read=[(at, at + 2) for at in range(2000, SIZE, 20_000)]) == []


def test_an_address_that_a_function_names_stays():
    assert left_out(named={100_000}) == [(5120, 95_904), (104_096, SIZE - 4096)]
    assert left_out(named={5, SIZE + 7}) == left_out()


def test_what_is_pointed_to_from_beside_something_read_stays():
    near = {SIZE - 500: 60_000}

    assert left_out(pointers=near) == left_out()
    assert left_out(read=[(SIZE - 520, SIZE - 516)], pointers=near) == [
        (5120, 55_904),
        (64_096, SIZE - 520 - 4096),
    ]


def test_constants_are_no_pointers():
    at = SIZE - 2000

    assert left_out(read=[(at, at + 4)], pointers={at: 60_000}) == [(5120, at - 4096)]


def test_constants_and_offsets_of_a_module_are_found_and_its_data_is_not_searched(tmp_path):
    text = tmp_path / "module.wat"
    text.write_text(
        "(module\n"
        ' (data $0 (i32.const 1024) "(i32.const 7)")\n'
        " (func $1 (result i32)\n"
        "  (i32.load8_u offset=2050\n"
        "   (i32.const -4)\n"
        "  )\n"
        "  (i32.store16 offset=12 align=1 (i32.const 4096) (i64.const 9))\n"
        " )\n"
        ")\n"
    )

    assert named_addresses(text) == {2050, 12, 4096}
