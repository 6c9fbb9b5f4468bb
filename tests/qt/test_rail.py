"""The rail: what needs somebody comes first and is told by more than a colour, and practice is kept apart."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.history import ALONE, Family
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState, RunSummary
from desktop.qt.models.rail_model import GLYPH_ROLE, HEADING_ROLE, NEEDS_ROLE, RailModel, needs_you
from desktop.qt.models.runs_model import RunsModel
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.page_area import PageArea
from desktop.qt.widgets.rail import Rail

NOW = datetime.now(UTC)
ALL_REMOVED = Tally({Outcome.DELINKED: 9, Outcome.NOT_LINKED: 1})
RUN = RunSummary(
    run="1", operation=Operation.REMOVE, origin=Fresh(), state=RunState.FINISHED, started=NOW.isoformat(), finished=None,
    sheet="/sheets/fair.xlsx", connection="eu", tally=ALL_REMOVED, company="ACME Ltd", environment="production",
)  # fmt: skip


def a_run(name: str, *, days: int = 0, **changes: object) -> RunSummary:
    started = (NOW - timedelta(days=days)).isoformat()
    return replace(RUN, run=name, sheet=f"/sheets/{name}.xlsx", started=started, **changes)  # type: ignore[arg-type]


def rows_of(model: RailModel, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.index(row).data(role) for row in range(model.rowCount())]


@pytest.fixture
def runs(qtbot: QtBot) -> RunsModel:
    return RunsModel()


def test_what_is_in_progress_comes_first_and_each_group_has_one_heading(runs: RunsModel) -> None:
    model = RailModel(runs)
    runs.show_runs(
        [
            a_run("today"),
            a_run("again"),
            a_run("week", days=3),
            a_run("old", days=30),
            a_run("halt", days=40, state=RunState.PAUSED),
        ]
    )
    assert rows_of(model) == ["halt.xlsx", "today.xlsx", "again.xlsx", "week.xlsx", "old.xlsx"]
    assert rows_of(model, HEADING_ROLE) == ["In progress", "Today", "", "This week", "Earlier"]


def test_a_green_tick_stands_only_where_nothing_needs_the_user(runs: RunsModel) -> None:
    model = RailModel(runs)
    runs.show_runs([a_run("fine"), a_run("rest", tally=Tally({Outcome.DELINKED: 7, Outcome.REFUSED: 2, Outcome.UNKNOWN: 1}))])
    assert [row[0] for row in rows_of(model, GLYPH_ROLE)] == ["done", "attention"]  # type: ignore[index]
    assert rows_of(model, NEEDS_ROLE) == [0, 3]
    spoken = str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken.startswith("fine.xlsx\n9 of 9 removed")


def test_a_run_that_was_tried_again_needs_nobody(runs: RunsModel) -> None:
    rest = a_run("rest", tally=Tally({Outcome.REFUSED: 2}))
    assert (needs_you(rest, ALONE), needs_you(rest, Family(retry=a_run("retry")))) == (2, 0)


def test_practice_runs_are_folded_until_they_are_asked_for(runs: RunsModel) -> None:
    model = RailModel(runs)
    runs.show_runs([a_run("fair"), a_run("sample", environment="practice")])
    assert (rows_of(model), model.practice_runs) == (["fair.xlsx"], 1)
    model.show_practice(True)
    assert rows_of(model) == ["fair.xlsx", "sample.xlsx"]


def test_runs_are_found_by_sheet_and_company(runs: RunsModel) -> None:
    model = RailModel(runs)
    runs.show_runs([a_run("fair"), a_run("books", company="Brightwater")])
    for words, found in (("FAI", ["fair.xlsx"]), ("bright", ["books.xlsx"]), ("", ["fair.xlsx", "books.xlsx"])):
        model.search(words)
        assert rows_of(model) == found


def test_the_search_shows_from_eight_runs_on_and_the_rail_can_be_painted(qtbot: QtBot, runs: RunsModel) -> None:
    rail = Rail(runs, Button("Connect", "button_account"), is_practice=False)
    qtbot.addWidget(rail)
    runs.show_runs([a_run(str(number)) for number in range(7)])
    assert rail.search.isHidden()
    needs_some = Tally({Outcome.DELINKED: 7, Outcome.REFUSED: 2})
    runs.show_runs([a_run(str(number), tally=needs_some) for number in range(8)])
    assert not rail.search.isHidden()
    assert not rail.grab().isNull()


def test_a_page_fills_its_window_and_is_scrolled_only_where_it_does_not_fit(qtbot: QtBot) -> None:
    page = QWidget()
    layout = QVBoxLayout(page)
    label = QLabel("words")
    label.setMinimumSize(300, 400)
    layout.addWidget(label)
    area = PageArea(page)
    qtbot.addWidget(area)
    area.resize(640, 600)
    area.show()
    assert not area.verticalScrollBar().maximum() and page.height() > 590
    area.resize(640, 300)
    assert area.verticalScrollBar().maximum() > 0 and page.height() >= 400
