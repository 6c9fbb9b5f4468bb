"""The look before the removal in the real window: what exists, what is left out, what is kept."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QCheckBox, QFileDialog, QToolButton, QTreeView
from pytestqt.qtbot import QtBot

from tests.end_to_end.desk import Desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk(qtbot)
    desk.open_sample()
    desk.click("button_primary")
    desk.until_on(desk.window.check)
    return desk


def check(desk: Desk) -> None:
    desk.click("button_check_with_zoho")
    desk.until(lambda: desk.window.check.findings is not None and desk.primary().text() == "Continue with 361 links")


def test_a_look_changes_nothing_and_says_what_exists(desk: Desk) -> None:
    assert desk.find("tile_not_linked", QToolButton).accessibleName() == "– already not linked"
    there = desk.crm.state.counts()["links_now"]
    check(desk)
    assert desk.find("tile_will_be_removed", QToolButton).accessibleName() == "361 will be removed"
    counts = desk.crm.state.counts()
    assert (counts["removals"], counts["links_now"]) == (0, there)
    model = desk.find("table_plan", QTreeView).model()
    assert model.rowCount() == 6
    desk.click("tile_not_linked")
    below = [model.rowCount(model.index(row, 0)) for row in range(model.rowCount())]
    not_linked = desk.find("tile_not_linked", QToolButton).accessibleName()
    assert 0 < sum(below) < 9 and not_linked == f"{sum(below)} already not linked"


def test_what_does_not_exist_is_told_as_such_and_never_sent(desk: Desk) -> None:
    check(desk)
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    desk.confirm(361)
    rows = desk.results()
    assert "361 links removed, 8 were not linked, 3 not sent" in desk.texts()
    absent = [row for row in rows if row["Outcome"] == "Was not linked"]
    assert len(absent) == 8 and all("asked first" in row["Cause"] or row["Cause"] == "Was not linked" for row in absent)
    sends = [link["sends"] for link in desk.crm.state.links()]
    assert (sum(sends), max(sends)) == (361, 1)


def test_a_look_can_be_cancelled_and_the_plan_stays(desk: Desk) -> None:
    desk.crm.state.set(latency_ms=2000)
    desk.click("button_check_with_zoho")
    desk.click("button_cancel_check")
    desk.crm.state.set(latency_ms=0)
    assert desk.window.check.findings is None
    assert desk.primary().text() == "Continue with 369 links"
    check(desk)


def test_what_was_found_can_be_saved_beside_the_rows(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(desk)
    target = tmp_path / "checked.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.click("button_save_findings")
    desk.until(lambda: "389 rows saved as checked.xlsx" in desk.texts())
    rows = list(load_workbook(target)["In Zoho now"].iter_rows(values_only=True))
    found = [row[list(rows[0]).index("In Zoho now")] for row in rows[1:]]
    assert found.count("Linked") == 363 and found.count("Rejected") == 15 and found.count("Not asked") == 3


def test_the_safety_copy_is_on_and_can_be_declined_with_a_word_about_it(desk: Desk) -> None:
    desk.click("button_primary")
    desk.until_on(desk.window.confirm)
    copy = desk.find("check_safety_copy", QCheckBox)
    assert copy.isChecked() and "can be put back" in desk.texts()
    copy.click()
    assert "cannot be undone" in desk.texts()
    desk.confirm(369)
    desk.results()
    assert desk.crm.state.counts()["reads"] == 0, "no link was read"
