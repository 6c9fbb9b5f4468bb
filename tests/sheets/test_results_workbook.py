"""A workbook of results: worksheets that are full, every cell as text, and files that fail."""

import gc
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from desktop.application.result_lines import OutcomeLines
from desktop.domain.outcomes import REMOVED, Outcome
from desktop.domain.result_tables import ENGLISH_WORDS, ResultColumn, ResultLine
from desktop.sheets.document_properties import RUN_PROPERTY
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.results_workbook import ResultsWorkbook
from desktop.sheets.written_file import check_workbook
from tests.sheets.making_results import OUTCOME_HEADERS
from tests.sheets.making_sheets import HEADERS, contact, links, run_of, workbook


def test_more_lines_than_a_worksheet_holds_go_on_in_the_next(tmp_path: Path) -> None:
    with run_of(open_sheet(workbook(tmp_path / "list.xlsx", links(25))), tmp_path / "run", [REMOVED] * 25) as record:
        lines = OutcomeLines(record, ENGLISH_WORDS)
        with ResultsWorkbook(tmp_path / "results.xlsx", most_lines=10) as book:
            assert book.add_table(lines) == 25
    check_workbook(tmp_path / "results.xlsx", book.rows)
    made = load_workbook(tmp_path / "results.xlsx", read_only=True)
    assert made.sheetnames == ["All rows", "All rows 2", "All rows 3"]
    tables = [[[cell.value for cell in row] for row in page.iter_rows()] for page in made.worksheets]
    made.close()
    assert [len(table) for table in tables] == [11, 11, 6]
    assert {tuple(table[0]) for table in tables} == {(*HEADERS, *OUTCOME_HEADERS)}
    assert [row[1] for table in tables for row in table[1:]] == [contact(number) for number in range(25)]


def test_a_failure_while_lines_are_written_says_so_once_and_leaves_nothing_open(tmp_path: Path) -> None:
    """Warnings are errors in these tests: a file left open, or a second complaint of the library, would be one."""
    target = tmp_path / "results.xlsx"
    with pytest.raises(KeyError, match="the disk is gone"), ResultsWorkbook(target) as book:
        book.add_page("Summary", one_page=True)
        raise KeyError("the disk is gone")
    gc.collect()
    assert target.stat().st_size == 0, "a file that is half written must not look like results"


def test_each_line_is_text_and_the_outcome_has_its_colour(tmp_path: Path) -> None:
    table = Table([ResultLine(("007", "Removed"), Outcome.DELINKED), ResultLine(("", "Refused"), Outcome.REFUSED)])
    reports: list[int] = []
    with ResultsWorkbook(tmp_path / "results.xlsx", run="run-7") as book:
        assert book.add_table(table, reports.append) == 2
    made = load_workbook(tmp_path / "results.xlsx")
    first, second = list(made["All rows"].iter_rows(min_row=2))
    assert [cell.value for cell in (*first, *second)] == ["007", "Removed", None, "Refused"]
    assert first[0].data_type == "s" and {first[1].font.color.rgb, second[1].font.color.rgb} == {"FF18703A", "FFB3261E"}
    assert (made["All rows"].auto_filter.ref, made["All rows"].freeze_panes, reports) == ("A1:B3", "A2", [])
    with ZipFile(tmp_path / "results.xlsx") as archive:
        properties = archive.read("docProps/custom.xml").decode()
    assert RUN_PROPERTY in properties and "run-7" in properties


def test_two_worksheets_never_have_one_name(tmp_path: Path) -> None:
    with ResultsWorkbook(tmp_path / "results.xlsx", "Seite {page} / {pages} & mehr") as book:
        for name in ("Alle", "alle", "Alle (2)"):
            book.add_page(name)
    made = load_workbook(tmp_path / "results.xlsx")
    footer = made["Alle"].oddFooter
    assert made.sheetnames == ["Alle", "alle (2)", "Alle (2) (2)"]
    assert footer is not None and footer.right.text == "Seite &P / &N && mehr"


class Table(list[ResultLine]):
    """Lines of one column of a sheet and one of ours."""

    title = "All rows"
    headers: tuple[str, ...] = ("Campaign Id", "Ergebnis")
    own: tuple[ResultColumn, ...] = (ResultColumn.OUTCOME,)

    def count(self, _: object = None) -> int:
        return len(self)
