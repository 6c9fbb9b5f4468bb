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
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_AREA = 200_000_000

_SMALL_UNPACKED = 2 * 1024 * 1024
_SMALL_AREA = 1_000_000
_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,9})", re.ASCII)


class _Extent:
    """The used area of a worksheet as it streams by; cells without content do not count."""

    def __init__(self) -> None:
        self._row = self._column = 0
        self._rows = [MOST_ROWS * 1000, 0]
        self._columns = [MOST_COLUMNS * 1000, 0]
        self.odd = False

    def see(self, name: str, attributes: dict[str, str]) -> None:
        """Take in one element."""
        if name == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
        elif name == "c":
            self._place(attributes.get("r"))
        elif name in ("v", "is", "f"):
            self._rows = [min(self._rows[0], self._row), max(self._rows[1], self._row)]
            self._columns = [min(self._columns[0], self._column), max(self._columns[1], self._column)]

    def _place(self, reference: str | None) -> None:
        match = _REFERENCE.fullmatch(reference or "")
        if match is not None:
            self._column, self._row = column_number(match[1]), int(match[2])
        else:
            self._column += 1
            self.odd |= reference is not None

    @property
    def rows(self) -> int:
        """The number of the last used row."""
        return self._rows[1]

    @property
    def columns(self) -> int:
        """The number of the last used column."""
        return self._columns[1]

    @property
    def area(self) -> int:
        """How many cells lie between the first used and the last used one."""
        return max(0, self._rows[1] - self._rows[0] + 1) * max(0, self._columns[1] - self._columns[0] + 1)


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
        raise SheetUnreadable(str(path), "it is cut short or damaged") from exc
    except RuntimeError as exc:
        raise SheetUnreadable(str(path), "it is protected with a password") from exc
    except EntitiesFound as exc:
        raise SheetUnsafe(str(path), "it declares XML entities, which no sheet needs") from exc
    return max(areas, default=0) <= _SMALL_AREA


def check_size(path: Path, rows: int, columns: int) -> None:
    """Raise SheetUnsafe for more rows or columns than a spreadsheet can have, or a cell far away from all others."""
    if rows > MOST_ROWS:
        raise SheetUnsafe(str(path), f"it has more than {MOST_ROWS:,} rows")
    if columns > MOST_COLUMNS:
        raise SheetUnsafe(str(path), f"it has more than {MOST_COLUMNS:,} columns")


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
    if extent.odd or extent.area > MOST_AREA:
        raise SheetUnsafe(str(path), "it has a cell very far away from all others")
    return extent.area


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,9}", text, re.ASCII) else otherwise
