"""After a run in the real window: its links are read again, put back with their fields, some of them only, paused, continued."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QTableView, QTreeView
from pytestqt.qtbot import QtBot

from desktop.application.settings import change_settings
from desktop.domain.operations import Operation
from desktop.domain.origins import RetryOf
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState
from tests.cli.driving import pairs_of, write_sheet
from tests.end_to_end.desk import Desk

LINKS, PARENTS = 48, 24
PAIRS = pairs_of(LINKS, PARENTS)


def linked(desk: Desk) -> list[Mapping[str, Any]]:
    """The links that are there, each with the fields of its own."""
    names = ("module_a", "id_a", "module_b", "id_b", "fields")
    return [{name: one[name] for name in names} for one in desk.crm.state.links() if one["linked"]]


def remove(desk: Desk, sheet: Path, *, safety_copy: bool = True) -> None:
    """A run of all links, at its results."""
    desk.open(sheet)
    desk.to_confirm()
    if not safety_copy:
        desk.find("check_safety_copy", QCheckBox).click()
    desk.confirm(LINKS)
    assert len(desk.results()) == LINKS


def to_undo(desk: Desk) -> QTreeView:
    """The preview of the undo of the run whose results are shown."""
    desk.click("button_undo")
    desk.until_on(desk.window.check)
    return desk.find("table_plan", QTreeView)


def confirm_undo(desk: Desk, links: int) -> None:
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    desk.confirm(links)


def shown(desk: Desk, name: str) -> bool:
    return any(one.isVisibleTo(desk.window) for one in desk.window.findChildren(QAbstractButton, name))


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return write_sheet(tmp_path / "many.csv", PAIRS)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A window whose practice CRM has every link of the sheet, each with a member status of its own."""
    desk = Desk(qtbot)
    desk.crm.seed([("Campaigns", "Contacts", *pair) for pair in PAIRS], share=False)
    for number, (_, related) in enumerate(PAIRS):
        own = json.dumps({"Member_Status": f"Status {number % 5}"})
        with desk.crm.state.transaction() as db:
            db.execute("UPDATE links SET fields = ? WHERE id_a = ? OR id_b = ?", (own, related, related))
    return desk


def test_a_run_is_proven_and_put_back_with_the_fields_of_its_links(desk: Desk, sheet: Path) -> None:
    before = linked(desk)
    assert len(before) == LINKS
    remove(desk, sheet)
    run = desk.services.runs.summaries()[0].run
    assert not linked(desk)
    desk.click("button_verify")
    desk.until_settled(lambda: "Read again in Zoho at" in desk.texts())
    assert "48 links are gone, 0 are there." in desk.texts()
    assert not shown(desk, "button_retry")

    to_undo(desk)
    assert f"Run {run} removed 48 of its 48 links." in desk.texts()
    model = desk.find("table_plan", QTreeView).model()
    first = model.index(0, 0)
    assert [model.index(0, 3).data(), model.index(0, 3, first).data()] == ["2 links will be put back", "Will be put back"]
    assert "4  Put back" in desk.find("step_4", QAbstractButton).text()
    assert not shown(desk, "button_check_with_zoho") and not shown(desk, "tile_not_found")
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    words = desk.texts()
    assert "are put back in Practice Ltd, practice, each with its own fields as they were" in words
    assert f"They are among the 48 links that run {run} removed." in words
    assert "the dates of the links, what workflows did" in words
    assert not shown(desk, "check_safety_copy")
    assert desk.primary().text() == "Put back 48 links"
    desk.type("input_confirm_count", "47")
    assert not desk.primary().isEnabled()
    puts = desk.crm.state.counts()["puts"]
    assert puts == 0
    desk.confirm(LINKS)
    desk.until_settled(lambda: "48 links put back" in desk.texts(desk.window.results))
    assert [row["Outcome"] for row in desk.results()] == ["Put back"] * LINKS
    assert linked(desk) == before
    newest = desk.services.runs.summaries()[0]
    assert (newest.operation, newest.origin.run, newest.tally[Outcome.RELINKED]) == (Operation.RESTORE, run, LINKS)
    assert f"undo of run {run}" in desk.texts()
    assert not shown(desk, "button_undo") and not shown(desk, "button_retry")
    desk.click("button_verify")
    desk.until(lambda: "0 links are gone, 48 are there." in desk.texts())

    desk.click("button_run_before")
    desk.until_settled(lambda: "This run was undone: all that it removed was put back." in desk.texts(desk.window.results))
    assert desk.window.results.run == run
    assert not desk.find("button_undo", QAbstractButton).isEnabled()
    assert "This run removed these 48 links; all of them were put back since." in desk.texts(desk.window.results)
    assert "Zoho confirmed that the link is gone" not in desk.texts(desk.window.results)
    assert "All 48 links that it removed were put back; there is nothing to undo." in desk.texts(desk.window.results)
    assert "undone" in str(desk.window.runs.index(1).data())
    desk.click("button_verify")
    desk.until_settled(lambda: "48 of them were put back by an undo of this run." in desk.texts())
    assert not shown(desk, "button_retry"), "what our own undo put back is not offered for removal"
    assert not any(one.objectName() == "button_show_found_linked" for one in desk.window.findChildren(QAbstractButton))
    desk.click("button_run_undo")
    desk.until_settled(lambda: "48 links put back." in desk.texts(desk.window.results))
    assert desk.window.results.run == newest.run

    desk.open(sheet)
    desk.to_confirm()
    desk.until_settled(lambda: "which removed 48 links. An undo has put 48 links of it back since." in desk.texts())
    assert "What is already removed" not in desk.texts(), "nothing of it is removed any more"


def test_only_what_is_ticked_is_put_back(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet)
    plan = to_undo(desk).model()
    desk.click("button_select_none")
    desk.until(lambda: not desk.primary().isEnabled())
    tick = Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole
    plan.setData(plan.index(0, 0), *tick)
    desk.until(lambda: desk.primary().text() == "Continue with 2 links")
    plan.setData(plan.index(1, 0, plan.index(3, 0)), *tick)
    desk.until(lambda: desk.primary().text() == "Continue with 3 links")
    confirm_undo(desk, 3)
    desk.until(lambda: "3 links put back, 45 not sent." in desk.texts(desk.window.results))
    wanted = {PAIRS[0], PAIRS[PARENTS], PAIRS[3 + PARENTS]}
    there = {frozenset((one["id_a"], one["id_b"])) for one in linked(desk)}
    assert there == {frozenset(pair) for pair in wanted}
    assert not shown(desk, "button_undo"), "what was not ticked is not missing"


def test_what_was_linked_again_is_named_and_retried_or_left_alone(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet)
    again = PAIRS[7][1]
    with desk.crm.state.transaction() as db:
        db.execute("UPDATE links SET linked = 1 WHERE id_a = ? OR id_b = ?", (again, again))
    desk.click("button_verify")
    desk.until(lambda: "47 links are gone, 1 is there." in desk.texts())
    desk.until(lambda: shown(desk, "button_show_found_linked"))
    desk.click("button_show_found_linked")
    rows = desk.find("table_rows", QTableView).model()
    assert (rows.rowCount(), rows.index(0, 0).data(), rows.index(0, 3).data()) == (1, "9", again)
    assert desk.find("button_retry", QAbstractButton).text() == "Try 1 link again…"

    to_undo(desk)
    confirm_undo(desk, LINKS)
    desk.until(lambda: "47 links put back, 1 was linked again already." in desk.texts(desk.window.results))


def test_what_is_linked_again_can_be_removed_once_more_and_both_runs_lead_to_each_other(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet)
    run, again = desk.window.results.run, PAIRS[7][1]
    with desk.crm.state.transaction() as db:
        db.execute("UPDATE links SET linked = 1 WHERE id_a = ? OR id_b = ?", (again, again))
    desk.click("button_verify")
    desk.until(lambda: shown(desk, "button_retry"))
    desk.click("button_retry")
    desk.until_on(desk.window.confirm)
    assert desk.primary().text() == "Remove 1 link"
    desk.confirm(1)
    desk.until_settled(lambda: "retry of run" in desk.texts(desk.window.results))
    assert not linked(desk)
    retry = desk.window.results.run
    desk.click("button_run_before")
    desk.until_settled(lambda: desk.window.results.is_full and desk.window.results.run == run)
    assert "What it left was tried again" in desk.texts()
    desk.click("button_run_retry")
    desk.until(lambda: desk.window.results.is_full and desk.window.results.run == retry)


def test_an_undo_is_paused_closed_and_continued_by_the_next_window(desk: Desk, sheet: Path, qtbot: QtBot) -> None:
    before = linked(desk)
    remove(desk, sheet)
    to_undo(desk)
    # One call at a time, and the second is held: however slow the computer is, the undo is paused in its middle.
    change_settings(desk.services.settings, lanes=1)
    desk.crm.faults.add([{"match": {"method": "PUT", "skip": 1}, "do": "hold", "apply": "late", "then": "answer"}])
    confirm_undo(desk, LINKS)
    desk.until_on(desk.window.remove)
    assert "Putting links back" in desk.texts()
    desk.until(lambda: desk.crm.faults.held)
    desk.click("button_pause")
    desk.crm.faults.release()
    desk.until(lambda: "Paused. Nothing is sent" in desk.texts())
    desk.window.close()
    assert "Links are being put back" in desk.texts()
    desk.click("button_stop_and_close")
    desk.until(lambda: not desk.window.isVisible())
    assert desk.services.runs.summaries()[0].state is RunState.STOPPED

    again = Desk(qtbot, services=desk.services)
    again.until(lambda: "Your undo of 48 links" in again.texts())
    again.click("button_show_results")
    again.until_on(again.window.results)
    assert "put back" in again.find("label_result", QLabel).text()
    assert not shown(again, "button_undo"), "it can simply be continued"
    desk.crm.state.set(latency_ms=0)
    again.click("button_go_on")
    again.until_settled(lambda: "48 links put back." in again.texts(again.window.results))
    assert linked(again) == before
    assert desk.crm.state.counts()["sends_per_link_max"] <= 2, "once removed, once put back"


def test_a_few_links_can_be_put_back_first_and_the_rest_in_the_same_run(desk: Desk, sheet: Path) -> None:
    before = linked(desk)
    remove(desk, sheet)
    to_undo(desk)
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    desk.find("check_first", QCheckBox).click()
    desk.until_settled(lambda: desk.primary().text() == "Put back 5 links, then pause")
    assert "First 5 links are put back in" in desk.texts()
    desk.confirm(5)
    desk.until(lambda: "5 of 48" in desk.texts() and "The first links are done" in desk.texts())
    assert len(linked(desk)) == 5
    first = desk.find("table_first_links", QTableView).model()
    assert [first.index(row, 1).data() for row in range(first.rowCount())] == ["Put back"] * 5
    desk.click("button_primary")
    desk.until_settled(lambda: "48 links put back." in desk.texts(desk.window.results))
    assert linked(desk) == before
    assert len(desk.services.runs.summaries()) == 2


def test_what_was_refused_in_an_undo_is_put_back_by_a_retry_of_it(desk: Desk, sheet: Path) -> None:
    before = linked(desk)
    remove(desk, sheet)
    locked = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
    to_undo(desk)
    desk.crm.faults.add([{"match": {"method": "PUT"}, "do": "status", "status": 400, "body": locked}])
    confirm_undo(desk, LINKS)
    desk.until_settled(lambda: "46 links put back, 2 refused." in desk.texts(desk.window.results))
    undo = desk.window.results.run
    assert not shown(desk, "button_undo")
    assert desk.find("button_retry", QAbstractButton).text() == "Try 2 links again…"
    desk.click("button_retry")
    desk.until_on(desk.window.confirm)
    assert f"What run {undo} left is tried again; that run can then not be continued." in desk.texts()
    assert desk.primary().text() == "Put back 2 links" and not shown(desk, "check_safety_copy")
    desk.confirm(2)
    desk.until_settled(lambda: "2 links put back." in desk.texts(desk.window.results))
    assert linked(desk) == before
    newest = desk.services.runs.summaries()[0]
    assert (newest.operation, newest.origin) == (Operation.RESTORE, RetryOf(undo))
    assert not shown(desk, "button_undo") and not shown(desk, "button_retry")
    assert "Tries again what the undo of" in desk.texts()
    desk.click("button_run_before")
    desk.until(lambda: "46 links put back, 2 refused." in desk.texts(desk.window.results))
    assert shown(desk, "button_run_retry") and not shown(desk, "button_retry"), "its retry has taken that over"
    desk.click("button_run_before")
    desk.until(lambda: "This run was undone: all that it removed was put back." in desk.texts(desk.window.results))
    assert shown(desk, "button_run_undo") and shown(desk, "button_run_undo_2")


def test_an_undo_of_the_rest_begins_from_the_run_too_and_says_how_much_that_is(desk: Desk, sheet: Path) -> None:
    before = linked(desk)
    remove(desk, sheet)
    run = desk.window.results.run
    locked = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'
    to_undo(desk)
    desk.crm.faults.add([{"match": {"method": "PUT"}, "do": "status", "status": 400, "body": locked}])
    confirm_undo(desk, LINKS)
    desk.until(lambda: "46 links put back, 2 refused." in desk.texts(desk.window.results))
    desk.click("button_run_before")
    desk.until_settled(lambda: "undone in part: 46 links of it were put back." in desk.texts(desk.window.results))
    assert desk.find("button_undo", QAbstractButton).text() == "Undo again (2 links)…"
    words = "both records are still there. But 46 of them were put back since."
    desk.until(lambda: words in desk.texts(desk.window.results))
    to_undo(desk)
    assert f"Run {run} removed 48 of its 48 links. 46 of them are left out: an undo put them back before." in desk.texts()
    confirm_undo(desk, 2)
    desk.until_settled(lambda: "2 links put back." in desk.texts(desk.window.results))
    assert linked(desk) == before
    desk.click("button_run_before")
    desk.until_settled(lambda: desk.window.results.is_full and desk.window.results.run == run)
    assert shown(desk, "button_run_undo") and shown(desk, "button_run_undo_2")


def test_what_an_undo_put_back_and_somebody_removed_is_offered_again(desk: Desk, sheet: Path) -> None:
    before = linked(desk)
    remove(desk, sheet)
    to_undo(desk)
    confirm_undo(desk, LINKS)
    desk.until(lambda: "48 links put back." in desk.texts(desk.window.results))
    gone = PAIRS[7][1]
    with desk.crm.state.transaction() as db:
        db.execute("UPDATE links SET linked = 0 WHERE id_a = ? OR id_b = ?", (gone, gone))
    desk.click("button_run_before")
    desk.until(lambda: "This run was undone" in desk.texts(desk.window.results))
    desk.click("button_verify")
    desk.until_settled(lambda: "Put back, and gone again" in desk.texts())
    assert desk.find("button_undo", QAbstractButton).text() == "Undo again (1 link)…"
    to_undo(desk)
    confirm_undo(desk, 1)
    desk.until_settled(lambda: "1 link put back." in desk.texts(desk.window.results))
    assert linked(desk) == before


def test_a_run_without_a_safety_copy_says_why_it_cannot_be_undone(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet, safety_copy=False)
    assert not desk.find("button_undo", QAbstractButton).isEnabled()
    assert "This run cannot be undone: it took no safety copy of its links." in desk.texts()


def test_an_undo_waits_for_a_call_that_may_still_take_effect_and_the_wait_can_be_cancelled(desk: Desk, sheet: Path) -> None:
    desk.crm.faults.add([{"match": {"method": "DELETE"}, "do": "reset", "apply": "yes"}])
    remove(desk, sheet)
    desk.click("button_undo")
    desk.until(lambda: "the call may still take effect" in desk.texts())
    assert "Delink reads what became of it in 1" in desk.texts()
    desk.click("button_cancel")
    desk.until_on(desk.window.results)
    (run,) = desk.services.runs.summaries()
    assert run.tally[Outcome.DELINKED] == LINKS
    desk.click("button_undo")
    desk.until(lambda: "the call may still take effect" in desk.texts())
    desk.click("button_cancel")
    desk.until_on(desk.window.results)
    assert desk.crm.state.counts()["puts"] == 0


def test_going_back_from_an_undo_changes_nothing(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet)
    to_undo(desk)
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    desk.click("button_back")
    assert desk.window.page.objectName() == "page_check"
    desk.click("button_back")
    assert desk.window.page.objectName() == "page_results"
    assert len(desk.services.runs.summaries()) == 1 and desk.crm.state.counts()["puts"] == 0


def test_an_undo_that_waits_is_given_up_when_the_user_goes_elsewhere(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet)
    desk.crm.state.set(latency_ms=400)
    desk.click("button_undo")
    desk.click("button_new_clean_up")
    desk.crm.state.set(latency_ms=0)
    desk.qtbot.wait(1200)
    assert desk.window.page is desk.window.welcome


def test_what_hinders_an_undo_is_said_in_place_and_leads_back_to_the_results(desk: Desk, sheet: Path) -> None:
    remove(desk, sheet)
    run = desk.services.runs.summaries()[0].run
    with desk.services.runs.open(run):
        desk.click("button_undo")
        desk.until(lambda: "working on" in desk.texts(desk.window.results))
    desk.click("button_back")
    desk.until_on(desk.window.results)
    to_undo(desk)
