"""The main job in the real window: sheet, check, confirm, remove, results."""

import re
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from desktop.domain.errors import ResultsOverSheet
from tests.end_to_end.desk import Desk

PARENT, RELATED = "3652397000000327001", "36523970000009251"


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def a_sheet(path: Path, links: int = 6, *, headers: tuple[str, str] = ("Campaign Id", "Contact Id")) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(headers)
    for number in range(links):
        page.append((PARENT, f"{RELATED}{number:02d}"))
    book.save(path)
    return path


def test_the_sample_goes_from_the_first_page_to_its_results(desk: Desk) -> None:
    desk.open_sample()
    assert desk.primary().text() == "Check 369 links"
    assert "header in row 4" in desk.texts()
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    assert desk.find("table_plan", QTreeView).model().rowCount() == 6
    assert desk.crm.state.counts()["removals"] == 0
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    desk.confirm(369)
    rows = desk.results()
    outcomes = Counter(row["Outcome"] for row in rows)
    assert sum(outcomes.values()) == 389
    assert outcomes["Removed"] == 363, "361 links, and two rows repeat one of them"
    counts = desk.crm.state.counts()
    assert counts["links_removed"] == 361
    assert counts["sends_per_link_max"] == 1
    assert counts["destructive"] == 0
    assert "361 links removed, 8 were not linked, 3 not sent, 15 rejected in the sheet." in desk.texts()


def test_only_the_right_number_arms_the_button_and_enter_never_sets_it_off(desk: Desk) -> None:
    desk.open_sample()
    desk.to_confirm()
    assert desk.primary().text() == "Remove 369 links"
    for wrong in ("", "36", "3690", "368"):
        desk.type("input_confirm_count", wrong)
        assert not desk.primary().isEnabled()
    desk.type("input_confirm_count", "369")
    assert desk.primary().isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        QTest.keyClick(desk.window.focusWidget(), key)
        QTest.keyClick(desk.window, key)
    assert desk.window.page is desk.window.confirm
    desk.click("button_back")
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    assert not desk.primary().isEnabled()
    assert desk.crm.state.counts()["removals"] == 0


def test_what_is_not_ticked_is_not_sent(desk: Desk, tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("Campaign Id", "Contact Id"))
    for number in range(8):
        page.append((f"36523970000003270{number % 2:02d}", f"{RELATED}{number:02d}"))
    book.save(tmp_path / "two.xlsx")
    desk.open(tmp_path / "two.xlsx")
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    plan = desk.find("table_plan", QTreeView).model()
    plan.setData(plan.index(0, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    desk.until(lambda: desk.primary().text() == "Continue with 4 links")
    desk.click("button_select_none")
    desk.until(lambda: not desk.primary().isEnabled())
    desk.click("button_select_all")
    desk.until(lambda: desk.primary().text() == "Continue with 8 links")
    plan.setData(plan.index(1, 0), Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    desk.until(lambda: desk.primary().text() == "Continue with 4 links")
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    desk.confirm(4)
    rows = desk.results()
    assert Counter(row["Outcome"] for row in rows)["Not sent"] == 4
    assert {row["Campaign Id"] for row in rows if row["Outcome"] != "Not sent"} == {"3652397000000327000"}


def test_columns_can_be_swapped_and_the_relation_chosen(desk: Desk, tmp_path: Path) -> None:
    desk.window.file_dropped.emit(a_sheet(tmp_path / "plain.xlsx", headers=("One", "Two")))
    desk.until(lambda: "Which links are meant?" in desk.texts())
    desk.choose("combo_which_relation", "Price books from Products")
    desk.click("button_use_relation")
    desk.until_on(desk.window.sheet)
    assert desk.find("combo_parent_column", QComboBox).currentText() == "One"
    desk.click("button_swap")
    desk.until(lambda: desk.window.sheet.is_full and desk.find("combo_parent_column", QComboBox).currentText() == "Two")
    table = desk.find("table_sheet", QTableView).model()
    titles = [table.headerData(column, Qt.Orientation.Horizontal) for column in range(table.columnCount())]
    assert titles == ["Row", "State", "Price book", "Product"]


def test_damaged_ids_are_shown_filtered_explained_and_saved(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open_sample()
    assert "Excel has rounded 7 IDs. They are never sent." in desk.texts()
    assert "3 IDs may have been rounded by a program, or may be of another kind than the others." in desk.texts()
    assert "keeps only 15 of a number" not in desk.texts()
    desk.click("button_why_damaged")
    assert "keeps only 15 of a number" in desk.texts()
    table = desk.find("table_sheet", QTableView)
    desk.click("filter_damaged")
    states = [table.model().index(row, 1).data() for row in range(table.model().rowCount())]
    assert states == ["Damaged by a spreadsheet"] * 7
    target = tmp_path / "problems.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.click("button_save_problems")
    desk.until(lambda: "18 rows saved as problems.csv." in desk.texts())
    assert len(target.read_text("utf-8-sig").splitlines()) == 19


def test_a_sheet_that_cannot_be_read_says_so_in_place_and_another_one_opens(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "broken.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    desk.window.file_dropped.emit(bad)
    desk.until(lambda: "broken.xlsx" in desk.texts() and not desk.window.sheet.is_full)
    desk.click("button_back")
    desk.until(lambda: desk.window.page is desk.window.welcome)
    desk.open(a_sheet(tmp_path / "good.xlsx"))
    assert desk.primary().text() == "Check 6 links"


def test_a_few_links_can_be_tried_first(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_sheet(tmp_path / "twelve.xlsx", 12))
    desk.to_confirm()
    desk.find("check_first", QCheckBox).click()
    assert not desk.primary().isEnabled()
    desk.until(lambda: desk.primary().text() == "Remove 5 links, then pause")
    desk.until(lambda: "First 5 links are removed in Practice Ltd, practice. Then the run stops" in desk.texts())
    words = desk.texts(desk.window.confirm)
    assert "Type 5 to remove 5 links in" in words
    assert "Only when you continue on the next page are the others sent, 7 links." in words
    desk.type("input_confirm_count", "12")
    assert not desk.primary().isEnabled(), "the number of all links does not fit"
    desk.crm.state.set(latency_ms=150)
    desk.confirm(5)
    desk.until(lambda: desk.window.page is desk.window.remove and " of 5" in desk.texts())
    desk.crm.state.set(latency_ms=0)
    desk.until(lambda: "5 of 12" in desk.texts() and "The first links are done" in desk.texts())
    assert sum(one["ids"] for one in desk.crm.state.calls() if one["method"] == "DELETE") == 5
    model = desk.find("table_first_links", QTableView).model()
    desk.until(lambda: model.index(0, 4).data())
    rows = [[str(model.index(row, column).data()) for column in range(model.columnCount())] for row in range(model.rowCount())]
    assert [row[0] for row in rows] == ["2", "3", "4", "5", "6"]
    assert {row[1] for row in rows} <= {"Removed", "Was not linked"} and all(row[2] and row[4] for row in rows)
    assert {row[3] for row in rows} == {PARENT} and len({row[5] for row in rows}) == 5
    assert [model.headerData(column, Qt.Orientation.Horizontal) for column in (2, 4)] == ["Campaign", "Contact"]
    assert desk.primary().text() == "Continue with 7 links"
    desk.click("button_primary")
    desk.results()
    assert sum(one["ids"] for one in desk.crm.state.calls() if one["method"] == "DELETE") == 12


def test_a_tick_at_the_last_moment_lets_no_more_go_than_it_says(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_sheet(tmp_path / "twelve.xlsx", 12))
    desk.to_confirm()
    desk.type("input_confirm_count", "12")
    assert desk.primary().isEnabled()
    desk.find("check_first", QCheckBox).click()
    assert not desk.primary().isEnabled(), "the plan of all twelve is still there, and must not be started"
    desk.until(lambda: desk.primary().text() == "Remove 5 links, then pause")
    desk.find("check_first", QCheckBox).click()
    desk.until_settled(lambda: desk.primary().text() == "Remove 12 links")
    assert not desk.primary().isEnabled()


def test_results_are_copied_saved_elsewhere_and_listed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open(a_sheet(tmp_path / "list.xlsx"))
    desk.to_confirm()
    desk.confirm(6)
    desk.results()
    copied = tmp_path / "copy.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copied), ""))
    desk.click("button_results_save")
    desk.until_settled(lambda: str(copied) in desk.find("label_results_path", QLabel).text())
    assert len(copied.read_text("utf-8-sig").splitlines()) == 7
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    desk.click("button_results_save")
    desk.until(lambda: "a folder has that name" in desk.find("label_results_path", QLabel).text())
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "list.xlsx"), ""))
    sheet = (tmp_path / "list.xlsx").read_bytes()
    desk.click("button_results_save")
    desk.until_settled(lambda: "is the sheet of this run" in desk.find("label_results_path", QLabel).text())
    assert desk.find("label_results_path", QLabel).text().count("; nothing was written."), "what the run sent stays sent"
    assert (tmp_path / "list.xlsx").read_bytes() == sheet
    desk.click("button_history")
    desk.until_settled(lambda: desk.find("table_history", QTableView).model().rowCount() == 1)
    assert desk.find("table_history", QTableView).model().index(0, 0).data() == "list.xlsx"


def test_looking_at_a_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_sheet(tmp_path / "list.xlsx"))
    with desk.qtbot.waitSignal(desk.journey.clean_up.failed) as failed:
        desk.journey.clean_up.save_problem_rows(tmp_path / "list.xlsx")
    assert failed.args is not None and isinstance(failed.args[1], ResultsOverSheet)
    desk.to_confirm()
    desk.confirm(6)
    desk.results()
    (written,) = desk.services.results_folder.iterdir()
    written.write_bytes(b"with a remark of mine")
    (summary,) = desk.services.runs.summaries()
    for there, words in ((True, f"Results workbook: {written}"), (False, f"The results workbook is no longer at {written}")):
        if not there:
            written.unlink()
        desk.click("button_new_clean_up")
        desk.window.run_chosen.emit(summary)
        desk.until_on(desk.window.results)
        desk.until(partial(lambda words: words in desk.find("label_results_path", QLabel).text(), words))
        assert desk.find("button_results_open", QAbstractButton).isEnabled() is there
        assert not there or written.read_bytes() == b"with a remark of mine"
    assert not list(desk.services.results_folder.iterdir())


def test_pasted_cells_are_read_like_a_file(desk: Desk) -> None:
    rows = [("Campaign Id", "Contact Id"), *((PARENT, f"{RELATED}{n:02d}") for n in range(4)), (PARENT, "3.6524E+18")]
    QApplication.clipboard().setText("\r\n".join("\t".join(row) for row in rows))
    QTest.keySequence(desk.window, QKeySequence(QKeySequence.StandardKey.Paste))
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 4 links"
    assert "Tab-separated text, UTF-8, header in row 1" in desk.texts()
    assert "Excel has rounded 1 ID. It is never sent." in desk.texts()


def test_a_copied_file_is_opened_by_pasting_it(desk: Desk, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(a_sheet(tmp_path / "copied.xlsx")))])
    QApplication.clipboard().setMimeData(data)
    desk.click("button_paste")
    desk.until_on(desk.window.sheet)
    assert "copied.xlsx: Excel workbook" in desk.texts()
    # What Python put there must go while Python runs: Qt would destroy it after Python has ended, and crash.
    QApplication.clipboard().clear()


def test_every_part_of_the_reading_can_be_changed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(f"Campaign Id;Contact Id;A|B\n{PARENT};{RELATED}01;x|y\n{PARENT};{RELATED}02;x|y\n", "cp1252")
    desk.open(path)
    desk.click("button_change_reading")
    desk.choose("combo_header_row", "No header")
    desk.until(lambda: "no header row" in desk.texts())
    desk.until_on(desk.window.sheet)
    desk.choose("combo_encoding", "Windows-1252")
    desk.until_settled(lambda: "Windows-1252" in desk.texts() and desk.window.sheet.is_full)
    assert desk.primary().text() == "Check 2 links"
    desk.choose("combo_delimiter", "Vertical bar")
    desk.until(lambda: "No record IDs were found" in desk.texts())


def test_one_row_is_said_in_words_with_the_names_of_its_records(desk: Desk) -> None:
    desk.open_sample()
    desk.until(lambda: "remove Contact Nils Dupont (…0013) from Campaign Summer Open House (…7001)" in desk.texts())


def test_a_header_that_is_a_number_is_not_taken_for_a_column_number(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "numbered.csv"
    path.write_text(f"Campaign Id,Contact Id,1,2\n{PARENT},{RELATED}01,{RELATED}77,{RELATED}78\n", "utf-8")
    desk.open(path)
    desk.click("button_swap")
    swapped = re.compile(r"remove Contact [^.]*…7001\)? from Campaign [^.]*…5101")  # names may have come by then
    desk.until(lambda: swapped.search(desk.texts()))


def test_the_usual_keys_open_begin_anew_and_quit(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = a_sheet(tmp_path / "chosen.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(sheet), ""))
    QTest.keySequence(desk.window, QKeySequence(QKeySequence.StandardKey.Open))
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 6 links"
    QTest.keySequence(desk.window, QKeySequence(QKeySequence.StandardKey.New))
    assert desk.window.page is desk.window.welcome
    QTest.keySequence(desk.window, QKeySequence("Ctrl+Q"))
    assert not desk.window.isVisible()
