"""The second look at a workbook: cells that the fast reader cannot tell, as they are stored.

Three things matter: how a number of more than 15 digits was stored, which cells show an error, and (where the fast
reader does not know) which cells are merged. Who looks depends on the format: openpyxl, xlrd, or a look at the parts.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from desktop.domain.errors import SheetUnreadable
from desktop.domain.records import judge_number
from desktop.sheets.formats import FileKind, told_plainly

EXACT = 10**15

Place = tuple[int, int]


@dataclass(slots=True)
class ExactCells:
    """``texts`` by (row, column) from 0, of cells that matter only; ``merged``: first and last place of each area."""

    texts: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)


def look_again(path: Path, kind: FileKind, sheet_name: str) -> ExactCells:
    """Read one worksheet the other way. Raises SheetUnreadable."""
    from desktop.sheets.ods_cells import read_ods
    from desktop.sheets.xls_cells import read_xls
    from desktop.sheets.xlsb_cells import read_xlsb

    readers = {FileKind.XLSX: _read_xlsx, FileKind.ODS: read_ods, FileKind.XLS: read_xls, FileKind.XLSB: read_xlsb}
    try:
        with told_plainly(path):
            return readers[kind](path, sheet_name)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, BadZipFile, zlib.error, EOFError) as exc:
        raise SheetUnreadable(str(path), "its numbers cannot be read exactly") from exc


def shown(value: object) -> str:
    """A value that is not text, as a spreadsheet shows it; a number only as far as it is exact."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int():
            return _shown_number(value)
        case datetime():
            return value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)


def shown_literal(literal: str) -> str:
    """A stored number of more than 15 digits: digit for digit when nothing was lost, else with an exponent."""
    return literal if judge_number(literal).record_id is not None else f"{float(literal):.14E}"


def _shown_number(value: float) -> str:
    if value == value // 1 and abs(value) < EXACT:
        return f"{value:.0f}"
    return f"{value:.14E}" if abs(value) >= EXACT else repr(value)


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
