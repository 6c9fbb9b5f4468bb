"""The cells of an .xlsx worksheet as they are stored, read by our own parser (ECMA-376 part 1, 18.3.1 and 18.4).

A cell gives what stands in the file: a number digit for digit, an error by its name, whatever prefix the elements have, in
CDATA sections too, from parts in any encoding and of any name. Rows that are written as most programs write them go past the
parser (:mod:`raw_rows`), which takes a tenth of the time and comes to the same. The worksheet streams by, so nothing is laid
out that a hostile sheet asks for before it was counted.

A row that is named twice is refused, as is a cell that names another row than the one it stands in: readers differ in what
they make of them, and a parent must never meet another row's contact.
"""

import re
from collections.abc import Iterator
from operator import lt
from pathlib import Path

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS, check_size, column_number
from desktop.sheets.formats import DAMAGED
from desktop.sheets.open_xml import Book, Package, Sheet
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.raw_rows import RawRows
from desktop.sheets.raw_runs import Runs, pieces_past
from desktop.sheets.row_packer import PackedSheet, RowPacker
from desktop.sheets.stored_cells import Place
from desktop.sheets.xlsx_dates import read_dates
from desktop.sheets.xlsx_texts import TEXT, CellTexts, Gathering, read_texts
from desktop.sheets.xml_stream import Tree, parse_pieces, placed_parser_inside

_NOWHERE = Text("cell-nowhere")
_TWICE = Text("cells-out-of-order")
_CELLS_WITHOUT_END = Text("cells-without-end")
_MOST_EMPTY, _EMPTY_A_FILLED = 2_000_000, 21  # a cell that is filled makes up for itself and for twenty others
_SEVERAL = Text("several-values-in-one-cell")
WORKSHEET: Tree = {
    "sheetData": {"row": {"c": {"v": {}, "f": {}, "is": TEXT}}},
    "mergeCells": {"mergeCell": {}},
}
_RANGE = re.compile(r"\s*\$?([A-Za-z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Za-z]{0,3})\$?([0-9]{0,7}))?\s*", re.ASCII)


class StoredSheet:
    """A worksheet, to be read once: block after block as it streams by, or as a whole.

    Reading raises SheetUnreadable, SheetUnsafe, KeyError, IndexError, ValueError, XmlDamaged, EntitiesFound, BadZipFile,
    zlib.error.
    """

    def __init__(self, path: Path, package: Package, book: Book, sheet: Sheet) -> None:
        self._path = path
        self._package = package
        self._part = sheet.part
        texts = CellTexts(read_texts(path, package, book.texts), lambda: read_dates(package, book))
        self._reader = _Worksheet(path, package.size(sheet.part), texts)

    @property
    def bare_formulas(self) -> bool:
        """Whether a formula has no stored value, as far as was read."""
        return self._reader.bare_formulas

    def whole(self) -> PackedSheet:
        """All of its rows."""
        for _ in self._read():
            pass
        return self._reader.packer.finished(self._reader.merged)

    def blocks(self) -> Iterator[PackedRows]:
        """Its rows while they are read, for a worksheet without merged areas, which stand behind the rows that they change."""
        for _ in self._read():
            yield from self._reader.packer.full_blocks()
        if self._reader.merged:
            raise SheetUnreadable(str(self._path), DAMAGED)
        yield from self._reader.packer.finished().blocks

    def _read(self) -> Iterator[None]:
        reader = self._reader
        parser, is_inside = placed_parser_inside(WORKSHEET, ("sheetData",), reader.start, reader.end, reader.see_text)
        with self._package.open(self._part) as stream:
            yield from parse_pieces(parser, pieces_past(stream, Runs(b"<row ", b"sheetData", is_inside, reader.take)))


class _Worksheet:
    """One worksheet as it streams by."""

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

    def take(self, piece: str) -> bool:
        """Take in many rows at once, unless one of them is unusual. Raises IndexError, SheetUnreadable, SheetUnsafe."""
        found = self._raw.rows_in(piece)
        if found is None:
            return False
        numbers, filled = found.numbers, self.packer.filled
        if numbers[0] <= self._row or not all(map(lt, numbers, numbers[1:])):
            return False
        if found.columns and numbers[-1] - numbers[0] == len(numbers) - 1:
            self.packer.add_columns(numbers[0] - 1, found.columns)
        else:
            for number, cells in zip(numbers, zip(*found.columns, strict=True), strict=False):
                self.packer.add(number - 1, list(cells))
        self._cells_left += _EMPTY_A_FILLED * (self.packer.filled - filled) - piece.count("<c ")
        self._see_rows(len(numbers))
        self._check_cells()
        self._row = numbers[-1]
        self.bare_formulas = self.bare_formulas or found.bare_formulas
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

    def _once(self, was_there: bool) -> bool:
        """True, for what may be there once. Raises SheetUnreadable the second time: readers differ in which one counts."""
        if was_there:
            raise SheetUnreadable(str(self._path), _SEVERAL)
        return True

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name in ("v", "t"):
            self._gathers = None
        elif name == "c":
            self._take_cell()
        elif name == "row":
            self.packer.add(self._row - 1, self._cells)

    def see_text(self, text: str) -> None:
        """Handle the text between elements."""
        if self._gathers is not None:
            self._gathers.add(text)

    def _take_cell(self) -> None:
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
        """Put a cell into its row. Raises SheetUnreadable when it stands there twice."""
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
        """The column (from 0) and the row (from 1) of a cell. Raises SheetUnsafe."""
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
        string = self._text.whole() if self._has_string else ""
        return self._texts.shown(self._kind, self._style, self._value.whole(), string)

    def _merge(self, reference: str) -> None:
        """LibreOffice names whole rows as ``1:3`` and whole columns as ``A:A``. What names no area is not looked at."""
        if (found := _RANGE.fullmatch(reference)) is not None and reference.strip():
            first_column, first_row, last_column, last_row = found.groups()
            left = column_number((first_column or "A").upper()) - 1
            top, bottom = int(first_row or 1) - 1, int((last_row if found[3] is not None else first_row) or 1_048_576) - 1
            right = column_number((last_column or first_column or "XFD").upper()) - 1
            self.merged.append(((top, left), (bottom, right)))
