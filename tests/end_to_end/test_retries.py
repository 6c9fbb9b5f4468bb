"""Trying again what a run left, and a sheet whose links were run before."""

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QTableView
from pytestqt.qtbot import QtBot

from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, RetryOf
from desktop.domain.outcomes import Outcome
from tests.cli.driving import pairs_of, write_sheet
from tests.end_to_end.desk import Desk

LOCKED = '{"code":"RECORD_LOCKED","details":{},"message":"locked","status":"error"}'


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    """A window whose first run met one locked campaign of four, at its results."""
    desk = Desk(qtbot)
    pairs = pairs_of(12, 4)
    desk.crm.seed([("Campaigns", "Contacts", *pair) for pair in pairs], share=False)
    desk.open(write_sheet(tmp_path / "first.csv", pairs))
    desk.to_confirm()
    desk.crm.faults.add([{"match": {"method": "DELETE"}, "do": "status", "status": 400, "body": LOCKED}])
    desk.confirm(12)
    rows = desk.results()
    assert Counter(row["Outcome"] for row in rows) == {"Removed": 9, "Refused": 3}
    return desk


def test_what_was_refused_is_tried_again_in_a_linked_run(desk: Desk) -> None:
    first = desk.services.runs.summaries()[0].run
    desk.click("button_retry")
    desk.until_on(desk.window.confirm)
    assert first in desk.texts()
    assert desk.primary().text() == "Remove 3 links"
    desk.confirm(3)
    desk.until_settled(lambda: "3 links removed" in desk.texts(desk.window.results))
    assert [row["Outcome"] for row in desk.results()] == ["Removed"] * 3
    newest, parent = desk.services.runs.summaries()
    assert (newest.operation, newest.origin, newest.links) == (Operation.REMOVE, RetryOf(first), 3)
    assert desk.crm.state.counts()["links_now"] == 0
    assert not [one for one in desk.window.findChildren(QAbstractButton, "button_retry") if one.isVisibleTo(desk.window)]
    assert parent.cause == "handed_over"


def test_going_back_from_a_retry_leads_to_the_results_and_changes_nothing(desk: Desk) -> None:
    desk.click("button_retry")
    desk.until_on(desk.window.confirm)
    desk.click("button_back")
    assert desk.window.page is desk.window.results
    assert len(desk.services.runs.summaries()) == 1
    desk.click("button_retry")
    desk.until_on(desk.window.confirm)


def test_links_that_were_run_before_are_known_whatever_the_file_is_called(desk: Desk, tmp_path: Path) -> None:
    desk.open(write_sheet(tmp_path / "another.csv", reversed(pairs_of(12, 4)[:5])))
    desk.to_confirm()
    desk.until(lambda: "5 links of this sheet were in your run of" in desk.texts())
    other = write_sheet(tmp_path / "first.csv", [("3652397000000327900", "3652397000000929000")])
    desk.open(other)
    desk.to_confirm()
    desk.qtbot.wait(300)
    assert "in your run of" not in desk.texts()


def test_a_stopped_run_is_retried_from_history(desk: Desk, tmp_path: Path) -> None:
    pairs = pairs_of(200, 100)[12:]
    desk.crm.seed([("Campaigns", "Contacts", *pair) for pair in pairs], share=False)
    desk.open(write_sheet(tmp_path / "long.csv", pairs))
    desk.to_confirm()
    desk.crm.state.set(latency_ms=100)
    desk.confirm(len(pairs))
    desk.until_on(desk.window.remove)
    desk.click("button_stop")
    desk.until_on(desk.window.results)
    desk.crm.state.set(latency_ms=0)
    desk.click("button_history")
    table = desk.find("table_history", QTableView)
    desk.until(lambda: table.model().rowCount() == 2)
    table.selectRow(0)
    desk.click("button_primary")
    desk.until_on(desk.window.welcome)
    desk.click("button_show_results")
    desk.until_on(desk.window.results)
    desk.click("button_retry")
    desk.until_on(desk.window.confirm)
    left = int(desk.primary().text().split()[1])
    assert 0 < left <= len(pairs)
    desk.confirm(left)
    desk.until_settled(lambda: f"{left} links removed" in desk.texts(desk.window.results))
    assert [type(one.origin) for one in desk.services.runs.summaries()] == [RetryOf, Fresh, Fresh]
    assert not [one for one in desk.window.findChildren(QAbstractButton, "button_go_on") if one.isVisibleTo(desk.window)]


def test_what_an_earlier_run_lost_is_waited_for_and_the_wait_can_be_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    desk, pairs = Desk(qtbot), pairs_of(60, 60)
    desk.crm.seed([("Campaigns", "Contacts", *pair) for pair in pairs], share=False)
    sheet = write_sheet(tmp_path / "lost.csv", pairs)
    desk.open(sheet)
    desk.to_confirm()
    desk.crm.state.set(latency_ms=150)
    desk.crm.faults.add([{"match": {"method": "DELETE"}, "do": "reset", "apply": "yes"}])
    desk.confirm(len(pairs))
    desk.until_on(desk.window.remove)
    desk.until(lambda: "Not confirmed  1" in desk.texts())
    desk.click("button_stop")
    desk.until_on(desk.window.results)
    desk.crm.state.set(latency_ms=0)
    desk.open(sheet)
    desk.to_confirm()
    desk.until(lambda: "What became of its unconfirmed links is read first." in desk.texts())
    desk.confirm(len(pairs))
    desk.until(lambda: "the call may still take effect" in desk.texts())
    desk.click("button_cancel")
    desk.until_on(desk.window.confirm)
    assert len(desk.services.runs.summaries()) == 1
    desk.type("input_confirm_count", str(len(pairs)))
    desk.click("button_primary")
    desk.until_settled(lambda: desk.window.page is desk.window.results and desk.window.results.is_full)
    assert len(desk.services.runs.summaries()) == 2
    assert desk.services.runs.summaries()[1].tally[Outcome.UNKNOWN] == 0
    assert desk.crm.state.counts()["links_now"] == 0
