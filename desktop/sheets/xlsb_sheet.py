"""Read the cells of an .xlsb worksheet record by record ([MS-XLSB] 2.4), if the fast library gives up on the workbook.

The library fails at a macro sheet, or at a part that it expects and does not find, although the cells are there. Numbers are
binary, as the file stores them; days are left as the numbers that they are, because no ID is one.
"""

import struct
from pathlib import Path

from desktop.sheets.error_values import named_by
from desktop.sheets.open_xml import Package
from desktop.sheets.packed_rows import CUT
from desktop.sheets.row_packer import PackedSheet, RowPacker
from desktop.sheets.stored_cells import Place, shown
from desktop.sheets.xlsb_records import records, text

_ROW, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH, _MERGED, _SHARED_TEXT = 0, 2, 3, 4, 5, 6, 7, 62, 176, 19
_OF_FORMULAS = {8: _TEXT, 9: _REAL, 10: _BOOL, 11: _ERROR}
_CELLS = {_RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH, *_OF_FORMULAS}
_VALUE_AT = 8  # behind the column and the format


def read_worksheet(path: Path, package: Package, part: str) -> PackedSheet:
    """Read one worksheet. Raises SheetUnsafe, SheetUnreadable, ValueError, LookupError, struct.error, BadZipFile, zlib.error."""
    shared = _shared_texts(package)
    packer = RowPacker(path, package.size(part))
    merged: list[tuple[Place, Place]] = []
    row, cells = 0, list[str]()
    with package.open(part) as stream:
        for kind, body in records(stream, {_ROW, _MERGED, *_CELLS}):
            if kind == _ROW:
                packer.add(row, cells)
                row, cells = struct.unpack_from("<I", body)[0], []
            elif kind == _MERGED:
                top, bottom, first, last = struct.unpack_from("<4I", body)
                merged.append(((top, first), (bottom, last)))
            else:
                column = struct.unpack_from("<I", body)[0]
                if column < len(cells) or column > 0x3FFF:
                    raise ValueError("its cells are out of order")
                cells += [""] * (column - len(cells))
                cells.append(_text_of(_OF_FORMULAS.get(kind, kind), body, shared))
    packer.add(row, cells)
    return packer.finished(merged)


def _shared_texts(package: Package) -> list[str]:
    part = next((target.part for target in package.relations(package.workbook()).values() if target.kind == "sharedStrings"), "")
    if not part:
        return []
    with package.open(part) as stream:
        return [text(body, 1)[0].replace(CUT, "\ufffd") for _, body in records(stream, {_SHARED_TEXT})]


def _text_of(kind: int, body: bytes, shared: list[str]) -> str:
    if kind == _SHARED:
        place: int = struct.unpack_from("<I", body, _VALUE_AT)[0]
        return shared[place]
    if kind in (_TEXT, _RICH):
        return text(body, _VALUE_AT + (kind == _RICH))[0].replace(CUT, "\ufffd")
    if kind == _ERROR:
        return named_by(body[_VALUE_AT])
    if kind == _BOOL:
        return shown(bool(body[_VALUE_AT]))
    return shown(_number_in(body[_VALUE_AT : _VALUE_AT + 4]) if kind == _RK else struct.unpack_from("<d", body, _VALUE_AT)[0])


def _number_in(packed: bytes) -> float:
    """Return a number of 30 bits: whole, or the upper half of a binary one, perhaps in hundredths ([MS-XLSB] 2.5.123)."""
    bits = int.from_bytes(packed, "little")
    if bits & 2:
        number = float(int.from_bytes(packed, "little", signed=True) >> 2)
    else:
        number = struct.unpack("<d", bytes(4) + (bits & 0xFFFFFFFC).to_bytes(4, "little"))[0]
    return number / 100 if bits & 1 else number
