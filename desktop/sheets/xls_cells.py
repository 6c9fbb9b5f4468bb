"""The error cells of an Excel 97 sheet; its numbers are binary, so a long one has lost digits whoever reads it."""

import io
from pathlib import Path
from typing import Any

from desktop.sheets.stored_cells import ExactCells


def read_xls(path: Path, sheet_name: str) -> ExactCells:
    """Read one worksheet with xlrd. Raises ValueError."""
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        workbook: Any = xlrd.open_workbook(str(path), logfile=io.StringIO(), on_demand=True)
        sheet = workbook.sheet_by_name(sheet_name)
    except (XLRDError, AssertionError, OSError) as exc:
        raise ValueError(sheet_name) from exc
    errors = (
        (row, column)
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == xlrd.XL_CELL_ERROR
    )
    names = xlrd.error_text_from_code
    return ExactCells({place: names.get(sheet.cell_value(*place), "#UNKNOWN!") for place in errors})
