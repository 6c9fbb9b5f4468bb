"""What the bytes of worksheets tell before anything is laid out."""

from pathlib import Path

import pytest

from desktop.domain.errors import SheetError, SheetUnreadable, SheetUnsafe
from desktop.sheets.formats import ENTITIES
from desktop.sheets.worksheet_scan import Mentions, scan_worksheets
from tests.sheets.making_sheets import cell, links, raw_workbook, row, workbook

_COMMENT = "<!--" + "x" * 3 * 1024 * 1024 + "-->"


def test_an_honest_workbook_mentions_nothing(tmp_path: Path) -> None:
    assert scan_worksheets(workbook(tmp_path / "list.xlsx", links(20_000))) == {"List": Mentions()}


def test_each_worksheet_is_told_by_its_name(tmp_path: Path) -> None:
    data = row(1, cell("A1", "#N/A", "e"))
    found = scan_worksheets(raw_workbook(tmp_path / "list.xlsx", data, names=("First", "Other")))
    assert found == {"First": Mentions(errors=True), "Other": Mentions()}


@pytest.mark.parametrize(
    ("xml", "hidden"),
    [
        ('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>', True),
        ('<row r="1" spans="1:2" hidden="true"/>', True),
        ('<row r="1" hidden="0"><c r="A1"><v>1</v></c></row>', False),
        ('<row r="1" ht="0" customHeight="1"><c r="A1"><v>1</v></c></row>', True),
        ('<row r="1" ht="15" hidden="false"><c r="A1"><v>1</v></c></row>', False),
        ("<row r='1' hidden = '1'/>", True),
    ],
)
def test_what_may_be_a_hidden_row_is_mentioned(tmp_path: Path, xml: str, hidden: bool) -> None:
    assert scan_worksheets(raw_workbook(tmp_path / "list.xlsx", xml)) == {"List": Mentions(hides=hidden)}


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (row(1, cell("A1", "x")) + row(1_048_576, cell("XFD1048576", "y")), "it has a cell very far away from all others"),
        (
            row(1, cell("A1", "x")) + _COMMENT + row(1_048_576, cell("Z1048576", "y")),
            "it has a cell very far away from all others",
        ),
        (row(1, cell("XFE1", "x")), "it has more than 16,384 columns"),
        (row(1_048_577, cell("A1048577", "x")), "it has more than 1,048,576 rows"),
        ("<row/>" * 1_048_577, "it has more than 1,048,576 rows"),
    ],
)
def test_what_reaches_too_far_is_refused(tmp_path: Path, data: str, detail: str) -> None:
    with pytest.raises(SheetUnsafe) as caught:
        scan_worksheets(raw_workbook(tmp_path / "far.xlsx", data))
    assert caught.value.detail == detail


@pytest.mark.parametrize(
    "data",
    [
        row(1, cell("A1", "x"), '<c r="XFD1" s="1"/>'),
        row(1, cell("A1", "x")) + row(1_048_576, cell("E1048576", "a note at the very end")),
        row(1, cell("A1", "x"), cell("T1", "x")) + '<row r="1048576" s="1" customFormat="1"/>',
        row(1, cell("A1", "x"), cell("T1", "x")) + row(1_048_576, '<c r="A1048576" s="1"/>'),
        row(1, *(cell(f"{letters}1", "x") for letters in ("A", "Z", "AA", "CV", "XFD"))),
    ],
)
def test_what_an_honest_sheet_may_have_is_not_refused(tmp_path: Path, data: str) -> None:
    assert scan_worksheets(raw_workbook(tmp_path / "list.xlsx", data)) == {"List": Mentions()}


def test_entities_are_refused_and_damage_is_told(tmp_path: Path) -> None:
    made = raw_workbook(tmp_path / "list.xlsx", "", before="<!DOCTYPE x []>")
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(workbook(tmp_path / "whole.xlsx", links(50)).read_bytes()[:2000])
    for path, error, detail in ((made, SheetUnsafe, ENTITIES), (cut, SheetUnreadable, "it is cut short or damaged")):
        with pytest.raises(SheetError) as caught:
            scan_worksheets(path)
        assert (type(caught.value), caught.value.detail) == (error, detail)
