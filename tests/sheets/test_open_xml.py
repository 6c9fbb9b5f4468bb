"""Parts of a workbook are found however their names are written, or refused where programs differ; attributes are read."""

import warnings
from pathlib import Path
from zipfile import ZipFile

import pytest

from desktop.domain.errors import SheetUnreadable
from desktop.sheets.formats import identify
from desktop.sheets.open_xml import SAME_NAMES, Package, Related, Sheet, Workbook, is_flat, is_true, is_zero, may_be_true, number
from desktop.sheets.workbook_rows import NO_WORKSHEET
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, big_links, cell, contact, links, raw_workbook, row, workbook
from tests.sheets.test_workbook_rows import rows_of
from tests.sheets.test_xlsx_cells import Parts, changed

_SHEET, _RELS = "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"
_GOOD = row(1, cell("A1", HEADERS[0]), cell("B1", HEADERS[1])) + row(2, cell("A2", CAMPAIGN), cell("B2", contact(1)))
_ROWS = [HEADERS, (CAMPAIGN, contact(1))]


def _added(path: Path, name: str, contents: bytes) -> Path:
    with ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, contents)
    return path


def _detail(path: Path) -> str:
    with pytest.raises(SheetUnreadable) as caught:
        identify(path)
        rows_of(path)
    return say_text(caught.value.detail)


@pytest.mark.parametrize("rows", [links(3), big_links()], ids=["small", "big"])
def test_a_name_means_the_part_that_is_spelt_exactly_so(tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = _added(workbook(tmp_path / "list.xlsx", rows), "xl/worksheets/SHEET1.xml", b"<worksheet/>")
    assert rows_of(path) == rows


def test_parts_of_the_same_name_are_refused(tmp_path: Path) -> None:
    assert _detail(_added(raw_workbook(tmp_path / "list.xlsx", _GOOD), _SHEET, b"<worksheet/>")) == say_text(SAME_NAMES)


def test_a_name_that_fits_several_parts_but_none_exactly_is_refused(tmp_path: Path) -> None:
    path = _added(raw_workbook(tmp_path / "list.xlsx", _GOOD), "xl/worksheets/SHEET1.xml", b"<worksheet/>")
    changed(path, lambda parts: {**parts, _RELS: parts[_RELS].replace(b"sheet1.xml", b"Sheet1.xml")})
    assert _detail(path) == say_text(SAME_NAMES)


def test_one_id_for_two_parts_is_refused(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, names=("List", "Other"))
    changed(path, lambda parts: {**parts, _RELS: parts[_RELS].replace(b'"r2"', b'"r1"')})
    assert "several parts for one worksheet" in _detail(path)


def test_a_worksheet_without_its_part_does_not_stop_the_others(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, names=("List", "Other"))

    def change(parts: Parts) -> Parts:
        rels = parts[_RELS].replace(b"sheet1.xml", b"sheet9.xml").replace(b"sheet2.xml", b"sheet1.xml")
        return {**parts, _RELS: rels}

    changed(path, change)
    assert rows_of(path) == _ROWS


def test_a_workbook_whose_worksheet_lies_elsewhere_is_not_called_damaged(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD)
    changed(path, lambda parts: {**parts, _RELS: parts[_RELS].replace(b"Target=", b'TargetMode="External" Target=')})
    assert _detail(path) == say_text(NO_WORKSHEET)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_read(tmp_path: Path, encoding: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, before=f'<?xml version="1.0" encoding="{encoding}"?>')
    changed(path, lambda parts: {**parts, _SHEET: parts[_SHEET].decode().encode(encoding)})
    assert rows_of(path) == _ROWS


def test_an_encoding_that_is_not_read_is_not_called_damage(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", _GOOD, before='<?xml version="1.0" encoding="cp037"?>')
    changed(path, lambda parts: {**parts, _SHEET: parts[_SHEET].decode().encode("cp037")})
    assert "encoding that Delink does not read" in _detail(path)


@pytest.mark.parametrize("before", ["\n", " \r\n\t", "\ufeff\n"])
@pytest.mark.parametrize("rows", [links(3), big_links()], ids=["small", "big"])
def test_white_space_above_the_xml_is_passed_over(tmp_path: Path, before: str, rows: list[tuple[str, ...]]) -> None:
    path = workbook(tmp_path / "list.xlsx", rows)
    changed(
        path,
        lambda parts: {**parts, _SHEET: before.encode() + parts[_SHEET], "xl/workbook.xml": b"\n" + parts["xl/workbook.xml"]},
    )
    assert rows_of(path) == rows


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), (" 12 ", 12), ("0", 0), ("", None), (None, None), ("-1", None), ("1.0", None), ("٣", None), ("9" * 10, None)],
)
def test_a_number_is_plain_digits_and_no_more_than_nine(text: str | None, value: int | None) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "surely", "perhaps"),
    [
        ("1", True, True),
        (" TRUE ", True, True),
        ("on", False, True),
        ("", False, True),
        ("0", False, False),
        (None, False, False),
    ],
)
def test_a_word_that_is_neither_true_nor_false_may_be_true(text: str | None, surely: bool, perhaps: bool) -> None:
    assert (is_true(text), may_be_true(text)) == (surely, perhaps)


@pytest.mark.parametrize(
    ("text", "zero", "flat"),
    [
        ("0", True, True),
        ("0.00cm", True, True),
        (" -0 ", True, True),
        ("0e5", True, True),
        (".3", False, True),
        ("9e-3", False, True),
        ("0.375", False, False),
        ("15pt", False, False),
        ("12 3", False, False),
        ("", False, False),
        (None, False, False),
    ],
)
def test_a_height_that_no_screen_shows_is_flat_but_only_zero_is_zero(text: str | None, zero: bool, flat: bool) -> None:
    assert (is_zero(text), is_flat(text)) == (zero, flat)


@pytest.mark.parametrize(("active", "front"), [(0, "One"), (1, "Two"), (2, None), (-1, None), (None, None)])
def test_the_sheet_in_front_is_one_that_exists(active: int | None, front: str | None) -> None:
    sheets = (Sheet("One", "a", is_worksheet=True), Sheet("Two", "b", is_worksheet=True))
    assert Workbook(sheets, active).in_front == front


def test_a_sheet_is_asked_for_by_its_name() -> None:
    workbook = Workbook((Sheet("One", "a", is_worksheet=True),), 0)
    assert workbook.part_of("One") == "a"
    with pytest.raises(KeyError):
        workbook.part_of("one")


def test_a_part_is_found_in_any_case_and_with_either_slash(tmp_path: Path) -> None:
    path = tmp_path / "list.zip"
    with ZipFile(path, "w") as archive:
        archive.writestr("XL\\Workbook.xml", "<workbook/>")
        archive.writestr(
            "_rels/.rels",
            b'<r><Relationship Id="1" Type="a/officeDocument" Target="/xl/../XL/workbook.xml"/>'
            b'<Relationship Id="2" Type="a/x" Target="https://example.com" TargetMode="External"/></r>',
        )
    with ZipFile(path) as archive:
        package = Package(archive)
        assert package.workbook() == "xl/workbook.xml" and package.size("xl/workbook.xml") == 11
        assert package.relations("") == {"1": Related("officeDocument", "xl/workbook.xml")}, "what lies outside is no part"
        with pytest.raises(KeyError):
            package.open("xl/other.xml")
