"""The second look at a workbook: cells that the fast reader cannot tell, as they are stored.

Three things matter: how a number of more than 15 digits was stored, which cells show an error, and (where the fast
reader does not know) which cells are merged. Who looks depends on the format: openpyxl, xlrd, or a look at the parts.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.formats import FileKind, told_plainly
from desktop.sheets.ods_cells import read_ods
from desktop.sheets.stored_cells import EXACT, ExactCells, Place, shown, shown_literal
from desktop.sheets.xls_cells import read_xls
from desktop.sheets.xlsb_cells import read_xlsb
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged

_DAMAGE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    struct.error,
    BadZipFile,
    zlib.error,
    EOFError,
    XmlDamaged,
    EntitiesFound,
)


def look_again(path: Path, kind: FileKind, sheet_name: str) -> ExactCells:
    """Read one worksheet the other way. Raises SheetUnreadable."""
    readers = {FileKind.XLSX: _read_xlsx, FileKind.ODS: read_ods, FileKind.XLS: read_xls, FileKind.XLSB: read_xlsb}
    try:
        with told_plainly(path):
            return readers[kind](path, sheet_name)
    except _DAMAGE as exc:
        raise SheetUnreadable(str(path), "its numbers cannot be read exactly") from exc


def _read_xlsx(path: Path, sheet_name: str) -> ExactCells:
    """openpyxl keeps a whole number whole: it arrives as ``int``, digit for digit; anything else was rounded."""
    from openpyxl import load_workbook

    with path.open("rb") as file:  # by its name it would refuse a workbook that is called .csv
        workbook = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        sheet: Any = workbook[sheet_name]
        sheet.reset_dimensions()
        return ExactCells(dict(_that_matter(sheet.iter_rows())))


def _that_matter(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Place, str]]:
    for row in rows:
        for cell in row:
            value = cell.value
            if value.__class__ in (int, float) and abs(value) >= EXACT:
                text = shown_literal(str(value)) if value.__class__ is int else shown(value)
            elif cell.data_type == "e" and value is not None:
                text = str(value)
            else:
                continue
            yield (cell.row - 1, cell.column - 1), text
