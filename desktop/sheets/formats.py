"""What a file is, by its first bytes and its contents, never by its name alone; and whether it is safe to open.

A workbook is a zip of XML: a few kilobytes can unpack to gigabytes, so its directory is checked before anything is
parsed. Limits are far above any honest sheet (a full Excel sheet of 1,048,576 rows passes).
"""

import codecs
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from desktop.domain.errors import SheetLocked, SheetUnreadable, SheetUnsafe
from desktop.sheets.open_xml import Package
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged

MOST_WORKBOOK_BYTES = 250 * 1024 * 1024
MOST_TEXT_BYTES = 1024 * 1024 * 1024
_MOST_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_MATTERS_BYTES = 50 * 1024 * 1024
_MOST_PARTS = 5000
_ENCRYPTED = 1
_DAMAGE = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, XmlDamaged, EntitiesFound)
ENTITIES = "it declares XML entities, which no sheet needs"
START_BYTES = 4096  # what is looked at to know a file
DAMAGED = "it is cut short or damaged"
PASSWORD = "it is protected with a password; save it without one"  # noqa: S105 (a sentence, not a secret)
_WEB_PAGE = "it is a web page or XML with the name of a sheet; open it in Excel and save it as .xlsx"

_OLD_STREAMS = ("Workbook", "WORKBOOK", "workbook", "Book", "BOOK", "book")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB_MARKS, _LONGEST_MARK = (b"<!doctype", b"<html", b"<?xml", b"<table"), 10  # what many systems export as ".xls"
_TEXT_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class FileKind(Enum):
    """What can be read; the values are shown to people."""

    XLSX = "Excel workbook"
    XLS = "Excel 97 workbook"
    XLSB = "Excel binary workbook"
    ODS = "OpenDocument sheet"
    TEXT = "Text file"


def identify(path: Path, *, encoding_named: bool = False) -> FileKind:
    """The kind of a file that is safe to open. Raises SheetUnreadable, SheetUnsafe, SheetLocked.

    With ``encoding_named`` bytes of zero are left to that encoding to judge.
    """
    if "\0" in str(path):
        raise SheetUnreadable(str(path), "there is no such file")
    with told_plainly(path):
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SheetUnreadable(str(path), "it is a folder" if stat.S_ISDIR(status.st_mode) else "it is not a file")
        with path.open("rb") as file:
            start = file.read(START_BYTES)
    if not start:
        raise SheetUnreadable(str(path), "it is empty")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:_LONGEST_MARK].lower().startswith(_WEB_MARKS):
        raise SheetUnreadable(str(path), _WEB_PAGE)
    if start.startswith(_ZIP):
        return _check_workbook(path, status.st_size)
    if start.startswith(_OLE):
        return _check_old_workbook(path, status.st_size)
    if status.st_size > MOST_TEXT_BYTES:
        raise SheetUnsafe(str(path), "it is larger than 1 GB")
    if b"\x00" in start and encoding_by_start(start) is None and not encoding_named:
        raise SheetUnreadable(str(path), "it is not a sheet")
    return FileKind.TEXT


def encoding_by_start(start: bytes) -> str | None:
    """The encoding that the first bytes of a text tell, by a mark or as UTF-16 without one; None where they tell nothing.

    Digits, delimiters and Latin letters have a zero as their higher byte in UTF-16: most pairs have one on the same side,
    none on the other.
    """
    for mark, encoding in _TEXT_MARKS:
        if start.startswith(mark):
            return encoding
    first, second = start[0::2], start[1::2]
    for higher, lower, encoding in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if b"\x00" not in lower and 2 * higher.count(0) > len(higher):
            return encoding
    return None


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """The system's errors about a file in our words."""
    try:
        yield
    except FileNotFoundError as exc:
        raise SheetUnreadable(str(path), "there is no such file") from exc
    except PermissionError as exc:
        raise (SheetLocked(str(path)) if path.exists() and _is_windows_lock(exc) else _forbidden(path)) from exc
    except OSError as exc:
        # A reader's own complaint about the contents comes without the system's words.
        raise SheetUnreadable(str(path), exc.strerror.lower() if exc.strerror else DAMAGED) from exc


def _is_windows_lock(exc: PermissionError) -> bool:
    return getattr(exc, "winerror", None) in (32, 33)


def _forbidden(path: Path) -> SheetUnreadable:
    return SheetUnreadable(str(path), "you may not read it")


def _check_workbook(path: Path, size: int) -> FileKind:
    if size > MOST_WORKBOOK_BYTES:
        raise SheetUnsafe(str(path), "it is larger than 250 MB")
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise SheetUnreadable(str(path), PASSWORD)
    if len(parts) > _MOST_PARTS:
        raise SheetUnsafe(str(path), f"it has more than {_MOST_PARTS:,} parts")
    if sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        raise SheetUnsafe(str(path), "it unpacks to more than 2 GB")
    if any(part.file_size > _RATIO_MATTERS_BYTES and part.file_size > _MOST_RATIO * part.compress_size for part in parts):
        raise SheetUnsafe(str(path), "it is packed far tighter than any sheet is")
    return _kind_of_parts(path, {part.filename for part in parts})


def _workbook_of(path: Path) -> str:
    """The part of the workbook, empty when there is none. Whether it can be read is found out when it is read."""
    try:
        with ZipFile(path) as archive:
            package = Package(archive)
            part = package.workbook()
            return part if part in package else ""
    except _DAMAGE:
        return ""


def _kind_of_parts(path: Path, names: set[str]) -> FileKind:
    workbook = _workbook_of(path)
    if workbook.endswith(".bin"):
        return FileKind.XLSB
    if workbook:
        return FileKind.XLSX
    if "content.xml" in names and "mimetype" in names:
        return FileKind.ODS
    raise SheetUnreadable(str(path), "it is not a workbook")


def _check_old_workbook(path: Path, size: int) -> FileKind:
    if size > MOST_WORKBOOK_BYTES:
        raise SheetUnsafe(str(path), "it is larger than 250 MB")
    with told_plainly(path):
        contents = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in contents:
        raise SheetUnreadable(str(path), PASSWORD)
    if not any(name.encode("utf-16-le") in contents for name in _OLD_STREAMS):
        raise SheetUnreadable(str(path), "it is not a workbook")
    return FileKind.XLS
