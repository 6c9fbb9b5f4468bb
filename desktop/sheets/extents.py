"""How far the worksheets of a small workbook reach, told before a library lays them out in memory.

A file of one kilobyte can name a single cell in the last row and column. A reader that makes room for everything
between that cell and the first one asks for hundreds of gigabytes, and the whole program ends. So only what is
small in every sense is read in this process.
"""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.formats import DAMAGED, ENTITIES, PASSWORD
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384

_BLANK_AREA = 10_000_000
_AREA_A_CELL = 20
_SMALL_UNPACKED = 2 * 1024 * 1024
_SMALL_AREA = 1_000_000
_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,9})", re.ASCII)


class _Extent:
    """The used area of a worksheet as it streams by: last row, last column, cells with content; others do not count."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self.rows = self.columns = self.cells = 0
        self.odd = False

    def see(self, name: str, attributes: dict[str, str]) -> None:
        """Take in one element."""
        if name == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
        elif name == "c":
            self._place(attributes.get("r"))
        elif name in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
            self.cells += 1

    def _place(self, reference: str | None) -> None:
        match = _REFERENCE.fullmatch(reference or "")
        if match is not None:
            self._column, self._row = column_number(match[1]), int(match[2])
        else:
            self._column += 1
            self.odd |= reference is not None


def is_small(path: Path) -> bool:
    """True when a workbook of XML may be read in this process. Every part is unpacked and its sum checked on the way.

    Raises SheetUnreadable, SheetUnsafe.
    """
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > _SMALL_UNPACKED:
                return False
            areas = [_area_of(path, archive, part) for part in parts if not part.is_dir()]
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, XmlDamaged) as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    except RuntimeError as exc:
        raise SheetUnreadable(str(path), PASSWORD) from exc
    except EntitiesFound as exc:
        raise SheetUnsafe(str(path), ENTITIES) from exc
    return max(areas, default=0) <= _SMALL_AREA


def check_size(path: Path, rows: int, columns: int) -> None:
    """Raise SheetUnsafe for more rows or columns than a spreadsheet can have, or a cell far away from all others."""
    if rows > MOST_ROWS:
        raise SheetUnsafe(str(path), f"it has more than {MOST_ROWS:,} rows")
    if columns > MOST_COLUMNS:
        raise SheetUnsafe(str(path), f"it has more than {MOST_COLUMNS:,} columns")


def check_area(path: Path, area: int, cells: int) -> None:
    """Raise SheetUnsafe when the used area (from A1) is far larger than what stands in it.

    A reader makes room for all of it: two cells, one of them in the last corner, would cost hundreds of gigabytes.
    """
    if area > _BLANK_AREA + _AREA_A_CELL * cells:
        raise SheetUnsafe(str(path), "it has a cell very far away from all others")


def column_number(letters: str) -> int:
    """``A`` is 1, ``XFD`` is 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _area_of(path: Path, archive: ZipFile, part: ZipInfo) -> int:
    """The used area of a worksheet; 0 for the other parts. Reading to the end checks the part's sum."""
    with archive.open(part) as stream:
        if not part.filename.lower().endswith((".xml", ".rels")):
            while stream.read(64 * 1024):
                pass
            return 0
        if not part.filename.startswith("xl/worksheets/"):
            read_xml(stream)
            return 0
        extent = _Extent()
        read_xml(stream, extent.see)
    check_size(path, extent.rows, extent.columns)
    if extent.odd:
        raise SheetUnsafe(str(path), "it has a cell at a place that does not exist")
    area = extent.rows * extent.columns
    check_area(path, area, extent.cells)
    return area


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else otherwise
