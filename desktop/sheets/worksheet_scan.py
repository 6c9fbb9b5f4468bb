"""Scan the bytes of a large worksheet before its first row is passed on: may its rows be passed on as they come?

Merged areas stand below all rows and change what rows above them show. What hides rows may stand at any of them, or below them,
and the user is asked which rows are meant before the first one is judged. If there is neither, as in most sheets, the rows are
judged while the rest of them is still being read. The scan reads raw bytes in pieces and parses nothing; a false alarm costs
some time and changes nothing else.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from desktop.sheets.open_xml import Package
from desktop.sheets.xlsx_hidden import has_filtered_table, may_hide
from desktop.sheets.xml_stream import encoding_of

_PIECE = 256 * 1024
_LONGEST_TAG = 64 * 1024


def rows_must_wait(path: Path, part: str) -> bool:
    """True if something in this worksheet may change or hide rows. Raises OSError, XmlDamaged, EntitiesFound, BadZipFile."""
    with ZipFile(path) as archive:
        package = Package(archive)
        with package.open(part) as stream:
            is_head = True
            for piece in _whole_tags(stream):
                if (is_head and encoding_of(piece) is not None) or b"mergeCell" in piece or may_hide(piece, is_head=is_head):
                    return True
                is_head = is_head and b"<row" not in piece
        return has_filtered_table(package, part)


def _whole_tags(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the stream in pieces, each cut before a tag, so that no tag is cut in two unless it is very long."""
    rest = b""
    while more := stream.read(_PIECE):
        piece = rest + more
        cut = max(piece.rfind(b"<"), len(piece) - _LONGEST_TAG)
        yield piece[:cut]
        rest = piece[cut:]
    yield rest
