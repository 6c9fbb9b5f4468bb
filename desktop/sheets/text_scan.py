"""Scan the bytes of a text file before anything is parsed: find its encoding, and whether it is a text at all.

A reader of text takes a line into memory before it can judge it, so a line without end must be refused here.
"""

import codecs
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text
from desktop.sheets.formats import START_BYTES, as_sheet_errors, encoding_by_start

MOST_TEXT_ROWS = 2_000_000
MARK_OF_ORDER = "\ufeff"
END_OF_DOS_FILE = "\x1a"
REPLACED = "\ufffd"
"""Replaces, in a decoded text, bytes that mean nothing in its encoding."""

_PIECE = 1024 * 1024
_LONGEST_LINE = 64 * 1024 * 1024
_CUT_SHORT = Text("last-letter-cut")


@dataclass(frozen=True, slots=True)
class Scanned:
    """``encoding`` as the bytes show it; ``is_odd``: some bytes fit neither UTF-8 nor what the start shows.

    ``is_clean``: there is no byte order mark below the start, and no sign of old DOS programs at the end.
    """

    encoding: str
    is_odd: bool = False
    is_clean: bool = True


def scan_text(path: Path) -> Scanned:
    """Find the encoding: what the start shows, else UTF-8 if every byte fits, else Windows-1252.

    Raises SheetUnreadable, SheetUnsafe.
    """
    scan, has_replaced = _Scan(path), False
    with as_sheet_errors(path), path.open("rb") as file:
        encoding = encoding_by_start(file.read(START_BYTES))
        is_wide = encoding is not None and encoding != "utf-8-sig"
        decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding is not None and is_wide else None
        file.seek(0)
        while piece := file.read(_PIECE):
            text = None if decoder is None else decoder.decode(piece)
            has_replaced = has_replaced or (text is not None and REPLACED in text)
            # A wide text is checked as UTF-8, in which a zero is as wrong as in any other text.
            scan.see(piece if text is None else text.encode())
        if decoder is not None and decoder.decode(b"", final=True):
            raise SheetUnreadable(str(path), _CUT_SHORT)
    is_odd = has_replaced if is_wide else not scan.is_utf_8()
    return Scanned(encoding or ("cp1252" if is_odd else "utf-8"), is_odd, scan.is_clean)


def row_of_first_oddity(path: Path, encoding: str, *, has_quoted_lines: bool) -> int:
    """Return the row (from 1) of the first bytes that mean nothing in this encoding; 0 if there are none.

    With ``has_quoted_lines`` a line end between quotation marks ends no row.
    """
    ends, is_quoted = 0, False
    with as_sheet_errors(path), path.open(encoding=encoding, errors="replace") as file:
        while piece := file.read(_PIECE):
            place = piece.find(REPLACED)
            text_before = piece if place < 0 else piece[:place]
            if has_quoted_lines and '"' in text_before:
                parts = text_before.split('"')
                ends += sum(part.count("\n") for part in parts[is_quoted::2])
                is_quoted ^= len(parts) % 2 == 0
            elif not is_quoted:
                ends += text_before.count("\n")
            if place >= 0:
                return ends + 1
    return 0


class _Scan:
    """Checks one file as a stream of single-byte or UTF-8 text."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_utf_8 = True
        self._quoted = False
        self._lines = self._open_line = 0
        self._has_begun = self._has_inner_mark = self._ends_as_in_dos = False

    @property
    def is_clean(self) -> bool:
        """True if every sign so far belongs to the text."""
        return not (self._has_inner_mark or self._ends_as_in_dos)

    def see(self, piece: bytes) -> None:
        """Check the next bytes. Raises SheetUnreadable for binary data, SheetUnsafe for too many or too long lines."""
        if (place := piece.find(0)) >= 0:
            line = self._lines + piece.count(b"\n", 0, place) + 1
            raise SheetUnreadable(str(self._path), Text("binary-line", line=str(line)))
        last_end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        self._open_line = len(piece) - last_end if last_end >= 0 else self._open_line + len(piece)
        if self._open_line > _LONGEST_LINE:
            raise SheetUnsafe(str(self._path), Text("line-too-long"))
        self._lines += piece.count(b"\n")
        self._quoted = self._quoted or b'"' in piece
        if self._lines > MOST_TEXT_ROWS + 1 and not self._quoted:  # within quotation marks a line is no row
            raise SheetUnsafe(str(self._path), Text("too-many-rows", most=MOST_TEXT_ROWS))
        self._ends_as_in_dos = piece.endswith(END_OF_DOS_FILE.encode())
        self._decode(piece)

    def _decode(self, piece: bytes, *, final: bool = False) -> None:
        if self._is_utf_8:
            try:
                text = self._decoder.decode(piece, final)
            except UnicodeDecodeError:
                self._is_utf_8, self._has_inner_mark = False, True
            else:
                self._has_inner_mark = self._has_inner_mark or MARK_OF_ORDER in (text if self._has_begun else text[1:])
                self._has_begun = True

    def is_utf_8(self) -> bool:
        """Call at the end of the file: true if all of it was UTF-8."""
        self._decode(b"", final=True)
        return self._is_utf_8
