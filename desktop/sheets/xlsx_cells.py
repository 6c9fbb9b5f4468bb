"""Read the cells of an .xlsx worksheet as they are stored, with our own parser (ECMA-376 part 1, 18.3.1 and 18.4).

A cell becomes what stands in the file: a number digit for digit, an error by its name, whatever prefix the elements have, in
CDATA sections too, from parts in any encoding and of any name. Rows written as most programs write them go past the parser
(:mod:`raw_rows`), which takes a tenth of the time and gives the same result. The worksheet is read as a stream, and everything
is counted before it is laid out, which bounds what a hostile sheet can ask for.

A row that is named twice is refused, and so is a cell that names another row than the one it stands in: readers disagree about
them, and a parent must never meet another row's contact.
"""

import re
from collections.abc import Iterator
from operator import lt
from pathlib import Path

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS, check_size, column_number
from desktop.sheets.formats import DAMAGED
from desktop.sheets.open_xml import Package, Sheet, Workbook
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.raw_rows import RawRows
from desktop.sheets.raw_runs import RepeatedElements, pieces_past
from desktop.sheets.row_packer import PackedSheet, RowPacker
from desktop.sheets.stored_cells import Place
from desktop.sheets.xlsx_dates import read_dates
from desktop.sheets.xlsx_texts import TEXT, CellTexts, Gathering, read_texts
from desktop.sheets.xml_stream import Tree, parse_pieces, placed_parser_inside

_NOWHERE = Text("cell-nowhere")
_TWICE = Text("cells-out-of-order")
_CELLS_WITHOUT_END = Text("cells-without-end")
_MOST_EMPTY, _EMPTY_A_FILLED = 2_000_000, 21  # a filled cell makes up for itself and for twenty empty ones
_SEVERAL = Text("several-values-in-one-cell")
WORKSHEET: Tree = {
    "sheetData": {"row": {"c": {"v": {}, "f": {}, "is": TEXT}}},
    "mergeCells": {"mergeCell": {}},
}
_RANGE = re.compile(r"\s*\$?([A-Za-z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Za-z]{0,3})\$?([0-9]{0,7}))?\s*", re.ASCII)


class StoredSheet:
    """A worksheet that can be read once: block after block as a stream, or as a whole.

    Reading raises SheetUnreadable, SheetUnsafe, KeyError, IndexError, ValueError, XmlDamaged, EntitiesFound, BadZipFile,
    zlib.error.
    """

    def __init__(self, path: Path, package: Package, workbook: Workbook, sheet: Sheet) -> None:
        self._path = path
        self._package = package
        self._part = sheet.part
        texts = CellTexts(read_texts(path, package, workbook.texts), lambda: read_dates(package, workbook))
        self._reader = _Worksheet(path, package.size(sheet.part), texts)

    @property
    def bare_formulas(self) -> bool:
        """True if a formula had no stored value, as far as was read."""
        return self._reader.bare_formulas

    def all_rows(self) -> PackedSheet:
        for _ in self._stream():
            pass
        return self._reader.packer.finished(self._reader.merged)

    def blocks(self) -> Iterator[PackedRows]:
        """Yield rows while they are read. Only for a worksheet without merged areas: those stand behind the rows they change."""
        for _ in self._stream():
            yield from self._reader.packer.full_blocks()
        if self._reader.merged:
            raise SheetUnreadable(str(self._path), DAMAGED)
        yield from self._reader.packer.finished().blocks

    def _stream(self) -> Iterator[None]:
        reader = self._reader
        parser, is_inside = placed_parser_inside(WORKSHEET, ("sheetData",), reader.start, reader.end, reader.see_text)
        with self._package.open(self._part) as stream:
            yield from parse_pieces(
                parser, pieces_past(stream, RepeatedElements(b"<row ", b"sheetData", is_inside, reader.accept))
            )


class _Worksheet:
    """One worksheet, read as a stream."""

    __slots__ = (
        "_cells", "_cells_left", "_columns", "_gathers", "_has_formula", "_has_rows", "_has_string", "_has_value", "_kind",
        "_moved", "_path", "_raw", "_reference", "_row", "_row_known", "_rows_seen", "_style", "_text", "_texts", "_value",
        "bare_formulas", "merged", "packer",
    )  # fmt: skip

    def __init__(self, path: Path, source_bytes: int, texts: CellTexts) -> None:
        self._path = path
        self._texts = texts
        self._raw = RawRows(texts)
        self.packer = RowPacker(path, source_bytes)
        self._columns: dict[str, int] = {}
        self.merged: list[tuple[Place, Place]] = []
        self._value, self._text = Gathering(path), Gathering(path)
        self._gathers: Gathering | None = None
        self._kind = self._style = self._reference = ""
        self._has_formula = self._has_string = self._has_value = self._has_rows = False
        self._row, self._row_known = 0, False
        self._rows_seen = 0
        self._cells: list[str] = []
        self._cells_left, self._moved = _MOST_EMPTY, 0
        self.bare_formulas = False

    def accept(self, piece: str) -> bool:
        """Read many rows at once, unless one of them is unusual. Raises IndexError, SheetUnreadable, SheetUnsafe."""
        rows = self._raw.rows_in(piece)
        if rows is None:
            return False
        numbers, filled = rows.numbers, self.packer.filled
        if numbers[0] <= self._row or not all(map(lt, numbers, numbers[1:])):
            return False
        if rows.columns and numbers[-1] - numbers[0] == len(numbers) - 1:
            self.packer.add_columns(numbers[0] - 1, rows.columns)
        else:
            for number, cells in zip(numbers, zip(*rows.columns, strict=True), strict=False):
                self.packer.add(number - 1, list(cells))
        self._cells_left += _EMPTY_A_FILLED * (self.packer.filled - filled) - piece.count("<c ")
        self._see_rows(len(numbers))
        self._check_cells()
        self._row = numbers[-1]
        self.bare_formulas = self.bare_formulas or rows.bare_formulas
        return True

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element."""
        if name == "c":
            get = attributes.get
            self._kind, self._style, self._reference = get("t", "n"), get("s", ""), get("r", "")
            self._has_formula = self._has_string = self._has_value = False
            self._value.clear()
            self._text.clear()
        elif name == "v":
            self._has_value = self._once(self._has_value)
            self._gathers = self._value
        elif name == "t":
            self._gathers = self._text
        elif name == "row":
            number = attributes.get("r")
            self._row_known = number is not None
            self._row = self._row + 1 if number is None else self._row_number(number)
            self._see_rows(1)
            self._cells, self._moved = [], 0
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._has_string = self._once(self._has_string)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "sheetData":
            self._has_rows = self._once(self._has_rows)

    def _see_rows(self, count: int) -> None:
        self._rows_seen += count
        if self._rows_seen > MOST_ROWS:
            check_size(self._path, self._rows_seen, 0)

    def _check_cells(self) -> None:
        if self._cells_left < 0:
            raise SheetUnsafe(str(self._path), _CELLS_WITHOUT_END)

    def _once(self, was_seen: bool) -> bool:
        """Return True for what may occur once. Raises SheetUnreadable the second time: readers disagree about which counts."""
        if was_seen:
            raise SheetUnreadable(str(self._path), _SEVERAL)
        return True

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name in ("v", "t"):
            self._gathers = None
        elif name == "c":
            self._add_cell()
        elif name == "row":
            self.packer.add(self._row - 1, self._cells)

    def see_text(self, text: str) -> None:
        """Handle the text between elements."""
        if self._gathers is not None:
            self._gathers.add(text)

    def _add_cell(self) -> None:
        column = len(self._cells)
        self._cells_left -= 1
        self._check_cells()
        if self._reference:
            column, row = self._place(self._reference)
            if row != self._row and self._row_known:
                raise SheetUnreadable(str(self._path), _TWICE)
            self._row, self._row_known = row, True
        shown = self._shown()
        self._cells_left += _EMPTY_A_FILLED if shown else 0
        if column >= MOST_COLUMNS:
            raise SheetUnsafe(str(self._path), Text("too-many-columns", most=MOST_COLUMNS))
        if self._has_formula and not shown and self._kind != "str":
            self.bare_formulas = True
        self._put(self._cells, column, shown)

    def _put(self, cells: list[str], column: int, shown: str) -> None:
        """Put a cell into its row. Raises SheetUnreadable if the row has it already."""
        missing = column - len(cells)
        if missing >= 0:
            cells += [""] * missing
            cells.append(shown)
            return
        self._moved += 1
        if self._moved > MOST_COLUMNS or (shown and cells[column]):
            raise SheetUnreadable(str(self._path), _TWICE)
        if shown:
            cells[column] = shown

    def _row_number(self, text: str) -> int:
        text = text.strip()
        if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):
            raise SheetUnsafe(str(self._path), _NOWHERE)
        return int(text)

    def _place(self, reference: str) -> tuple[int, int]:
        """Return the column (from 0) and the row (from 1) of a cell. Raises SheetUnsafe."""
        letters = reference.rstrip("0123456789")
        if (column := self._columns.get(letters)) is None:
            plain = letters.strip().replace("$", "").upper()
            column = column_number(plain) - 1 if plain.isascii() and plain.isalpha() and len(plain) <= 4 else MOST_COLUMNS
            if plain.isalpha() and column >= MOST_COLUMNS:
                raise SheetUnsafe(str(self._path), Text("too-many-columns", most=MOST_COLUMNS))
            if column >= MOST_COLUMNS:
                raise SheetUnsafe(str(self._path), _NOWHERE)
            self._columns[letters] = column
        return column, self._row_number(reference[len(letters) :])

    def _shown(self) -> str:
        string = self._text.joined() if self._has_string else ""
        return self._texts.shown(self._kind, self._style, self._value.joined(), string)

    def _merge(self, reference: str) -> None:
        """Note a merged area; what names no area is ignored. LibreOffice names whole rows ``1:3`` and whole columns ``A:A``."""
        if (match := _RANGE.fullmatch(reference)) is not None and reference.strip():
            first_column, first_row, last_column, last_row = match.groups()
            first = column_number((first_column or "A").upper()) - 1
            top, bottom = int(first_row or 1) - 1, int((last_row if match[3] is not None else first_row) or 1_048_576) - 1
            last = column_number((last_column or first_column or "XFD").upper()) - 1
            self.merged.append(((top, first), (bottom, last)))
