"""Recognise a zip or a compound file by the names of its parts: a workbook, another document, or a folder of files."""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from desktop.domain.texts import Text
from desktop.sheets.compound_file import CompoundDamaged, CompoundFile, Names
from desktop.sheets.foreign_files import DAMAGED, LABELLED, MESSAGE, PASSWORD, PROGRAM, SLIDES, TEXT_DOCUMENT, WORD, WORDPERFECT

_SHEET_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt")
_WORKBOOK_PARTS = ("xl/workbook", "xl/worksheets/")
_MOST_NAMED, _LONGEST_NAME, _START_OF_PART = 3, 60, 65_536
UNUSUAL = Text("unusual-workbook")
_E_BOOK = Text("e-book")
_VISIO_DRAWING = Text("visio-drawing")

_PARTS: tuple[tuple[str, Text], ...] = (
    (r"word/\w*document\w*\.xml", WORD),
    (r"ppt/presentation\w*\.xml", SLIDES),
    (r"visio/document\.xml", _VISIO_DRAWING),
    (
        r"index/(?:document|calculationengine\b.*)\.iwa|(?:[^/]+/)?index\.(?:zip|apxl|xml(?:\.gz)?)|index/.*\.iwa",
        Text("document-of-an-apple-program"),
    ),
    (r"meta-inf/container\.xml", _E_BOOK),
    (r"meta-inf/manifest\.mf|androidmanifest\.xml|classes\.dex", PROGRAM),
    (r"doc\.kml", Text("map-file")),
)
"""A part (in lower case) that only such a document has, and what it is."""

_MIME_TYPES: tuple[tuple[str, Text], ...] = (
    ("opendocument.text", TEXT_DOCUMENT),
    ("opendocument.presentation", Text("open-document-presentation")),
    ("opendocument.", Text("open-document-of-another-kind")),
    ("epub", _E_BOOK),
)
OPEN_DOCUMENT_SHEET = "opendocument.spreadsheet"

_STREAMS: tuple[tuple[str, Text], ...] = (
    ("worddocument", WORD),
    ("powerpoint document", SLIDES),
    ("pp40", SLIDES),
    ("pp97_dualstorage", SLIDES),
    ("__properties_version1.0", MESSAGE),
    ("visiodocument", _VISIO_DRAWING),
    ("wksssworkbook", Text("works-sheet")),
    ("matost", Text("works-document")),
    ("nativecontent_main", Text("quattro-pro-sheet")),
    ("perfectoffice_main", WORDPERFECT),
    ("quill", Text("publisher-document")),
    ("catalog", Text("side-file-of-windows")),
    ("fileheader", Text("hangul-document")),
)
_NOT_A_WORKBOOK = Text("document-of-an-older-program")
_OLD_WORKBOOK, _ENCRYPTED, _RIGHTS = ("workbook", "book"), "encryptedpackage", ("drmencrypted", "\tdrm")


def foreign_by_parts(archive: ZipFile, *, is_encrypted: bool) -> Text:
    """Say what a zip is that is no workbook we can read."""
    parts = archive.infolist()
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    for pattern, foreign in _PARTS:
        if any(map(re.compile(pattern).fullmatch, names)):
            return foreign
    kind = mime_type(archive)
    for mark, foreign in _MIME_TYPES:
        if mark in kind and OPEN_DOCUMENT_SHEET not in kind:
            return foreign
    types = next((_start_of(archive, part) for part in parts if part.filename.lower() == "[content_types].xml"), b"")
    for markup, document in ((b"wordprocessingml", WORD), (b"presentationml", SLIDES)):
        if markup in types:
            return document
    if b"spreadsheetml" in types or OPEN_DOCUMENT_SHEET in kind or any(name.startswith(_WORKBOOK_PARTS) for name in names):
        return PASSWORD if is_encrypted else UNUSUAL
    return _packed_folder(parts, is_encrypted=is_encrypted)


def foreign_compound_file(path: Path) -> Text | None:
    """Say what a compound file is that is no old workbook; None for one that is. Raises OSError."""
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
    return next((foreign for stream, foreign in _STREAMS if stream in names.in_root), _NOT_A_WORKBOOK)


def _names_anywhere(contents: bytes) -> Names:
    """Search the bytes for the names that we know, for a file whose directory is damaged."""
    searched = [*_OLD_WORKBOOK, _ENCRYPTED, *_RIGHTS, *(name for name, _ in _STREAMS)]
    lower = contents.lower()
    names = frozenset(name for name in searched if name.encode("utf-16-le") in lower)
    return Names(names, names)


def mime_type(archive: ZipFile) -> str:
    """Return the media type that an OpenDocument declares; empty for other files."""
    part = archive.NameToInfo.get("mimetype")
    return "" if part is None else _start_of(archive, part)[:_LONGEST_NAME].decode("ascii", "replace")


def _start_of(archive: ZipFile, part: ZipInfo) -> bytes:
    """Return the first bytes of a part; none if it is damaged or has a password."""
    try:
        with archive.open(part) as stream:
            return stream.read(_START_OF_PART)
    except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, NotImplementedError):
        return b""


def _packed_folder(parts: list[ZipInfo], *, is_encrypted: bool) -> Text:
    """Say that the file is a folder, and which sheets are in it."""
    files = [part.filename.replace("\\", "/") for part in parts if not part.is_dir()]
    shown = [name.rpartition("/")[2] for name in files if not name.startswith("__MACOSX/")]
    sheets = [_shortened(name) for name in shown if name.lower().endswith(_SHEET_ENDINGS) and not name.startswith(("~$", "._"))]
    if not sheets:
        return Text("locked-folder-without-a-sheet") if is_encrypted else Text("packed-folder-without-a-sheet")
    quoted_names = [Text("in-quotes", text=name) for name in sheets[:_MOST_NAMED]]
    if len(sheets) > _MOST_NAMED:
        quoted_names.append(Text("so-many-more", more=len(sheets) - _MOST_NAMED))
    if is_encrypted:
        return Text("locked-folder", sheets=len(sheets), names=tuple(quoted_names))
    return Text("packed-folder", sheets=len(sheets), names=tuple(quoted_names))


def _shortened(name: str) -> str:
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in name)
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[: _LONGEST_NAME - 1]}…"
