"""A cell that a merged area covers shows the area's value, whatever it stores itself."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from desktop.domain.readings import ReadingChoice
from desktop.sheets.links_sheet import open_sheet
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, OTHER_CAMPAIGN, contact


@pytest.mark.parametrize("rows", [6, 40_000], ids=["small", "large"])
def test_the_parent_of_a_covered_row_is_that_of_the_merged_area(tmp_path: Path, rows: int) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(HEADERS)
    for number in range(rows):
        page.append((OTHER_CAMPAIGN if number == 2 else CAMPAIGN, contact(number)))
    book.save(tmp_path / "plain.xlsx")
    _merge(tmp_path / "plain.xlsx", tmp_path / "merged.xlsx")
    sheet = open_sheet(tmp_path / "merged.xlsx", ReadingChoice())
    assert set(sheet.links.parent_ids) == {CAMPAIGN}
    assert len(sheet.links) == rows


def _merge(source: Path, target: Path) -> None:
    """Merge A2:A5 only in the XML: a writer would empty the covered cells."""
    with ZipFile(source) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"</sheetData>", b'</sheetData><mergeCells count="1"><mergeCell ref="A2:A5"/></mergeCells>')
            new.writestr(name, part)
