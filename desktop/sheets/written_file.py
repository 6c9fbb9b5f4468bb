"""Read back what was just written, to its last byte, before it may replace anything."""

import csv
import zlib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

from desktop.domain.texts import Text
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged, read_xml

_ROW = b"<row "


class WrittenWrong(Exception):
    """The file does not hold what was written to it; ``trouble`` completes "… could not be written: …"."""

    def __init__(self, trouble: Text) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def check_workbook(path: Path, rows: Sequence[int]) -> None:
    """Check every part: its checksum, its XML and, for worksheets, the number of rows (headers included).

    Raises WrittenWrong, BadZipFile, OSError.
    """
    with ZipFile(path) as archive:
        rows_by_part = {name: _rows_in(archive, name) for name in archive.namelist()}
    for number, expected in enumerate(rows, start=1):
        if rows_by_part.get(f"xl/worksheets/sheet{number}.xml") != expected:
            raise WrittenWrong(Text("written-file-lacks-rows"))


def check_csv(path: Path, rows: int) -> None:
    """Raise WrittenWrong unless the file holds this many records (the header included)."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = sum(1 for _ in csv.reader(file, strict=True))
    except (csv.Error, UnicodeError) as exc:
        raise WrittenWrong(Text("written-wrong")) from exc
    if records != rows:
        raise WrittenWrong(Text("written-file-lacks-rows"))


class _RowCount:
    """Counts the rows of a worksheet in its bytes, which is far quicker than handling each element."""

    def __init__(self) -> None:
        self.rows = 0
        self._tail = b""

    def see(self, piece: bytes) -> None:
        """Count in the next bytes. Text cannot look like a row: in it ``<`` is always written as ``&lt;``."""
        self.rows += (self._tail + piece).count(_ROW)
        self._tail = piece[1 - len(_ROW) :]


def _rows_in(archive: ZipFile, name: str) -> int:
    """Count the rows of a part. Reading it to its end makes the archive check its checksum."""
    count = _RowCount()
    try:
        with archive.open(name) as part:
            read_xml(part, on_piece=count.see)
    except (XmlDamaged, EntitiesFound, zlib.error) as exc:
        raise WrittenWrong(Text("written-wrong")) from exc
    return count.rows
