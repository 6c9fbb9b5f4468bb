"""The streams of a compound file, the container of .xls ([MS-CFB]).

The file is cut into sectors. A table says which sector follows which (the FAT), a list of sectors says where that table
is (the DIFAT), and a directory says where each stream begins. Streams below 4,096 bytes lie in a stream of their own,
cut into smaller sectors with a table of their own. Nothing here trusts these numbers: a chain that runs in circles or out
of the file ends with ValueError.
"""

import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

_HEADER = struct.Struct("<30xHH14xI8xI4xI")
_FIRST_TABLES, _TABLES_IN_HEADER = 76, 109
_LAST_SECTOR = 0xFFFFFFFA  # higher numbers mean: end, free, a sector of a table
_ENTRY = struct.Struct("<64sHBx3I36xIQ")
_ENTRY_SIZE = 128
_STREAM, _ROOT = 2, 5
_SIZES = range(6, 17)  # of a sector, as a power of two
_SMALL_BELOW = 4096


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the directory: the root, a folder, or a stream."""

    name: str
    kind: int
    neighbours: tuple[int, int]
    child: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory. Raises ValueError, struct.error, IndexError when it is damaged."""

    def __init__(self, contents: bytes) -> None:
        shift, small_shift, directory, small_table, more_tables = _HEADER.unpack_from(contents)
        if shift not in _SIZES or small_shift not in _SIZES:
            raise ValueError("its sectors have an impossible size")
        self._contents, self._size, self._small_size = contents, 1 << shift, 1 << small_shift
        self._sectors = len(contents) // self._size
        tables = islice(self._tables(more_tables), self._sectors)
        self._table = _numbers(b"".join(map(self._sector, tables)))
        listed = self._chain(directory)
        self._entries = [_entry_at(listed, at) for at in range(0, len(listed) - _ENTRY_SIZE + 1, _ENTRY_SIZE)]
        self._small_table = _numbers(self._chain(small_table))

    def stream(self, names: Sequence[str]) -> bytes:
        """The first stream of the root with one of these names, in any case; the first name is looked for first."""
        in_root = {entry.name.lower(): entry for entry in self._in_root() if entry.kind == _STREAM}
        for name in names:
            if (entry := in_root.get(name.lower())) is not None:
                return self._read(entry)
        raise ValueError(f"it has no stream {names[0]}")

    def _in_root(self) -> Iterator[_Entry]:
        """The entries of the root, which stand in a tree of neighbours."""
        waiting, seen = [self._entries[0].child], set[int]()
        while waiting:
            place = waiting.pop()
            if place < len(self._entries) and place not in seen:
                seen.add(place)
                waiting.extend(self._entries[place].neighbours)
                yield self._entries[place]

    def _read(self, entry: _Entry) -> bytes:
        if entry.size >= _SMALL_BELOW:
            return self._chain(entry.start)[: entry.size]
        small, size = self._chain(self._entries[0].start), self._small_size
        places = _places(self._small_table, entry.start, _SMALL_BELOW // size)
        return b"".join(small[place * size : (place + 1) * size] for place in places)[: entry.size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _places(self._table, start, self._sectors)))

    def _sector(self, place: int) -> bytes:
        start = (place + 1) * self._size
        if start >= len(self._contents):
            raise ValueError("it ends before one of its sectors")
        return self._contents[start : start + self._size]

    def _tables(self, more: int) -> Iterator[int]:
        """The sectors of the table: the first ones stand in the header, the others in sectors that name the next one."""
        yield from _used(struct.unpack_from(f"<{_TABLES_IN_HEADER}I", self._contents, _FIRST_TABLES))
        for _ in range(self._sectors):
            if more >= _LAST_SECTOR:
                return
            *places, more = _numbers(self._sector(more))
            yield from _used(places)


def _numbers(contents: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(contents[: len(contents) // 4 * 4])
    return numbers


def _used(places: Sequence[int]) -> Iterator[int]:
    return (place for place in places if place < _LAST_SECTOR)


def _places(table: Sequence[int], start: int, most: int) -> Iterator[int]:
    """The sectors of a chain of at most this many. Raises IndexError, ValueError."""
    for _ in range(most + 1):
        if start >= _LAST_SECTOR:
            return
        yield start
        start = table[start]
    raise ValueError("one of its chains runs in circles")


def _entry_at(directory: bytes, at: int) -> _Entry:
    name, length, kind, left, right, child, start, size = _ENTRY.unpack_from(directory, at)
    shown = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(shown, kind, (left, right), child, start, size & 0xFFFFFFFF)
