"""What the bytes of a large worksheet tell before the fast library lays it out: may it be trusted with this one?

The library gives the cells of a worksheet written as Excel and its imitators write it, in half the time that our own parser
takes. Anything else (an error cell, a comment, a row named twice, another encoding, a far cell) makes the worksheet *odd*, and
our own parser reads it. Reads the raw bytes in pieces and parses nothing. Each pattern stops at the next ``<``, so that none
looks through the same bytes again and again, whatever they are.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import lt
from pathlib import Path
from threading import Event
from typing import IO
from zipfile import ZipFile

from desktop.domain.errors import SheetUnsafe
from desktop.sheets.damage import told_of_damage
from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS, column_number, is_wide_area
from desktop.sheets.formats import ENTITIES
from desktop.sheets.open_xml import Book, Package, Sheet
from desktop.sheets.stored_cells import loses_fraction
from desktop.sheets.xlsx_hidden import has_filtered_table, may_hide
from desktop.sheets.xml_stream import encoding_of

_PIECE = 1024 * 1024
_LONGEST_TAG = 64 * 1024
_LONG_TEXT = 32 * 1024  # bytes of XML; what is longer is laid out where it is counted
_MOST_TEXT = 800_000_000  # bytes of XML that all cells together may name
_SHORTEST_CELL = 32  # bytes of a cell that names a shared text
_MOST_LETTERS, _MOST_SHAPES = 500, 20  # columns in a shape of rows, and how often a piece may bring further ones
_TEXT_END = b"</si>"
# A program that writes attributes otherwise writes rows otherwise too. With a prefix, rows and cells would be overlooked here.
_ODD = (b"<!--", b"<![CDATA[", b't="e"', b' t="d"')
_PREFIX = re.compile(rb"xmlns:([^\s=<>]+)\s*+=")
_PREFIXED = (b":row", b":c ", b":c>", b":sheetData", b":mergeCell", b":v>", b":v ", b":is>")
_ODD_IN_TEXTS = (b"<!--", b"<![CDATA[", b"<si/", b"<si /", b":si", b":t>", b":t ")
# A part declares the namespace of its elements at its root. What declares another one further down is of another program.
_OTHER_NAMESPACE = re.compile(rb"<(?!worksheet|sst)[^<>]*\sxmlns\s*+=")
_TEXT_STARTS, _PLACED_TEXT = re.compile(rb"<t[\s/>]"), re.compile(rb"(?:<si>|<r>|</rPr>|<rPr\s?/>|<rPh[^<>]*+>)\s*+<t[\s/>]")
_SECOND_VALUE = re.compile(rb"</v\s*+>(?!\s*+</c\s*+>)|<v\s*+/>\s*+<v|</is\s*+>\s*+<")
_OUT_OF_PLACE = re.compile(rb"<(?:row|c|mergeCells?|sheetData)[\s/>]")
_INNER_AREAS = re.compile(rb"<(?!/)[^<>]*+(?<!/)>\s*+<mergeCells[\s>]")
_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*+(?:<\?xml [^<>]*+>\s*+)?+<(?:worksheet|sst)[\s>/]")
_REFERENCE = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_NAMED_TEXT = re.compile(rb"<v[^<>]*+>\+?0*+([0-9]{1,9})</v")
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


def scan_worksheet(path: Path, book: Book, sheet: Sheet, bounded: Event) -> Mentions:
    """Look through a worksheet and the texts it shares with others. Raises SheetUnreadable, SheetUnsafe (XML entities).

    ``bounded`` is set as soon as it is known that the texts of all cells fit into memory, or that the sheet is odd.
    """
    try:
        with told_of_damage(path), ZipFile(path) as archive:
            package = Package(archive)
            texts = _Texts(path)
            if book.texts:
                with package.open(book.texts) as stream:
                    if texts.are_odd(stream):
                        return Mentions(odd=True)
            are_short = texts.longest * (package.size(sheet.part) // _SHORTEST_CELL) <= _MOST_TEXT
            if are_short:
                bounded.set()
            with package.open(sheet.part) as stream:
                found = _Worksheet(path, None if are_short else texts).see_all(stream)
            found.hides = found.hides or has_filtered_table(package, sheet.part)
            return found
    finally:
        bounded.set()


class _Texts:
    """The shared texts: how long each of them is, because one that thousands of cells name is copied for each of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lengths = array("I")
        self.longest = 0

    def are_odd(self, stream: IO[bytes]) -> bool:
        """Take in the texts; True for those that the library may read wrongly, or that are too long for a cell."""
        rest, is_first = b"", True
        while piece := stream.read(_PIECE):
            if is_first and _is_odd_start(self._path, piece):
                return True
            rest += piece
            if any(mark in rest for mark in _ODD_IN_TEXTS):
                return True
            if is_first:
                first = max(rest.find(b"<si>"), 0)
                if _has_odd_text(rest[:first]):
                    return True
                rest, is_first = rest[first:], False  # what stands above the texts makes none longer
            *texts, rest = rest.split(_TEXT_END)
            if _has_odd_text(_TEXT_END.join(texts)):
                return True
            self._lengths.extend(map(len, texts))
            self.longest = max(self.longest, len(rest), *map(len, texts), 0)
            if self.longest > _LONG_TEXT:
                return True
        return False

    def named_in(self, piece: bytes) -> int:
        """How long the texts are together that this piece of a worksheet names. Raises IndexError for one that is not there."""
        return sum(map(self._lengths.__getitem__, map(int, _NAMED_TEXT.findall(piece))))


def _has_odd_text(piece: bytes) -> bool:
    """True when a text stands elsewhere than in a shared text or in one of its runs, or is perhaps of another namespace."""
    count = piece.count(b"<t>") + piece.count(b"<t ") + piece.count(b"<t/>")
    if count != piece.count(b"<si><t") and len(_TEXT_STARTS.findall(piece)) != len(_PLACED_TEXT.findall(piece)):
        return True
    return b"xmlns" in piece and _OTHER_NAMESPACE.search(piece) is not None


def _is_odd_start(path: Path, piece: bytes) -> bool:
    if b"<!DOCTYPE" in piece:
        raise SheetUnsafe(str(path), ENTITIES)
    return encoding_of(piece) is not None or _ROOT.match(piece) is None


class _Worksheet:
    """One worksheet as it streams by."""

    def __init__(self, path: Path, texts: _Texts | None = None) -> None:
        self._path = path
        self._texts = texts  # only when it has to be counted how often they are named
        self._text_left = _MOST_TEXT
        self._found = Mentions()
        self._cells = self._last_row = self._last_column = 0
        self._letters, self._furthest = set[bytes](), 0
        self._shape, self._shapes = _shape([]), 0
        self._is_past_rows = False
        self._prefixed = set[bytes]()  # how elements begin whose prefix was declared so far

    def see_all(self, stream: IO[bytes]) -> Mentions:
        """Take in the worksheet, up to the first thing that is odd."""
        found, is_first = self._found, True
        for piece in _whole_rows(stream):
            is_head = not self._last_row
            if (is_first and _is_odd_start(self._path, piece)) or self._is_odd(piece):
                return Mentions(odd=True)
            is_first = False
            if self._has_foreign_parts(piece):
                return Mentions(odd=True)
            if not (self._are_rows_in_order(piece) and self._is_near(piece)) or _has_lossy_fraction(piece):
                return Mentions(odd=True)
            if self._texts is not None and not self._has_room_for(piece, self._texts):
                return Mentions(odd=True)
            if not found.bare_formulas and (b"</f>" in piece or b"/></c>" in piece):
                found.bare_formulas = _BARE_FORMULA.search(piece) is not None
            found.hides = found.hides or may_hide(piece, is_head=is_head)
        if is_wide_area(self._last_row * self._last_column, self._cells):
            return Mentions(odd=True)
        return found

    def _is_odd(self, piece: bytes) -> bool:
        """True when something stands in the piece that only our own parser reads rightly."""
        if b"xmlns:" in piece:
            self._prefixed.update(b"<%b:" % prefix for prefix in _PREFIX.findall(piece))
        are_prefixed = any(start in piece for start in self._prefixed)
        return any(mark in piece for mark in _ODD) or (are_prefixed and any(mark in piece for mark in _PREFIXED))

    def _has_foreign_parts(self, piece: bytes) -> bool:
        """True when rows, cells or merged areas may stand in elements of other programs, or a cell may have several values."""
        if b"xmlns" in piece and _OTHER_NAMESPACE.search(piece) is not None:
            return True
        are_plain = all(piece.count(end) == piece.count(end + b"</c>") for end in (b"</v>", b"</is>"))
        if (not are_plain or b"<v/>" in piece or b"<v />" in piece) and _SECOND_VALUE.search(piece) is not None:
            return True
        return self._has_stray(piece)

    def _has_stray(self, piece: bytes) -> bool:
        above, _, after = (b"", b"", piece) if self._is_past_rows else piece.partition(b"</sheetData>")
        was_past, self._is_past_rows = self._is_past_rows, self._is_past_rows or len(above) < len(piece)
        if not (was_past or self._is_past_rows):
            return False
        own, _, others = after.partition(b"<extLst")
        strays = (b"<row ", b"<row>", b"<c ", b"<c>", b"<sheetData")
        return (
            any(stray in after for stray in strays)
            or _OUT_OF_PLACE.search(others) is not None
            or _INNER_AREAS.search(own) is not None
        )

    def _are_rows_in_order(self, piece: bytes) -> bool:
        """False when a row has no number, or one that is not above that of the row before, or when its cells are not cells of
        this very row, each of another column, from left to right.
        """
        count = piece.count(b"<row") - piece.count(b"<rowBreaks")
        rows = self._shape.findall(piece)
        if len(rows) != count and self._is_reshaped(piece):
            rows = self._shape.findall(piece)
        if not rows:
            return not count
        numbers = [self._last_row, *map(int, rows)]
        self._last_row = numbers[-1]
        return len(rows) == count and all(map(lt, numbers, numbers[1:]))

    def _is_reshaped(self, piece: bytes) -> bool:
        """True when the rows of this piece have cells in further columns, and not too many of them."""
        found = set(_REFERENCE.findall(piece))
        if found <= self._letters or self._shapes == _MOST_SHAPES or len(self._letters | found) > _MOST_LETTERS:
            return False
        self._letters |= found
        self._furthest = max(column_number(one.decode()) for one in self._letters)
        self._shapes += 1
        self._shape = _shape(sorted(self._letters, key=lambda one: (len(one), one)))
        return True

    def _has_room_for(self, piece: bytes, texts: _Texts) -> bool:
        try:
            self._text_left -= texts.named_in(piece)
        except IndexError:
            return False
        return self._text_left >= 0

    def _is_near(self, piece: bytes) -> bool:
        """False when it reaches further than a spreadsheet can. A cell that has nothing but a format does not reach."""
        self._cells += piece.count(b"<c ")
        if self._furthest > self._last_column:
            filled = set(_FILLED_CELL.findall(piece))
            self._last_column = max(self._last_column, *(column_number(one.decode()) for one in filled), 0)
        return self._last_row <= MOST_ROWS and self._last_column <= MOST_COLUMNS


def _has_lossy_fraction(piece: bytes) -> bool:
    return b"." in piece and any(map(loses_fraction, map(bytes.decode, _FRACTION.findall(piece))))


def _shape(columns: Sequence[bytes]) -> re.Pattern[bytes]:
    """Finds the number of each row whose cells all name this very row, and ever further ones of these columns."""
    contents = rb"[^<>]*+(?:(?<=/)>|>(?:<v>[^<]*+</v>|(?:<(?!/c>|c |row)[^<]*+)*+)</c>)"
    cells = b"".join(b'(?:\\s*+<c r="%b\\1"%b)?+' % (letters, contents) for letters in columns)
    return re.compile(b'<row r="([0-9]{1,9})"[^<>]*+(?:(?<=/)>|>%b\\s*+</row>)' % cells)


def _whole_rows(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that are cut before the start of a row, so that none is cut in two unless it is very long."""
    rest = b""
    while piece := stream.read(_PIECE):
        piece = rest + piece
        cut = piece.rfind(b"<row")
        if cut <= 0:  # the rest of the worksheet, or a row longer than a piece
            cut = max(piece.rfind(b"<"), len(piece) - _LONGEST_TAG)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest
