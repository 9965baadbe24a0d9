"""Just enough of the WebAssembly binary format to note which functions run, and to cut the others.

Function bodies are found and replaced whole; nothing inside them is read or changed, so every index
stays what it was. Format: WebAssembly Core Specification, chapter 5 (Binary Format).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

__all__ = ["Module", "leb", "read_leb"]

_IMPORT, _GLOBAL, _EXPORT, _CODE = 2, 6, 7, 10
# A body that only traps: no locals, `unreachable`, `end`. A trap cannot be caught inside the module.
_TRAP = bytes((0, 0x00, 0x0B))
# i32, mutable, `i32.const 0`, `end`.
_COUNTER = bytes((0x7F, 0x01, 0x41, 0x00, 0x0B))
_FUNCTION, _TABLE, _MEMORY, _GLOBAL_KIND, _TAG = range(5)
_TYPED_REFERENCES = (0x63, 0x64)


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
