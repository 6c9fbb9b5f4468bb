"""Rows of workbooks as exact text, and the second look at numbers and errors."""

from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from xlsxwriter import Workbook

from desktop.domain.errors import SheetChoiceWrong, SheetUnreadable, SheetUnsafe
from desktop.domain.readings import Cells, Worksheet
from desktop.domain.texts import Text
from desktop.sheets.formats import FileKind, identify
from desktop.sheets.packed_rows import PackedRows
from desktop.sheets.workbook_rows import BARE_FORMULAS, Note, Opening, Part, workbook_parts
from desktop.words import say_text
from tests.sheets.making_sheets import big_links, cell, raw_workbook, row, workbook
from tests.sheets.making_xlsb import xlsb


def parts_of(path: Path, sheet: str | None = None) -> list[Part]:
    return list(workbook_parts(path, identify(path), sheet, lambda: False))


def opening_of(path: Path, sheet: str | None = None) -> Opening:
    return next(part for part in parts_of(path, sheet) if isinstance(part, Opening))


def rows_of(path: Path, sheet: str | None = None) -> list[Cells]:
    blocks = [part for part in parts_of(path, sheet) if isinstance(part, PackedRows)]
    return [row for block in blocks for row in block.rows()]


def notes_of(path: Path) -> list[Text]:
    return [part.text for part in parts_of(path) if isinstance(part, Note)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3652397000000327001", "3652397000000327001"),
        ("  keeps blanks\n", "  keeps blanks\n"),
        ("tab\tand return\r\n", "tab\tand return\r\n"),
        ("_x0041_", "_x0041_"),
        (1234567890123, "1234567890123"),
        (999999999999999, "999999999999999"),
        (-12, "-12"),
        (0, "0"),
        (1.5, "1.5"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (False, "FALSE"),
        (3652397000000925128, "3.65239700000093E+18"),
        (1000000000000000, "1000000000000000"),
        (12345678901234567, "1.23456789012346E+16"),
        (1e300, "1.00000000000000E+300"),
        (None, ""),
    ],
)
def test_a_cell_becomes_the_text_it_shows(tmp_path: Path, value: object, text: str) -> None:
    assert rows_of(workbook(tmp_path / "list.xlsx", [["first", value, "last"]])) == [("first", text, "last")]


def test_dates_and_times_are_shown_alike_in_every_format(tmp_path: Path) -> None:
    made = OpenpyxlWorkbook()
    page = made.worksheets[0]
    page.append([date(2024, 1, 5), datetime(2024, 1, 5, 3, 4, 5), time(3, 4, 5)])
    made.save(tmp_path / "list.xlsx")
    first, second, third = rows_of(tmp_path / "list.xlsx")[0]
    assert (first[:10], second) == ("2024-01-05", "2024-01-05 03:04:05")
    assert third.endswith("03:04:05")


def test_rows_have_the_numbers_of_the_spreadsheet_wherever_the_data_begin(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        page.write_string(4, 2, "here")
        page.write_string(7, 3, "there")
    blank = ("", "", "", "")
    assert rows_of(path) == [*[blank] * 4, ("", "", "here", ""), blank, blank, ("", "", "", "there")]


def test_rows_and_cells_without_references_are_counted_on(tmp_path: Path) -> None:
    data = "<row><c><v>1</v></c></row><row/><row><c/><c><v>2</v></c></row>"
    assert rows_of(raw_workbook(tmp_path / "list.xlsx", data)) == [("1", ""), ("", ""), ("", "2")]


def test_a_formula_gives_its_cached_value(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        page.write_formula(0, 0, '="36"&"52"', None, "3652397000000327001")
        page.write_formula(0, 1, "=1+1", None, 2)
    assert rows_of(path) == [("3652397000000327001", "2")]


def test_rich_text_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        page.write_rich_string(0, 0, "36523970000", made.add_format({"bold": True}), "00327001")
    assert rows_of(path) == [("3652397000000327001",)]


def test_a_merged_area_gives_its_value_to_all_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        page = made.add_worksheet("List")
        page.merge_range(0, 0, 2, 0, "tall")
        page.merge_range(3, 0, 3, 1, "wide")
        for number in range(5):
            page.write_string(number, 2, str(number))
    assert rows_of(path) == [
        ("tall", "", "0"),
        ("tall", "", "1"),
        ("tall", "", "2"),
        ("wide", "", "3"),
        ("", "", "4"),
    ]


def test_worksheets_are_listed_and_the_first_visible_one_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    with Workbook(str(path)) as made:
        made.add_chartsheet("Chart")
        made.add_worksheet("Hidden").hide()
        made.add_worksheet("Seen").write_string(0, 0, "x")
        made.add_worksheet("Last").write_string(0, 0, "y")
        made.worksheets()[2].activate()
    assert opening_of(path) == Opening((Worksheet("Hidden", True), Worksheet("Seen", in_front=True), Worksheet("Last")), "Seen")
    assert rows_of(path, "Last") == [("y",)]
    with pytest.raises(SheetChoiceWrong) as caught:
        parts_of(path, "last")
    assert say_text(caught.value.detail) == "there is no worksheet “last”, only “Hidden”, “Seen” and “Last”"


def test_of_our_own_results_the_rows_to_fix_are_chosen(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "results.xlsx", "", names=("Summary", "All rows", "To fix"))
    assert opening_of(path).sheet_name == "To fix"


def test_a_number_stored_whole_is_read_digit_for_digit(tmp_path: Path) -> None:
    literals = ["3652397000000925128", "3.65239700000092E+18", "3652397000000920000", "3652397000000925128.0", "1234567890123"]
    data = "".join(row(n, cell(f"A{n}", literal, "n"), cell(f"B{n}", "text")) for n, literal in enumerate(literals, 1))
    assert [text for text, _ in rows_of(raw_workbook(tmp_path / "list.xlsx", data))] == [
        "3652397000000925128",
        "3.65239700000092E+18",
        "3652397000000920000",
        "3.65239700000093E+18",
        "1234567890123",
    ]


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('<c r="A1"><v>20000000000000.001</v></c>', "20000000000000.001"),
        ('<c r="A1" s="1"><f>B1</f><v>2.0000000000000001E+13</v></c>', "2.0000000000000001E+13"),
        ('<c r="A1"><v>20000000000000.000</v></c>', "20000000000000"),
        ('<c r="A1"><v>2.00000000000000E+13</v></c>', "20000000000000"),
        ('<c r="A1"><v>20000000000000.5</v></c>', "20000000000000.5"),
    ],
)
def test_a_fraction_that_a_binary_number_does_not_hold_is_kept(tmp_path: Path, xml: str, text: str) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", f'<row r="1">{xml}{cell("B1", "x")}</row>')
    assert rows_of(path) == [(text, "x")]


def test_a_zero_character_in_a_cell_is_shown_as_such(tmp_path: Path) -> None:
    path = xlsb(tmp_path / "list.xlsb", [["a\0b", "x"], ["\0", "y"]])
    assert rows_of(path) == [("a\ufffdb", "x"), ("\ufffd", "y")]


def test_an_error_cell_is_read_by_its_name(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1, cell("A1", "#N/A", "e"), cell("B1", "x")) + row(2, cell("B2", "y")))
    assert rows_of(path) == [("#N/A", "x"), ("", "y")]


@pytest.mark.parametrize(
    ("xml", "is_noted"),
    [
        ('<c r="A1"><f>B1</f></c>', True),
        ('<c r="A1"><f>B1</f><v></v></c>', True),
        ('<c r="A1"><f>B1</f><v/></c>', True),
        ('<c r="A1"><f t="shared" si="0"/></c>', True),
        ('<c r="A1"><f>B1</f><v>1</v></c>', False),
        ('<c r="A1" t="str"><f>""</f><v></v></c>', False),
        ('<c r="A1"><v>1</v></c>', False),
    ],
)
def test_formulas_that_were_never_calculated_are_noted(tmp_path: Path, xml: str, is_noted: bool) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1, xml, cell("B1", "x")))
    assert notes_of(path) == ([BARE_FORMULAS] if is_noted else [])


def test_the_second_look_is_not_misled_by_a_wrong_dimension(tmp_path: Path) -> None:
    data = row(1, cell("A1", "1", "n")) + row(9, cell("C9", "3652397000000925128", "n"))
    path = raw_workbook(tmp_path / "list.xlsx", data, above='<dimension ref="A1"/>')
    assert rows_of(path)[8] == ("", "", "3652397000000925128")


def test_a_big_workbook_is_read_the_same_through_a_child(tmp_path: Path) -> None:
    made = [*big_links(), ["", 3652397000000925128]]
    path = workbook(tmp_path / "list.xlsx", made)
    assert opening_of(path) == Opening((Worksheet("List", in_front=True),), "List")
    assert rows_of(path) == [*made[:-1], ("", "3.65239700000093E+18", "")]
    with pytest.raises(SheetChoiceWrong):
        parts_of(path, "Nobody")


def test_a_big_file_with_a_far_cell_costs_the_child_only(tmp_path: Path) -> None:
    padding = "<!--" + "x" * 3 * 1024 * 1024 + "-->"
    data = row(1, cell("A1", "x")) + padding + row(1048576, cell("XFD1048576", "y"))
    with pytest.raises(SheetUnsafe):
        rows_of(raw_workbook(tmp_path / "far.xlsx", data))


def test_millions_of_rows_are_refused(tmp_path: Path) -> None:
    data = "<row r='1048577'><c r='A1048577'><v>1</v></c></row>" + "<!--" + "x" * 3 * 1024 * 1024 + "-->"
    with pytest.raises(SheetUnsafe) as caught:
        rows_of(raw_workbook(tmp_path / "rows.xlsx", row(1, cell("A1", "x")) + data))
    assert say_text(caught.value.detail) == "it has more than 1,048,576 rows"


def test_xml_of_another_meaning_is_unreadable(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "list.xlsx", row(1, '<c r="A1" t="s"><v>99</v></c>'))
    with pytest.raises(SheetUnreadable):
        rows_of(path)


def test_other_formats_are_read_too(tmp_path: Path) -> None:
    from zipfile import ZipFile

    path = tmp_path / "list.ods"
    cells = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="List"><table:table-row>{cells.format("3652397000000327001")}'
            f"{cells.format('x')}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        )
    assert identify(path) is FileKind.ODS
    assert rows_of(path) == [("3652397000000327001", "x")]
