"""Read the records of an Excel binary workbook, and what they say about its sheets ([MS-XLSB] 2.1.4, 2.3 and 2.4).

A part is a sequence of records: a number of one or two bytes, a length of one to four, both with seven bits per byte, and the
contents. A worksheet may have many millions of them, so a part is read in pieces, and records that are not asked for are
skipped.
"""

import struct
from collections.abc import Iterator, Set
from typing import IO

from desktop.sheets.open_xml import Package, Related, Sheet, Workbook

_SHEET, _WINDOW = 156, 158
_ACTIVE = 24  # offset, in the record of a window, of the tab in front
_PIECE = 1024 * 1024
_LONGEST_START = 6  # bytes before the contents
_LONGEST_ASKED_FOR = 64 * 1024


def records(stream: IO[bytes], kinds: Set[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the records of these kinds. Raises ValueError."""
    rest, skipped = b"", 0
    while piece := stream.read(_PIECE):
        part = rest + piece[skipped:]
        at, size = max(0, skipped - len(piece)), len(part)
        while at < size - _LONGEST_START:
            kind, start = part[at], at + 1
            if kind >= 0x80:
                kind, start = _number(part, at, 2)
            length = part[start]
            start += 1
            if length >= 0x80:
                length, start = _number(part, start - 1, 4)
            if kind in kinds:
                if length > _LONGEST_ASKED_FOR:
                    raise ValueError("one of its records is far too long")
                if start + length > size:
                    break  # the next piece has the rest of it
                yield kind, part[start : start + length]
            at = start + length
        rest, skipped = part[at:], max(0, at - size)
    yield from _last_records(rest, kinds)


def text(body: bytes, at: int) -> tuple[str, int]:
    """Return a text in a record, and where it ends. Raises struct.error, UnicodeDecodeError."""
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end


def read_workbook(package: Package) -> Workbook:
    """Read ``workbook.bin``. Raises KeyError, ValueError, struct.error, XmlDamaged, EntitiesFound."""
    part = package.workbook()
    related = package.relations(part)
    sheets: list[Sheet] = []
    actives: list[int] = []
    with package.open(part) as stream:
        for kind, body in records(stream, {_SHEET, _WINDOW}):
            if kind == _SHEET:
                relation, end = text(body, 8)
                target = related.get(relation, Related("", ""))
                is_hidden = struct.unpack_from("<I", body)[0] != 0
                sheets.append(Sheet(text(body, end)[0], target.part, target.kind == "worksheet", is_hidden))
            else:
                actives.append(struct.unpack_from("<I", body, _ACTIVE)[0])
    return Workbook(tuple(sheets), actives[0] if actives else None)  # of several windows the first one counts


def _last_records(rest: bytes, kinds: Set[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the records at the end of a part, too short for the loop above: they have next to no contents."""
    at = 0
    while at < len(rest):
        kind, at = _number(rest, at, 2)
        length, at = _number(rest, at, 4)
        if kind in kinds and at + length <= len(rest):
            yield kind, rest[at : at + length]
        at += length


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of up to ``most`` bytes, seven bits each, the lowest first, and where it ends.

    A byte past the end of the part counts as zero.
    """
    value = 0
    for place in range(most):
        byte = part[at + place] if at + place < len(part) else 0
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    return value, at + most
