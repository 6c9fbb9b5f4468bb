"""Others drive the program through the names of its controls: resources/controls.csv lists them, and the window keeps to it."""

import csv
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop.application.settings import change_settings
from desktop.application.signing_in import Way
from desktop.compose import RESOURCES
from desktop.domain.history import Family
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.updates import UpdateNotice
from desktop.engine.permissions import Permissions
from desktop.qt.widgets.family_rows import FamilyRows
from desktop.qt.widgets.sign_in_form import OFFERED_WAYS
from desktop.words.explanations import Explanation
from tests.end_to_end.desk import Desk
from tests.end_to_end.making_books import PARENT, a_book, contact

KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
Control = tuple[str, str, str]


def the_table() -> list[Control]:
    with (RESOURCES / "controls.csv").open(encoding="utf-8", newline="") as file:
        return [(row["page"], row["object_name"], row["accessible_name"]) for row in csv.DictReader(file)]


def controls_of(desk: Desk) -> Iterator[Control]:
    """What a user can work on the present page and in the frame around it."""
    page = desk.window.page
    for kind in KINDS:
        for control in desk.window.findChildren(kind):
            if control.isVisibleTo(desk.window) and not _is_part(control):
                is_of_page = page.isAncestorOf(control) and not desk.window.steps.isAncestorOf(control)
                place = page.objectName() if is_of_page or _is_footer(desk, control) else "frame"
                yield place, control.objectName(), control.accessibleName()


def _is_part(control: QWidget) -> bool:
    """Parts that Qt makes inside a control of ours: headers, corner buttons, the clear button of a field."""
    parent = control.parentWidget()
    return isinstance(control, QHeaderView | QScrollBar) or isinstance(parent, QLineEdit | QComboBox | QAbstractItemView)


def _is_footer(desk: Desk, control: QWidget) -> bool:
    return desk.window.footer.isAncestorOf(control)


def all_pages(desk: Desk, tmp_path: Path) -> Iterator[Control]:
    """Every control on the way through the program."""
    yield from controls_of(desk)
    QApplication.clipboard().clear()
    desk.click("button_paste")
    yield from controls_of(desk)
    desk.click("button_problem_back")
    names = tmp_path / "names.csv"
    names.write_text("Campaign,Contact\nSpring Fair,Ben Ortiz\n")
    desk.window.file_dropped.emit(names)
    desk.until(lambda: "No record IDs were found" in desk.texts())
    yield from controls_of(desk)
    unclear = tmp_path / "unclear.csv"
    unclear.write_text("A,B\n3652397000000327101,3652397000000925128\n")
    desk.window.file_dropped.emit(unclear)
    desk.until(lambda: "Which links are meant?" in desk.texts())
    desk.choose("combo_which_relation", "Lists of your own in Zoho…")
    desk.until(lambda: desk.find("combo_which_relation", QComboBox).findText("Visitors from Trade Fairs") >= 0)
    desk.choose("combo_which_relation", "Visitors from Trade Fairs")
    desk.click("button_use_relation")
    yield from controls_of(desk)
    desk.choose("combo_which_relation", "Leads from Campaigns")
    desk.click("button_use_relation")
    desk.until_on(desk.window.sheet)
    desk.click("button_change_reading")
    yield from controls_of(desk)
    yield from rows_meant(desk, tmp_path)
    desk.click("button_new_clean_up")
    desk.open_sample()
    yield from controls_of(desk)
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    desk.crm.state.set(latency_ms=200)
    desk.click("button_check_with_zoho")
    yield from controls_of(desk)
    desk.until(lambda: desk.window.check.findings is not None)
    desk.crm.state.set(latency_ms=0)
    desk.until(lambda: "361 links" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    yield from controls_of(desk)
    desk.find("check_first", QAbstractButton).click()
    desk.until(lambda: desk.primary().text() == "Remove 5 links, then pause")
    desk.crm.state.set(latency_ms=300)
    change_settings(desk.services.settings, lanes=1)
    desk.confirm(5)
    desk.until_on(desk.window.remove)
    yield from controls_of(desk)
    desk.until(lambda: "The first links are done" in desk.texts())
    yield from controls_of(desk)
    # One call at a time, and the next one is held: the run is still at work when its sign-in is lost, however long that takes.
    desk.crm.faults.add([{"match": {"method": "DELETE"}, "do": "hold", "apply": "late", "then": "answer"}])
    desk.click("button_primary")
    desk.until(lambda: "Removing links, " in desk.texts())
    desk.window.close()
    yield from controls_of(desk)
    desk.click("button_keep_running")
    desk.click("button_history")
    desk.click("button_new_clean_up")
    yield from controls_of(desk)
    desk.click("button_show_it")
    desk.crm.state.set(tokens_expired=True)
    desk.crm.faults.release()
    desk.until(lambda: "Signed out of Zoho" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_stop")
    desk.until_on(desk.window.results)
    desk.until(lambda: any(_show_buttons(desk)))  # Qt shows what was added to a layout a moment later
    desk.click(next(_show_buttons(desk)))
    yield from controls_of(desk)
    yield from after_a_run(desk)
    desk.click("button_new_clean_up")
    desk.until(lambda: "Your undo of" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_history")
    desk.until(lambda: desk.find("table_history", QAbstractItemView).model().rowCount() == 2)
    desk.find("table_history", QAbstractItemView).selectAll()
    desk.click("button_remove_run")
    yield from controls_of(desk)
    desk.window.show_page(desk.window.connect_page)
    yield from connect_states(desk)
    desk.window.connect_page.show_connected(None, in_keyring=False)
    desk.window.banner.show_connection(None)
    desk.window.rail.search.show()  # from eight runs on
    yield from controls_of(desk)
    desk.window.resize(990, 700)
    yield from controls_of(desk)
    desk.window.welcome.show_state(None, is_practice=False)
    desk.window.welcome.show_update(UpdateNotice("9.0.0", "https://delink.example/"))
    desk.window.show_page(desk.window.welcome)
    yield from controls_of(desk)


def rows_meant(desk: Desk, tmp_path: Path) -> Iterator[Control]:
    """The question about hidden rows, the filter in its states, a mark, another worksheet, and a refusal after a change."""
    marks = ["remove", "keep"] * 6
    headers = ("Campaign Id", "Contact Id", "Action")
    desk.open(a_book(tmp_path / "marks.xlsx", marks, hidden=[3], headers=headers, others={"More": 2}))
    yield from controls_of(desk)
    before = desk.window.sheet.sheet
    desk.click("button_rows_visible")
    desk.until(lambda: desk.window.sheet.is_full and desk.window.sheet.sheet is not before)
    desk.until(lambda: "looks like a mark" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_filter_mark")
    desk.until(lambda: "remove" in _listed(desk))
    values = desk.find("list_filter_values", QTreeView).model()
    values.setData(values.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    yield from controls_of(desk)
    desk.click("button_filter_apply")
    desk.until(lambda: desk.window.sheet.is_full and "Only rows where" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    desk.open(a_book(tmp_path / "again.xlsx", marks, hidden=[3], headers=headers))
    yield from controls_of(desk)
    people = tmp_path / "people.csv"
    lines = [f"{PARENT}~{contact(row)}~{row}~{row % 20}" for row in range(1, 1003)]
    people.write_text("Campaign Id~Contact Id~Number~Place\n" + "\n".join(lines) + "\n", "utf-8")
    far = tmp_path / "far.csv"
    far.write_text("A line about it,\n" * 30 + f"Campaign Id,Contact Id\n{PARENT},{contact(1)}\n", "utf-8")
    desk.window.file_dropped.emit(far)
    desk.until(lambda: desk.window.sheet.has_problem)
    yield from controls_of(desk)
    desk.window.file_dropped.emit(people)
    desk.until(lambda: desk.window.sheet.has_problem and "people.csv: " in desk.texts())
    desk.choose("combo_delimiter", "Another sign")
    yield from controls_of(desk)
    desk.type("input_delimiter", "~")
    desk.find("input_delimiter", QLineEdit).editingFinished.emit()
    desk.until_on(desk.window.sheet)
    desk.click("button_add_filter")
    desk.choose("combo_filter_column", "Place")
    desk.until(lambda: "7" in _listed(desk))
    yield from controls_of(desk)
    desk.choose("combo_filter_column", "Number")
    desk.until(lambda: "more than 1,000 different values" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_filter_cancel")
    desk.choose("combo_delimiter", "Comma")
    desk.until(lambda: desk.window.sheet.has_problem)
    yield from controls_of(desk)


def _listed(desk: Desk) -> set[str]:
    """The values that a filter offers now."""
    found = [one for one in desk.window.findChildren(QTreeView, "list_filter_values") if one.isVisibleTo(desk.window)]
    return {str(one.model().index(row, 0).data()) for one in found for row in range(one.model().rowCount())}


def after_a_run(desk: Desk) -> Iterator[Control]:
    """Reading the links of the stopped run again; then its end, and its undo until that is stopped too."""
    desk.crm.state.set(tokens_expired=False, latency_ms=0)
    desk.crm.faults.add([{"match": {"method": "GET"}, "do": "hold", "then": "answer"}])
    desk.click("button_verify")
    desk.until(lambda: "nothing is changed" in desk.texts())
    yield from controls_of(desk)
    desk.click("button_cancel")
    desk.crm.faults.release()
    desk.click("button_go_on")
    desk.until(lambda: desk.window.page is desk.window.results and "361 of 361 links removed" in desk.texts())
    desk.click("button_undo")
    for page in (desk.window.check, desk.window.confirm):
        desk.until_on(page)
        yield from controls_of(desk)
        if page is desk.window.check:
            desk.click("button_primary")
    desk.crm.state.set(latency_ms=300)
    desk.confirm(361)
    desk.until_on(desk.window.remove)
    yield from controls_of(desk)
    desk.click("button_stop")
    desk.until_on(desk.window.results)
    desk.crm.state.set(latency_ms=0)
    yield from controls_of(desk)
    desk.click("button_run_before")
    desk.until(lambda: any(name.startswith("button_run_undo") for _, name, _ in controls_of(desk)))
    yield from controls_of(desk)
    rows = desk.window.results.findChild(FamilyRows)
    assert isinstance(rows, FamilyRows)
    rows.show_family(Operation.REMOVE, Fresh(), Family(retry=desk.services.runs.summaries()[0]))
    yield from controls_of(desk)


def connect_states(desk: Desk) -> Iterator[Control]:
    """The Connect page with each way to sign in, a saved connection, a missing permission and a rejected token."""
    page, account = desk.window.connect_page, desk.journey.accounts.account
    assert account is not None
    for way in OFFERED_WAYS:
        page.form.choose_way(way)
        yield from controls_of(desk)
    lacking = Permissions(account.connection.account, (), ("ZohoCRM.modules.contacts.READ",))
    page.show_connected(account.connection, in_keyring=False, permissions=lacking)
    page.saved.show_connections([account.connection])
    for button in ("button_rename_connection", "button_keep_name", "button_sign_out", "button_stay_signed_in"):
        yield from controls_of(desk)
        desk.click(button)
    page.show_problem(Explanation("The code was not accepted", "It was used already."))
    yield from controls_of(desk)
    page.show_full()
    page.show_rejected()
    yield from controls_of(desk)
    page.show_working("Waiting")
    desk.until(lambda: "Waiting" in desk.texts())
    yield from controls_of(desk)
    page.show_wait("https://accounts.zoho.eu/oauth/v3/device", "ABCD1234")
    yield from controls_of(desk)
    page.form.choose_way(Way.TOKEN)


def _show_buttons(desk: Desk) -> Iterator[str]:
    for button in desk.window.findChildren(QAbstractButton):
        if button.objectName().startswith("button_show_") and button.isVisibleTo(desk.window):
            yield button.objectName()


@pytest.fixture
def seen(qtbot: QtBot, tmp_path: Path) -> set[Control]:
    return set(all_pages(Desk(qtbot), tmp_path))


def test_the_window_keeps_to_the_table_of_controls(seen: set[Control]) -> None:
    table = the_table()
    unnamed = {one for one in seen if not one[1] or not one[2]}
    assert not unnamed
    unlisted = {one for one in seen if not any(one[0] == row[0] and all(map(fnmatchcase, one[1:], row[1:])) for row in table)}
    assert not unlisted
    gone = [row for row in table if not any(one[0] == row[0] and all(map(fnmatchcase, one[1:], row[1:])) for one in seen)]
    assert not gone


def test_no_control_stands_twice_in_the_table() -> None:
    names = [(page, name) for page, name, _ in the_table()]
    assert len(names) == len(set(names))
