"""Just enough of the WebAssembly binary format to note which functions run, and to cut what does not.

Function bodies are found and replaced whole; nothing inside them is read or changed, so every index
stays what it was. Format: WebAssembly Core Specification, chapter 5 (Binary Format).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

__all__ = ["Module", "leb", "read_leb"]

_IMPORT, _GLOBAL, _EXPORT, _CODE, _DATA, _DATA_COUNT = 2, 6, 7, 10, 11, 12
# A body that only traps: no locals, `unreachable`, `end`. A trap cannot be caught inside the module.
_TRAP = bytes((0, 0x00, 0x0B))
# i32, mutable, `i32.const 0`, `end`.
_COUNTER = bytes((0x7F, 0x01, 0x41, 0x00, 0x0B))
_FUNCTION, _TABLE, _MEMORY, _GLOBAL_KIND, _TAG = range(5)
_TYPED_REFERENCES = (0x63, 0x64)
_I32_CONST = 0x41
# An active segment of memory 0 whose address is an `i32.const`.
_PLACED = bytes((0, _I32_CONST))


def leb(value: int) -> bytes:
    """Write an unsigned number in LEB128.

    >>> leb(624485).hex()
    'e58e26'
    """
    out = bytearray()
    while True:
        value, low = value >> 7, value & 127
        out.append(low | (128 if value else 0))
        if not value:
            return bytes(out)


def read_leb(data: bytes, at: int) -> tuple[int, int]:
    """Read a number in LEB128; returns it (unsigned) and the place after it.

    >>> read_leb(bytes.fromhex("e58e26"), 0)
    (624485, 3)
    """
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def _signed(value: int) -> bytes:
    """Write a number that is not negative in signed LEB128: the last byte's bit 6 is its sign."""
    groups = leb(value)
    return groups[:-1] + bytes((groups[-1] | 128, 0)) if groups[-1] & 64 else groups


def _read_signed(data: bytes, at: int) -> tuple[int, int]:
    value, after = read_leb(data, at)
    return value - (1 << 7 * (after - at)) if data[after - 1] & 64 else value, after


@dataclass(frozen=True)
class Module:
    """A WebAssembly module as its sections: (id, content) in order."""

    sections: tuple[tuple[int, bytes], ...]

    @classmethod
    def read(cls, data: bytes) -> "Module":
        """Take a binary apart; raise ValueError where it is no WebAssembly of version 1."""
        if data[:8] != b"\0asm\1\0\0\0":
            raise ValueError("not a WebAssembly module of version 1")
        sections = []
        at = 8
        while at < len(data):
            kind = data[at]
            size, at = read_leb(data, at + 1)
            sections.append((kind, data[at : at + size]))
            at += size
        return cls(tuple(sections))

    def binary(self) -> bytes:
        """Put the binary together again."""
        parts = [b"\0asm\1\0\0\0"]
        for kind, content in self.sections:
            parts += [bytes((kind,)), leb(len(content)), content]
        return b"".join(parts)

    def bodies(self) -> list[bytes]:
        """The function bodies in order; imported functions have none."""
        code = self._section(_CODE)
        count, at = read_leb(code, 0)
        found = []
        for _ in range(count):
            size, at = read_leb(code, at)
            found.append(code[at : at + size])
            at += size
        return found

    def exports(self) -> list[tuple[str, int, int]]:
        """What is exported: name, kind (0 function, 1 table, 2 memory, 3 global, 4 tag), index."""
        content = self._section(_EXPORT)
        count, at = read_leb(content, 0)
        found = []
        for _ in range(count):
            size, at = read_leb(content, at)
            name = content[at : at + size].decode()
            index, after = read_leb(content, at + size + 1)
            found.append((name, content[at + size], index))
            at = after
        return found

    def imports(self) -> list[tuple[str, str, int]]:
        """What is imported: module, name, kind (0 function, 1 table, 2 memory, 3 global, 4 tag)."""
        return list(self._imports())

    def counting(self, prefix: str) -> "Module":
        """The same module with one exported global a function, set to 1 when that is entered.

        The global of the function whose body is number n is called `prefix` + str(n).
        """
        bodies = self.bodies()
        content = self._section(_GLOBAL)
        globals_, at = read_leb(content, 0)
        imported = sum(kind == _GLOBAL_KIND for _, _, kind in self._imports())
        first = imported + globals_
        counters = leb(globals_ + len(bodies)) + content[at:] + _COUNTER * len(bodies)
        marked = []
        for number, body in enumerate(bodies):
            at = _after_locals(body)
            mark = b"\x41\x01\x24" + leb(first + number)  # i32.const 1, global.set
            marked.append(body[:at] + mark + body[at:])
        exports = [*self.exports()]
        exports += [
            (f"{prefix}{number}", _GLOBAL_KIND, first + number) for number in range(len(bodies))
        ]
        return self._with({_GLOBAL: counters, _EXPORT: _exports(exports), _CODE: _code(marked)})

    def cut(self, functions: Collection[int], exports: Collection[str]) -> "Module":
        """The same module where only the bodies of these numbers and these exports are kept.

        Any other function traps as soon as it is called.
        """
        kept = set(functions)
        bodies = [body if n in kept else _TRAP for n, body in enumerate(self.bodies())]
        left = [item for item in self.exports() if item[0] in exports]
        return self._with({_EXPORT: _exports(left), _CODE: _code(bodies)})

    def constants(self) -> dict[str, int]:
        """What the exported globals start with: name -> number. Addresses of C's objects are such.

        Raises ValueError where one does not start as a 32-bit constant.
        """
        content = self._section(_GLOBAL)
        count, at = read_leb(content, 0)
        values = [0] * sum(kind == _GLOBAL_KIND for _, _, kind in self._imports())
        first = len(values)
        for _ in range(count):
            at = _after_type(content, at) + 1
            if content[at] != _I32_CONST:
                raise ValueError("a global does not start as a 32-bit constant")
            value, at = _read_signed(content, at + 1)
            values.append(value)
            at += 1  # `end`
        exported = ((name, number) for name, kind, number in self.exports() if kind == _GLOBAL_KIND)
        return {name: values[number] for name, number in exported if number >= first}

    def data(self) -> list[tuple[int, bytes]]:
        """What memory holds at the start: (address, bytes) of each piece, in order.

        Raises ValueError where a piece is not put at a constant address of the one memory.
        """
        content = self._section(_DATA)
        count, at = read_leb(content, 0)
        found = []
        for _ in range(count):
            if content[at : at + 2] != _PLACED:
                raise ValueError("a data segment is not placed at a constant address")
            address, at = _read_signed(content, at + 2)
            size, at = read_leb(content, at + 1)  # after `end`
            found.append((address, content[at : at + size]))
            at += size
        return found

    def memory(self) -> bytes:
        """Memory at the start from address 0 to the last byte that is set, zeros between the pieces."""
        pieces = self.data()
        whole = bytearray(max(address + len(data) for address, data in pieces))
        for address, data in pieces:
            whole[address : address + len(data)] = data
        return bytes(whole)

    def without(self, stretches: Collection[tuple[int, int]]) -> "Module":
        """The same module whose memory starts with zeros at these stretches: (first, after the last)."""
        pieces = self.data()
        for first, after in stretches:
            pieces = [
                (max(address, low), data[max(0, low - address) : high - address])
                for address, data in pieces
                for low, high in ((0, first), (after, 1 << 32))
                if low < address + len(data) and address < high
            ]
        parts = [leb(len(pieces))]
        for address, data in pieces:
            parts += [_PLACED, _signed(address), b"\x0b", leb(len(data)), data]
        changed = {_DATA: b"".join(parts), _DATA_COUNT: leb(len(pieces))}
        return self._with(changed)

    def _section(self, wanted: int) -> bytes:
        return next(content for kind, content in self.sections if kind == wanted)

    def _with(self, changed: dict[int, bytes]) -> "Module":
        return Module(tuple((kind, changed.get(kind, content)) for kind, content in self.sections))

    def _imports(self) -> Iterator[tuple[str, str, int]]:
        content = self._section(_IMPORT)
        count, at = read_leb(content, 0)
        for _ in range(count):
            names = []
            for _ in range(2):
                size, at = read_leb(content, at)
                names.append(content[at : at + size].decode())
                at += size
            kind = content[at]
            at += 1
            if kind == _FUNCTION:
                _, at = read_leb(content, at)
            elif kind == _TAG:
                _, at = read_leb(content, at + 1)
            elif kind == _GLOBAL_KIND:
                at = _after_type(content, at) + 1
            else:
                at = _after_limits(content, _after_type(content, at) if kind == _TABLE else at)
            yield names[0], names[1], kind


def _after_type(data: bytes, at: int) -> int:
    return read_leb(data, at + 1)[1] if data[at] in _TYPED_REFERENCES else at + 1


def _after_limits(data: bytes, at: int) -> int:
    bounded = data[at] & 1
    _, at = read_leb(data, at + 1)
    return read_leb(data, at)[1] if bounded else at


def _after_locals(body: bytes) -> int:
    groups, at = read_leb(body, 0)
    for _ in range(groups):
        _, at = read_leb(body, at)
        at = _after_type(body, at)
    return at


def _exports(items: list[tuple[str, int, int]]) -> bytes:
    parts = [leb(len(items))]
    for name, kind, index in items:
        text = name.encode()
        parts += [leb(len(text)), text, bytes((kind,)), leb(index)]
    return b"".join(parts)


def _code(bodies: list[bytes]) -> bytes:
    parts = [leb(len(bodies))]
    for body in bodies:
        parts += [leb(len(body)), body]
    return b"".join(parts)
