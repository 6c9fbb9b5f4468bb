"""A filter says which rows are meant: exactly those are sent, and the others are named in the results."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTreeView
from pytestqt.qtbot import QtBot

from tests.end_to_end.desk import Desk
from tests.end_to_end.making_books import PARENT, a_book, contact
from tests.end_to_end.sheet_desk import STATUSES, filter_by, open_filter, read_again, send_all, sent, shown, tick


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_a_filter_by_ticks_sends_exactly_its_rows_and_names_the_others(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES))
    values = open_filter(desk, "Status")
    model = values.model()
    listed = [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]
    assert listed == [("Unsubscribed", "3"), ("Active", "3"), ("Bounced", "1"), ("(empty)", "1")]
    tick(values, "Unsubscribed", "Bounced")
    read_again(desk, "button_filter_apply")
    assert "Only rows where “Status” is “Unsubscribed” or “Bounced”" in desk.texts()
    assert desk.find("label_rows_left", QLabel).text() == "4 of 8 rows"
    outcomes = send_all(desk, 4)
    assert sent(outcomes) == {contact(2), contact(4), contact(5), contact(8)}
    others = {outcome for one, outcome in outcomes.items() if one not in sent(outcomes)}
    assert others == {"Left out by your filter"} and len(outcomes) == 8


@pytest.mark.parametrize(
    ("kind", "rows"), [("is empty", {7}), ("is not empty", {2, 3, 4, 5, 6, 8, 9}), ("is not one of", {3, 4, 6, 7, 9})]
)
def test_a_column_can_be_asked_for_what_it_is_not(desk: Desk, tmp_path: Path, kind: str, rows: set[int]) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES))
    filter_by(desk, "Status", "Unsubscribed", kind=kind)
    sheet = desk.window.sheet.sheet
    assert sheet is not None
    assert set(sheet.links.related_ids) == {contact(row) for row in rows}


def test_nothing_goes_on_while_a_filter_is_only_half_made(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES))
    tick(open_filter(desk, "Status"), "Unsubscribed")
    assert not desk.primary().isEnabled()
    assert "Apply the filter first, or cancel it." in desk.texts()
    desk.click("button_filter_cancel")
    assert desk.primary().text() == "Check 8 links" and desk.primary().isEnabled()
    desk.click("button_add_filter")
    assert not desk.find("button_filter_apply", QAbstractButton).isEnabled(), "what was ticked before is forgotten"
    QTest.keyClick(desk.find("combo_filter_column", QComboBox), Qt.Key.Key_Escape)
    assert shown(desk, "button_add_filter")


def test_several_columns_filter_together_and_each_can_be_removed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    rows = [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
    lines = [f"{PARENT},{contact(number)},{one},{two}" for number, (one, two) in enumerate(rows, start=1)]
    path.write_text("Campaign Id,Contact Id,One,Two\n" + "\n".join(lines) + "\n", "utf-8")
    desk.open(path)
    filter_by(desk, "One", "a")
    filter_by(desk, "Two", "y")
    assert desk.primary().text() == "Check 1 link"
    read_again(desk, "button_filter_remove_1")
    assert desk.primary().text() == "Check 2 links"
    assert "“Two” is “y”" in desk.texts() and "“One” is" not in desk.texts()
    read_again(desk, "button_filter_remove_1")
    assert desk.primary().text() == "Check 4 links"
    assert desk.find("label_rows_meant", QLabel).text() == "All 4 rows."


def test_a_column_of_too_many_values_takes_one_that_is_typed(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    lines = [f"{PARENT},{contact(number)},person{number}@mail.example" for number in range(1001)]
    path.write_text("Campaign Id,Contact Id,E-mail\n" + "\n".join(lines) + "\n", "utf-8")
    desk.open(path)
    desk.click("button_add_filter")
    desk.choose("combo_filter_column", "E-mail")
    desk.until_settled(lambda: "more than 1,000 different values" in desk.texts())
    assert not desk.find("button_filter_apply", QAbstractButton).isEnabled()
    desk.type("input_filter_value", " PERSON7@mail.example ")
    read_again(desk, "button_filter_apply")
    assert desk.primary().text() == "Check 1 link"


def test_many_values_can_be_searched(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", [f"status {number}" for number in range(12)]))
    values = open_filter(desk, "Status")
    tick(values, "status 3")
    desk.type("input_filter_search", "STATUS 1")
    assert [values.model().index(row, 0).data() for row in range(3)] == ["status 1", "status 10", "status 11"]
    tick(values, "status 11")
    read_again(desk, "button_filter_apply")
    sheet = desk.window.sheet.sheet
    assert sheet is not None and set(sheet.links.related_ids) == {contact(5), contact(13)}


def test_a_value_is_ticked_by_a_click_anywhere_in_its_row_and_by_the_space_bar(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES))
    values = open_filter(desk, "Status")
    second = values.visualRect(values.model().index(1, 1)).center()
    QTest.mouseClick(values.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, second)
    values.setCurrentIndex(values.model().index(2, 0))
    QTest.keyClick(values, Qt.Key.Key_Space)
    ticked = [values.model().index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(4)]
    assert [Qt.CheckState(one) is Qt.CheckState.Checked for one in ticked] == [False, True, True, False]


def test_choosing_the_same_column_again_shows_what_was_ticked_and_replaces_it(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES))
    filter_by(desk, "Status", "Unsubscribed")
    values = open_filter(desk, "Status")
    boxes = [values.model().index(row, 0).data(Qt.ItemDataRole.CheckStateRole) for row in range(4)]
    assert [Qt.CheckState(one) is Qt.CheckState.Checked for one in boxes] == [True, False, False, False]
    values.model().setData(values.model().index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    tick(values, "Bounced")
    read_again(desk, "button_filter_apply")
    assert desk.primary().text() == "Check 1 link"
    assert "Only rows where “Status” is “Bounced”" in desk.texts()


def test_a_filter_that_leaves_no_row_leads_back_to_the_sheet_as_it_was(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text(f"Campaign Id,Contact Id,One,Two\n{PARENT},{contact(1)},a,x\n{PARENT},{contact(2)},b,y\n", "utf-8")
    desk.open(path)
    filter_by(desk, "One", "a")
    tick(open_filter(desk, "Two"), "y")
    desk.click("button_filter_apply")
    desk.until(lambda: "the filter leaves no row of it" in desk.texts())
    desk.click("button_reading_back")
    desk.until_on(desk.window.sheet)
    assert desk.window.sheet.sheet is desk.journey.clean_up.sheet
    desk.click("button_filter_cancel")
    assert desk.primary().text() == "Check 1 link"


def test_a_mark_is_offered_as_a_filter_and_never_applied_by_itself(desk: Desk, tmp_path: Path) -> None:
    marks = ["remove", "keep", "remove", "keep", "remove", "remove", "keep", "remove"]
    desk.open(a_book(tmp_path / "list.xlsx", marks, headers=("Campaign Id", "Contact Id", "Action")))
    desk.until_settled(lambda: "Column “Action” looks like a mark (remove 5, keep 3)." in desk.texts())
    assert desk.primary().text() == "Check 8 links"
    desk.click("button_filter_mark")
    desk.until(lambda: any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QTreeView, "list_filter_values")))
    assert desk.find("combo_filter_column", QComboBox).currentText() == "Action"
    assert not desk.find("button_filter_apply", QAbstractButton).isEnabled(), "nothing is ticked"
    desk.click("button_filter_cancel")
    assert shown(desk, "button_filter_mark"), "it is still offered"
    desk.click("button_filter_mark")
    desk.until(lambda: any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QTreeView, "list_filter_values")))
    tick(desk.find("list_filter_values", QTreeView), "remove")
    read_again(desk, "button_filter_apply")
    assert desk.primary().text() == "Check 5 links"
    assert not shown(desk, "button_filter_mark"), "a filter is on it"


def test_what_a_run_left_out_stays_left_out_when_its_results_are_opened(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES))
    filter_by(desk, "Status", "Unsubscribed")
    send_all(desk, 3)
    results = Path(desk.find("label_results_path", QLabel).text().split(": ", 1)[1])
    desk.click("button_new_clean_up")
    desk.window.file_dropped.emit(results)
    desk.until(lambda: desk.window.sheet.has_problem and "nothing left to fix" in desk.texts())
    desk.choose("combo_worksheet", "All rows")
    desk.until_on(desk.window.sheet)
    assert desk.primary().text() == "Check 3 links"
    assert "Only rows that the earlier run did not leave out" in desk.texts()
    assert not shown(desk, "button_filter_remove_1"), "it would come back at once"
