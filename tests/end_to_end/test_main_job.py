"""The main job in the real window: sheet, check, confirm, remove, results."""

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QTableView, QTreeView
from pytestqt.qtbot import QtBot

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
    assert "Excel has rounded some IDs" in desk.texts()
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
    desk.until(lambda: desk.journey.clean_up.plan is not None and desk.journey.clean_up.plan.pause_after)
    desk.confirm(12)
    desk.until(lambda: desk.window.page is desk.window.remove and "5 of 12" in desk.texts() and desk.primary().isVisible())
    assert sum(one["ids"] for one in desk.crm.state.calls() if one["method"] == "DELETE") == 5
    desk.click("button_primary")
    desk.results()
    assert sum(one["ids"] for one in desk.crm.state.calls() if one["method"] == "DELETE") == 12


def test_results_are_copied_saved_elsewhere_and_listed(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.open(a_sheet(tmp_path / "list.xlsx"))
    desk.to_confirm()
    desk.confirm(6)
    desk.results()
    copied = tmp_path / "copy.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copied), ""))
    desk.click("button_results_save")
    desk.until(lambda: str(copied) in desk.find("label_results_path", QLabel).text())
    assert len(copied.read_text("utf-8-sig").splitlines()) == 7
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path), ""))
    desk.click("button_results_save")
    desk.until(lambda: "a folder has that name" in desk.find("label_results_path", QLabel).text())
    desk.click("button_history")
    desk.until(lambda: desk.find("table_history", QTableView).model().rowCount() == 1)
    assert desk.find("table_history", QTableView).model().index(0, 0).data() == "list.xlsx"
