"""Pausing, stopping, closing, losing the sign-in, coming back: nothing is lost and nothing is sent twice."""

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtWidgets import QAbstractButton, QLabel, QTableView
from pytestqt.qtbot import QtBot

from desktop.domain.runs import RunState
from desktop.practice import PracticeCrm
from desktop.qt.models.history_model import KEPT
from desktop.qt.widgets.frames import Card
from tests.end_to_end.desk import Desk, services_on

PARENTS = 24


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Two links under each of 24 campaigns: 24 calls."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(("Campaign Id", "Contact Id"))
    for number in range(2 * PARENTS):
        page.append((f"3652397000000327{number % PARENTS + 101:03d}", f"365239700000092{number + 5001:04d}"))
    book.save(tmp_path / "many.xlsx")
    return tmp_path / "many.xlsx"


@pytest.fixture
def desk(qtbot: QtBot, sheet: Path) -> Desk:
    desk = Desk(qtbot)
    _to_the_middle(desk, sheet)
    return desk


def _to_the_middle(desk: Desk, sheet: Path) -> None:
    """Start the run, slowly, and wait until some calls are done."""
    desk.open(sheet)
    desk.to_confirm()
    if desk.journey.accounts.is_practice:
        desk.crm.state.set(latency_ms=150)
    desk.confirm(2 * PARENTS)
    desk.until_on(desk.window.remove)
    desk.until(lambda: desk.find("label_count", QLabel).text() not in ("0 of 48", "48 of 48"))


def _all_settled_once(desk: Desk, crm: PracticeCrm) -> None:
    crm.state.set(latency_ms=0)
    rows = desk.results()
    outcomes = Counter(row["Outcome"] for row in rows)
    counts = crm.state.counts()
    assert set(outcomes) <= {"Removed", "Was not linked"}
    assert outcomes["Removed"] == counts["links_removed"]
    assert counts["sends_per_link_max"] == 1


def _state_in_results(desk: Desk) -> str:
    """What the workbook in the program's own folder says of its run."""
    (path,) = desk.services.results_folder.iterdir()
    facts = load_workbook(path)["Summary"].iter_rows(values_only=True)
    return next(str(value) for label, value, *_ in facts if label == "State")


def test_a_pause_holds_and_continuing_finishes(desk: Desk) -> None:
    desk.click("button_pause")
    desk.until(lambda: "Paused. Nothing is sent" in desk.texts())
    assert desk.window.remove.title.text() == "Paused"
    desk.window.turns_away()
    assert desk.window.message.words.startswith("A removal is paused. Continue or stop it")
    removals = desk.crm.state.counts()["removals"]
    assert removals < PARENTS
    desk.qtbot.wait(400)
    assert desk.crm.state.counts()["removals"] == removals
    assert _state_in_results(desk) == "Paused; it can be continued"
    desk.click("button_primary")
    desk.until(lambda: desk.window.remove.title.text() == "Removing links")
    assert not desk.window.message.words
    _all_settled_once(desk, desk.crm)


def test_a_stopped_run_shows_its_results_and_can_be_continued(desk: Desk) -> None:
    desk.click("button_stop")
    desk.crm.state.set(latency_ms=0)
    rows = desk.results()
    assert Counter(row["Outcome"] for row in rows)["Not sent"] > 0
    desk.click("button_new_clean_up")
    desk.until(lambda: "Your removal of 48 links" in desk.texts())
    desk.click("button_continue_run")
    _all_settled_once(desk, desk.crm)


def test_closing_asks_and_keeping_on_goes_on(desk: Desk) -> None:
    desk.window.close()
    assert desk.window.isVisible()
    assert "Links are being removed" in desk.texts()
    desk.click("button_keep_running")
    assert "Links are being removed" not in desk.texts()
    _all_settled_once(desk, desk.crm)


def test_stop_and_close_ends_the_window_and_the_next_one_goes_on(desk: Desk, qtbot: QtBot) -> None:
    desk.window.close()
    desk.click("button_stop_and_close")
    desk.until(lambda: not desk.window.isVisible())
    assert not desk.journey.runs.is_running
    assert desk.services.runs.summaries()[0].state is RunState.STOPPED
    assert _state_in_results(desk) == "Stopped; it can be continued"
    again = Desk(qtbot, services=desk.services)
    again.until(lambda: "Your removal of 48 links" in again.texts())
    again.click("button_continue_run")
    _all_settled_once(again, desk.crm)


def test_a_lost_sign_in_pauses_and_signing_in_again_goes_on_in_place(desk: Desk) -> None:
    desk.crm.state.set(tokens_expired=True)
    desk.until(lambda: "Signed out of Zoho" in desk.texts())
    assert desk.window.remove.title.text() == "Paused"
    assert desk.find("panel_paused", Card).property("kind") == "notice", "nothing burns while nothing is sent"
    assert desk.find("button_sign_in_again", QAbstractButton).property("kind") == "primary"
    primary = desk.window.findChild(QAbstractButton, "button_primary")
    assert isinstance(primary, QAbstractButton) and not primary.isVisible(), "going on with the old key would pause again"
    desk.click("button_sign_in_again")
    _all_settled_once(desk, desk.crm)


def test_a_pasted_token_connects_loses_its_life_and_is_replaced_in_the_middle(qtbot: QtBot, sheet: Path) -> None:
    with PracticeCrm() as crm:
        crm.seed(
            [
                ("Campaigns", "Contacts", f"3652397000000327{number % PARENTS + 101:03d}", f"365239700000092{number + 5001:04d}")
                for number in range(2 * PARENTS)
            ],
            share=False,
        )
        desk = Desk(qtbot, is_practice=False, services=services_on(crm))
        desk.open(sheet)
        desk.click("button_primary")
        desk.until_on(desk.window.check)
        desk.click("button_primary")
        desk.until_on(desk.window.connect_page)
        desk.type("input_access_token", "1000.wrong.token")
        desk.click("button_primary")
        desk.until(lambda: "Signed out of Zoho" in desk.texts() or "token" in desk.texts())
        desk.click("button_back")
        desk.click("button_primary")
        desk.until_on(desk.window.connect_page)
        desk.type("input_access_token", crm.access_token)
        desk.click("button_primary")
        desk.until(lambda: "Practice Ltd" in desk.texts() and desk.primary().text() == "Continue")
        desk.click("button_primary")
        desk.until_on(desk.window.confirm)
        assert "PRODUCTION" in desk.texts()
        crm.state.set(latency_ms=150)
        desk.confirm(2 * PARENTS)
        desk.until_on(desk.window.remove)
        desk.until(lambda: desk.find("label_count", QLabel).text() not in ("0 of 48", "48 of 48"))
        crm.state.set(tokens_expired=True)
        desk.until(lambda: "Signed out of Zoho" in desk.texts())
        desk.click("button_sign_in_again")
        desk.until_on(desk.window.connect_page)
        crm.state.set(tokens_expired=False)
        desk.type("input_access_token", crm.access_token)
        desk.click("button_primary")
        desk.until(lambda: desk.primary().text() == "Continue")
        desk.click("button_primary")
        _all_settled_once(desk, crm)
        assert crm.state.counts()["links_removed"] == 2 * PARENTS


def test_history_pins_removes_and_remembers_how_long_to_keep(desk: Desk) -> None:
    desk.crm.state.set(latency_ms=0)
    desk.results()
    desk.click("button_history")
    table = desk.find("table_history", QTableView)
    desk.until(lambda: table.model().rowCount() == 1)
    table.selectRow(0)
    desk.click("button_pin")
    desk.until(lambda: desk.services.settings.get("pinned_runs") and table.model().index(0, KEPT).data() == "Pinned")
    desk.choose("combo_keep_for", "365 days")
    assert desk.services.settings.get("keep_runs_days") == 365
    table.selectRow(0)
    desk.click("button_remove_run")
    assert "can no longer be continued or undone" in desk.texts()
    desk.click("button_keep_run")
    assert desk.services.runs.summaries()
    desk.click("button_remove_run")
    desk.click("button_remove_run_sure")
    desk.until(lambda: table.model().rowCount() == 0)
    assert not desk.services.runs.summaries()
