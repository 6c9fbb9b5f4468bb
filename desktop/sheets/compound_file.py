"""Compound files, the container of .xls, .doc, .ppt, .msg and of encrypted workbooks ([MS-CFB]): their names and streams.

The file is cut into sectors. A table says which sector follows which (the FAT), a list of sectors says where that table
is (the DIFAT), and a directory lists streams and folders and where each stream begins; those of the root form a tree. Only
the root tells what the file is: a Word document with an Excel sheet in it has a stream named Workbook further down. Streams
below 4,096 bytes lie in a stream of their own, cut into smaller sectors with a table of their own.

Nothing here trusts the numbers in the file, and nothing that is not needed is checked: programs write wrong counts of
sectors, name a first sector of a list that is empty, and lose the end of a directory, and Excel opens such files. But a
stream that is not all there is refused, because the rows at its end would be lost without a word.
"""

import os
import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

_HEADER = struct.Struct("<30xHH14xI8xI4xI")
_HEADER_BYTES = 512
_FIRST_TABLES, _TABLES_IN_HEADER = 76, 109
_LAST_SECTOR = 0xFFFFFFFA  # higher numbers mean: end, free, a sector of a table
_ENTRY = struct.Struct("<64sHBx3I36xIQ")
_ENTRY_BYTES = 128
_STREAM = 2
_SIZES = range(6, 17)  # of a sector: exponents of two
_SMALL_BELOW = 4096
_MOST_OF_DIRECTORY = 20_000  # sectors; a directory of more would list more parts than any document has


class CompoundDamaged(ValueError):
    """The file is cut short, or is no compound file."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of streams and folders in lower case: those in the root, and all of them."""

    in_root: frozenset[str]
    all: frozenset[str]


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
    """Reads a compound file; the file must stay open. Raises CompoundDamaged, and what reading the file raises."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = file.seek(0, os.SEEK_END)
        file.seek(0)
        header = file.read(_HEADER_BYTES).ljust(_HEADER_BYTES, b"\xff")
        shift, small_shift, directory, self._small_table_at, more_tables = _HEADER.unpack_from(header)
        if shift not in _SIZES or small_shift not in _SIZES:
            raise CompoundDamaged("its sectors have an impossible size")
        self._size: int = 1 << shift
        self._small_size: int = 1 << small_shift
        self._first = max(self._size, _HEADER_BYTES)
        self._sectors: int = max(-(-(self._end - self._first) // self._size), 0)
        self._tables = self._places_of_tables(header, more_tables)
        self._read_tables: dict[int, array[int]] = {}
        self._is_cut = False
        self._entries = list(self._entries_from(directory))
        if not self._entries:
            raise CompoundDamaged("it has no directory")

    def names(self) -> Names:
        """Return the names of all parts. Raises CompoundDamaged if a part of the directory is missing."""
        in_root = frozenset(entry.name.lower() for entry in self._in_root())
        if self._is_cut or not in_root:
            raise CompoundDamaged("its directory is not whole")
        return Names(in_root, frozenset(entry.name.lower() for entry in self._entries))

    def stream(self, names: Sequence[str]) -> bytes:
        """Return the first stream of the root with one of these names, in any case; earlier names are tried first."""
        in_root = {entry.name.lower(): entry for entry in self._in_root() if entry.kind == _STREAM}
        for name in names:
            if (entry := in_root.get(name.lower())) is not None:
                return self._contents_of(entry)
        raise CompoundDamaged(f"it has no stream {names[0]}")

    def _in_root(self) -> Iterator[_Entry]:
        """Yield the entries of the root, which form a tree of neighbours."""
        waiting, visited = [self._entries[0].child], set[int]()
        while waiting:
            place = waiting.pop()
            if place < len(self._entries) and place not in visited:
                visited.add(place)
                waiting.extend(self._entries[place].neighbours)
                yield self._entries[place]

    def _contents_of(self, entry: _Entry) -> bytes:
        root = self._entries[0]
        if entry.size >= _SMALL_BELOW or root.start >= _LAST_SECTOR:  # some writers have no small sectors at all
            return self._run(entry.start, entry.size)
        small, size = self._run(root.start, root.size), self._small_size
        table = _numbers(b"".join(self._pieces(self._small_table_at, self._sectors)))
        pieces, place = list[bytes](), entry.start
        for _ in range(-(-entry.size // size)):
            if place * size >= len(small) or place >= len(table):
                raise CompoundDamaged("one of its short streams is not whole")
            pieces.append(small[place * size : (place + 1) * size])
            place = table[place]
        return b"".join(pieces)[: entry.size]

    def _run(self, start: int, size: int) -> bytes:
        """Read ``size`` bytes of the chain of sectors that begins at ``start``."""
        contents = b"".join(self._pieces(start, -(-size // self._size)))[:size]
        if len(contents) < size:
            raise CompoundDamaged("one of its streams is not whole")
        return contents

    def _pieces(self, start: int, most: int) -> Iterator[bytes]:
        """Yield the sectors of a chain, at most ``most`` of them; sectors that follow each other in the file are read at once."""
        is_visited, place, remaining = bytearray(self._sectors), start, most
        while remaining > 0 and place < _LAST_SECTOR:
            first, count = place, 0
            while remaining > 0 and place == first + count:
                if place >= self._sectors:
                    raise CompoundDamaged("it ends before one of its sectors")
                if is_visited[place]:
                    raise CompoundDamaged("one of its chains runs in circles")
                is_visited[place] = 1
                count, remaining, place = count + 1, remaining - 1, self._following(place)
            self._file.seek(self._first + first * self._size)
            yield self._file.read(count * self._size)

    def _entries_from(self, start: int) -> Iterator[_Entry]:
        """Yield the entries of the directory, as far as it can be followed."""
        pieces = list[bytes]()
        try:
            pieces.extend(self._pieces(start, min(self._sectors, _MOST_OF_DIRECTORY)))
        except CompoundDamaged:
            self._is_cut = True
        directory = b"".join(pieces)
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            name, length, kind, left_entry, right_entry, child, first, size = _ENTRY.unpack_from(directory, at)
            shown = name[: max(length - 2, 0)].decode("utf-16-le", "replace")
            # [MS-CFB] lets files of version 3 have anything in the upper half of the size, and no file here has 4 GB.
            yield _Entry(shown, kind, (left_entry, right_entry), child, first, size & 0xFFFFFFFF)

    def _following(self, place: int) -> int:
        """Return the sector that follows this one."""
        a_table = self._size // 4
        number, at = divmod(place, a_table)
        if number >= len(self._tables):
            return self._sectors
        if (table := self._read_tables.get(number)) is None:
            table = self._read_tables[number] = _numbers(self._sector(self._tables[number]))
        return table[at] if at < len(table) else self._sectors

    def _places_of_tables(self, header: bytes, more: int) -> list[int]:
        """Return the sectors of the table: the first stand in the header, the others in sectors that each name the next.

        Some programs name a next one although the header has room.
        """
        places = struct.unpack_from(f"<{_TABLES_IN_HEADER}I", header, _FIRST_TABLES)
        tables, visited = [place for place in places if place < self._sectors], set[int]()
        while len(tables) >= _TABLES_IN_HEADER and more < self._sectors and more not in visited:
            visited.add(more)
            *in_sector, more = _numbers(self._sector(more)) or [_LAST_SECTOR]
            tables += (place for place in in_sector if place < self._sectors)
        return tables

    def _sector(self, place: int) -> bytes:
        self._file.seek(self._first + place * self._size)
        return self._file.read(self._size)


def _numbers(contents: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(contents[: len(contents) // 4 * 4])
    return numbers
