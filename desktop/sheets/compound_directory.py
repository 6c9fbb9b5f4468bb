"""The names in a compound file, the container of .xls, .doc, .ppt, .msg and of encrypted workbooks ([MS-CFB]).

The file is cut into sectors. A table says which sector follows which, and a directory lists streams and folders; those of
the root hang in a tree. Only the root tells what the file is: a Word document with an Excel sheet in it has a stream named
Workbook further down. Nothing here trusts the numbers in the file.
"""

import struct
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEADER = struct.Struct("<30xH16xI")  # the size of a sector as a power of two, the first sector of the directory
_HEADER_BYTES = 512
_TABLES_AT, _TABLES_IN_HEADER, _MORE_TABLES_AT = 76, 109, 68
_LAST_SECTOR = 0xFFFFFFFA  # higher numbers mean: end, free, a sector of a table
_ENTRY = struct.Struct("<64sHxxIII")
_ENTRY_BYTES = 128
_MOST_SECTORS = 20_000  # a directory of more would list more parts than any document has


class DirectoryDamaged(Exception):
    """The directory cannot be followed: the file is cut short, or no compound file."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of streams and folders, in lower case: those in the root, and all of them."""

    in_root: frozenset[str]
    all: frozenset[str]


def names_in(path: Path) -> Names:
    """The names in this file. Raises DirectoryDamaged, OSError."""
    with path.open("rb") as file:
        try:
            return _names(_directory(file))
        except (struct.error, IndexError) as exc:
            raise DirectoryDamaged from exc


def _directory(file: BinaryIO) -> bytes:
    header = file.read(_HEADER_BYTES)
    shift, place = _HEADER.unpack_from(header)
    if shift not in (9, 12):
        raise DirectoryDamaged
    tables = _places_of_tables(file, header, 1 << shift)
    a_table = (1 << shift) // 4
    found, table, number = bytearray(), array("I"), -1
    for _ in range(_MOST_SECTORS):
        if place >= _LAST_SECTOR:
            return bytes(found)
        found += _sector(file, place, 1 << shift)
        if number != place // a_table:
            number = place // a_table
            table = _numbers(_sector(file, tables[number], 1 << shift))
        place = table[place % a_table]
    raise DirectoryDamaged


def _places_of_tables(file: BinaryIO, header: bytes, size: int) -> list[int]:
    """The sectors of the table of sectors: the first ones stand in the header, the others in sectors that name the next one."""
    places = list(struct.unpack_from(f"<{_TABLES_IN_HEADER}I", header, _TABLES_AT))
    more = int.from_bytes(header[_MORE_TABLES_AT : _MORE_TABLES_AT + 4], "little")
    for _ in range(_MOST_SECTORS):
        if more >= _LAST_SECTOR:
            return places
        *further, more = _numbers(_sector(file, more, size))
        places += further
    raise DirectoryDamaged


def _sector(file: BinaryIO, place: int, size: int) -> bytes:
    file.seek((place + 1) * size)
    if len(contents := file.read(size)) < size:
        raise DirectoryDamaged
    return contents


def _numbers(contents: bytes) -> "array[int]":
    return array("I", struct.unpack(f"<{len(contents) // 4}I", contents))


def _names(directory: bytes) -> Names:
    entries = list(_ENTRY.iter_unpack(b"".join(directory[at : at + 80] for at in range(0, len(directory), _ENTRY_BYTES))))
    names = [name[: max(length - 2, 0)].decode("utf-16-le", "replace").lower() for name, length, *_ in entries]
    waiting, seen = [entries[0][4]], set[int]()
    while waiting:
        place = waiting.pop()
        if place < len(entries) and place not in seen:
            seen.add(place)
            waiting.extend(entries[place][2:4])
    if not seen:
        raise DirectoryDamaged
    return Names(frozenset(names[place] for place in seen), frozenset(names))
