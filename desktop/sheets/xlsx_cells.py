"""The cells of an .xlsx worksheet as they are stored, read by our own parser (ECMA-376 part 1, 18.3.1 and 18.4).

The fast library gives every number as a float and an error as nothing, and knows the layout that Excel writes. This
reader takes twice as long and gives what stands in the file: a number digit for digit, an error by its name, elements with
any prefix, texts in CDATA, parts in any encoding and of any name. It streams, so it lays out nothing that a hostile sheet
asks for before it was counted. So it reads every small workbook, and of the large ones those in which the fast library
would lose something.

A row that is named twice is refused, as is a cell that names another row than the one it stands in: readers differ in what
they make of them, and a parent must never meet another row's contact.
"""

import re
from collections.abc import Callable
from pathlib import Path

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.error_values import UNNAMED
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS, check_size, column_number
from desktop.sheets.open_xml import Book, Package, Sheet
from desktop.sheets.packed_rows import CUT
from desktop.sheets.row_packer import PackedSheet, RowPacker
from desktop.sheets.stored_cells import Place, number_text
from desktop.sheets.xlsx_dates import Dates, read_dates
from desktop.sheets.xml_stream import Tree, parse, placed_parser

LONGEST_TEXT = 128 * 1024  # four times what a cell of Excel holds
TOO_LONG = Text("text-too-long")
_NOWHERE = Text("cell-nowhere")
_TWICE = Text("cells-out-of-order")
_CELLS_WITHOUT_END = Text("cells-without-end")
_MOST_EMPTY, _EMPTY_A_FILLED = 2_000_000, 21  # a cell that is filled makes up for itself and for twenty others
_SEVERAL = Text("several-values-in-one-cell")
# How a Japanese text is pronounced (rPh) and what other programs add (extLst) have texts too, and are not part of it.
_TEXT: Tree = {"t": {}, "r": {"t": {}}}
_TEXTS: Tree = {"si": _TEXT}
WORKSHEET: Tree = {
    "sheetData": {"row": {"c": {"v": {}, "f": {}, "is": _TEXT}}},
    "mergeCells": {"mergeCell": {}},
}
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"\s*\$?([A-Za-z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Za-z]{0,3})\$?([0-9]{0,7}))?\s*", re.ASCII)
_TRUTHS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


def read_texts(path: Path, package: Package, part: str) -> list[str]:
    """The shared texts of a workbook. Raises SheetUnsafe, KeyError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error."""
    texts = _Texts(path)
    if part:
        with package.open(part) as stream:
            parse(placed_parser(_TEXTS, texts.start, texts.end, texts.see_text), stream)
    return texts.found


class StoredSheet:
    """A worksheet read to its end: its rows, and whether a formula has no stored value."""

    def __init__(self, rows: PackedSheet, *, bare_formulas: bool) -> None:
        self.rows = rows
        self.bare_formulas = bare_formulas


def read_worksheet(path: Path, package: Package, book: Book, sheet: Sheet) -> StoredSheet:
    """Read one worksheet.

    Raises SheetUnreadable, SheetUnsafe, KeyError, ValueError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error.
    """
    reader = _Worksheet(path, package, book, sheet)
    with package.open(sheet.part) as stream:
        parse(placed_parser(WORKSHEET, reader.start, reader.end, reader.see_text), stream)
    return StoredSheet(reader.finished(), bare_formulas=reader.bare_formulas)


class _Gathering:
    """The pieces of one text, bounded."""

    __slots__ = ("_length", "_path", "_pieces")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pieces: list[str] = []
        self._length = 0

    def clear(self) -> None:
        """Begin another text."""
        self._pieces = []
        self._length = 0

    def add(self, text: str) -> None:
        """Take in a piece. Raises SheetUnsafe."""
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            raise SheetUnsafe(str(self._path), TOO_LONG)
        self._pieces.append(text)

    def whole(self) -> str:
        """The text."""
        return self._pieces[0] if len(self._pieces) == 1 else "".join(self._pieces)


class _Texts:
    """The shared texts as they stream by."""

    def __init__(self, path: Path) -> None:
        self.found: list[str] = []
        self._text = _Gathering(path)
        self._is_text = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """Take in the start of an element."""
        if name == "t":
            self._is_text = True
        elif name == "si":
            self._text.clear()

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name == "t":
            self._is_text = False
        elif name == "si":
            self.found.append(unescaped(self._text.whole()))

    def see_text(self, text: str) -> None:
        """Take in the text between elements."""
        if self._is_text:
            self._text.add(text)


class _Worksheet:
    """One worksheet as it streams by."""

    __slots__ = (
        "_cells", "_cells_left", "_columns", "_dates", "_find_dates", "_gathers", "_has_formula", "_has_rows", "_has_string",
        "_has_value", "_kind", "_merged", "_moved", "_packer", "_path", "_reference", "_row", "_row_known", "_rows_seen",
        "_style", "_text", "_texts", "_value", "bare_formulas",
    )  # fmt: skip

    def __init__(self, path: Path, package: Package, book: Book, sheet: Sheet) -> None:
        self._path = path
        self._find_dates: Callable[[], Dates] = lambda: read_dates(package, book)
        self._dates: Dates | None = None
        self._texts = read_texts(path, package, book.texts)
        self._packer = RowPacker(path, package.size(sheet.part))
        self._columns: dict[str, int] = {}
        self._merged: list[tuple[Place, Place]] = []
        self._value, self._text = _Gathering(path), _Gathering(path)
        self._gathers: _Gathering | None = None
        self._kind = self._style = self._reference = ""
        self._has_formula = self._has_string = self._has_value = self._has_rows = False
        self._row, self._row_known = 0, False
        self._rows_seen = 0
        self._cells: list[str] = []
        self._cells_left, self._moved = _MOST_EMPTY, 0
        self.bare_formulas = False

    def finished(self) -> PackedSheet:
        """All of its rows. Raises SheetUnsafe."""
        return self._packer.finished(self._merged)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in the start of an element."""
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
            self._rows_seen += 1
            self._cells, self._moved = [], 0
            if self._rows_seen > MOST_ROWS:
                check_size(self._path, self._rows_seen, 0)
        elif name == "f":
            self._has_formula = True
        elif name == "is":
            self._has_string = self._once(self._has_string)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "sheetData":
            self._has_rows = self._once(self._has_rows)

    def _once(self, was_there: bool) -> bool:
        """True, for what may be there once. Raises SheetUnreadable the second time: readers differ in which one counts."""
        if was_there:
            raise SheetUnreadable(str(self._path), _SEVERAL)
        return True

    def end(self, name: str) -> None:
        """Take in the end of an element."""
        if name in ("v", "t"):
            self._gathers = None
        elif name == "c":
            self._take_cell()
        elif name == "row":
            self._packer.add(self._row - 1, self._cells)

    def see_text(self, text: str) -> None:
        """Take in the text between elements."""
        if self._gathers is not None:
            self._gathers.add(text)

    def _take_cell(self) -> None:
        column = len(self._cells)
        self._cells_left -= 1
        if self._cells_left < 0:
            raise SheetUnsafe(str(self._path), _CELLS_WITHOUT_END)
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
        """The cell as text. Raises IndexError, ValueError for a shared text that does not exist."""
        kind, value = self._kind, self._value.whole()
        string = self._text.whole() if self._has_string else ""
        if kind == "s":
            return self._shared(value) if value.strip() else ""
        if kind == "n":
            return self._number(value.strip()) if value else unescaped(string)
        if kind == "e":
            return value.strip() or UNNAMED
        if kind == "b":
            return _TRUTHS.get(value.strip().lower(), value)
        if kind == "d":
            return value.strip().replace("T", " ").removesuffix(" 00:00:00")
        return unescaped(string or value)

    def _shared(self, value: str) -> str:
        place = int(value)
        if place < 0:
            raise ValueError(value)
        return self._texts[place]

    def _number(self, literal: str) -> str:
        if self._style and Dates.may_be(literal):
            if self._dates is None:
                self._dates = self._find_dates()
            if (shown := self._dates.shown(literal, self._style)) is not None:
                return shown
        return number_text(literal)

    def _merge(self, reference: str) -> None:
        """LibreOffice names whole rows as ``1:3`` and whole columns as ``A:A``. What names no area is not looked at."""
        if (found := _RANGE.fullmatch(reference)) is not None and reference.strip():
            first_column, first_row, last_column, last_row = found.groups()
            left = column_number((first_column or "A").upper()) - 1
            top, bottom = int(first_row or 1) - 1, int((last_row if found[3] is not None else first_row) or 1_048_576) - 1
            right = column_number((last_column or first_column or "XFD").upper()) - 1
            self._merged.append(((top, left), (bottom, right)))


def unescaped(text: str) -> str:
    """A text in which ``_x000D_`` stands for a sign that XML cannot hold."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def _sign(found: re.Match[str]) -> str:
    sign = chr(int(found[1], 16))
    return "\ufffd" if sign == CUT or "\ud800" <= sign <= "\udfff" else sign
