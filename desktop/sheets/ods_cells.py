"""Read the tables of an OpenDocument sheet and their cells as they are stored (ODF 1.3 part 3, 6.1, 9.1 and 19.385).

What a cell shows stands in paragraphs below it, one per line of its text. In a paragraph blanks are folded as in a web page;
blanks to keep are elements (``text:s``, ``text:tab``, ``text:line-break``), and text may be cut into spans and links. A
comment, a drawing or a text box lies below the cell that it hangs on, with paragraphs of its own. These are not the cell's
text: an ID in a note must not become a link. One row or cell element may stand for many.

Elements are known by their namespaces. The names of tables are searched in the raw bytes, because they must be known before the
first row is read, and there may be a million rows between two of them.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.parsers import expat
from zipfile import ZipFile

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.error_values import UNNAMED
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS
from desktop.sheets.formats import PASSWORD
from desktop.sheets.ods_hidden import TABLE_NAMESPACE
from desktop.sheets.open_xml import EnoughRead, number
from desktop.sheets.raw_tags import ATTRIBUTES, Misleading, attributes_of, check_prefix, pieces_of
from desktop.sheets.row_packer import PackedSheet, RowPacker
from desktop.sheets.stored_cells import Place, number_text
from desktop.sheets.xlsx_texts import LONGEST_TEXT, TOO_LONG
from desktop.sheets.xml_stream import encoding_of, parse, read_xml

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _WORDS = (f"{_ODF}{name}:1.0 " for name in ("table", "office", "text"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_ROWS = {_TABLE + name for name in ("table-row-group", "table-rows", "table-header-rows")}
_CELLS = {_TABLE + "table-cell", _TABLE + "covered-table-cell"}
_PARAGRAPH = _WORDS + "p"
_LINES = {_PARAGRAPH, _WORDS + "h"}
_NOT_SHOWN = {_WORDS + name for name in ("note", "ruby-text")}
# These three characters are forbidden in XML, so they can stand for blanks that must not be folded.
_BLANKS = {_WORDS + "s": "\1", _WORDS + "tab": "\2", _WORDS + "line-break": "\3"}
_AS_BLANKS = str.maketrans({"\1": " ", "\2": "\t", "\3": "\n"})
_FOLDED = re.compile("[ \t\r\n]+")
_ROW, _ROW_REPEATED = _TABLE + "table-row", _TABLE + "number-rows-repeated"
_REPEATED = _TABLE + "number-columns-repeated"
_ROWS_SPANNED, _COLUMNS_SPANNED = _TABLE + "number-rows-spanned", _TABLE + "number-columns-spanned"
_TYPE, _ERROR_TYPE, _VALUE, _STRING = _OFFICE + "value-type", _CALC + "value-type", _OFFICE + "value", _OFFICE + "string-value"
_TRUTHS = ("0", "1")
_NOT_PLAIN = {_STRING, _ERROR_TYPE}
_NUMBERS = ("float", "currency", "percentage")
_RARE_TAGS = (b"table:dde-links", b"table:tracked-changes")
_TAG = re.compile(rb"<(/?)table:(?:table|dde-links|tracked-changes)(?=[\s/>])" + ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the sheet; a hidden one has a style that is not displayed."""

    name: str
    is_hidden: bool


def read_tables(path: Path) -> tuple[Table, ...]:
    """List the tables in order. Raises SheetUnreadable, KeyError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error."""
    with ZipFile(path) as archive:
        with suppress(KeyError):
            if b"encryption-data" in archive.read(_MANIFEST):
                raise SheetUnreadable(str(path), PASSWORD)
        listing = _Listing()
        with archive.open(_CONTENT) as stream, suppress(EnoughRead):
            read_xml(stream, listing.see_style)
        try:
            with archive.open(_CONTENT) as stream:
                _see_raw_tables(stream, listing)
        except Misleading:
            listing.restart()
            with archive.open(_CONTENT) as stream:
                read_xml(stream, listing.start, on_end=listing.end)
    return tuple(listing.tables)


def read_table(path: Path, name: str) -> PackedSheet:
    """Read one table. Raises SheetUnreadable, SheetUnsafe, KeyError, ValueError, XmlDamaged, EntitiesFound, BadZipFile."""
    with ZipFile(path) as archive:
        table = _Cells(path, name, archive.getinfo(_CONTENT).file_size)
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler, parser.EndElementHandler = table.start, table.end
        parser.CharacterDataHandler = table.see_text
        with archive.open(_CONTENT) as stream, suppress(EnoughRead):
            parse(parser, stream)
    return table.finished()


class _Listing:
    """Finds the tables of a sheet. Elements are known by their local names."""

    def __init__(self) -> None:
        self._not_displayed: set[str] = set()
        self._style = ""
        self.restart()

    def restart(self) -> None:
        """Start again before the first table."""
        self._depth = 0
        self.tables: list[Table] = []

    def see_style(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle an element above the tables. Raises EnoughRead at the body."""
        if element == "style":
            self._style = attributes.get("style:name", "")
        elif element == "table-properties" and attributes.get("table:display") == "false":
            self._not_displayed.add(self._style)
        elif element == "body":
            raise EnoughRead

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element of the body."""
        if element in ("table", "dde-links", "tracked-changes"):
            if element == "table" and not self._depth:
                by_local_name = {name.rpartition(":")[2]: value for name, value in attributes.items()}
                self.tables.append(Table(by_local_name.get("name", ""), by_local_name.get("style-name") in self._not_displayed))
            self._depth += 1

    def end(self, element: str) -> None:
        """Handle the end of an element of the body."""
        if element in ("table", "dde-links", "tracked-changes"):
            self._depth -= 1


def _see_raw_tables(stream: IO[bytes], listing: _Listing) -> None:
    """Find the tables in the raw bytes. Raises Misleading."""
    is_first = True
    for piece in pieces_of(stream):
        if is_first and encoding_of(piece) is not None:
            raise Misleading
        check_prefix(piece, b"table", TABLE_NAMESPACE, is_first=is_first)
        is_first = False
        if piece.count(b"table:table") == piece.count(b"table:table-") and not any(mark in piece for mark in _RARE_TAGS):
            continue  # only rows and cells, as in nearly all pieces of a long table
        for tag in _TAG.finditer(piece):
            element = "table" if piece.startswith(b"table:table", tag.end(1)) else "dde-links"
            if not tag[1]:
                listing.start(element, attributes_of(tag[2]))
            if tag[1] or tag[2].endswith(b"/"):
                listing.end(element)


class _Cells:
    """The cells of one table, read as a stream."""

    __slots__ = (
        "_attributes", "_cells", "_column", "_in_line", "_is_ours", "_length", "_lines", "_merged", "_name", "_next_row",
        "_packer", "_path", "_pieces", "_row", "_rows_seen", "_skipped",
    )  # fmt: skip

    def __init__(self, path: Path, name: str, source_bytes: int) -> None:
        self._path = path
        self._name = name
        self._packer = RowPacker(path, source_bytes)
        self._is_ours = False
        self._skipped = 0
        self._row = self._next_row = self._column = self._rows_seen = 0
        self._cells: list[str] = []
        self._attributes: dict[str, str] | None = None  # of the cell that is open
        self._in_line = False
        self._pieces: list[str] = []
        self._lines: list[str] = []
        self._length = 0
        self._merged: list[tuple[Place, Place]] = []

    def finished(self) -> PackedSheet:
        """Return all rows of the table. Raises SheetUnsafe."""
        return self._packer.finished(self._merged)

    def start(self, element: str, attributes: dict[str, str]) -> None:
        """Handle the start of an element. Nearly all are cells and paragraphs, so these are checked first."""
        if self._skipped:
            self._skipped += 1
        elif self._attributes is not None:
            if element == _PARAGRAPH and not self._in_line:
                self._in_line, self._pieces = True, []
            else:
                self._start_in_cell(element, attributes)
        elif element in _CELLS and self._is_ours:
            self._attributes = attributes
            self._lines, self._length = [], 0
        elif not self._is_ours:
            self._start_outside(element, attributes)
        elif element == _ROW:
            self._row, self._column, self._cells = self._next_row, 0, []
            self._rows_seen += 1
            if self._rows_seen > MOST_ROWS:
                raise SheetUnsafe(str(self._path), Text("too-many-rows", most=MOST_ROWS))
            self._next_row += _times(attributes.get(_ROW_REPEATED))
        elif element not in _ROWS:
            self._skipped = 1

    def _start_outside(self, element: str, attributes: dict[str, str]) -> None:
        if element == _TABLE + "table":
            self._is_ours = attributes.get(_TABLE + "name", "") == self._name
            self._skipped = 0 if self._is_ours else 1
        elif element in (_TABLE + "tracked-changes", _TABLE + "dde-links"):
            self._skipped = 1

    def _start_in_cell(self, element: str, attributes: dict[str, str]) -> None:
        if element in _LINES and not self._in_line:
            self._in_line, self._pieces = True, []
        elif not self._in_line or not element.startswith(_WORDS) or element in _NOT_SHOWN:
            self._skipped = 1
        elif (blank := _BLANKS.get(element)) is not None:
            self.see_text(blank * min(_times(attributes.get(_WORDS + "c")), LONGEST_TEXT + 1))

    def end(self, element: str) -> None:
        """Handle the end of an element. Raises EnoughRead after the table."""
        if self._skipped:
            self._skipped -= 1
        elif self._attributes is not None:
            if element in _LINES:
                self._in_line = False
                pieces = self._pieces
                self._lines.append(_line(pieces[0] if len(pieces) == 1 else "".join(pieces)))
            elif element in _CELLS:
                self._add_cell(self._attributes)
                self._attributes = None
        elif self._is_ours and element == _ROW:
            self._packer.add(self._row, self._cells, self._next_row - self._row)
        elif self._is_ours and element == _TABLE + "table":
            raise EnoughRead

    def see_text(self, text: str) -> None:
        """Handle the text between elements."""
        if self._in_line and not self._skipped:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise SheetUnsafe(str(self._path), TOO_LONG)
            self._pieces.append(text)

    def _add_cell(self, attributes: dict[str, str]) -> None:
        row, column = self._row, self._column
        repeated = _times(attributes[_REPEATED]) if _REPEATED in attributes else 1
        if _ROWS_SPANNED in attributes or _COLUMNS_SPANNED in attributes:
            down, across = (_times(attributes.get(name)) for name in (_ROWS_SPANNED, _COLUMNS_SPANNED))
            self._merged.append(((row, column), (row + down - 1, column + across - 1)))
        self._column = column + repeated
        is_plain = attributes.get(_TYPE) == "string" and len(self._lines) == 1 and not _NOT_PLAIN & attributes.keys()
        text = self._lines[0] if is_plain else _text_of(attributes, self._lines)
        if not text:
            return
        if self._column > MOST_COLUMNS:
            raise SheetUnsafe(str(self._path), Text("too-many-columns", most=MOST_COLUMNS))
        cells = self._cells
        if len(cells) < column:
            cells += [""] * (column - len(cells))
        if repeated == 1:
            cells.append(text)
        else:
            cells += [text] * repeated


def _text_of(attributes: Mapping[str, str], lines: list[str]) -> str:
    """Return what a cell shows. LibreOffice marks errors by a value type of its own."""
    get = attributes.get
    if not attributes:
        return "\n".join(lines)
    kind = get(_TYPE)
    if get(_ERROR_TYPE) == "error":
        text = "".join(lines).strip()
        return text if text.startswith("#") else UNNAMED
    if kind in _NUMBERS and (literal := get(_VALUE, "").strip()):
        if literal in _TRUTHS and len(lines) == 1 and lines[0].isalpha():
            return lines[0]  # a formula that is true is stored as 1 and shown as TRUE
        return number_text(literal)
    if kind == "boolean":
        return get(_OFFICE + "boolean-value", "").upper()
    if kind == "date" and (day := get(_OFFICE + "date-value", "")):
        return day.replace("T", " ").removesuffix(" 00:00:00")
    if kind == "time" and (moment := get(_OFFICE + "time-value", "")):
        return moment
    if (stored := get(_STRING)) is not None:
        return stored
    return lines[0] if len(lines) == 1 else "\n".join(lines)


def _line(text: str) -> str:
    """Return a paragraph's text with its blanks folded."""
    if text.isalnum() or (text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]):
        return text
    text = _FOLDED.sub(" ", text).strip(" ")
    return text if text.isprintable() else text.translate(_AS_BLANKS)


def _times(text: str | None) -> int:
    if text is None:
        return 1
    times = number(text) or 1
    return min(times, MOST_ROWS + 1)
