"""Lists that the organisation made itself, in the real window: found, asked about by name, removed, and of one account only."""

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QComboBox
from pytestqt.qtbot import QtBot

from desktop.domain.relations import Relation
from desktop.practice import PracticeCrm
from desktop.qt.pages.sheet_page import SheetPage
from tests.end_to_end.desk import Desk
from tests.end_to_end.test_accounts import at_work, sign_in
from tests.end_to_end.test_main_job import a_sheet

VISITORS, FIND = "Visitors from Trade Fairs", "Lists of your own in Zoho…"


def find_lists(desk: Desk, combo: str) -> None:
    desk.choose(combo, FIND)
    desk.until(lambda: desk.find(combo, QComboBox).findText(VISITORS) >= 0)


def is_asked(desk: Desk) -> bool:
    return any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QAbstractButton, "button_own_list_use"))


def test_a_list_is_read_only_after_it_was_accepted_by_its_name(qtbot: QtBot, tmp_path: Path) -> None:
    desk = Desk(qtbot)
    desk.open(a_sheet(tmp_path / "fairs.xlsx"))
    before = desk.window.sheet.sheet
    find_lists(desk, "combo_relation")
    assert desk.find("combo_relation", QComboBox).findText("Sponsors from Trade Fairs") < 0
    desk.choose("combo_relation", VISITORS)
    assert "Trade_Fairs/Visitors" in desk.texts() and is_asked(desk)
    assert desk.find("combo_relation", QComboBox).currentText() == "Contacts from Campaigns"
    desk.click("button_own_list_leave")
    assert desk.window.sheet.sheet is before and not is_asked(desk)
    desk.choose("combo_relation", VISITORS)
    desk.click("button_own_list_use")
    desk.until(lambda: desk.window.sheet.is_full and desk.window.sheet.sheet is not before)
    assert desk.find("combo_relation", QComboBox).currentText() == VISITORS and not is_asked(desk)
    desk.to_confirm()
    assert "Visitors from Trade Fairs (Trade_Fairs/Visitors) is a list that your organisation made itself." in desk.texts()
    desk.confirm(6)
    assert {row["Outcome"] for row in desk.results()} <= {"Removed", "Was not linked"}
    assert {path.split("/")[3:6:2] == ["Trade_Fairs", "Visitors"] for path in removals(desk.crm)} == {True}


def removals(crm: PracticeCrm) -> list[str]:
    return [str(call["path"]).split("?")[0] for call in crm.state.calls() if call["method"] == "DELETE"]


def test_what_one_account_offers_is_not_used_in_another(qtbot: QtBot, tmp_path: Path) -> None:
    with PracticeCrm() as crm:
        desk = at_work(qtbot, crm)
        desk.window.file_dropped.emit(a_sheet(tmp_path / "plain.xlsx", headers=("One", "Two")))
        desk.until(lambda: "Which links are meant?" in desk.texts())
        find_lists(desk, "combo_which_relation")
        desk.choose("combo_which_relation", VISITORS)
        desk.click("button_use_relation")
        assert is_asked(desk)
        desk.click("button_own_list_use")
        desk.until_on(desk.window.sheet)
        assert page_relations(desk.window.sheet) == (Relation("Trade_Fairs", "Visitors"),)
        crm.state.set(organisation_id="20099900002", company="Another Ltd")
        desk.click("button_account")
        sign_in(desk, crm)
        desk.until_on(desk.window.welcome)
        assert desk.journey.clean_up.sheet is None
        assert "open the sheet again" in desk.window.message.words
        desk.open(a_sheet(tmp_path / "fairs.xlsx"))
        assert desk.find("combo_relation", QComboBox).findText(VISITORS) < 0


def page_relations(page: SheetPage) -> tuple[Relation, ...]:
    return () if page.sheet is None else page.sheet.relations
