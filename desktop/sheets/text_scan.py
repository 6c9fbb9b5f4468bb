"""What the bytes of a text file tell before anything is parsed: its encoding, and whether it is a text at all.

A reader of text takes a line into memory before it can judge it, so a line without end must be met here.
"""

import codecs
from pathlib import Path

from desktop.domain.errors import SheetUnreadable, SheetUnsafe
from desktop.sheets.formats import START_BYTES, encoding_by_start, told_plainly

MOST_TEXT_ROWS = 2_000_000

_PIECE = 1024 * 1024
_LONGEST_LINE = 64 * 1024 * 1024


def find_encoding(path: Path) -> str:
    """What the start of the file tells, else UTF-8 if every byte fits, else Windows-1252. Raises SheetUnreadable, SheetUnsafe."""
    scan = _Scan(path)
    with told_plainly(path), path.open("rb") as file:
        told = encoding_by_start(file.read(START_BYTES))
        decoder = None if told in (None, "utf-8-sig") else codecs.getincrementaldecoder(told)("replace")
        file.seek(0)
        while piece := file.read(_PIECE):
            scan.see(piece if decoder is None else decoder.decode(piece).encode())
    return told or scan.encoding()


class _Scan:
    """One file as it streams by, as single-byte or UTF-8 text."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._is_utf_8 = True
        self._quoted = False
        self._lines = self._open_line = 0

    def see(self, piece: bytes) -> None:
        """Take in the next bytes."""
        if (place := piece.find(0)) >= 0:
            line = self._lines + piece.count(b"\n", 0, place) + 1
            raise SheetUnreadable(str(self._path), f"line {line} holds binary data")
        last_end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        self._open_line = len(piece) - last_end if last_end >= 0 else self._open_line + len(piece)
        if self._open_line > _LONGEST_LINE:
            raise SheetUnsafe(str(self._path), "it has a line of more than 64 MB")
        self._lines += piece.count(b"\n")
        self._quoted = self._quoted or b'"' in piece
        if self._lines > MOST_TEXT_ROWS + 1 and not self._quoted:  # within quotation marks a line is no row
            raise SheetUnsafe(str(self._path), f"it has more than {MOST_TEXT_ROWS:,} rows")
        self._decode(piece)

    def _decode(self, piece: bytes, *, final: bool = False) -> None:
        if self._is_utf_8:
            try:
                self._decoder.decode(piece, final)
            except UnicodeDecodeError:
                self._is_utf_8 = False

    def encoding(self) -> str:
        """At the end of the file."""
        self._decode(b"", final=True)
        return "utf-8" if self._is_utf_8 else "cp1252"
