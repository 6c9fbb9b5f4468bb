"""What the bytes of a large worksheet tell before the fast library lays it out: may it be trusted with this one?

The library gives the cells of a worksheet written as Excel and its imitators write it, in half the time that our own parser
takes. Anything else (an error cell, a comment, a row named twice, another encoding, a far cell) makes the worksheet *odd*, and
our own parser reads it. Reads the raw bytes in pieces and parses nothing. Each pattern stops at the next ``<``, so that none
looks through the same bytes again and again, whatever they are.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import lt
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from desktop.domain.errors import SheetUnsafe
from desktop.sheets.damage import told_of_damage
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS, column_number, is_wide_area
from desktop.sheets.formats import ENTITIES
from desktop.sheets.open_xml import Book, Package, Sheet
from desktop.sheets.stored_cells import loses_fraction
from desktop.sheets.xlsx_hidden import may_hide
from desktop.sheets.xml_stream import encoding_of

_PIECE = 1024 * 1024
_LONGEST_TAG = 64 * 1024
_LONG_TEXT = 32 * 1024  # bytes of XML; what is longer is laid out where it is counted
_TEXT_END = b"</si>"
_ODD = (b"<!--", b"<![CDATA[", b't="e"', b' t="d"')  # a program that writes attributes otherwise writes rows otherwise too
_ODD_IN_TEXTS = (b"<!--", b"<![CDATA[")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml [^<>]*+>\s*+)?+<(?:worksheet|sst)[\s>/]")
_ROW = re.compile(rb'<row r="([0-9]{1,9})"[^<>]*+>(?:<c r="[A-Z]{1,3}+([0-9]{1,9})")?+')
# A cell of type "str" without a value is a formula that gave the empty text.
_BARE_FORMULA = re.compile(
    rb'<c (?![^<>]*\bt="str")[^<>]*+>\s*+<f(?:\s[^<>]*+)?+(?:(?<=/)>|>[^<]*+</f>)\s*+(?:<v\s*+/>|<v></v>)?+\s*+</c>'
)
# Numbers that a binary number of 15 digits may round to a whole one: with digits behind the point, or behind the exponent's.
_FRACTION = re.compile(rb"<v>([0-9]{10,15}\.[0-9]+|[0-9]\.[0-9]{10,}[eE]\+?(?:9|1[0-4]))</v>")
_FILLED_CELL = re.compile(rb' r="([A-Z]{1,4})[0-9]{1,9}"[^<>/]{0,200}+>')


@dataclass(slots=True)
class Mentions:
    """What a worksheet mentions: something for our own parser (``odd``), a formula without a value, perhaps (``hides``) a
    hidden row or column. What comes after something odd is not looked at.
    """

    odd: bool = False
    bare_formulas: bool = False
    hides: bool = False


def scan_worksheet(path: Path, book: Book, sheet: Sheet) -> Mentions:
    """Look through a worksheet and the texts it shares with others. Raises SheetUnreadable, SheetUnsafe (XML entities)."""
    with told_of_damage(path), ZipFile(path) as archive:
        package = Package(archive)
        if book.texts:
            with package.open(book.texts) as stream:
                if _are_odd_texts(path, stream):
                    return Mentions(odd=True)
        with package.open(sheet.part) as stream:
            return _Worksheet(path).see_all(stream)


def _are_odd_texts(path: Path, stream: IO[bytes]) -> bool:
    """True for shared texts that the library may read wrongly or that are long: one named by thousands of cells is copied
    for each of them.
    """
    rest, is_first = b"", True
    while piece := stream.read(_PIECE):
        if is_first and _is_odd_start(path, piece):
            return True
        rest, is_first = rest + piece, False
        if any(mark in rest for mark in _ODD_IN_TEXTS):
            return True
        rest = rest[_end_of_texts(rest) :]
        if len(rest) > _LONG_TEXT + len(_TEXT_END) and rest.find(_TEXT_END, 0, _LONG_TEXT) < 0:
            return True
    return False


def _end_of_texts(piece: bytes) -> int:
    """Where the last text ends that is reached in steps no longer than a text may be."""
    end = 0
    while (found := piece.rfind(_TEXT_END, end, end + _LONG_TEXT + len(_TEXT_END))) >= 0:
        end = found + len(_TEXT_END)
    return end


def _is_odd_start(path: Path, piece: bytes) -> bool:
    if b"<!DOCTYPE" in piece:
        raise SheetUnsafe(str(path), ENTITIES)
    return encoding_of(piece) is not None or _ROOT.match(piece) is None


class _Worksheet:
    """One worksheet as it streams by."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found = Mentions()
        self._cells = self._last_row = self._last_column = 0
        self._beyond = _columns_beyond(0)

    def see_all(self, stream: IO[bytes]) -> Mentions:
        """Take in the worksheet, up to the first thing that is odd."""
        found, is_first = self._found, True
        for piece in _whole_tags(stream):
            is_head = not self._last_row
            if (is_first and _is_odd_start(self._path, piece)) or any(mark in piece for mark in _ODD):
                return Mentions(odd=True)
            is_first = False
            if not (self._are_rows_in_order(piece) and self._is_near(piece)) or _has_lossy_fraction(piece):
                return Mentions(odd=True)
            if not found.bare_formulas and (b"</f>" in piece or b"/></c>" in piece):
                found.bare_formulas = _BARE_FORMULA.search(piece) is not None
            found.hides = found.hides or may_hide(piece, is_head=is_head)
        if is_wide_area(self._last_row * self._last_column, self._cells):
            return Mentions(odd=True)
        return found

    def _are_rows_in_order(self, piece: bytes) -> bool:
        """False when a row has no number, or one that is not above that of the row before, or a cell with another one."""
        rows = _ROW.findall(piece)
        if len(rows) != piece.count(b"<row"):
            return False
        if not rows:
            return True
        numbers = [self._last_row, *(int(row) for row, _ in rows)]
        self._last_row = numbers[-1]
        return all(map(lt, numbers, numbers[1:])) and not any(cell and cell != row for row, cell in rows)

    def _is_near(self, piece: bytes) -> bool:
        """False when it reaches further than a spreadsheet can."""
        self._cells += piece.count(b"<c ")
        if self._beyond.search(piece):
            letters = set(_FILLED_CELL.findall(piece))
            self._last_column = max(self._last_column, *(column_number(one.decode()) for one in letters), 0)
            self._beyond = _columns_beyond(self._last_column)
        return self._last_row <= MOST_ROWS and self._last_column <= MOST_COLUMNS


def _has_lossy_fraction(piece: bytes) -> bool:
    return b"." in piece and any(map(loses_fraction, map(bytes.decode, _FRACTION.findall(piece))))


def _columns_beyond(column: int) -> re.Pattern[bytes]:
    """Finds the reference of a cell that may stand right of this column (from 1)."""
    further = b"|[%c-Z][0-9]" % (65 + column) if column < 26 else b""
    return re.compile(b' r="(?:[A-Z]{2}%b)' % further)


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that are cut before a row's or a cell's start, so that none is cut in two."""
    rest = b""
    while piece := stream.read(_PIECE):
        piece = rest + piece
        cut = max(piece.rfind(b"<row"), len(piece) - _LONGEST_TAG)
        cut = cut if piece.startswith(b"<row", cut) else max(piece.rfind(b"<c "), cut)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest
