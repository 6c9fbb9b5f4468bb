"""Tell what a file is by its first bytes and its contents, never by its name alone, and whether it is safe to open.

A workbook is a zip of XML: a few kilobytes can unpack to gigabytes, so its directory is checked before anything is parsed.
Limits are far above any honest sheet (a full Excel sheet of 1,048,576 rows passes).
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
from desktop.domain.system_reasons import reason_of
from desktop.domain.texts import Text
from desktop.sheets import foreign_files
from desktop.sheets.foreign_files import foreign_by_name, foreign_by_start, foreign_folder, is_binary, is_ebcdic
from desktop.sheets.open_xml import SAME_NAMES, Package
from desktop.sheets.packages import OPEN_DOCUMENT_SHEET, UNUSUAL, foreign_by_parts, foreign_compound_file, mime_type
from desktop.sheets.xml_stream import EntitiesFound, XmlDamaged

MOST_WORKBOOK_BYTES = 250 * 1024 * 1024
MOST_TEXT_BYTES = 1024 * 1024 * 1024
_MOST_UNPACKED_BYTES = 2 * 1024 * 1024 * 1024
_MOST_RATIO = 200
_RATIO_MATTERS_BYTES = 50 * 1024 * 1024
_MOST_PARTS = 5000
_ENCRYPTED = 1
_DAMAGE = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError, XmlDamaged, EntitiesFound)
ENTITIES = Text("xml-entities")
_SHORTEST_UTF_16, _SHORTEST_UTF_32 = 8, 16
DAMAGED, PASSWORD, START_BYTES = foreign_files.DAMAGED, foreign_files.PASSWORD, foreign_files.START_BYTES
EMPTY = Text("empty-file")
_IN_THE_CLOUD = Text("in-the-cloud")
_UNKNOWN = Text("unknown-data")
_EBCDIC = Text("ebcdic")

_ZIP, _EMPTY_ZIP, _OLE = b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CLOUD_ERRORS = range(358, 437)  # what Windows reports of files whose contents lie in the cloud
_TEXT_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class FileKind(Enum):
    """The kinds of files that can be read; the values name what each is called."""

    XLSX = "excel-workbook"
    XLS = "excel-97-workbook"
    XLSB = "excel-binary-workbook"
    ODS = "open-document-sheet"
    TEXT = "text-file"


def identify(path: Path, *, encoding_named: bool = False) -> FileKind:
    """Return the kind of a file that is safe to open. Raises SheetUnreadable, SheetUnsafe, SheetLocked.

    With ``encoding_named`` a text may hold zeros and odd signs, which the encoding is left to judge.
    """
    if "\0" in str(path):
        raise SheetUnreadable(str(path), Text("no-such-file"))
    with as_sheet_errors(path):
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SheetUnreadable(str(path), foreign_folder(path) or Text("is-a-folder"))
        if not stat.S_ISREG(status.st_mode):
            raise SheetUnreadable(str(path), Text("is-no-file"))
        with path.open("rb") as file:
            start = file.read(START_BYTES)
    if (foreign := foreign_by_name(path, status.st_size, start)) is not None:
        raise SheetUnreadable(str(path), foreign)
    if not start:
        raise SheetUnreadable(str(path), _IN_THE_CLOUD if status.st_size else EMPTY)
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        return _check_workbook(path, status.st_size)
    if start.startswith(_OLE):
        return _check_old_workbook(path, status.st_size)
    return _check_text(path, status.st_size, start, encoding_named=encoding_named)


def _check_text(path: Path, size: int, start: bytes, *, encoding_named: bool) -> FileKind:
    encoding = encoding_by_start(start)
    text = start.decode(encoding or "utf-8", "replace")
    if (foreign := foreign_by_start(start, text)) is not None:
        raise SheetUnreadable(str(path), foreign)
    if size > MOST_TEXT_BYTES:
        raise SheetUnsafe(str(path), Text("larger-than-a-gigabyte"))
    if encoding is None and not encoding_named and is_ebcdic(start):
        raise SheetUnreadable(str(path), _EBCDIC)
    if not encoding_named and is_binary(start if encoding is None else text.encode()):
        raise SheetUnreadable(str(path), _UNKNOWN)
    return FileKind.TEXT


def encoding_by_start(start: bytes) -> str | None:
    """Return the encoding that the first bytes of a text show, by a mark or by its zeros; None if they show nothing.

    Digits, delimiters and Latin letters have a zero as their higher byte in UTF-16: most pairs have one on the same side, and
    none on the other. In UTF-32 two bytes of four are always zeros.
    """
    for mark, encoding in _TEXT_MARKS:
        if start.startswith(mark):
            return encoding
    quarters = [start[place::4].strip(b"\x00") for place in range(4)]
    for letters, zeros, encoding in ((quarters[:2], quarters[2:], "utf-32-le"), (quarters[2:], quarters[:2], "utf-32-be")):
        if any(letters) and not any(zeros) and len(start) >= _SHORTEST_UTF_32:
            return encoding
    first, second = start[0::2], start[1::2]
    for higher, lower, encoding in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if b"\x00" not in lower and len(start) >= _SHORTEST_UTF_16 and 2 * higher.count(0) > len(higher):
            return encoding
    return None


@contextmanager
def as_sheet_errors(path: Path) -> Iterator[None]:
    """Raise the system's errors about a file as ours."""
    try:
        yield
    except FileNotFoundError as exc:
        raise SheetUnreadable(str(path), Text("no-such-file")) from exc
    except PermissionError as exc:
        raise (SheetLocked(str(path)) if path.exists() and _is_windows_lock(exc) else _forbidden(path)) from exc
    except OSError as exc:
        if getattr(exc, "winerror", None) in _CLOUD_ERRORS:
            raise SheetUnreadable(str(path), _IN_THE_CLOUD) from exc
        # Readers raise a bare OSError for bad contents; only the system's own errors have a strerror.
        raise SheetUnreadable(str(path), reason_of(exc) if exc.strerror else DAMAGED) from exc


def _is_windows_lock(exc: PermissionError) -> bool:
    return getattr(exc, "winerror", None) in (32, 33)


def _forbidden(path: Path) -> SheetUnreadable:
    return SheetUnreadable(str(path), Text("may-not-be-read"))


def _check_workbook(path: Path, size: int) -> FileKind:
    if size > MOST_WORKBOOK_BYTES:
        raise SheetUnsafe(str(path), Text("larger-than-250-megabytes"))
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as exc:
        raise SheetUnreadable(str(path), DAMAGED) from exc
    if len(parts) > _MOST_PARTS:
        raise SheetUnsafe(str(path), Text("too-many-parts", most=_MOST_PARTS))
    if sum(part.file_size for part in parts) > _MOST_UNPACKED_BYTES:
        raise SheetUnsafe(str(path), Text("unpacks-to-too-much"))
    if any(part.file_size > _RATIO_MATTERS_BYTES and part.file_size > _MOST_RATIO * part.compress_size for part in parts):
        raise SheetUnsafe(str(path), Text("packed-too-tightly"))
    is_encrypted = any(part.flag_bits & _ENCRYPTED for part in parts)
    with as_sheet_errors(path), ZipFile(path) as archive:
        kind = None if is_encrypted else _kind_of_parts({part.filename for part in parts}, mime_type(archive))
        reason = DAMAGED if kind is not None else foreign_by_parts(archive, is_encrypted=is_encrypted)
    if reason == UNUSUAL:
        kind = _kind_of_unusual(path)
    if kind is None:
        raise SheetUnreadable(str(path), reason)
    if len({part.filename for part in parts}) < len(parts):
        raise SheetUnreadable(str(path), SAME_NAMES)
    return kind


def _kind_of_parts(names: set[str], kind: str) -> FileKind | None:
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if "content.xml" in names and OPEN_DOCUMENT_SHEET in kind:
        return FileKind.ODS
    return None


def _kind_of_unusual(path: Path) -> FileKind | None:
    """Return the kind of a workbook whose parts have unusual names; None if it names no workbook part that it holds."""
    try:
        with ZipFile(path) as archive:
            package = Package(archive)
            part = package.workbook()
            if part not in package:
                return None
    except _DAMAGE:
        return None
    return FileKind.XLSB if part.endswith(".bin") else FileKind.XLSX


def _check_old_workbook(path: Path, size: int) -> FileKind:
    if size > MOST_WORKBOOK_BYTES:
        raise SheetUnsafe(str(path), Text("larger-than-250-megabytes"))
    with as_sheet_errors(path):
        foreign = foreign_compound_file(path)
    if foreign is not None:
        raise SheetUnreadable(str(path), foreign)
    return FileKind.XLS
