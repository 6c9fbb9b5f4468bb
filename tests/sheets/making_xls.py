"""Write an Excel 97 or Excel 5.0 workbook record by record ([MS-XLS]) into a compound file ([MS-CFB])."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SECTOR = 512
_END, _TABLE, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF

Records = Sequence[tuple[int, bytes]]


@dataclass(frozen=True)
class Page:
    """A worksheet. ``rows``: height and flags of the rows that have a record, by number from 0; ``columns``: first, last,
    width and flags. ``more``: records that stand before its cells.
    """

    name: str
    cells: Sequence[Sequence[str]]
    rows: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    columns: Sequence[tuple[int, int, int, int]] = ()
    hides_others: bool = False
    more: Records = ()


def xls(
    path: Path,
    pages: Sequence[Page],
    *,
    active: Sequence[int] = (0,),
    version: int = 8,
    stream: str = "",
    scattered: bool = False,
) -> Path:
    """Write the workbook. ``active``: the tab in front of each window; ``scattered``: its sectors lie in reverse order in the
    file.
    """
    bodies = [_sheet(page, version) for page in pages]
    head_size = len(_book(pages, [0] * len(pages), active, version))
    starts = [head_size + sum(map(len, bodies[:number])) for number in range(len(pages))]
    contents = _book(pages, starts, active, version) + b"".join(bodies)
    path.write_bytes(compound_file(stream or ("Workbook" if version == 8 else "Book"), contents, scattered=scattered))
    return path


def compound_file(name: str, contents: bytes, *, scattered: bool = False) -> bytes:
    """Make a compound file with one stream, long enough to lie in sectors of its own."""
    contents = contents.ljust(4096, b"\0")
    sectors = [contents[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(contents), _SECTOR)]
    tables = -(-(len(sectors) + 2) // (_SECTOR // 4 - 1))
    first = tables + 1  # after the table and the directory
    places = list(range(first, first + len(sectors)))
    if scattered:
        places.reverse()
    following = [_TABLE] * tables + [_END] + [_FREE] * len(sectors)
    for place, after in zip(places, [*places[1:], _END], strict=True):
        following[place] = after
    following += [_FREE] * (tables * _SECTOR // 4 - len(following))
    directory = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, places[0], len(contents))
    in_order = [sector for _, sector in sorted(zip(places, sectors, strict=True))]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
    return header + struct.pack(f"<{len(following)}I", *following) + directory.ljust(_SECTOR, b"\0") + b"".join(in_order)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack("<HBB3I36xIQ", len(text), kind, 1, _FREE, _FREE, child, start, size)


def _book(pages: Sequence[Page], starts: Sequence[int], active: Sequence[int], version: int) -> bytes:
    windows = [(0x3D, struct.pack("<9H", 0, 0, 9000, 9000, 0x38, tab, 0, 1, 600)) for tab in active]
    listed = [
        (0x85, struct.pack("<IBB", start, 0, 0) + _text(page.name, "<B", version))
        for page, start in zip(pages, starts, strict=True)
    ]
    return _records(
        [(0x809, _start(5, version)), (0x42, struct.pack("<H", 1200 if version == 8 else 1252)), *windows, *listed, (0x0A, b"")]
    )


def _sheet(page: Page, version: int) -> bytes:
    records = [(0x809, _start(0x10, version)), (0x225, struct.pack("<HH", 2 * page.hides_others, 255))]
    records += [(0x7D, struct.pack("<6H", first, last, width, 15, flags, 0)) for first, last, width, flags in page.columns]
    height = len(page.cells)
    dimensions = struct.pack("<IIHHH" if version == 8 else "<HHHHH", 0, height, 0, max(map(len, page.cells)), 0)
    records += [(0x200, dimensions), *page.more]
    records += [(0x208, struct.pack("<6HI", row, 0, 1, tall, 0, 0, flags)) for row, (tall, flags) in page.rows.items()]
    records += [
        (0x204, struct.pack("<3H", row, column, 15) + _text(text, "<H", version))
        for row, cells in enumerate(page.cells)
        for column, text in enumerate(cells)
    ]
    return _records([*records, (0x0A, b"")])


def _start(kind: int, version: int) -> bytes:
    return struct.pack("<4H", 0x600 if version == 8 else 0x500, kind, 0x1000, 1997) + (bytes(8) if version == 8 else b"")


def _text(text: str, length: str, version: int) -> bytes:
    return struct.pack(length, len(text)) + (b"\0" if version == 8 else b"") + text.encode("latin-1")


def _records(records: Records) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in records)
