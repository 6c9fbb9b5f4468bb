"""The error cells and merged areas of an Excel binary workbook, from its records ([MS-XLSB] 2.3 and 2.4).

A part is a row of records: a number of one or two bytes, a length of one to four, both with seven bits a byte, and the
contents. Everything but the few kinds below is stepped over.
"""

import posixpath
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from desktop.sheets.stored_cells import ExactCells

_ROW, _ERROR, _FORMULA_ERROR, _SHEET, _MERGED = 0, 3, 11, 156, 176
_NAMES = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}


def read_xlsb(path: Path, sheet_name: str) -> ExactCells:
    """Look through the records of one worksheet. Raises ValueError, KeyError, BadZipFile, zlib.error."""
    with ZipFile(path) as archive:
        part = _part_of(archive, sheet_name)
        try:
            return _cells_of(archive.read(part))
        except (IndexError, struct.error) as exc:
            raise ValueError(part) from exc


def _part_of(archive: ZipFile, sheet_name: str) -> str:
    """The name of the worksheet's part, through the workbook's list of sheets and its relationships."""
    from defusedxml.ElementTree import fromstring

    relations: Element = fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    for kind, body in _records(archive.read("xl/workbook.bin")):
        if kind == _SHEET:
            relation, end = _text(body, 8)
            if _text(body, end)[0] == sheet_name:
                return posixpath.normpath(posixpath.join("/xl", targets[relation])).lstrip("/")
    raise KeyError(sheet_name)


def _cells_of(part: bytes) -> ExactCells:
    cells, row = ExactCells(), 0
    for kind, body in _records(part):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
        elif kind in (_ERROR, _FORMULA_ERROR):
            cells.texts[row, struct.unpack_from("<I", body)[0]] = _NAMES.get(body[8], "#UNKNOWN!")
        elif kind == _MERGED:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", body)
            cells.merged.append(((first_row, first_column), (last_row, last_column)))
    return cells


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(part)
    while at < end:
        kind, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        yield kind, part[at : at + length]
        at += length


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to ``most`` bytes, seven bits each, the lowest first; and where it ends."""
    value = 0
    for place in range(most):
        byte = part[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    return value, at + most


def _text(body: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le"), end
