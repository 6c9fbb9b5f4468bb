"""Find which rows and columns a table of an OpenDocument sheet hides (ODF 1.3 part 3, 9.1 and 19.749 ``table:visibility``).

A row or column element says itself that it is collapsed or filtered out; it may stand for many. A group that is not displayed
hides all rows in it, and so does a style with a height of zero. Elements are searched in the raw bytes, because a table may
have a million rows; where bytes could mislead, an XML parser reads them.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS
from desktop.sheets.hidden import Hidden, HiddenRowCollector
from desktop.sheets.open_xml import EnoughRead, is_zero, number
from desktop.sheets.raw_tags import ATTRIBUTES, Misleading, attributes_of, check_prefix, is_wide, pieces_of
from desktop.sheets.xml_stream import read_xml

_PIECE = 1024 * 1024
_VISIBILITY = re.compile(rb"""visibility\s*=\s*["']\s*[cf&]""")
_DISPLAY = re.compile(rb"""display\s*=\s*["']\s*[f&]""")
_NO_HEIGHT = re.compile(rb"""row-height\s*=\s*["']\s*[-+0.&]""")
_NO_WIDTH = re.compile(rb"""column-width\s*=\s*["']\s*[-+0.&]""")
_TAG = re.compile(  # where a row or a column ends does not matter
    rb"table:(table(?:-row(?<=<table:table-row)|-column(?<=<table:table-column)|-row-group|-column-group)?)(?=[\s/>])"
    + ATTRIBUTES
)
_ENCODING = re.compile(rb"""<\?xml\s[^>]*encoding\s*=\s*["'](?!(?i:utf-8))""")
TABLE_NAMESPACE = b"urn:oasis:names:tc:opendocument:xmlns:table:1.0"
_LONGEST_MARK = 64
_MOST_SPANS = 10_000
_NOT_SHOWN = ("collapse", "filter")
_GROUPS = ("table-row-group", "table-column-group")
_OF_TABLE = ("table-row", "table-column", *_GROUPS)


def may_hide(path: Path) -> bool:
    """False if a cheap look shows that nothing in the sheet can hide a row or column. Raises BadZipFile and the like."""
    marks = (_VISIBILITY, _DISPLAY, _NO_HEIGHT, _NO_WIDTH)
    with ZipFile(path) as archive, archive.open("content.xml") as stream:
        rest = b""
        while piece := stream.read(_PIECE):
            if is_wide(piece) or any(mark.search(rest + piece) for mark in marks):
                return True
            rest = piece[-_LONGEST_MARK:]
    return False


def read_hidden(path: Path, sheet_name: str) -> Hidden:
    """Find what one table hides. Raises KeyError, ValueError, XmlDamaged, EntitiesFound, BadZipFile, zlib.error."""
    with ZipFile(path) as archive:
        styles = _Styles()
        with archive.open("content.xml") as stream, suppress(EnoughRead):
            read_xml(stream, styles.see)
        table = _Table(sheet_name, styles)
        try:
            with archive.open("content.xml") as stream, suppress(EnoughRead):
                _see_raw_tags(stream, table)
        except Misleading:
            table = _Table(sheet_name, styles)
            with archive.open("content.xml") as stream, suppress(EnoughRead):
                read_xml(stream, table.start, on_end=table.end)
    return Hidden(table.rows.numbers(), tuple(sorted(table.columns)))


def read_front(path: Path) -> str | None:
    """Return the name of the table that was in front, from ``settings.xml``. Raises KeyError, XmlDamaged, EntitiesFound."""
    front: list[str] = []
    is_named = False

    def see(_: str, attributes: Mapping[str, str]) -> None:
        nonlocal is_named
        is_named = _by_local_name(attributes).get("name") == "ActiveTable"

    def see_text(text: str) -> None:
        if is_named:
            front.append(text)

    def end(_: str) -> None:
        nonlocal is_named
        is_named = False
        if front:
            raise EnoughRead  # of several windows the first one counts

    with ZipFile(path) as archive, archive.open("settings.xml") as stream, suppress(EnoughRead):
        read_xml(stream, see, on_text=see_text, on_end=end)
    return "".join(front) or None


class _Styles:
    """Finds the styles of rows and columns that take no room."""

    def __init__(self) -> None:
        self.without_room: set[str] = set()
        self._style = ""

    def see(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle one element. Raises EnoughRead at the tables."""
        by_name = _by_local_name(attributes)
        if element == "body":
            raise EnoughRead
        if element == "style":
            self._style = by_name.get("name", "")
        elif element in ("table-row-properties", "table-column-properties"):
            is_automatic = by_name.get("use-optimal-row-height") == "true" or by_name.get("use-optimal-column-width") == "true"
            if not is_automatic and (is_zero(by_name.get("row-height")) or is_zero(by_name.get("column-width"))):
                self.without_room.add(self._style)


@dataclass(frozen=True, slots=True)
class _Span:
    """How many rows or columns an element stands for, and whether it hides them."""

    rows: int
    columns: int
    hides: bool


class _Table:
    """Follows one table as its elements go by. A table inside one of its cells has rows of its own, which do not count."""

    def __init__(self, name: str, styles: _Styles) -> None:
        self._name, self._styles = name, styles
        self._depth = 0
        self._is_ours = False
        self._row = self._column = 0
        self._groups: list[bool] = []
        self.rows = HiddenRowCollector()
        self.columns: set[int] = set()

    def start(self, element: str, attributes: Mapping[str, str]) -> None:
        """Handle the start of an element; ``element`` is its local name."""
        if element == "table":
            self._depth += 1
            self._is_ours = self._is_ours or (self._depth == 1 and _by_local_name(attributes).get("name") == self._name)
        elif self._is_ours and self._depth == 1 and element in _OF_TABLE:
            span = self.span_of(attributes)
            if element == "table-row":
                self.add_rows(span)
            elif element == "table-column":
                first, self._column = self._column, min(self._column + span.columns, MOST_COLUMNS)
                if span.hides or self._is_group_hidden:
                    self.columns.update(range(first, self._column))
            else:
                self._groups.append(span.hides or self._is_group_hidden)

    def expects_rows(self) -> bool:
        """True if the next row belongs to this table."""
        return self._is_ours and self._depth == 1

    def add_rows(self, span: "_Span") -> None:
        """Count the rows that one element stands for."""
        first, self._row = self._row, min(self._row + span.rows, MOST_ROWS)
        if span.hides or self._is_group_hidden:
            self.rows.hide_all(range(first + 1, self._row + 1))

    def span_of(self, attributes: Mapping[str, str]) -> "_Span":
        """Read the attributes of a row, column or group."""
        by_name = _by_local_name(attributes)
        hides = by_name.get("visibility", "").strip() in _NOT_SHOWN or by_name.get("display", "").strip() == "false"
        return _Span(
            _times(by_name.get("number-rows-repeated")),
            _times(by_name.get("number-columns-repeated")),
            hides or by_name.get("style-name") in self._styles.without_room,
        )

    @property
    def _is_group_hidden(self) -> bool:
        return bool(self._groups) and self._groups[-1]

    def end(self, element: str) -> None:
        """Handle the end of an element. Raises EnoughRead after the table."""
        if element == "table":
            self._depth -= 1
            if self._is_ours and self._depth == 0:
                raise EnoughRead
        elif self._is_ours and self._depth == 1 and self._groups and element in _GROUPS:
            self._groups.pop()


def _see_raw_tags(stream: IO[bytes], table: _Table) -> None:
    """Feed the raw tags of a sheet to the table. Raises Misleading, EnoughRead."""
    spans: dict[bytes, _Span] = {}  # most rows are written alike, so their attributes are read once
    is_first = True
    for piece in pieces_of(stream):
        if is_first and _ENCODING.match(piece):
            raise Misleading
        check_prefix(piece, b"table", TABLE_NAMESPACE, is_first=is_first)
        is_first = False
        for tag in _TAG.finditer(piece):
            element, attributes = tag.groups()
            if element == b"table-row" and table.expects_rows():
                if (span := spans.get(attributes)) is None:
                    spans = spans if len(spans) < _MOST_SPANS else {}
                    span = spans[attributes] = table.span_of(attributes_of(attributes))
                table.add_rows(span)
            elif (sign_before := piece[tag.start() - 1 : tag.start()]) == b"/":
                table.end(element.decode())
            elif sign_before == b"<":
                table.start(element.decode(), attributes_of(attributes))
                if attributes.endswith(b"/"):
                    table.end(element.decode())


def _times(text: str | None) -> int:
    return 1 if text is None else number(text) or 1


def _by_local_name(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}
