"""Which rows are meant: hidden ones are asked about, a filter is applied, and exactly those rows are sent."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTableView
from pytestqt.qtbot import QtBot

from tests.end_to_end.desk import Desk
from tests.end_to_end.making_books import a_book, contact
from tests.end_to_end.sheet_desk import STATUSES, filter_by, read_again, send_all, sent, shown, states


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_nothing_can_be_sent_before_it_is_said_which_rows_are_meant(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES, hidden=[3, 4]))
    assert "2 of 8 rows are hidden in the workbook. Which rows are meant?" in desk.texts()
    assert "Choose first which rows are meant: the 6 visible ones, or all 8." in desk.texts()
    assert desk.primary().text() == "Check the links" and not desk.primary().isEnabled()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(desk.window, key)
        QTest.keyClick(desk.window, key, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(desk.find("table_sheet", QTableView), key)
    QTest.mouseClick(desk.primary(), Qt.MouseButton.LeftButton)
    desk.window.wants_primary.emit(desk.window.sheet)
    desk.window.wants_step.emit(0)
    assert desk.window.page is desk.window.sheet
    assert desk.journey.clean_up.plan is None
    assert desk.crm.state.counts()["removals"] == 0


def test_no_flow_plans_a_sheet_whose_rows_are_not_chosen(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES, hidden=[3, 4]))
    failed: list[str] = []
    desk.journey.clean_up.failed.connect(lambda step, error: failed.append(f"{step} {type(error).__name__}"))
    desk.window.show_page(desk.window.check)
    desk.journey.clean_up.plan_anew()
    desk.until(lambda: failed)
    assert failed == ["plan HiddenRowsOpen"]
    assert desk.window.page is desk.window.sheet, "the question is asked again"
    assert desk.journey.clean_up.plan is None and desk.journey.clean_up.planned_run is None


@pytest.mark.parametrize(
    ("button", "number", "words"),
    [
        ("button_rows_visible", 6, "6 visible rows; 2 hidden ones are left out."),
        ("button_rows_all", 8, "All 8 rows; 2 of them are hidden in the workbook."),
    ],
)
def test_each_answer_sends_exactly_its_rows(desk: Desk, tmp_path: Path, button: str, number: int, words: str) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES, hidden=[3, 4]))
    read_again(desk, button)
    assert desk.find("label_rows_meant", QLabel).text() == words
    assert desk.primary().text() == f"Check {number} links"
    assert not shown(desk, "button_rows_visible")
    outcomes = send_all(desk, number)
    everyone = {contact(row) for row in range(2, 10)}
    assert sent(outcomes) == (everyone if number == 8 else everyone - {contact(3), contact(4)})
    assert outcomes.keys() == everyone, "what was left out stands in the results"
    assert sum(one["ids"] for one in desk.crm.state.calls() if one["method"] == "DELETE") == number


def test_the_answer_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES, hidden=[3, 4]))
    read_again(desk, "button_rows_visible")
    read_again(desk, "button_rows_change")
    assert desk.primary().text() == "Check the links" and not desk.primary().isEnabled()
    read_again(desk, "button_rows_all")
    assert desk.primary().text() == "Check 8 links"


def test_only_the_visible_rows_cannot_be_chosen_where_there_are_none(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", ["a", "b"], hidden=[2, 3]))
    assert not desk.find("button_rows_visible", QAbstractButton).isEnabled()
    read_again(desk, "button_rows_all")
    assert desk.primary().text() == "Check 2 links"


def test_hidden_rows_without_a_link_ask_nothing(desk: Desk, tmp_path: Path) -> None:
    path = a_book(tmp_path / "list.xlsx", ["a", "b", "c"])
    book = load_workbook(path)
    page = book["List"]
    page["B3"] = "no ID at all"
    page.row_dimensions[3].hidden = True
    book.save(path)
    desk.open(path)
    assert desk.primary().text() == "Check 2 links" and desk.primary().isEnabled()
    assert desk.find("label_rows_meant", QLabel).text() == "2 visible rows; 1 hidden one holds no link and is not read."


def test_rows_that_are_left_out_are_shown_as_such_and_can_be_looked_at(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES, hidden=[3, 4]))
    read_again(desk, "button_rows_visible")
    filter_by(desk, "Status", "Unsubscribed")
    left = "Left out by your filter"
    assert states(desk) == ["Fine", "Hidden", "Hidden", "Fine", left, left, "Fine", left]
    desk.click("filter_hidden")
    assert states(desk) == ["Hidden", "Hidden"]
    desk.click("filter_left_out")
    assert states(desk) == ["Hidden", "Hidden", left, left, left]


def test_the_confirmation_names_what_is_left_out_and_why(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", STATUSES, hidden=[3, 4]))
    read_again(desk, "button_rows_visible")
    filter_by(desk, "Status", "Unsubscribed")
    desk.to_confirm()
    assert "2 hidden rows are left out, as you chose." in desk.texts()
    assert "3 rows are left out by your filter: only rows where “Status” is “Unsubscribed”." in desk.texts()


# What was chosen last time


def test_the_choice_of_last_time_is_offered_but_not_applied(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "first.xlsx", STATUSES, hidden=[3, 4]))
    read_again(desk, "button_rows_visible")
    filter_by(desk, "Status", "Unsubscribed")
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    desk.open(a_book(tmp_path / "next.xlsx", [*STATUSES, "Unsubscribed"], hidden=[3]))
    assert desk.primary().text() == "Check the links" and not desk.primary().isEnabled()
    assert "Last time: only the visible rows, only rows where “Status” is “Unsubscribed”." in desk.texts()
    read_again(desk, "button_rows_as_before")
    assert desk.primary().text() == "Check 4 links"
    assert not shown(desk, "button_rows_as_before")


def test_a_filter_of_last_time_alone_is_offered_where_nothing_is_hidden(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "first.xlsx", STATUSES))
    filter_by(desk, "Status", "Bounced", kind="is not one of")
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    desk.open(a_book(tmp_path / "next.xlsx", STATUSES))
    assert desk.primary().text() == "Check 8 links", "it is not applied by itself"
    assert "Last time: only rows where “Status” is not “Bounced”." in desk.texts()
    read_again(desk, "button_rows_as_before")
    assert desk.primary().text() == "Check 7 links"


def test_the_values_of_a_filter_do_not_reach_the_support_file(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "list.xlsx", ["Nightshade", "Active", "Active"]))
    filter_by(desk, "Status", "Nightshade")
    send_all(desk, 1)
    desk.services.settings.flush()
    kept = "".join(one.read_text("utf-8", "replace") for one in desk.services.home_folder.rglob("*.json"))
    assert "Nightshade" in kept, "it is remembered"
    saved = desk.services.support.save("", tmp_path / "support.zip")
    with ZipFile(saved) as file:
        inside = b"".join(file.read(name) for name in file.namelist())
    assert inside and b"Nightshade" not in inside


# Worksheets


def test_another_worksheet_is_named_with_its_links_and_read_by_a_click(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "two.xlsx", STATUSES, others={"All members": 40}))
    assert "“All members” holds 40 links too." in desk.texts()
    read_again(desk, "button_other_worksheet_1")
    assert desk.primary().text() == "Check 40 links"
    assert "“List” holds 8 links too." in desk.texts()
    desk.click("button_change_reading")
    combo = desk.find("combo_worksheet", QComboBox)
    assert [combo.itemText(row) for row in range(combo.count())] == ["List (8 links)", "All members (40 links)"]


def test_the_worksheet_that_was_in_front_is_said_to_have_been(desk: Desk, tmp_path: Path) -> None:
    path = a_book(tmp_path / "two.xlsx", STATUSES, others={"To remove": 2})
    book = load_workbook(path)
    book.active = 1
    book.save(path)
    desk.open(path)
    words = "Worksheet “To remove” is read; it was in front when the file was saved. “List” holds 8 links too."
    assert words in desk.texts()
    read_again(desk, "button_other_worksheet_1")
    assert "Worksheet “List” is read. “To remove” holds 2 links too." in desk.texts()


def test_at_most_three_other_worksheets_have_a_button(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "five.xlsx", STATUSES, others={"A": 1, "B": 2, "C": 3, "D": 4}))
    assert "“A” (1 link), “B” (2 links), “C” (3 links) and 1 more hold record IDs too." in desk.texts()
    assert [shown(desk, f"button_other_worksheet_{number}") for number in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_rows_choice_does_not_follow_to_another_worksheet(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "two.xlsx", STATUSES, others={"All members": 3}))
    filter_by(desk, "Status", "Active")
    read_again(desk, "button_other_worksheet_1")
    assert desk.primary().text() == "Check 3 links"


def test_columns_of_one_title_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    desk.open(a_book(tmp_path / "same.xlsx", STATUSES, headers=("Campaign Id", "Contact Id", "contact id")))
    combo = desk.find("combo_related_column", QComboBox)
    assert [combo.itemText(row) for row in range(3)] == ["Campaign Id", "Contact Id (B)", "contact id (C)"]
