"""What a file is, and whether it is safe to open."""

import os
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from desktop.domain.errors import SheetError, SheetUnreadable, SheetUnsafe
from desktop.sheets.formats import EMPTY, FileKind, identify
from desktop.words import say_text
from tests.sheets.making_sheets import links, text_file, workbook


def test_a_workbook_is_known_by_its_contents_whatever_its_name(tmp_path: Path) -> None:
    made = workbook(tmp_path / "list.xlsx", links(1))
    for name in ("list.csv", "list.xlsm", "list"):
        assert identify(made.rename(tmp_path / name)) is FileKind.XLSX
        made = tmp_path / name


def test_a_file_that_is_nothing_else_is_text(tmp_path: Path) -> None:
    assert identify(text_file(tmp_path / "list.xlsx", "Campaign Id,Contact Id\n")) is FileKind.TEXT
    assert identify(text_file(tmp_path / "list.csv", "Campaign Id", "utf-16")) is FileKind.TEXT


def _zip(path: Path, **parts: bytes) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return path


def _encrypted_zip(path: Path) -> Path:
    contents = bytearray(_zip(path, document=b"text").read_bytes())
    contents[contents.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(contents)
    return path


def _pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _folder(name: str) -> object:
    def make(path: Path) -> Path:
        path.with_name(name).mkdir()
        return path.with_name(name)

    return make


def _bytes(contents: bytes) -> object:
    def make(path: Path) -> Path:
        path.write_bytes(contents)
        return path

    return make


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("make", "detail"),
    [
        (_bytes(b""), say_text(EMPTY)),
        (_bytes(b"PK\x03\x04 and then nothing"), "it is cut short or damaged"),
        (_bytes(_OLE), "it is cut short or damaged"),
        (_bytes(_OLE + "EncryptedPackage".encode("utf-16-le")), "it is protected with a password; save it without one"),
        (_encrypted_zip, "it is a packed folder with a password without a sheet in it; open the list itself"),
        (lambda path: path, "there is no such file"),
        (lambda path: path / "\0", "there is no such file"),
        (lambda path: path.parent, "it is a folder"),
        (_folder("list.numbers"), "it is a Numbers document; open it in Numbers and export it as .xlsx"),
        pytest.param(_pipe, "it is not a file", marks=pytest.mark.skipif(os.name != "posix", reason="pipes with names")),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_a_clause(tmp_path: Path, make: object, detail: str) -> None:
    assert callable(make)
    with pytest.raises(SheetUnreadable) as caught:
        identify(make(tmp_path / "list.xlsx"))
    assert say_text(caught.value.detail) == detail


def test_a_truncated_workbook_is_unreadable_wherever_it_was_cut(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "list.xlsx", links(50)).read_bytes()
    for length in range(10, len(whole), len(whole) // 15):
        (tmp_path / "cut.xlsx").write_bytes(whole[:length])
        with pytest.raises(SheetUnreadable):
            identify(tmp_path / "cut.xlsx")


def _packed(path: Path, name: str, size: int, piece: bytes) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as part:
        for _ in range(size // len(piece)):
            part.write(piece)
    return path


def test_a_file_packed_far_too_tightly_is_refused_unopened(tmp_path: Path) -> None:
    made = _packed(tmp_path / "bomb.xlsx", "xl/workbook.xml", 60 * 1024 * 1024, b"\0" * 1024 * 1024)
    with pytest.raises(SheetUnsafe) as caught:
        identify(made)
    assert "packed" in say_text(caught.value.detail)
    assert made.stat().st_size < 1024 * 1024


def test_a_file_that_says_it_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    made = workbook(tmp_path / "list.xlsx", links(1))
    contents = bytearray(made.read_bytes())
    entry = contents.index(b"PK\x01\x02")
    contents[entry + 24 : entry + 28] = (3 * 1024**3).to_bytes(4, "little")
    made.write_bytes(contents)
    with pytest.raises(SheetUnsafe):
        identify(made)


def test_thousands_of_parts_are_refused(tmp_path: Path) -> None:
    parts = {f"part{number}": b"" for number in range(5001)}
    with pytest.raises(SheetUnsafe):
        identify(_zip(tmp_path / "many.xlsx", **parts))


def test_a_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    for start, size in ((b"PK\x03\x04", 251), (_OLE, 251), (b"Campaign Id", 1025)):
        path = tmp_path / "huge"
        path.write_bytes(start)
        os.truncate(path, size * 1024 * 1024)
        with pytest.raises(SheetUnsafe):
            identify(path)


def test_an_unreadable_file_is_reported_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = workbook(tmp_path / "list.xlsx", links(1))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SheetError) as caught:
        identify(made)
    assert say_text(caught.value.detail) == "you may not read it"
