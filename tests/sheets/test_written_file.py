"""What was written is read back to its last byte."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest

from desktop.sheets.written_file import WrittenWrong, check_csv, check_workbook
from tests.sheets.making_sheets import cell, links, raw_workbook, row, workbook


def test_a_whole_workbook_passes_and_a_missing_row_does_not(tmp_path: Path) -> None:
    path = workbook(tmp_path / "results.xlsx", links(5_000))
    check_workbook(path, [5_001])
    for wrong in ([5_000], [5_002], [5_001, 1]):
        with pytest.raises(WrittenWrong):
            check_workbook(path, wrong)


def test_text_that_looks_like_a_row_is_not_counted(tmp_path: Path) -> None:
    check_workbook(workbook(tmp_path / "results.xlsx", [["<row "], ['<row r="2">']]), [2])


def test_broken_xml_does_not_pass(tmp_path: Path) -> None:
    with pytest.raises(WrittenWrong):
        check_workbook(raw_workbook(tmp_path / "results.xlsx", row(1, cell("A1", "x")) + "<row "), [2])


def test_a_flipped_bit_does_not_pass(tmp_path: Path) -> None:
    path = workbook(tmp_path / "results.xlsx", links(100))
    with ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    contents = bytearray(path.read_bytes())
    contents[start + 300] ^= 1
    path.write_bytes(contents)
    with pytest.raises((WrittenWrong, BadZipFile)):
        check_workbook(path, [101])


def test_a_text_file_is_counted_by_its_records(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text('"a","b\nc"\r\n"1","2"\r\n', encoding="utf-8-sig", newline="")
    check_csv(path, 2)
    with pytest.raises(WrittenWrong):
        check_csv(path, 3)
