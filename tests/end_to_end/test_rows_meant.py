"""Which rows are meant: hidden ones are asked about, a filter is applied, and exactly those rows are sent."""

from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from tests.end_to_end.desk import Desk
from tests.end_to_end.hidden_rows import PARENT, a_book, contact, tell_hidden_rows

STATUSES = ["Unsubscribed", "Active", "Bounced", "Unsubscribed", "Active", "", "Unsubscribed", "Active"]


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Desk:
    tell_hidden_rows(monkeypatch)
    return Desk(qtbot)


def shown(desk: Desk, name: str) -> bool:
    return any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QAbstractButton, name))


def read_again(desk: Desk, name: str) -> None:
    """Click what has the sheet read anew, and wait for it."""
    before = desk.window.sheet.sheet
    desk.click(name)
    desk.until(lambda: desk.window.sheet.is_full and desk.window.sheet.sheet is not before)


def open_filter(desk: Desk, column: str) -> QTreeView:
    desk.click("button_add_filter")
    desk.choose("combo_filter_column", column)
    desk.until(lambda: any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QTreeView, "list_filter_values")))
    return desk.find("list_filter_values", QTreeView)


def tick(values: QTreeView, *texts: str) -> None:
    model = values.model()
    for row in range(model.rowCount()):
        if model.index(row, 0).data() in texts:
            model.setData(model.index(row, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def filter_by(desk: Desk, column: str, *texts: str, kind: str = "is one of") -> None:
    values = open_filter(desk, column)
    desk.choose("combo_filter_kind", kind)
    tick(values, *texts)
    read_again(desk, "button_filter_apply")


def send_all(desk: Desk, number: int) -> dict[str, str]:
    """Send what is planned; the outcome of each contact in the results workbook."""
    desk.to_confirm()
    desk.confirm(number)
    return {str(row["Contact Id"]): str(row["Outcome"]) for row in desk.results()}


def sent(outcomes: dict[str, str]) -> set[str]:
    return {one for one, outcome in outcomes.items() if outcome in ("Removed", "Was not linked")}


def states(desk: Desk) -> list[str]:
    model = desk.find("table_sheet", QTableView).model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


# Hidden rows


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
    assert desk.journey.clean_up.plan is None and desk.journey.clean_up.wish is None


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


# The filter


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
    desk.until(lambda: "more than 1,000 different values" in desk.texts())
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
    desk.until(lambda: "Column “Action” looks like a mark (remove 5, keep 3)." in desk.texts())
    assert desk.primary().text() == "Check 8 links"
    desk.click("button_filter_mark")
    desk.until(lambda: any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QTreeView, "list_filter_values")))
    assert desk.find("combo_filter_column", QComboBox).currentText() == "Action"
    assert not desk.find("button_filter_apply", QAbstractButton).isEnabled(), "nothing is ticked"
    tick(desk.find("list_filter_values", QTreeView), "remove")
    read_again(desk, "button_filter_apply")
    assert desk.primary().text() == "Check 5 links"
    assert not shown(desk, "button_filter_mark"), "a filter is on it"


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
