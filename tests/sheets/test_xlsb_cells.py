"""The error cells and merged areas of an Excel binary workbook, and whether all of it is there."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.sheets.stored_cells import ExactCells
from desktop.sheets.xlsb_cells import is_whole, read_xlsb
from tests.sheets.making_xlsb import xlsb
from tests.sheets.test_workbook_rows import rows_of


def test_errors_and_merged_areas_of_binary_workbooks_are_read(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "list.xlsb", [["a", "#N/A"], [None, "#DIV/0!"]], [(0, 1, 0, 0)], hidden_first=True)
    assert read_xlsb(path, "List") == ExactCells({(0, 1): "#N/A", (1, 1): "#DIV/0!"}, [((0, 0), (1, 0))])


def test_errors_beyond_all_other_cells_of_a_binary_workbook_are_read(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "list.xlsb", [["a", "b", "#N/A"], [None, "x", None], [None, "#DIV/0!", None]])
    assert rows_of(path) == [("a", "b", "#N/A"), ("", "x", ""), ("", "#DIV/0!", "")]
    far = xlsb(tmp_path / "far.xlsb", [["a"], *[[None]] * 3, [*[None] * 9_000, "#N/A"]])
    assert rows_of(far)[4][-1] == "#N/A"


def test_a_workbook_is_whole_while_every_worksheet_has_its_end(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "list.xlsb", [["a"]])
    assert is_whole(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for changed in ({"xl/worksheets/sheet1.bin": parts["xl/worksheets/sheet1.bin"][:-2]}, {"xl/workbook.bin": b""}):
        with ZipFile(path, "w") as archive:
            for name, contents in (parts | changed).items():
                archive.writestr(name, contents)
        assert not is_whole(path)
    path.write_bytes(path.read_bytes()[:-30])
    assert not is_whole(path)


def test_a_record_that_is_too_short_for_its_cell_is_damage(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "list.xlsb", [["a"]])
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with ZipFile(path, "w") as archive:
        for name, contents in (parts | {"xl/worksheets/sheet1.bin": b"\x03\x02ab" + bytes(8)}).items():
            archive.writestr(name, contents)
    with pytest.raises(ValueError, match=r"sheet1\.bin"):
        read_xlsb(path, "List")
