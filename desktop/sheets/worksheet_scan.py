"""What the bytes of a workbook's worksheets tell before a library lays them out: how far they reach, what they mention.

Reads the raw XML in pieces and parses nothing, which takes a tenth of the time of reading. What it cannot see (cells out
of order, XML in another encoding) is stopped by the memory limit of the child process.
"""

import re
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.extents import MOST_ROWS, check_area, check_size, column_number
from desktop.sheets.formats import DAMAGED, ENTITIES, told_plainly
from desktop.sheets.open_xml import Package, read_book
from desktop.sheets.stored_cells import Place, loses_fraction
from desktop.sheets.xlsx_hidden import may_hide
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged

_PIECE = 1024 * 1024
_LONGEST_TAG = 64 * 1024
_LONGEST_TEXT = 512 * 1024  # bytes of XML; a cell holds 32,767 characters, rich text names its fonts anew each time
_TEXT_END = b"</si>"
_CELL_ROW = re.compile(rb'<c\s[^>]*?\br="[A-Z]{1,4}([0-9]{1,9})"')
# A cell of type "str" without a value is a formula that gave the empty text.
_BARE_FORMULA = re.compile(
    rb'<(?:\w+:)?c (?![^>]*\bt="str")[^>]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
# Numbers that a binary number of 15 digits may round to a whole one: with digits behind the point, or behind the exponent's.
_LONG_FRACTION = rb"[0-9]{10,15}\.[0-9]+|[0-9]\.[0-9]{10,}[eE]\+?(?:9|1[0-4])"
_FRACTION = re.compile(rb"<v>(" + _LONG_FRACTION + rb")</v>")
_FRACTION_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,4})([0-9]{1,9})"[^>]*>\s*(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*)?'
    rb"<(?:\w+:)?v>(" + _LONG_FRACTION + rb")<"
)
_FILLED_CELL = re.compile(rb' r="([A-Z]{1,4})[0-9]{1,9}"[^>/]*>')


@dataclass(slots=True)
class Mentions:
    """What a worksheet mentions: an error cell, a formula without a value, perhaps (``hides``) a hidden row or column.

    ``fractions`` are the literals of numbers that are whole only because a binary number does not hold all of their digits.
    """

    errors: bool = False
    bare_formulas: bool = False
    hides: bool = False
    fractions: dict[Place, str] = field(default_factory=dict)


def scan_worksheets(path: Path, only: Collection[str] | None = None) -> dict[str, Mentions]:
    """Look through every worksheet, or through ``only`` those of these names: what each mentions, by its name.

    Raises SheetUnreadable, SheetUnsafe (rows, columns, a far cell, XML entities).
    """
    found: dict[str, Mentions] = {}
    try:
        with told_plainly(path), ZipFile(path) as archive:
            package = Package(archive)
            names = {sheet.part: sheet.name for sheet in read_book(package).sheets if sheet.is_worksheet}
            _check_texts(path, archive)
            for part in package.parts():
                if only is not None and names.get(part) not in only:
                    continue
                if part in names or (part.startswith("xl/worksheets/") and part.endswith(".xml")):
                    with package.open(part) as stream:
                        found[names.get(part, part)] = _Worksheet(path).see_all(stream)
    except EntitiesFound as exc:
        raise SheetUnsafe(str(path), ENTITIES) from exc
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, XmlDamaged) as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    return found


def _check_texts(path: Path, archive: ZipFile) -> None:
    """A text longer than a cell can hold, named by thousands of cells, would be copied for each of them."""
    for part in archive.infolist():
        if part.filename == "xl/sharedStrings.xml":
            with archive.open(part) as stream:
                rest = b""
                while piece := stream.read(_PIECE):
                    rest += piece
                    rest = rest[_end_of_texts(rest) :]
                    if len(rest) > _LONGEST_TEXT:
                        raise SheetUnsafe(str(path), "it has a text longer than a cell can hold")


def _end_of_texts(piece: bytes) -> int:
    """Where the last text ends that is reached in steps no longer than a text may be."""
    end = 0
    while (found := piece.rfind(_TEXT_END, end, end + _LONGEST_TEXT + len(_TEXT_END))) >= 0:
        end = found + len(_TEXT_END)
    return end


class _Worksheet:
    """One worksheet as it streams by."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._found = Mentions()
        self._rows = self._cells = self._last_row = self._last_column = 0
        self._beyond = _columns_beyond(0)

    def see_all(self, stream: IO[bytes]) -> Mentions:
        """Take in the worksheet and judge how far it reaches; what it mentions."""
        for piece in _whole_tags(stream):
            if not self._rows and b"<!DOCTYPE" in piece:
                raise SheetUnsafe(str(self._path), ENTITIES)
            is_head = not self._rows
            self._rows += piece.count(b"<row")
            self._cells += piece.count(b"<c ")
            if self._rows > MOST_ROWS:
                raise SheetUnsafe(str(self._path), f"it has more than {MOST_ROWS:,} rows")
            self._see_extent(piece)
            self._see_mentions(piece, is_head)
        self._last_row = self._last_row or self._rows  # cells without a reference are counted on
        check_size(self._path, self._last_row, self._last_column)
        check_area(self._path, self._last_row * self._last_column, self._cells)
        return self._found

    def _see_extent(self, piece: bytes) -> None:
        last_filled = max(piece.rfind(b"<v>"), piece.rfind(b"<is>"))
        last_cell = piece.rfind(b"<c ", 0, max(last_filled, 0))
        if last_cell >= 0 and (match := _CELL_ROW.match(piece, last_cell)):
            self._last_row = max(self._last_row, int(match[1]))
        if self._beyond.search(piece):
            letters = set(_FILLED_CELL.findall(piece))
            self._last_column = max(self._last_column, *(column_number(one.decode()) for one in letters), 0)
            self._beyond = _columns_beyond(self._last_column)

    def _see_mentions(self, piece: bytes, is_head: bool) -> None:
        found = self._found
        found.errors = found.errors or b't="e"' in piece
        if not found.bare_formulas and (b"</f>" in piece or b"/></c>" in piece):
            found.bare_formulas = _BARE_FORMULA.search(piece) is not None
        found.hides = found.hides or may_hide(piece, is_head=is_head)
        if b"." in piece and any(map(loses_fraction, map(bytes.decode, _FRACTION.findall(piece)))):
            for letters, row, literal in _FRACTION_CELL.findall(piece):
                if loses_fraction(literal.decode()):
                    found.fractions[int(row) - 1, column_number(letters.decode()) - 1] = literal.decode()


def _columns_beyond(column: int) -> re.Pattern[bytes]:
    """Finds the reference of a cell that may stand right of this column (from 1)."""
    further = b"|[%c-Z][0-9]" % (65 + column) if column < 26 else b""
    return re.compile(b' r="(?:[A-Z]{2}%b)' % further)


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces that are cut before a row's or a cell's start, so that none is cut in two."""
    rest = b""
    while piece := stream.read(_PIECE):
        piece = rest + piece
        cut = max(piece.rfind(b"<row"), piece.rfind(b"<c "), len(piece) - _LONGEST_TAG)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest
