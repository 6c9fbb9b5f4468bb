"""Find which rows and columns an .xlsb worksheet hides.

Its records stand in this order: the default of the sheet ([MS-XLSB] 2.4.875 BrtWsFmtInfo), its columns (2.4.326 BrtColInfo),
then each row (2.4.747 BrtRowHdr) followed by its cells.
"""

import struct

from desktop.sheets.extents import MOST_COLUMNS, MOST_ROWS
from desktop.sheets.hidden import Hidden, HiddenRowCollector
from desktop.sheets.open_xml import Package
from desktop.sheets.xlsb_records import records

_ROW, _COLUMNS, _END_OF_ROWS, _FORMAT = 0, 60, 146, 485
_KINDS = {_ROW, _COLUMNS, _END_OF_ROWS, _FORMAT}
_ROW_HIDDEN, _COLUMN_HIDDEN, _OTHERS_HIDDEN = 0x10, 0x01, 0x02
_ROW_FIELDS = struct.Struct("<I4xHxB")  # number, height, flags


def read_hidden(package: Package, part: str) -> Hidden:
    """Find what one worksheet hides. Raises KeyError, ValueError, struct.error, BadZipFile, zlib.error."""
    rows, columns = HiddenRowCollector(), set[int]()
    with package.open(part) as stream:
        for kind, body in records(stream, _KINDS):
            if kind == _ROW:
                row, height, flags = _ROW_FIELDS.unpack_from(body)
                if row < MOST_ROWS:
                    rows.see(row + 1, hides=bool(flags & _ROW_HIDDEN) or not height)
            elif kind == _COLUMNS:
                first, last, width, flags = struct.unpack_from("<3I4xH", body)
                if flags & _COLUMN_HIDDEN or not width:
                    columns.update(range(first, min(last, MOST_COLUMNS - 1) + 1))
            elif kind == _FORMAT and struct.unpack_from("<H", body, 8)[0] & _OTHERS_HIDDEN:
                rows.hide_others()
            elif kind == _END_OF_ROWS:
                break
    return Hidden(rows.numbers(), tuple(sorted(columns)))
