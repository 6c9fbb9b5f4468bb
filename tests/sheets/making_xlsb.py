"""Write an Excel binary workbook record by record ([MS-XLSB]); LibreOffice and Excel read it, but no library writes it."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.ms-excel"
ERROR_CODES = {"#DIV/0!": 0x07, "#N/A": 0x2A}

Merge = tuple[int, int, int, int]


@dataclass(frozen=True)
class Looks:
    """How a worksheet looks. ``rows``: height and flags of rows, by number from 0; rows in ``unwritten`` have no record.
    ``columns``: first, last, width and flags. ``active``: the tab in front of each window.
    """

    rows: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    unwritten: Sequence[int] = ()
    columns: Sequence[tuple[int, int, int, int]] = ()
    hides_others: bool = False
    active: Sequence[int] = ()


PLAIN = Looks()


def xlsb(
    path: Path,
    rows: Sequence[Sequence[object]],
    merged: Sequence[Merge] = (),
    *,
    hidden_first: bool = False,
    looks: Looks = PLAIN,
) -> Path:
    """Write text, float, bool, None, and errors by name; ``merged`` are (first row, last row, first and last column) from 0."""
    sheets: list[tuple[str, int, list[list[object]]]] = [("Hidden", 1, [["Hidden"]])] if hidden_first else []
    sheets.append(("List", 0, [list(row) for row in rows]))
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        names = [f"worksheets/sheet{n}.bin" for n in range(1, len(sheets) + 1)]
        overrides = "".join(f'<Override PartName="/xl/{name}" ContentType="{_TYPE}.worksheet"/>' for name in names)
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Default Extension="bin" ContentType="{_TYPE}.sheet.binary.macroEnabled.main"/>'
            f"{overrides}</Types>",
        )
        archive.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.bin")]))
        archive.writestr("xl/_rels/workbook.bin.rels", _relations([("worksheet", name) for name in names]))
        listed = b"".join(
            _record(156, struct.pack("<II", hidden, number) + _text(f"r{number}") + _text(name))
            for number, (name, hidden, _) in enumerate(sheets, start=1)
        )
        windows = b"".join(_record(158, struct.pack("<7IB", 0, 0, 800, 600, 500, 0, active, 0x78)) for active in looks.active)
        views = _record(135) + windows + _record(136) if windows else b""
        archive.writestr("xl/workbook.bin", _record(131) + views + _record(143) + listed + _record(144) + _record(132))
        for number, (name, _, cells) in enumerate(sheets, start=1):
            archive.writestr(
                f"xl/worksheets/sheet{number}.bin", _worksheet(cells, merged, looks) if name == "List" else _worksheet(cells)
            )
    return path


def _worksheet(rows: list[list[object]], merged: Sequence[Merge] = (), looks: Looks = PLAIN) -> bytes:
    width = max(map(len, rows))
    part = bytearray(_record(129) + _record(148, struct.pack("<4I", 0, len(rows) - 1, 0, width - 1)))
    part += _record(485, struct.pack("<IHHHH", 0xFFFFFFFF, 8, 300, 2 * looks.hides_others, 0))
    if looks.columns:
        columns = (struct.pack("<5IH", first, last, wide, 0, flags, 0)[:18] for first, last, wide, flags in looks.columns)
        part += _record(390) + b"".join(_record(60, column) for column in columns) + _record(391)
    part += _record(145)
    for number, row in enumerate(rows):
        if number in looks.unwritten:
            continue
        height, flags = looks.rows.get(number, (300, 0))
        part += _record(0, struct.pack("<IIHBBB", number, 0, height, 0, flags, 0) + struct.pack("<I", 0))
        for column, value in enumerate(row):
            part += _cell(struct.pack("<II", column, 0), value)
    part += _record(146)
    if merged:
        areas = b"".join(_record(176, struct.pack("<4I", *area)) for area in merged)
        part += _record(177, struct.pack("<I", len(merged))) + areas + _record(178)
    return bytes(part + _record(130))


def _cell(place: bytes, value: object) -> bytes:
    match value:
        case None:
            return b""
        case bool():
            return _record(4, place + bytes([value]))
        case float() | int():
            return _record(5, place + struct.pack("<d", value))
        case str() if value in ERROR_CODES:
            return _record(3, place + bytes([ERROR_CODES[value]]))
        case str():
            return _record(6, place + _text(value))
    raise TypeError(value)


def _record(kind: int, body: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while size >= 0x80:
        length += bytes([size & 0x7F | 0x80])
        size >>= 7
    return number + length + bytes([size]) + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _relations(targets: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'
