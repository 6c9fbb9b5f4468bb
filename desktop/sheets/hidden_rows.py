"""Find what a workbook of any format hides, and which of its worksheets was in front when it was saved."""

from pathlib import Path
from zipfile import ZipFile

from desktop.domain.errors import SheetUnreadable
from desktop.domain.texts import Text
from desktop.sheets import ods_hidden, xls_records, xlsb_hidden, xlsb_records, xlsx_hidden
from desktop.sheets.damage import DAMAGE
from desktop.sheets.formats import FileKind, as_sheet_errors
from desktop.sheets.hidden import Hidden
from desktop.sheets.open_xml import Package, read_front, read_workbook
from desktop.sheets.xml_stream import EntitiesFound

_DAMAGE = (*DAMAGE, EntitiesFound)


def find_hidden(path: Path, kind: FileKind, sheet_name: str, place: int) -> Hidden:
    """Find what a worksheet hides, by its name and its place among all sheets (from 0), chart sheets included.

    Rows below the last filled one may be among them. Raises SheetUnreadable if the workbook cannot tell.
    """
    try:
        with as_sheet_errors(path):
            match kind:
                case FileKind.XLS:
                    return xls_records.read_hidden(path, place)
                case FileKind.ODS:
                    return ods_hidden.read_hidden(path, sheet_name)
            with ZipFile(path) as archive:
                package = Package(archive)
                if kind is FileKind.XLSB:
                    return xlsb_hidden.read_hidden(package, xlsb_records.read_workbook(package).part_of(sheet_name))
                return xlsx_hidden.read_hidden(package, read_workbook(package).part_of(sheet_name))
    except _DAMAGE as exc:
        raise SheetUnreadable(str(path), Text("hidden-rows-not-told")) from exc


def may_hide(path: Path, kind: FileKind) -> bool:
    """False if a cheap look at the workbook shows that it hides nothing; only .ods allows such a look."""
    if kind is not FileKind.ODS:
        return True
    try:
        return ods_hidden.may_hide(path)
    except (OSError, *_DAMAGE):
        return True


def find_front(path: Path, kind: FileKind) -> int | str | None:
    """Return the worksheet in front when the file was saved: its place among all sheets, or its name; None if unknown."""
    try:
        with as_sheet_errors(path):
            match kind:
                case FileKind.XLS:
                    return xls_records.read_front(path)
                case FileKind.ODS:
                    return ods_hidden.read_front(path)
            with ZipFile(path) as archive:
                package = Package(archive)
                return xlsb_records.read_workbook(package).in_front if kind is FileKind.XLSB else read_front(package)
    except (SheetUnreadable, *_DAMAGE):
        return None
