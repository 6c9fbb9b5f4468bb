"""Find what an Excel 97 (or 5.0) workbook hides and which sheet is in front, from its records ([MS-XLS] 2.3 and 2.4).

The stream of the workbook is a sequence of records: two bytes for the kind, two for the length, and the contents. It begins
with the records of the book, which say where the records of each sheet begin. A row is hidden by a flag of its own, or by a
height of zero; rows without a record are hidden if the sheet's default says so.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.sheets.compound_file import CompoundFile
from desktop.sheets.hidden import Hidden, HiddenRowCollector
from desktop.sheets.stored_cells import Place

_RECORD = struct.Struct("<HH")
_END, _PASSWORD, _WINDOW, _COLUMNS, _SHEET, _ROW, _DEFAULT_HEIGHT, _START = 0x0A, 0x2F, 0x3D, 0x7D, 0x85, 0x208, 0x225, 0x809
_OF_BOOK = {_END, _PASSWORD, _WINDOW, _SHEET}
_MERGED, _CONTINUED, _NOBODY_KNOWS = 0xE5, 0x3C, 0xEEEE
# Texts, formats and cells; the start of a sheet in several versions of Excel.
_OF_CELLS = _OF_BOOK | {_START, 0x22, 0x42, 0xE0, 0x41E, 0x1E, 0xFC, 0xFD, 0xD6, 0x203, 0x204, 0x205, 0x27E, 0xBD, 0x06, 0x206}
_OF_CELLS |= {0x406, 0x207, 0x201, 0xBE, 0x809, 0x409, 0x209, 0x4BC, 0x221}

_ROW_HIDDEN, _ROW_HEIGHT, _ROW_DEFAULT_HEIGHT = 0x20, 0x7FFF, 0x8000
_COLUMN_HIDDEN = 0x01
_OTHERS_HIDDEN = 0x02
_MOST_COLUMNS = 256


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet of the workbook; a chart or a module is not a worksheet."""

    name: str
    is_worksheet: bool
    is_hidden: bool


def read_sheets(stream: bytes) -> list[OldSheet] | None:
    """List the sheets in order, without their names; None if the records are encrypted. Raises struct.error."""
    sheets = []
    for kind, body in _records(stream, 0, _OF_BOOK):
        if kind == _PASSWORD:
            return None
        if kind == _SHEET:
            state, sheet_kind = struct.unpack_from("<BB", body, 4)
            sheets.append(OldSheet("", sheet_kind == 0, bool(state & 3)))
        elif kind == _END:
            break
    return sheets


def read_merged(stream: bytes, place: int) -> list[tuple[Place, Place]]:
    """Return the merged areas of the sheet at this place among all sheets. Raises IndexError, struct.error."""
    merged: list[tuple[Place, Place]] = []
    for body in (body for kind, body in _records_of_sheet(stream, place, {_MERGED}) if kind == _MERGED):
        count = min(struct.unpack_from("<H", body)[0], (len(body) - 2) // 8)
        for at in range(2, 2 + 8 * count, 8):
            first_row, last_row, first_column, last_column = struct.unpack_from("<4H", body, at)
            merged.append(((first_row, first_column), (last_row, last_column)))
    return merged


def without_other_records(stream: bytes) -> bytes:
    """Return the stream with an unknown number in all records that make no cells.

    Programs write some of those records in ways that make readers fail.
    """
    cleaned, at, is_kept = bytearray(stream), 0, True
    unpack, end = _RECORD.unpack_from, len(stream) - _RECORD.size
    while at <= end:
        kind, length = unpack(stream, at)
        is_kept = is_kept if kind == _CONTINUED else kind in _OF_CELLS
        if not is_kept:
            _RECORD.pack_into(cleaned, at, _NOBODY_KNOWS, length)
        at += _RECORD.size + length
    return bytes(cleaned)


def read_front(path: Path) -> int | None:
    """Return the place of the sheet in front, among all sheets. Raises ValueError, struct.error."""
    active, sheets = None, 0
    for kind, body in _records(stream_of(path), 0, _OF_BOOK):
        if kind == _WINDOW and active is None:  # of several windows the first one counts
            active = struct.unpack_from("<H", body, 10)[0]
        elif kind == _SHEET:
            sheets += 1
        elif kind == _END:
            break
    return active if active is not None and active < sheets else None


def read_hidden(path: Path, place: int) -> Hidden:
    """Find what the sheet at this place among all sheets hides. Raises ValueError, IndexError, struct.error."""
    rows, columns = HiddenRowCollector(), set[int]()
    for kind, body in _records_of_sheet(stream_of(path), place, {_COLUMNS, _ROW, _DEFAULT_HEIGHT}):
        if kind == _ROW:
            number, height, flags = struct.unpack_from("<H4xH4xH", body)
            rows.see(number + 1, hides=bool(flags & _ROW_HIDDEN) or height & (_ROW_HEIGHT | _ROW_DEFAULT_HEIGHT) == 0)
        elif kind == _COLUMNS:
            first, last, width, flags = struct.unpack_from("<3H2xH", body)
            if flags & _COLUMN_HIDDEN or not width:
                columns.update(range(first, min(last, _MOST_COLUMNS - 1) + 1))
        elif struct.unpack_from("<H", body)[0] & _OTHERS_HIDDEN:
            rows.hide_others()
    return Hidden(rows.numbers(), tuple(sorted(columns)))


def _records_of_sheet(stream: bytes, place: int, kinds: set[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the records of these kinds of one sheet. Raises ValueError, IndexError, struct.error."""
    starts = []
    for kind, body in _records(stream, 0, _OF_BOOK):
        if kind == _PASSWORD:
            raise ValueError("its records are encrypted")
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _END:
            break
    depth = 0
    for kind, body in _records(stream, starts[place], kinds | {_START, _END}):
        if kind in (_START, _END):  # a chart that lies on the sheet has a start and an end of its own
            depth += 1 if kind == _START else -1
            if depth <= 0:
                break
        elif depth == 1:
            yield kind, body


def _records(stream: bytes, at: int, kinds: set[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the records of these kinds from ``at`` on; all others are skipped."""
    end = len(stream) - _RECORD.size
    unpack = _RECORD.unpack_from
    while at <= end:
        kind, length = unpack(stream, at)
        if kind in kinds:
            yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def stream_of(path: Path) -> bytes:
    """Read the stream of the workbook from its compound file. Raises CompoundDamaged."""
    with path.open("rb") as file:
        return CompoundFile(file).stream(("Workbook", "Book"))
