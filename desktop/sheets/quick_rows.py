"""Rows of text, written several times faster than the workbook library writes them.

XlsxWriter makes three objects and a dozen calls of every cell. A full worksheet of results has ten million cells, and people
wait for it. In its ``constant_memory`` mode the library keeps the XML of finished rows in a file of its own until the
worksheet is complete. This module adds rows to that file, as the same bytes that the library would write (a test compares
them). Everything else of the workbook stays with the library: formats, headings, filters, print set-up, charts.

A row that is not plain text, see :meth:`QuickRows.write`, is left to the library. So is the whole file if the rows do not
stand in it as they should: ``results_sheet`` reads every file back before it is used.
"""

from collections.abc import Sequence
from typing import Any

from desktop.sheets.clean_text import LONGEST_CELL

# It separates the cells of a row while they are checked together. A cell with this sign in it is no fault, only slower.
_BAR = "│"
_SPACE_OR_NONE = (" ", "")
# The place of the row's number in a template. No text has it, because texts with control characters are not plain.
_ROW = "\0"


class QuickRows:
    """Writes the rows of one worksheet, from its first line to its last."""

    def __init__(self, sheet: Any, text: Any) -> None:
        """``sheet`` is a worksheet of the library in constant_memory mode, ``text`` the format of ordinary cells."""
        self._sheet, self._text = sheet, text
        self._templates: dict[object, str] = {}
        self._has_pending = True  # the library may still hold a row that it has not written yet
        self._last: tuple[int, int] | None = None

    def write(self, row: int, cells: Sequence[str], column: int, special: Any) -> bool:
        """Write a row whose cell in ``column`` has the format ``special``; ``row`` counts from 0.

        Returns False, and writes nothing, when the row is left to the library: it holds characters that cannot be printed,
        something that looks like the library's own escapes, blanks at the end of a cell, or a text near the longest.
        """
        plain = _plain(cells)
        if plain is None:
            self._has_pending = True
            return False
        texts, filled = plain
        key = special, filled, len(cells)
        template = self._templates.get(key)
        if template is None:
            template = self._templates[key] = self._make_template(filled or (True,) * len(cells), column, special)
        if self._has_pending:
            self._sheet._write_single_row(row)
            self._has_pending = False
        self._sheet.row_data_fh.write((template % texts).replace(_ROW, str(row + 1)))
        self._sheet.previous_row = row + 1
        self._last = row, len(cells) - 1
        return True

    def end(self) -> None:
        """Tell the library how far the rows reach, which it writes above them."""
        if self._last is not None:
            row, column = self._last
            self._sheet.dim_rowmax = max(self._sheet.dim_rowmax or 0, row)
            self._sheet.dim_colmax = max(self._sheet.dim_colmax or 0, column)

    def _make_template(self, filled: Sequence[bool], column: int, special: Any) -> str:
        """Return the XML of a row with ``%s`` for each text and a NUL for the row's number."""
        from xlsxwriter.utility import xl_col_to_name

        styles = [(special if number == column else self._text)._get_xf_index() for number in range(len(filled))]
        pieces = [
            f'<c r="{xl_col_to_name(number)}{_ROW}" s="{styles[number]}" t="inlineStr"><is><t>%s</t></is></c>'
            for number, is_filled in enumerate(filled)
            if is_filled
        ]
        return f'<row r="{_ROW}">{"".join(pieces)}</row>'


def _plain(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[bool, ...] | None] | None:
    """Return the texts of the filled cells as XML has them, and which cells are filled (None: all). None if the row is not
    plain.
    """
    joined = _BAR.join(cells)
    if (
        not joined.isprintable()
        or len(joined) > LONGEST_CELL // 2  # Excel counts some characters twice
        or "_x" in joined
        or " │" in joined
        or "│ " in joined
        or joined[:1] in _SPACE_OR_NONE
        or joined[-1:] == " "
    ):
        return None
    if "&" in joined or "<" in joined or ">" in joined:
        escaped = joined.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split(_BAR)
        if len(escaped) != len(cells):
            return None
        cells = escaped
    if "││" not in joined and joined[0] != _BAR and joined[-1] != _BAR:
        return tuple(cells), None
    texts = tuple(filter(None, cells))
    return (texts, tuple(map(bool, cells))) if texts else None
