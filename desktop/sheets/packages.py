"""What a zip or a compound file is, by the names of its parts: a workbook, another document, or a folder of files."""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.sheets.compound_file import CompoundDamaged, CompoundFile, Names
from desktop.sheets.foreign_files import DAMAGED, LABELLED, MESSAGE, PASSWORD, SLIDES, TEXT_DOCUMENT, WORD, Foreign

_SHEET_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
_WORKBOOK_PARTS = ("xl/workbook", "xl/worksheets/")
_MOST_NAMED, _LONGEST_NAME, _START_OF_PART = 3, 60, 65_536
_FROM_APPLE = "open it there and export it as .xlsx"
UNUSUAL = "it is a workbook that is stored in an unusual way; open it in Excel and save it as .xlsx"

_PARTS: tuple[tuple[str, Foreign], ...] = (
    (r"word/\w*document\w*\.xml", WORD),
    (r"ppt/presentation\w*\.xml", SLIDES),
    (r"visio/document\.xml", Foreign("a Visio drawing", "open the list itself")),
    (
        r"index/(?:document|calculationengine\b.*)\.iwa|(?:[^/]+/)?index\.(?:zip|apxl|xml(?:\.gz)?)|index/.*\.iwa",
        Foreign("a document of Apple Numbers, Pages or Keynote", _FROM_APPLE),
    ),
    (r"meta-inf/container\.xml", Foreign("an e-book", "open the list itself")),
    (r"meta-inf/manifest\.mf|androidmanifest\.xml|classes\.dex", Foreign("a program", "open the list itself")),
    (r"doc\.kml", Foreign("a map", "open the list itself")),
)
"""A part, in lower case, that only such a document has."""

_MIME_TYPES: tuple[tuple[str, Foreign], ...] = (
    ("opendocument.text", TEXT_DOCUMENT),
    (
        "opendocument.presentation",
        Foreign("an OpenDocument presentation", "copy its table into a spreadsheet and save that as .xlsx"),
    ),
    ("opendocument.", Foreign("an OpenDocument drawing or database", "open the list itself")),
    ("epub", Foreign("an e-book", "open the list itself")),
)
OPEN_DOCUMENT_SHEET = "opendocument.spreadsheet"

_STREAMS: tuple[tuple[str, Foreign], ...] = (
    ("worddocument", WORD),
    ("powerpoint document", SLIDES),
    ("pp40", SLIDES),
    ("pp97_dualstorage", SLIDES),
    ("__properties_version1.0", MESSAGE),
    ("visiodocument", Foreign("a Visio drawing", "open the list itself")),
    ("wksssworkbook", Foreign("a Works sheet", "open it in Works or LibreOffice and save it as .xlsx")),
    ("matost", Foreign("a Works document", "copy its table into a spreadsheet and save that as .xlsx")),
    ("nativecontent_main", Foreign("a Quattro Pro sheet", "open it there and save it as .xlsx")),
    ("perfectoffice_main", Foreign("a WordPerfect document", "copy its table into a spreadsheet and save that as .xlsx")),
    ("quill", Foreign("a Publisher document", "copy its table into a spreadsheet and save that as .xlsx")),
    ("catalog", Foreign("a side file of Windows", "open the list itself")),
    ("fileheader", Foreign("a Hangul document", "copy its table into a spreadsheet and save that as .xlsx")),
)
_NOT_A_WORKBOOK = Foreign(
    "a document of an older program, but not a workbook", "open it there and save the list as .xlsx or .csv"
)
_OLD_WORKBOOK, _ENCRYPTED, _RIGHTS = ("workbook", "book"), "encryptedpackage", ("drmencrypted", "\tdrm")


def what_parts_tell(archive: ZipFile, *, is_encrypted: bool) -> str:
    """What a zip is that is no workbook we can read."""
    parts = archive.infolist()
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    for pattern, foreign in _PARTS:
        if any(map(re.compile(pattern).fullmatch, names)):
            return str(foreign)
    kind = mime_type(archive)
    for mark, foreign in _MIME_TYPES:
        if mark in kind and OPEN_DOCUMENT_SHEET not in kind:
            return str(foreign)
    types = next((_start_of(archive, part) for part in parts if part.filename.lower() == "[content_types].xml"), b"")
    for told, document in ((b"wordprocessingml", WORD), (b"presentationml", SLIDES)):
        if told in types:
            return str(document)
    if b"spreadsheetml" in types or OPEN_DOCUMENT_SHEET in kind or any(name.startswith(_WORKBOOK_PARTS) for name in names):
        return PASSWORD if is_encrypted else UNUSUAL
    return _folder_in_words(parts, is_encrypted=is_encrypted)


def what_compound_tells(path: Path) -> str | None:
    """What a compound file is that is no old workbook; None for one that is. Raises OSError."""
    try:
        with path.open("rb") as file:
            names = CompoundFile(file).names()
    except CompoundDamaged:
        names = _names_anywhere(path.read_bytes())
        if not names.all:
            return DAMAGED
    if any(name.startswith(_RIGHTS) for name in names.all):
        return LABELLED
    if _ENCRYPTED in names.in_root:
        return LABELLED if _names_anywhere(path.read_bytes()).all.intersection(_RIGHTS) else PASSWORD
    if not names.in_root.isdisjoint(_OLD_WORKBOOK):
        return None
    return str(next((foreign for stream, foreign in _STREAMS if stream in names.in_root), _NOT_A_WORKBOOK))


def _names_anywhere(contents: bytes) -> Names:
    """The names that we know, wherever they stand: for a file whose directory is damaged."""
    known = [*_OLD_WORKBOOK, _ENCRYPTED, *_RIGHTS, *(name for name, _ in _STREAMS)]
    lower = contents.lower()
    found = frozenset(name for name in known if name.encode("utf-16-le") in lower)
    return Names(found, found)


def mime_type(archive: ZipFile) -> str:
    """What an OpenDocument says it is; empty for other files."""
    part = archive.NameToInfo.get("mimetype")
    return "" if part is None else _start_of(archive, part)[:_LONGEST_NAME].decode("ascii", "replace")


def _start_of(archive: ZipFile, part: ZipInfo) -> bytes:
    """The first bytes of a part; none of one that is damaged or has a password."""
    try:
        with archive.open(part) as stream:
            return stream.read(_START_OF_PART)
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        return b""


def _folder_in_words(parts: list[ZipInfo], *, is_encrypted: bool) -> str:
    """That the file is a folder, and which sheets are in it."""
    kind = "a packed folder with a password" if is_encrypted else "a packed folder"
    files = [part.filename.replace("\\", "/") for part in parts if not part.is_dir()]
    shown = [name.rpartition("/")[2] for name in files if not name.startswith("__MACOSX/")]
    sheets = [_shortened(name) for name in shown if name.lower().endswith(_SHEET_ENDINGS) and not name.startswith(("~$", "._"))]
    if not sheets:
        return f"it is {kind} without a sheet in it; open the list itself"
    named = ", ".join(f"“{name}”" for name in sheets[:_MOST_NAMED])
    more = f" and {len(sheets) - _MOST_NAMED:,} more" if len(sheets) > _MOST_NAMED else ""
    return f"it is {kind} (.zip) with {named}{more}; unpack it and open {'that file' if len(sheets) == 1 else 'one of them'}"


def _shortened(name: str) -> str:
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}…"
