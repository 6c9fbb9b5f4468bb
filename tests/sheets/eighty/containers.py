"""Container (17): what the file is, what happens to it, and what is hidden in it."""

import shutil
from pathlib import Path
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

from desktop.domain.entries import Rejection
from desktop.domain.errors import SheetLocked, SheetUnreadable, SheetUnsafe
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.sheets.formats import EMPTY, ENTITIES, PASSWORD
from desktop.sheets.links_sheet import open_sheet
from tests.sheets.eighty.case import Case, good, of_rows, of_text, refused
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, cell, contact, links, raw_workbook, row, workbook
from tests.sheets.making_xlsb import xlsb

FILES = Path(__file__).parents[1] / "files"
_CONTAINER = "container"
_AS_TEXT = "Comma-separated text, UTF-8, header in row 1"
_EVERY_KIND = {
    "links": (*good(0, 1), (CAMPAIGN, "123456789012345"), (CAMPAIGN, contact(3))),
    "rejected": {
        Rejection.DAMAGED: [5],
        Rejection.ERROR_CELL: [6, 7],
        Rejection.NOT_AN_ID: [8, 12],
        Rejection.BLANK_RELATED: [11],
    },
    "duplicates": 1,
    "suspicious": 1,  # 123456789012345 is unlike the others in length and first digits
}


def _kept(name: str) -> Path:
    return FILES / name


def _binary(folder: Path) -> Path:
    rows: list[list[object]] = [
        [*HEADERS],
        [CAMPAIGN, contact(0)],
        [None, contact(1)],
        [CAMPAIGN, 123456789012345],
        [CAMPAIGN, float(contact(2))],
        [CAMPAIGN, "#N/A"],
        [CAMPAIGN, "#DIV/0!"],
        [CAMPAIGN, True],
        [CAMPAIGN, contact(3)],
        [CAMPAIGN, contact(0)],
        [CAMPAIGN, None],
        [CAMPAIGN, 45296.5],
    ]
    return xlsb(folder / "list.xlsb", rows, [(1, 2, 0, 0)], hidden_first=True)


def _with_macros(folder: Path) -> Path:
    plain = workbook(folder / "plain.xlsx", links(2))
    with ZipFile(plain) as source, ZipFile(folder / "list.xlsm", "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            contents = source.read(name)
            if name == "[Content_Types].xml":
                before = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
                contents = contents.replace(before, b"ms-excel.sheet.macroEnabled.main")
            target.writestr(name, contents)
        target.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 no macro is ever run")
    return folder / "list.xlsm"


def _with_password(folder: Path) -> Path:
    contents = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 1000
    (folder / "list.xlsx").write_bytes(contents)
    return folder / "list.xlsx"


def _cut(folder: Path) -> Path:
    path = workbook(folder / "list.xlsx", links(200))
    path.write_bytes(path.read_bytes()[:-300])
    return path


def _empty(folder: Path) -> Path:
    (folder / "list.csv").touch()
    return folder / "list.csv"


def _text_named_workbook(folder: Path) -> Path:
    return of_text("".join(",".join(cells) + "\n" for cells in links(2)))(folder).rename(folder / "list.xlsx")


def _link_to_it(folder: Path) -> Path:
    (folder / "link.xlsx").symlink_to(workbook(folder / "list.xlsx", links(2)))
    return folder / "link.xlsx"


def _read_while_excel_has_it(path: Path, choice: ReadingChoice) -> SheetLinks:
    """Read a file locked as Windows does it, with an error number of its own."""
    error = PermissionError(13, "Permission denied")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    with patch.object(Path, "open", side_effect=error):
        return open_sheet(path, choice)


def _read_while_it_vanishes(path: Path, choice: ReadingChoice) -> SheetLinks:
    return open_sheet(path, choice, progress=lambda _: path.unlink())


def _read_and_changed(path: Path, choice: ReadingChoice) -> SheetLinks:
    """Read a file, change it afterwards, then delete it: what was shown is what counts."""
    sheet = open_sheet(path, choice)
    shutil.copy(_kept("every-kind.ods"), path)
    path.unlink()
    return sheet


def _bomb(folder: Path) -> Path:
    path = workbook(folder / "bomb.xlsx", links(2))
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open("xl/media/image1.emf", "w", force_zip64=True) as part:
        for _ in range(60):
            part.write(bytes(1024 * 1024))
    return path


def with_entities(path: Path, declared: str, used: str) -> Path:
    """Write a workbook whose worksheet declares these entities and uses one in a cell."""
    data = row(1, cell("A1", "Campaign Id"), cell("B1", "Contact Id"))
    data += f'<row r="2"><c r="A2" t="inlineStr"><is><t>{used}</t></is></c></row>'
    return raw_workbook(path, data, before=f'<?xml version="1.0"?><!DOCTYPE x [{declared}]>')


def billion_laughs(folder: Path) -> Path:
    """Nest ten entities of ten entities each."""
    declared = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return with_entities(folder / "laughs.xlsx", declared, "&a9;")


def quadratic(folder: Path) -> Path:
    """Use one long entity many times."""
    return with_entities(folder / "quadratic.xlsx", f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 150)


def external(folder: Path) -> Path:
    """Declare an entity that names a file of this computer."""
    return with_entities(folder / "external.xlsx", '<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;")


_OF_TWO = of_rows(links(2))

CONTAINERS = (
    Case(_CONTAINER, "xls", lambda _: _kept("every-kind.xls"), **_EVERY_KIND),  # type: ignore[arg-type]
    Case(_CONTAINER, "xlsb", _binary, **_EVERY_KIND),  # type: ignore[arg-type]
    Case(_CONTAINER, "ods", lambda _: _kept("every-kind.ods"), **_EVERY_KIND),  # type: ignore[arg-type]
    Case(_CONTAINER, "xlsm", _with_macros, good(0, 1)),
    Case(_CONTAINER, "text named .xlsx", _text_named_workbook, good(0, 1), reading=_AS_TEXT),
    refused(_CONTAINER, "password", _with_password, SheetUnreadable, PASSWORD),
    refused(_CONTAINER, "truncated", _cut, SheetUnreadable, "it is cut short or damaged"),
    refused(_CONTAINER, "0 bytes", _empty, SheetUnreadable, EMPTY),
    refused(_CONTAINER, "folder", lambda folder: folder, SheetUnreadable, "it is a folder"),
    Case(_CONTAINER, "locked", _OF_TWO, error=SheetLocked, read=_read_while_excel_has_it),
    Case(
        _CONTAINER,
        "vanishing",
        _OF_TWO,
        error=SheetUnreadable,
        detail="there is no such file",
        read=_read_while_it_vanishes,
    ),
    Case(_CONTAINER, "symlink", _link_to_it, good(0, 1)),
    Case(_CONTAINER, "changed after the preview", _OF_TWO, good(0, 1), read=_read_and_changed),
    refused(_CONTAINER, "zip bomb", _bomb, SheetUnsafe, "it is packed far tighter than any sheet is"),
    refused(_CONTAINER, "billion laughs", billion_laughs, SheetUnsafe, ENTITIES),
    refused(_CONTAINER, "quadratic entities", quadratic, SheetUnsafe, ENTITIES),
    refused(_CONTAINER, "external entity", external, SheetUnsafe, ENTITIES),
)
