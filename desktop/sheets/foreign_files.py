"""Recognise files that are no sheet, name each by what it is, and say what to do next.

A file is known by its bytes. Its name helps only if the bytes say nothing: a lock file is a few bytes of somebody's name.
Signatures of plain letters ("PK", "%PDF", "BM", "{") may just as well begin a list, so such a file must show more of what it is
said to be. To add a kind of file, add a line to one of the tables.
"""

import json
import re
from pathlib import PurePath

from desktop.domain.texts import Text

DAMAGED = Text("cut-short-or-damaged")
PASSWORD = Text("protected-with-a-password")
LABELLED = Text("encrypted-by-a-label")

WORD = Text("word-document")
SLIDES = Text("presentation")
TEXT_DOCUMENT = Text("open-document-text")
MESSAGE = Text("mail-message")
PROGRAM = Text("program-file")
WORDPERFECT = Text("wordperfect-document")
_PDF = Text("pdf-document")
_IMAGE = Text("image-file")
_FILM = Text("film-or-sound")
_DATABASE = Text("database-file")
_DATA_FILE = Text("file-of-a-data-program")
_JSON = Text("data-for-programs")
_OLD_EXCEL = Text("workbook-before-97")
_LOTUS = Text("lotus-sheet")
_SHORTCUT = Text("shortcut")
_CLOUD_LINK = Text("link-to-google-document")
_XML_SHEET = Text("xml-spreadsheet")
_WEB_PAGE = Text("web-page")
_WEB_ARCHIVE = Text("web-archive")
_CONTACTS = Text("contact-card")
_CALENDAR = Text("calendar-file")
_FONT = Text("font-file")
_LABELLED_FILE = Text("labelled-file")
_MAC_SIDE_FILE = Text("side-file-of-macos")


def _packed(kind: str) -> Text:
    return Text("packed-file", kind=kind)


_BYTES: tuple[tuple[int, bytes, Text], ...] = (
    (0, b"\x89PNG\r\n", _IMAGE),
    (0, b"II*\x00", _IMAGE),
    (0, b"MM\x00*", _IMAGE),
    (0, b"\x00\x00\x01\x00", _IMAGE),
    (0, b"\x01\x00\x00\x00\x58\x00\x00\x00", _IMAGE),
    (0, b"\x1f\x8b", _packed("gzip")),
    (0, b"7z\xbc\xaf\x27\x1c", _packed("7z")),
    (0, b"Rar!\x1a\x07", _packed("rar")),
    (0, b"\xfd7zXZ\x00", _packed("xz")),
    (0, b"\x04\x22\x4d\x18", _packed("lz4")),
    (0, b"\x1f\x9d", _packed("compress")),
    (0, b"MSCF\x00\x00\x00\x00", _packed("cab")),
    (0, b"xar!\x00", _packed("xar")),
    (257, b"ustar", _packed("tar")),
    (0, b"SQLite format 3\x00", _DATABASE),
    (12, b"\x61\x15\x06\x00", _DATABASE),
    (12, b"\x62\x31\x05\x00", _DATABASE),
    (12, b"\xc2\xea\x81\x60", _DATA_FILE),
    (4, b"Standard Jet DB", _DATABASE),
    (4, b"Standard ACE DB", _DATABASE),
    (4, b"MSISAM Database", _DATABASE),
    (0, b"\x00\x00\x1a\x00", _LOTUS),
    (0, b"\xff\x00\x02\x00\x04\x04", _LOTUS),
    (0, b"\x09\x00\x04\x00", _OLD_EXCEL),
    (0, b"\x09\x02\x06\x00", _OLD_EXCEL),
    (0, b"\x09\x04\x06\x00", _OLD_EXCEL),
    (0, b"\x09\x08\x08\x00", _OLD_EXCEL),
    (0, b"\x09\x08\x10\x00", _OLD_EXCEL),
    (0, b"\x89HDF\r\n", _DATA_FILE),
    (0, b"ARROW1\x00\x00", _DATA_FILE),
    (0, b"Obj\x01", _DATA_FILE),
    (0, b"\x4c\x00\x00\x00\x01\x14\x02\x00", _SHORTCUT),
    (0, b"book\x00\x00\x00\x00mark", _SHORTCUT),
    (0, b"\x7fELF", PROGRAM),
    (0, b"\x00\x01\x00\x00\x00", _FONT),
    (0, b"\x1a\x45\xdf\xa3", _FILM),
    (0, b"\x00\x05\x16\x07", _MAC_SIDE_FILE),
    (0, b"\x00\x05\x16\x00", _MAC_SIDE_FILE),
    (0, b"\x00\x00\x00\x01Bud1", Text("side-file-of-the-finder")),
)
"""Offset, bytes, what such a file is. No text begins with these bytes."""

_LETTERS_OF_BINARY: tuple[tuple[bytes, Text], ...] = (
    (rb"\x00\x00\x02\x00.[\x04\x10\x51]", _LOTUS),
    (rb".{8}DUCK", _DATABASE),
    (rb".{0,1000}%PDF-[0-9]\.[0-9]", _PDF),
    (rb"\xffWPC", WORDPERFECT),
    (rb"GIF8[79]a", _IMAGE),
    (rb"BM", _IMAGE),
    (rb"8BPS", _IMAGE),
    (rb"RIFF....WEBP", _IMAGE),
    (rb"....ftyp(?:hei|hev|mif1|msf1|avi)", _IMAGE),
    (rb"....ftyp", _FILM),
    (rb"RIFF|ID3|OggS|fLaC|\xff[\xfa\xfb\xf2\xf3]", _FILM),
    (rb"MZ", PROGRAM),
    (rb"PAR1|PARE|ORC|FEA1|PAI1|CDF|\$FL[23]|<stata_dta>|RDX[23]\n", _DATA_FILE),
    (rb"OTTO|wOFF|wOF2", _FONT),
    (rb"BZh[1-9]", _packed("bzip2")),
    (rb"LZIP", _packed("lzip")),
    (rb"!<arch>\n", _packed("ar")),
    (rb"\xff\xd8\xff|\xd7\xcd\xc6\x9a", _IMAGE),
    (rb"\x28\xb5\x2f\xfd", _packed("zstd")),
    (rb"\xdb\xa5", WORD),
    (rb"\x78\x9f\x3e\x22", MESSAGE),
    (rb"\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe", PROGRAM),
    (rb"!BDN", Text("outlook-data")),
    (rb"bplist00", Text("settings-of-macos")),
    (rb"\.pfile", _LABELLED_FILE),
    (rb"AC10[0-9]{2}", Text("drawing")),
)
"""Letters of any alphabet; they count only if the bytes behind them are no text."""

_BEFORE_A_TAG = r"(?>\s+|<!--.*?-->|<\?.*?\?>|<!doctype[^>]*>|<!\[.*?\]>)*+"  # atomic, or 500 remarks would take for ever

_TEXTS: tuple[tuple[str, str, Text], ...] = (
    (r"%PDF-[0-9]\.[0-9]", r"[0-9] obj\b|%%EOF", _PDF),
    (r"\{\\rtf[0-9]?", r"\\", WORD),
    (r"%!PS-Adobe-", r"\n%%", Text("postscript-document")),
    (r"BEGIN:VCARD\s*\n", r"", _CONTACTS),
    (r"BEGIN:VCALENDAR\s*\n", r"", _CALENDAR),
    (r"\[InternetShortcut\]\s*\n", r"(?i)URL *=", _SHORTCUT),
    (r"\[Desktop Entry\]\s*\n", r"Type *=", _SHORTCUT),
    (r"version https://git-lfs", r"\noid ", Text("placeholder-of-git-lfs")),
    (r"-----BEGIN [A-Z ]+-----\s*\n", r"", Text("encrypted-text")),
    (r"ID;P", r'\nC;[XYK]["0-9]', Text("sylk-sheet")),
    (r"TABLE\s*\n0,1\s*\n", r"\nVECTORS\s*\n", Text("dif-sheet")),
    (_BEFORE_A_TAG + r"<plist\b", r"<key>URL</key>", _SHORTCUT),
    (_BEFORE_A_TAG + r"<(?:\w+:)?Workbook\b", r"urn:schemas-microsoft-com:office:spreadsheet", _XML_SHEET),
    (_BEFORE_A_TAG + r"<office:document\b", r"", Text("flat-open-document-sheet")),
    (_BEFORE_A_TAG + r"<svg\b", r"", _IMAGE),
    (r"\s*<!--", r"", _WEB_PAGE),
    (r"\s*(?:<\?xml\b|<!doctype\b)", r">", _WEB_PAGE),
    (_BEFORE_A_TAG + r"<[a-z][\w:.-]*(?:\s[^<>]*)?>(?!\"?[,;\t|])", r"</[A-Za-z]|/>|(?s:<[A-Za-z].*<[A-Za-z])", _WEB_PAGE),
)
"""How the text begins, what else must stand in it, what such a file is."""

_JSON_START = re.compile(r'\s*(?:\{\s*"(?:[^"\\]|\\.)*"\s*:|\[\s*(?:\[\s*["\d\[]|\{\s*"(?:[^"\\]|\\.)*"\s*:))')
_COMPILED = tuple(
    (re.compile(start, re.IGNORECASE | re.DOTALL), re.compile(besides), foreign) for start, besides, foreign in _TEXTS
)
_BINARY_LETTERS = tuple((re.compile(pattern, re.DOTALL), foreign) for pattern, foreign in _LETTERS_OF_BINARY)
_NO_TEXT = bytes([*range(9), *range(14, 26), 28, 29, 30, 31, 127])
_NEVER_IN_TEXT = bytes([0, *range(2, 9), *range(16, 26)])  # the others separate cells, or switch between alphabets
_MAIL_HEADER = re.compile(r"([A-Za-z][\w-]*):|[ \t]+\S|From \S+")
_ONLY_IN_MAIL = frozenset({"message-id", "mime-version", "received", "return-path", "content-type", "content-transfer-encoding"})
_IN_MAIL = _ONLY_IN_MAIL | {"from", "to", "subject", "date", "snapshot-content-location", "x-document-type"}
_LEAST_MAIL_HEADERS = 2
_LOCK_FILE_BYTES = 1024
_SHORTEST_DBASE = 65
START_BYTES = 4096  # how much of a file is read to recognise it


def foreign_by_name(path: PurePath, size: int, start: bytes) -> Text | None:
    """Recognise a file by its name, where the bytes say nothing or less than the name."""
    name = path.name
    if name.startswith("~$") and size <= _LOCK_FILE_BYTES and not start.startswith(b"PK"):
        return Text("lock-file", program="Office", name=name.removeprefix("~$"))
    if name.startswith(".~lock.") and name.endswith("#"):
        return Text("lock-file", program="LibreOffice", name=name.removeprefix(".~lock.").removesuffix("#"))
    if name.endswith(".icloud"):
        return Text("placeholder-of-icloud", name=name.lstrip(".").removesuffix(".icloud"))
    if path.suffix.lower() in (".gsheet", ".gdoc", ".gslides") and _JSON_START.match(_as_text(start)):
        return Text("link-to-google-sheet")
    return None


def foreign_folder(path: PurePath) -> Text | None:
    """Recognise a folder that its system shows as a file."""
    kinds = {".numbers": "Numbers", ".pages": "Pages", ".key": "Keynote"}
    if (program := kinds.get(path.suffix.lower())) is None:
        return None
    return Text("folder-of-an-apple-program", program=program)


def foreign_by_start(start: bytes, text: str) -> Text | None:
    """Recognise a file by its first bytes; ``text`` is the same decoded. None if it may be a list."""
    for offset, signature, foreign in _BYTES:
        if start.startswith(signature, offset):
            return foreign
    if start[:1] in b"\x03\x83\x8b\x8c\x30\x31\xf5\xfb" and _is_dbase(start):
        return Text("dbase-table")
    if start.translate(None, delete=_NO_TEXT) != start:
        for pattern, foreign in _BINARY_LETTERS:
            if pattern.match(start):
                return foreign
    if not start.strip(b"\x00"):
        return Text("only-zero-bytes")
    return _foreign_text(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"), is_whole=len(start) < START_BYTES)


def is_binary(start: bytes) -> bool:
    """True if these bytes hold more zeros and control characters than get into a text by mistake."""
    bare = start.rstrip(b"\x00") or start
    odd = len(bare) - len(bare.translate(None, delete=_NEVER_IN_TEXT))
    return 5 * bare.count(0) > len(bare) or 50 * (odd - bare.count(0)) > len(bare) + 50


_EBCDIC = bytes([0x40, 0x4B, 0x6B, 0x5E, 0x60, 0x61, 0x6D, 0x7D, 0x7F, 0x4F, 0x05, 0x0D, 0x15, 0x25, 0x7A, 0x4D, 0x5D]) + bytes(
    [
        *range(0x81, 0x8A),
        *range(0x91, 0x9A),
        *range(0xA2, 0xAA),
        *range(0xC1, 0xCA),
        *range(0xD1, 0xDA),
        *range(0xE2, 0xEA),
        *range(0xF0, 0xFA),
    ]
)
_EBCDIC_DIGITS = bytes(range(0xF0, 0xFA))


def is_ebcdic(start: bytes) -> bool:
    """True for the code of mainframes: it has digits and letters in the upper bytes, and nothing where others have digits."""
    digits = len(start) - len(start.translate(None, delete=_EBCDIC_DIGITS))
    not_ebcdic = len(start.translate(None, delete=_EBCDIC))
    return digits >= 10 and 50 * not_ebcdic <= len(start) and not any(byte in start for byte in b"0123456789\n")


def _foreign_text(text: str, *, is_whole: bool) -> Text | None:
    if (message := _message(text)) is not None:
        return message
    for begins, besides, foreign in _COMPILED:
        if begins.match(text) and besides.search(text):
            return foreign
    if _JSON_START.match(text) or (is_whole and _is_json(text)):
        return _CLOUD_LINK if re.search(r'"(?:doc_id|resource_id)"|docs\.google\.com', text) else _JSON
    return None


def _is_json(text: str) -> bool:
    try:
        return text.lstrip().startswith(("[", "{")) and isinstance(json.loads(text), list | dict)
    except (ValueError, RecursionError):
        return False


def _message(text: str) -> Text | None:
    """Recognise a message, or a web page saved as one.

    The lines above the first blank one must all be headers, some of them known from mail only.
    """
    head = text.split("\n\n", maxsplit=1)[0]
    matches = [_MAIL_HEADER.match(line) for line in head.splitlines()]
    names = {match[1].lower() for match in matches if match is not None and match[1]}
    if not all(matches) or len(names & _IN_MAIL) < _LEAST_MAIL_HEADERS or not names & _ONLY_IN_MAIL:
        return None
    return _WEB_ARCHIVE if re.search(r"(?i)multipart/related", text) else MESSAGE


def _as_text(start: bytes) -> str:
    return start.decode("utf-8", "replace").lstrip("\ufeff")


def _is_dbase(start: bytes) -> bool:
    """True for a date, and a list of 32-byte fields that ends with a carriage return. Names of fields are padded with zeros."""
    if len(start) < _SHORTEST_DBASE or b"\x00" not in start[32:64]:
        return False
    month, day, header = start[2], start[3], int.from_bytes(start[8:10], "little")
    is_ended = header >= len(start) or b"\x0d" in start[64 : header + 1]
    return 1 <= month <= 12 and 1 <= day <= 31 and header > 64 and is_ended
