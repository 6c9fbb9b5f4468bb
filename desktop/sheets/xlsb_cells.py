"""Read the error cells and merged areas of an Excel binary workbook from its records."""

import struct
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from desktop.sheets.damage import DAMAGE
from desktop.sheets.error_values import named_by
from desktop.sheets.open_xml import Package, Sheet
from desktop.sheets.stored_cells import ExactCells
from desktop.sheets.xlsb_records import read_workbook, records
from desktop.sheets.xml_stream import EntitiesFound

_ROW, _ERROR, _FORMULA_ERROR, _MERGED, _END_OF_SHEET = 0, 3, 11, 176, 130


def read_xlsb(path: Path, sheet_name: str) -> ExactCells:
    """Read the records of one worksheet. Raises ValueError, KeyError, BadZipFile, zlib.error."""
    with ZipFile(path) as archive:
        package = Package(archive)
        part = read_workbook(package).part_of(sheet_name)
        try:
            with package.open(part) as stream:
                return _cells_of(stream)
        except (IndexError, struct.error) as exc:
            raise ValueError(part) from exc


def is_whole(path: Path) -> bool:
    """True if the checksum of every part is right, and every worksheet that the workbook names has an end."""
    try:
        with ZipFile(path) as archive:
            package = Package(archive)
            sheets = read_workbook(package).sheets
            return archive.testzip() is None and bool(sheets) and all(_has_end(package, sheet) for sheet in sheets)
    except (*DAMAGE, EntitiesFound):
        return False


def _has_end(package: Package, sheet: Sheet) -> bool:
    if not sheet.is_worksheet:
        return True
    with package.open(sheet.part) as stream:
        return any(records(stream, {_END_OF_SHEET}))


def _cells_of(stream: IO[bytes]) -> ExactCells:
    cells, row = ExactCells(), 0
    for kind, body in records(stream, {_ROW, _ERROR, _FORMULA_ERROR, _MERGED}):
        if kind == _ROW:
            row = struct.unpack_from("<I", body)[0]
        elif kind in (_ERROR, _FORMULA_ERROR):
            cells.texts[row, struct.unpack_from("<I", body)[0]] = named_by(body[8])
        elif kind == _MERGED:
            first_row, last_row, first_column, last_column = struct.unpack_from("<4I", body)
            cells.merged.append(((first_row, first_column), (last_row, last_column)))
    return cells
