"""The list of runs and the table of history: how each run stands, in words; replaced only when something changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop.domain.history import families
from desktop.domain.operations import Operation
from desktop.domain.origins import UndoOf
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState, RunSummary
from desktop.qt.models.history_model import (
    ACCOUNT,
    KEPT,
    KIND,
    LINKS,
    OUTCOME_COLUMNS,
    RUN,
    SHEET,
    STARTED,
    STATE,
    HistoryModel,
)
from desktop.qt.models.runs_model import STATE_GLYPHS, SUMMARY_ROLE, RunsModel, glyph_of
from tests.qt.staging import summary
from tests.qt.watching import TIP, column, keep_checking, says_in_words_what_it_shows_in_colour, text

EVERY_STATE = [summary(f"run-{state}", state) for state in RunState]
WORDS = {
    RunState.RUNNING: "working",
    RunState.PAUSED: "paused",
    RunState.STOPPED: "stopped",
    RunState.INTERRUPTED: "interrupted",
    RunState.FINISHED: "7 removed",
}


def test_without_runs_the_list_is_empty(qtmodeltester: ModelTester) -> None:
    model = RunsModel()
    keep_checking(qtmodeltester, model)
    assert (model.rowCount(), list(model.runs)) == (0, [])


def test_without_runs_the_table_is_empty(qtmodeltester: ModelTester) -> None:
    model = HistoryModel()
    keep_checking(qtmodeltester, model)
    assert (model.rowCount(), model.columnCount()) == (0, RUN + 1)


def test_the_list_is_sound_through_every_change(qtmodeltester: ModelTester) -> None:
    model = RunsModel()
    keep_checking(qtmodeltester, model)
    model.show_runs(EVERY_STATE)
    model.show_runs(EVERY_STATE[1:])
    model.show_runs([])
    model.show_runs(EVERY_STATE)
    assert list(model.runs) == EVERY_STATE


def test_the_table_is_sound_through_every_change(qtmodeltester: ModelTester) -> None:
    model = HistoryModel()
    keep_checking(qtmodeltester, model)
    model.show_runs(EVERY_STATE, [])
    model.show_runs(EVERY_STATE, ["run-paused"])
    model.show_runs([], [])
    assert model.rowCount() == 0


@pytest.mark.parametrize("run", EVERY_STATE, ids=[str(run.state) for run in EVERY_STATE])
def test_a_run_says_its_sheet_and_how_it_stands(run: RunSummary) -> None:
    model = RunsModel()
    model.show_runs(EVERY_STATE)
    place = EVERY_STATE.index(run)
    name, stands = text(model, place, 0).split("\n")
    assert name == "Spring fair"
    assert stands.endswith(WORDS[run.state])
    index = model.index(place, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == index.data()
    assert index.data(SUMMARY_ROLE) == run
    assert index.data(TIP) == "/srv/lists/Spring fair.xlsx"


def test_one_removed_link_is_not_several() -> None:
    model = RunsModel()
    model.show_runs([summary("r", removed=1)])
    assert text(model, 0, 0).endswith("1 removed")


def test_an_undo_says_that_it_put_back_and_its_counts_stand_in_the_columns_of_a_removal() -> None:
    tally = Tally({Outcome.RELINKED: 5, Outcome.ALREADY_LINKED: 2, Outcome.REFUSED: 1})
    undo = replace(summary("u"), operation=Operation.RESTORE, origin=UndoOf("r"), tally=tally)
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs([undo, summary("r")])
    history.show_runs([undo, summary("r")], [])
    assert text(runs, 0, 0).endswith("5 put back")
    assert column(history, KIND) == [f"Undo of {text(history, 1, STARTED)}", "Removal"]
    assert history.index(0, KIND).data(TIP).endswith("Run r")
    assert [text(history, 0, one) for one in (LINKS, *OUTCOME_COLUMNS)] == ["8", "5", "2", "1", "0", "0"]
    assert [text(history, 1, one) for one in OUTCOME_COLUMNS] == ["7", "0", "1", "0", "0"]
    history.show_runs([undo], [])
    assert column(history, KIND) == ["Undo of r"], "the run itself is not kept any more"


@pytest.mark.parametrize(("relinked", "in_list", "in_table"), [(7, "7 undone", "Undone"), (3, "3 of 7 undone", "Undone in part")])
def test_a_run_that_was_undone_says_so_in_both_lists(relinked: int, in_list: str, in_table: str) -> None:
    undo = replace(summary("u"), operation=Operation.RESTORE, origin=UndoOf("r"), tally=Tally({Outcome.RELINKED: relinked}))
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs([undo, summary("r")])
    history.show_runs([undo, summary("r")], [])
    assert text(runs, 1, 0).endswith(in_list)
    assert text(history, 1, STATE) == in_table
    assert history.index(1, STATE).data(TIP) == f"{in_table}\nRun u put back {relinked}"
    assert glyph_of(summary("r"), families([undo, summary("r")])["r"]) not in STATE_GLYPHS.values()
    assert says_in_words_what_it_shows_in_colour(runs) and says_in_words_what_it_shows_in_colour(history)


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.PAUSED, RunState.INTERRUPTED])
@pytest.mark.parametrize(
    ("relinked", "in_list", "in_table"), [(7, "7 of 7 undone", "undone"), (3, "3 of 7 undone", "undone in part")]
)
def test_an_unfinished_run_that_was_undone_says_so_too(state: RunState, relinked: int, in_list: str, in_table: str) -> None:
    every = [
        replace(summary("u"), operation=Operation.RESTORE, origin=UndoOf("r"), tally=Tally({Outcome.RELINKED: relinked})),
        summary("r", state),
    ]
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs(every)
    history.show_runs(every, [])
    assert text(runs, 1, 0).endswith(in_list)
    assert text(history, 1, STATE) == f"{str(state).capitalize()}, {in_table}"
    assert glyph_of(every[1], families(every)["r"]) not in STATE_GLYPHS.values()


def test_an_undone_run_that_works_again_is_said_to_work() -> None:
    every = [
        replace(summary("u"), operation=Operation.RESTORE, origin=UndoOf("r"), tally=Tally({Outcome.RELINKED: 7})),
        summary("r", RunState.RUNNING),
    ]
    runs = RunsModel()
    runs.show_runs(every)
    assert text(runs, 1, 0).endswith("working")


def test_an_undo_that_put_nothing_back_changes_nothing_of_the_run() -> None:
    undo = replace(summary("u"), operation=Operation.RESTORE, origin=UndoOf("r"), tally=Tally({Outcome.NOT_ATTEMPTED: 7}))
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs([undo, summary("r")])
    history.show_runs([undo, summary("r")], [])
    assert text(runs, 1, 0).endswith("7 removed") and text(history, 1, STATE) == "Finished"


def test_a_run_of_today_has_its_hour_and_an_older_one_its_day() -> None:
    now = datetime.now(UTC)
    model = RunsModel()
    model.show_runs([replace(summary("a"), started=now.isoformat()), summary("b")])
    today, older = (text(model, row, 0).split("\n")[1] for row in range(2))
    assert today.startswith(now.astimezone().strftime("%H:%M"))
    assert older.startswith("5 Jan")


def test_the_same_runs_again_do_not_disturb_the_list(qtbot: QtBot) -> None:
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs(EVERY_STATE)
    history.show_runs(EVERY_STATE, ["run-paused"])
    with qtbot.assertNotEmitted(runs.modelReset), qtbot.assertNotEmitted(history.modelReset):
        runs.show_runs(list(EVERY_STATE))
        history.show_runs(tuple(EVERY_STATE), {"run-paused"})
    changed = [replace(EVERY_STATE[0], calls=5), *EVERY_STATE[1:]]
    with qtbot.waitSignals([runs.modelReset, history.modelReset]):
        runs.show_runs(changed)
        history.show_runs(changed, {"run-paused"})


def test_every_icon_has_a_word_beside_it() -> None:
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs(EVERY_STATE)
    history.show_runs(EVERY_STATE, [])
    assert says_in_words_what_it_shows_in_colour(runs)
    assert says_in_words_what_it_shows_in_colour(history)
    assert len(set(STATE_GLYPHS.values())) == len(RunState)


def test_history_has_the_five_counts_and_what_is_kept() -> None:
    model = HistoryModel()
    model.show_runs([replace(summary("r1"), company="ACME Ltd", environment="sandbox"), summary("r2", removed=12_345)], ["r2"])
    assert column(model, SHEET) == ["Spring fair.xlsx"] * 2
    assert column(model, ACCOUNT) == ["ACME Ltd · sandbox", "eu"]
    assert column(model, LINKS) == ["8", "12,346"]
    assert [text(model, 0, place) for place in OUTCOME_COLUMNS] == ["7", "0", "1", "0", "0"]
    assert (column(model, KEPT), column(model, RUN)) == (["", "Pinned"], ["r1", "r2"])
    assert column(model, STATE) == ["Finished", "Finished"]
    assert len(OUTCOME_COLUMNS) == len(Operation.REMOVE.outcomes)


def test_every_column_of_history_has_a_title_and_an_order() -> None:
    model = HistoryModel()
    early, late = summary("r1", removed=9), replace(summary("r2", removed=10), started="2026-02-01T08:00:00+00:00")
    model.show_runs([late, early], [])
    titles = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount())]
    assert all(titles) and len(set(map(str, titles))) == len(titles)
    for place in (STARTED, LINKS, OUTCOME_COLUMNS[0]):
        model.sort(place, Qt.SortOrder.AscendingOrder)
        assert column(model, RUN) == ["r1", "r2"], "numbers are ordered as numbers"
        model.sort(place, Qt.SortOrder.DescendingOrder)
        assert column(model, RUN) == ["r2", "r1"]


def test_what_is_selected_in_history_stays_so_when_it_is_sorted_and_new_runs_take_their_place() -> None:
    model = HistoryModel()
    early, late = summary("r1", removed=9), replace(summary("r2", removed=10), started="2026-02-01T08:00:00+00:00")
    model.show_runs([late, early], [])
    selected = QPersistentModelIndex(model.index(0, STATE))
    model.sort(LINKS, Qt.SortOrder.AscendingOrder)
    assert (selected.row(), selected.column(), model.row_of("r2"), model.row_of("r3")) == (1, STATE, 1, None)
    model.show_runs([summary("r3", removed=8), late, early], [])
    assert column(model, RUN) == ["r3", "r1", "r2"]


def test_a_file_name_is_never_taken_for_html_in_a_tooltip() -> None:
    evil = summary("r", sheet='/tmp/<img src="x.png">.xlsx')
    runs, history = RunsModel(), HistoryModel()
    runs.show_runs([evil])
    history.show_runs([evil], [])
    for tip in (runs.index(0, 0).data(TIP), history.index(0, SHEET).data(TIP)):
        assert "<img" not in tip and "&lt;img" in tip


def test_nothing_is_told_of_a_cell_that_does_not_exist() -> None:
    assert RunsModel().data(QModelIndex()) is None
    assert HistoryModel().data(QModelIndex()) is None
