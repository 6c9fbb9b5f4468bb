"""Find which rows and columns an .xlsx worksheet hides (ECMA-376 part 1, 18.3.1.73 ``row``, 18.3.1.13 ``col``, 18.3.1.81
``sheetFormatPr``).

Filters, closed groups and people all hide a row by the same attribute, ``hidden``; a height of zero does it too. A value that
is no plain true or false counts as true. A worksheet with ``zeroHeight``, or with a height of zero for rows that have none of
their own, hides the rows that it does not write. If it writes a row without a height and without ``hidden``, programs disagree
about that row, and ValueError says so. A row without a number has that of its first cell, or comes below the row before.

Some programs write a filter with its criteria, or a group as collapsed, and leave it to the reader to hide the rows. Excel
shows all of them, LibreOffice does not. Then nobody can tell which rows somebody saw, and ValueError says so.

The elements before the rows go through an XML parser. The rows, of which there may be a million with all their cells, are
searched in the raw bytes, and by the parser only where bytes alone could mislead.
"""

import re
from array import array
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS
from desktop.sheets.hidden import Hidden, HiddenRowCollector
from desktop.sheets.open_xml import EnoughRead, Package, is_flat, is_zero, may_be_true, number
from desktop.sheets.raw_tags import ATTRIBUTES, Misleading, attributes_of, is_wide, pieces_of
from desktop.sheets.xml_stream import Tree, parse, placed_parser, read_xml

_PIECE = 1024 * 1024
_LONGEST_NAME = 256
_MOST_TABLES = 500
# A value may begin with a reference to a character, whatever it stands for. What is no plain false may be true.
_TRUE = rb"""["'](?!\s*(?:0|[fF][aA][lL][sS][eE])\s*["'])"""
_HIDDEN = re.compile(rb"hidden\s*=\s*" + _TRUE)  # LibreOffice writes hidden="false" for every row
_FLAT = rb"""ht\s*=\s*["']\s*(?:[-+0.&]|[0-9.]+[eE]-)"""
_NO_HEIGHT = re.compile(_FLAT)
_HIDES_IN_HEAD = re.compile(rb"""zeroHeight|(?:width|defaultRowHeight)\s*=\s*["']\s*(?:[-+0.&]|[0-9.]+[eE]-)""")
_HIDES = re.compile(rb"\shidden\s*=\s*" + _TRUE + rb"|\s" + _FLAT)
_IS_COLLAPSED = rb"collapsed\s*=\s*" + _TRUE
_COLLAPSED = re.compile(_IS_COLLAPSED)
_CRITERIA = {"filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter"}
_CRITERION = re.compile(rb"<(?:[^\s<>/:]+:)?(?:%b)[\s/>]" % "|".join(sorted(_CRITERIA)).encode())
_PLACES: Tree = {"sheetData": {"row": {"c": {}}}}
_FILTERED_COLUMN, _OTHER_VIEWS = b"filterColumn", b"customSheetViews"
_NUMBER = re.compile(rb"""\sr\s*=\s*["']\s*([0-9]{1,9})\s*["']""")
_SHEET_DATA = re.compile(rb"<([^\s<>/:]+:)?sheetData[\s/>]")
_REFERENCE = re.compile(r"\s*\$?[A-Za-z]{1,4}\$?([0-9]{1,9})\s*")


def may_hide(piece: bytes, *, is_head: bool) -> bool:
    """False if nothing in this piece of a worksheet can hide a row or column. It must be cheap: every piece is asked.

    ``is_head``: no row was seen in the pieces before.
    """
    if _HIDDEN.search(piece) is not None or _has_row_without_height(piece):
        return True
    if _FILTERED_COLUMN in piece or _COLLAPSED.search(piece) is not None:
        return True
    return is_head and (is_wide(piece) or _HIDES_IN_HEAD.search(piece) is not None)


def has_filtered_table(package: Package, part: str) -> bool:
    """True if a table of this worksheet has a filter with criteria. Raises XmlDamaged, EntitiesFound, BadZipFile."""
    try:
        related = package.relations(part)
    except KeyError:
        return False
    tables = [target.part for target in related.values() if target.kind == "table" and target.part in package]
    return any(_has_criteria(package, table) for table in tables[:_MOST_TABLES])


def _has_criteria(package: Package, part: str) -> bool:
    has_criteria = False

    def see(element: str, _: Mapping[str, str]) -> None:
        nonlocal has_criteria
        has_criteria = has_criteria or element in _CRITERIA

    with package.open(part) as stream:
        read_xml(stream, see)
    return has_criteria


def read_hidden(package: Package, part: str) -> Hidden:
    """Find what one worksheet hides.

    Raises KeyError, ValueError, LookupError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error.
    """
    head = _Head()
    with package.open(part) as stream, suppress(EnoughRead):
        read_xml(stream, head.see)
    rows = _Rows(head)
    try:
        with package.open(part) as stream:
            prefix = _prefix_of(stream)
        with package.open(part) as stream:
            _see_raw_rows(stream, prefix, rows)
    except Misleading:
        rows = _Rows(head)
        with package.open(part) as stream:
            parse(placed_parser(_PLACES, rows.see_element, lambda _: None), stream)
        with package.open(part) as stream:
            read_xml(stream, rows.see_other)
    hidden = rows.hidden()
    if not hidden and (rows.may_hide_more or has_filtered_table(package, part)):
        raise ValueError("a filter or a closed group of it hides no row")
    return Hidden(hidden, tuple(sorted(head.columns)))


class _Head:
    """Reads the elements above the rows of a worksheet."""

    def __init__(self) -> None:
        self.columns: set[int] = set()
        self.hides_others = False

    def see(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle one element. Raises EnoughRead at the rows."""
        if element == "sheetFormatPr":
            self.hides_others = may_be_true(attributes.get("zeroHeight")) or is_flat(attributes.get("defaultRowHeight"))
        elif element == "col" and (may_be_true(attributes.get("hidden")) or is_zero(attributes.get("width"))):
            first, last = number(attributes.get("min")), number(attributes.get("max"))
            if first is not None:
                self.columns.update(range(max(first, 1) - 1, min(first if last is None else last, MOST_COLUMNS)))
        elif element == "sheetData":
            raise EnoughRead


class _Rows:
    """Collects the rows of a worksheet as they go by."""

    def __init__(self, head: _Head) -> None:
        self._collected = HiddenRowCollector()
        self.hides_others = head.hides_others
        self.may_hide_more = False  # True if there is a filter or a closed group that should hide rows
        if head.hides_others:
            self._collected.hide_others()
        self.are_views_others = False  # True below the start of the views that people saved beside the shown one
        self._row = 0
        self._open: bool | None = None  # of a row that awaits a cell to know its number: is it hidden?

    def see(self, row: int | None, hides: bool) -> None:
        """Add a row, with its number if it has one."""
        self._row = self._row + 1 if row is None else row
        if 1 <= self._row <= MOST_ROWS:
            self._collected.see(self._row, hides=hides)

    def check_height(self, attributes: Mapping[str, str]) -> None:
        """Raise ValueError for a row if nobody can tell whether the height of all others hides it."""
        if self.hides_others and not attributes.keys() & {"ht", "hidden"}:
            raise ValueError("a row has no height of its own where that of all others is zero")

    def hide(self, numbers: Iterable[bytes], last: bytes) -> None:
        """Add many rows, of which only these are hidden; ``last`` is the number of the last row of all."""
        self._collected.hide_all(row for row in map(int, numbers) if 1 <= row <= MOST_ROWS)
        self._row = int(last)

    def see_element(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle a row or a cell of the worksheet. Raises ValueError."""
        if element == "row":
            self._close(None)
            self.check_height(attributes)
            hides = may_be_true(attributes.get("hidden")) or is_flat(attributes.get("ht"))
            self.may_hide_more |= may_be_true(attributes.get("collapsed"))
            if "r" in attributes:
                self.see(number(attributes["r"]), hides)
            else:
                self._open = hides
        elif element == "c":
            self._close(attributes.get("r"))

    def see_other(self, element: str, _: Mapping[str, str]) -> None:
        """Handle any element of the worksheet that is no row and no cell."""
        if element == _OTHER_VIEWS.decode():
            self.are_views_others = True
        elif element in _CRITERIA and not self.are_views_others:
            self.may_hide_more = True

    def hidden(self) -> "array[int]":
        """Return the numbers of the hidden rows."""
        self._close(None)
        return self._collected.numbers()

    def _close(self, reference: str | None) -> None:
        if self._open is not None:
            self.see(_row_of(reference or ""), self._open)
            self._open = None


def _prefix_of(stream: IO[bytes]) -> bytes:
    """Return the prefix, with its colon, that stands before the names of elements."""
    rest = b""
    while piece := stream.read(_PIECE):
        if (match := _SHEET_DATA.search(rest + piece)) is not None:
            return match[1] or b""
        rest = piece[-_LONGEST_NAME:]
    return b""


def _see_raw_rows(stream: IO[bytes], prefix: bytes, rows: _Rows) -> None:
    """Find the rows of a worksheet whose elements have this prefix, in the raw bytes. Raises Misleading."""
    start = b"<" + prefix + b"row"
    tags = _Tags(
        start,
        row=re.compile(re.escape(start) + rb"(?=[\s/>])" + ATTRIBUTES),
        first_cell=re.compile(rb"\s*<" + re.escape(prefix) + rb"c(?=[\s/>])" + ATTRIBUTES),
        hidden=re.compile(re.escape(start) + rb' r="([0-9]{1,9})"[^<>]*? hidden="(?:1|true)"'),
        collapsed=re.compile(re.escape(start) + rb"\s[^<>]*?(?<=\s)" + _IS_COLLAPSED),
    )
    end, is_past = b"</" + prefix + b"sheetData", False
    declared = re.compile(rb"<[^<>]*\sxmlns" + (b":" + re.escape(prefix[:-1]) if prefix else b"") + rb"\s*+=")
    namespaces = 0
    for piece in pieces_of(stream, start):
        namespaces += len(declared.findall(piece)) if b"xmlns" in piece else 0
        below_rows = piece if is_past else piece.partition(end)[2]
        is_past = is_past or bool(below_rows)
        if namespaces > 1 or tags.row.search(below_rows) is not None:
            raise Misleading  # rows of another program, or rows that stand elsewhere
        if piece.count(b":row") != (piece.count(start) if prefix else 0) or (prefix and b"<row" in piece):
            raise Misleading  # rows with several prefixes
        if _COLLAPSED.search(piece) is not None and tags.collapsed.search(piece) is not None:
            rows.may_hide_more = True
        own, other_views, _ = piece.partition(_OTHER_VIEWS)
        if _FILTERED_COLUMN in own and not rows.are_views_others and _CRITERION.search(own) is not None:
            rows.may_hide_more = True
        rows.are_views_others |= bool(other_views)
        if rows.hides_others or not _see_at_once(piece, tags, rows):
            _see_one_by_one(piece, tags, rows)


@dataclass(frozen=True, slots=True)
class _Tags:
    """The patterns of start tags here: of a row, of a cell right behind it, of a hidden row as most programs write it, and of a
    row that ends a closed group.
    """

    start: bytes
    row: re.Pattern[bytes]
    first_cell: re.Pattern[bytes]
    hidden: re.Pattern[bytes]
    collapsed: re.Pattern[bytes]


def _see_at_once(piece: bytes, tags: _Tags, rows: _Rows) -> bool:
    """Read a piece in which every row is written as Excel writes it; False, with nothing done, for any other piece."""
    numbered = tags.start + b' r="'
    last = _NUMBER.search(piece, max(piece.rfind(numbered), 0))
    if piece.count(tags.start) != piece.count(numbered) or last is None or _has_row_without_height(piece):
        return False
    hidden = tags.hidden.findall(piece)
    if len(hidden) != len(_HIDDEN.findall(piece)):
        return False
    rows.hide(hidden, last[1])
    return True


def _see_one_by_one(piece: bytes, tags: _Tags, rows: _Rows) -> None:
    for tag in tags.row.finditer(piece):
        if rows.hides_others:
            rows.check_height(attributes_of(tag[1]))
        hides = _HIDES.search(tag[1]) is not None and _is_hidden(tag[1])
        if (numbered := _NUMBER.search(tag[1])) is not None:
            rows.see(int(numbered[1]), hides)
        else:
            cell = tags.first_cell.match(piece, tag.end())
            rows.see(_row_of(attributes_of(cell[1]).get("r", "")) if cell is not None else None, hides)


def _has_row_without_height(piece: bytes) -> bool:
    return any(piece[match.start() - 1 : match.start()].isspace() for match in _NO_HEIGHT.finditer(piece))


def _is_hidden(tag: bytes) -> bool:
    attributes = attributes_of(tag)
    return may_be_true(attributes.get("hidden")) or is_flat(attributes.get("ht"))


def _row_of(reference: str) -> int | None:
    match = _REFERENCE.fullmatch(reference)
    return int(match[1]) if match is not None else None
