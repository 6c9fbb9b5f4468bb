"""Zips and compound files are recognised by what is in them."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.compound_file import CompoundDamaged, CompoundFile
from desktop.sheets.formats import FileKind, identify
from desktop.words import say_text
from tests.sheets.making_compound import compound
from tests.sheets.making_sheets import links, workbook

_OFFICE = "copy its table into a spreadsheet and save that as .xlsx"
_APPLE = "it is a document of Apple Numbers, Pages or Keynote; open it there and export it as .xlsx"
_UNUSUAL = "it is a workbook that is stored in an unusual way; open it in Excel and save it as .xlsx"
_LABELLED = "it is encrypted and may carry a sensitivity label; there is no password: save a copy without the label"
_PASSWORD = "it is protected with a password; save it without one"


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return path


def _detail(path: Path) -> str:
    with pytest.raises(SheetUnreadable) as caught:
        identify(path)
    return say_text(caught.value.detail)


@pytest.mark.parametrize(
    ("names", "detail"),
    [
        (["Contacts_2026.csv"], "it is a packed folder (.zip) with “Contacts_2026.csv”; unpack it and open that file"),
        (
            ["export/a.xlsx", "export/b.CSV", "export/read me.pdf", "__MACOSX/export/._a.xlsx", "export/~$a.xlsx"],
            "it is a packed folder (.zip) with “a.xlsx” and “b.CSV”; unpack it and open one of them",
        ),
        (
            [f"{name}.csv" for name in "abcde"],
            "it is a packed folder (.zip) with “a.csv”, “b.csv”, “c.csv” and 2 more; unpack it and open one of them",
        ),
        (["export\\a.csv"], "it is a packed folder (.zip) with “a.csv”; unpack it and open that file"),
        (
            ["x" * 100 + ".csv"],
            f"it is a packed folder (.zip) with “{'x' * 59}…”; unpack it and open that file",
        ),
        (["a\x1b[2J.csv"], "it is a packed folder (.zip) with “a\ufffd[2J.csv”; unpack it and open that file"),
        (["xl/inner.xlsx"], "it is a packed folder (.zip) with “inner.xlsx”; unpack it and open that file"),
        (["photo.jpg", "folder/"], "it is a packed folder without a sheet in it; open the list itself"),
        ([], "it is a packed folder without a sheet in it; open the list itself"),
    ],
)
def test_a_packed_folder_names_the_sheets_in_it(tmp_path: Path, names: list[str], detail: str) -> None:
    assert _detail(_zip(tmp_path / "export.zip", dict.fromkeys(names, b"x"))) == detail


def test_a_packed_folder_with_a_password_says_so(tmp_path: Path) -> None:
    contents = bytearray(_zip(tmp_path / "export.zip", {"a.csv": b"x"}).read_bytes())
    contents[contents.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "export.zip").write_bytes(contents)
    assert _detail(tmp_path / "export.zip") == (
        "it is a packed folder with a password (.zip) with “a.csv”; unpack it and open that file"
    )


@pytest.mark.parametrize(
    ("parts", "detail"),
    [
        ({"[Content_Types].xml": b"", "word/document.xml": b""}, f"it is a Word document; {_OFFICE}"),
        ({"[Content_Types].xml": b"<x wordprocessingml/>", "other.xml": b""}, f"it is a Word document; {_OFFICE}"),
        ({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}, f"it is a PowerPoint presentation; {_OFFICE}"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, f"it is an OpenDocument text; {_OFFICE}"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.presentation", "content.xml": b""},
            f"it is an OpenDocument presentation; {_OFFICE}",
        ),
        ({"Index/Document.iwa": b"", "Index/CalculationEngine.iwa": b""}, _APPLE),
        ({"List.numbers/Index.zip": b"", "List.numbers/Metadata/Properties.plist": b""}, _APPLE),
        ({"mimetype": b"application/epub+zip", "META-INF/container.xml": b""}, "it is an e-book; open the list itself"),
        ({"[Content_Types].xml": b"<x spreadsheetml.sheet/>", "book.xml": b""}, _UNUSUAL),
    ],
)
def test_a_document_in_a_zip_is_called_what_it_is(tmp_path: Path, parts: dict[str, bytes], detail: str) -> None:
    assert _detail(_zip(tmp_path / "list.xlsx", parts)) == detail


def test_a_workbook_with_a_document_inside_is_a_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", links(1))
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/embeddings/word/document.xml", b"")
    assert identify(path) is FileKind.XLSX


@pytest.mark.parametrize(
    ("names", "below", "detail"),
    [
        (["WordDocument", "1Table"], [], f"it is a Word document; {_OFFICE}"),
        (["WordDocument"], ["Workbook"], f"it is a Word document; {_OFFICE}"),
        (["PowerPoint Document", "Pictures"], [], f"it is a PowerPoint presentation; {_OFFICE}"),
        (
            ["__properties_version1.0", "__substg1.0_001A001F"],
            [],
            "it is an e-mail message; save the sheet that is attached to it and open that",
        ),
        (["WksSSWorkBook"], [], "it is a Works sheet; open it in Works or LibreOffice and save it as .xlsx"),
        (["VisioDocument"], [], "it is a Visio drawing; open the list itself"),
        (
            ["Contents"],
            [],
            "it is a document of an older program, but not a workbook; open it there and save the list as .xlsx or .csv",
        ),
        (["EncryptionInfo", "EncryptedPackage", "\x06DataSpaces"], ["StrongEncryptionTransform"], _PASSWORD),
        (["EncryptedPackage", "\x06DataSpaces"], ["DRMEncryptedDataSpace", "DRMEncryptedTransform"], _LABELLED),
        (["Workbook", "\x09DRMContent"], [], _LABELLED),
    ],
)
def test_a_compound_file_is_known_by_its_root(tmp_path: Path, names: list[str], below: list[str], detail: str) -> None:
    path = compound(tmp_path / "list.xls", names, below=below)
    assert _detail(path) == detail
    path.write_bytes(path.read_bytes()[:512] + b"\xff" * 512 + path.read_bytes()[1024:])
    assert _detail(path) == detail or below == ["Workbook"]


@pytest.mark.parametrize("name", ["Workbook", "WORKBOOK", "Book"])
def test_an_old_workbook_is_known_by_its_stream(tmp_path: Path, name: str) -> None:
    assert identify(compound(tmp_path / "list.xls", ["SummaryInformation", name], below=["WordDocument"])) is FileKind.XLS


def test_a_directory_that_cannot_be_followed_ends(tmp_path: Path) -> None:
    whole = compound(tmp_path / "list.xls", [f"stream {number}" for number in range(40)]).read_bytes()
    assert len(CompoundFile(BytesIO(whole)).names().in_root) == 40
    damaged = bytearray(whole)
    damaged[512 + 4 : 512 + 8] = (1).to_bytes(4, "little")  # the first sector of the directory follows itself
    for contents in (bytes(damaged), whole[:600], whole[:30], whole[:512] + b"\xff" * 512):
        with pytest.raises(CompoundDamaged):
            CompoundFile(BytesIO(contents)).names()
