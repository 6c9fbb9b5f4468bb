"""What is asked above the rows of a sheet."""

from dataclasses import replace
from pathlib import Path

from xlsxwriter import Workbook

from desktop.domain.readings import ReadingChoice
from desktop.domain.row_choices import HiddenRows
from desktop.qt.sheet_words import SheetWords
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.labels import PlainLabel
from desktop.qt.widgets.sheet_notices import HiddenQuestion
from desktop.sheets.links_sheet import open_sheet
from tests.sheets.making_sheets import links


def test_where_hidden_rows_are_not_told_only_all_rows_can_be_chosen(tmp_path: Path) -> None:
    with Workbook(str(tmp_path / "list.xlsx")) as book:
        page = book.add_worksheet()
        for number, cells in enumerate(links(3)):
            page.write_row(number, 0, cells)
        page.autofilter(0, 0, 3, 1)
        page.filter_column("B", "x == y")
    sheet, answers = open_sheet(tmp_path / "list.xlsx"), list[ReadingChoice]()
    question = HiddenQuestion()
    question.changed.connect(answers.append)
    question.show_sheet(sheet)
    told = " ".join(label.text() for label in question.findChildren(PlainLabel))
    assert not question.isHidden() and "cannot be found out" in told
    visible, every = (question.findChild(Button, name) for name in ("button_rows_visible", "button_rows_all"))
    assert visible is not None and visible.isHidden() and every is not None and not every.isHidden()
    every.click()
    assert answers[0].hidden_rows is HiddenRows.READ
    chosen = replace(sheet, choice=answers[0])
    assert (SheetWords(sheet).rows_meant(), SheetWords(chosen).rows_meant()) == (
        "Say above whether all are meant.",
        "All 3 rows.",
    )
    question.show_sheet(chosen)
    assert question.isHidden()
