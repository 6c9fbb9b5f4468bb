"""Read the sheets of an Excel 97 (or 5.0) workbook and their cells with xlrd, from the stream that we find for it.

xlrd knows what PHP, Perl and report programs write into .xls, but trusts the container around it: a name in capitals or a wrong
count of sectors makes it fail. So it gets the bare stream. Its numbers are binary, as the file stores them: a long one has lost
digits, whoever reads it. What xlrd prints is thrown away.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from desktop.domain.errors import SheetUnreadable
from desktop.domain.texts import Text
from desktop.sheets.error_values import named_by
from desktop.sheets.formats import PASSWORD
from desktop.sheets.packed_rows import CUT
from desktop.sheets.row_packer import PackedSheet, RowPacker
from desktop.sheets.stored_cells import shown
from desktop.sheets.xls_records import OldSheet, read_merged, read_sheets, stream_of, without_other_records

NO_WORKSHEET = Text("only-charts")
_LAST_DAY = 2_958_466  # 1 January 10000


class _FormatKinds(dict[int, int]):
    """Maps the number of a format to the kind of value that it shows; a missing format shows numbers."""

    def __missing__(self, _: int) -> int:
        import xlrd

        return xlrd.XL_CELL_NUMBER


@dataclass(frozen=True, slots=True)
class OldWorkbook:
    """An open workbook: all of its sheets in order, and xlrd's own object for it."""

    path: Path
    stream: bytes
    sheets: tuple[OldSheet, ...]
    xlrd_book: Any

    def place_of(self, name: str) -> int:
        """Return the place of a worksheet among all sheets, chart sheets included. Raises ValueError."""
        return [sheet.name if sheet.is_worksheet else None for sheet in self.sheets].index(name)


def open_xls(path: Path, *, only_cells: bool = False) -> OldWorkbook:
    """Open a workbook. ``only_cells`` hides all records but cells from xlrd, for a workbook whose other records make it fail.

    Raises SheetUnreadable, and what xlrd raises of damage.
    """
    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.formula import FormulaError

    stream = stream_of(path)
    listed = read_sheets(stream)
    if listed is None:
        raise SheetUnreadable(str(path), PASSWORD)
    if listed and not any(sheet.is_worksheet for sheet in listed):
        raise SheetUnreadable(str(path), NO_WORKSHEET)
    contents = without_other_records(stream) if only_cells else stream
    try:
        xlrd_book: Any = xlrd.open_workbook(file_contents=contents, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
    except (XLRDError, FormulaError) as exc:
        raise ValueError(str(exc)) from exc
    # Some programs give cells a format that they never write. xlrd, whose version is pinned, has no public place for a default.
    xlrd_book._xf_index_to_xl_type_map = _FormatKinds(xlrd_book._xf_index_to_xl_type_map)
    names = iter(xlrd_book.sheet_names())
    sheets = tuple(OldSheet(next(names) if sheet.is_worksheet else "", sheet.is_worksheet, sheet.is_hidden) for sheet in listed)
    return OldWorkbook(path, stream, sheets, xlrd_book)


def read_worksheet(old: OldWorkbook, name: str) -> PackedSheet:
    """Read one worksheet. Raises SheetUnsafe, and what xlrd raises of damage."""
    from xlrd.biffh import XLRDError
    from xlrd.formula import FormulaError

    try:
        sheet = old.xlrd_book.sheet_by_name(name)
    except (XLRDError, FormulaError) as exc:
        raise ValueError(str(exc)) from exc
    packer = RowPacker(old.path, len(old.stream))
    for row in range(sheet.nrows):
        kinds, values = sheet.row_types(row), sheet.row_values(row)
        packer.add(row, [_text_of(kind, value, old.xlrd_book.datemode) for kind, value in zip(kinds, values, strict=True)])
    return packer.finished(read_merged(old.stream, old.place_of(name)))


def _text_of(kind: int, value: Any, era: Literal[0, 1]) -> str:
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return str(value).replace(CUT, "\ufffd")
    if kind == xlrd.XL_CELL_DATE and 0 <= value < _LAST_DAY:
        moment = xlrd.xldate_as_datetime(value, era)
        if value < 1:
            return shown(moment.time())
        return shown(moment.date() if value == int(value) else moment)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return shown(bool(value))
    if kind == xlrd.XL_CELL_ERROR:
        return named_by(int(value))
    return shown(float(value)) if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE) else ""
