"""Runs are kept as long as somebody wants them, and never let go of while anything of them is open."""

from pathlib import Path

import pytest

from desktop.application.past_runs import (
    forget_run,
    keep_runs_for,
    let_go_of_old_runs,
    list_runs,
    newest_run,
    pin_run,
    pinned_runs,
    save_support_file,
)
from desktop.application.result_files import Progress
from desktop.application.run_results import write_results_again
from desktop.domain.errors import RunInUse, RunNotFound
from desktop.domain.ledger import RunRecord
from tests.application.office import PAIRS, Office, request_of
from tests.cli.driving import outcomes_in

DAY_S = 24 * 3600.0


def names(office: Office) -> list[str]:
    return [one.run for one in list_runs(office.services)]


def test_finished_runs_go_after_their_days_and_pinned_and_unfinished_ones_stay(office: Office) -> None:
    pinned, old = office.removed(request_of(PAIRS[:1])), office.removed(request_of(PAIRS[1:2]))
    with office.start(request_of(PAIRS[2:])) as run:
        unfinished = run.book.facts.run
    pin_run(office.services, pinned, pinned=True)
    keep_runs_for(office.services, 30)
    office.clock.wall_offset_s += 29 * DAY_S
    let_go_of_old_runs(office.services)
    assert set(names(office)) == {pinned, old, unfinished}
    office.clock.wall_offset_s += 2 * DAY_S
    let_go_of_old_runs(office.services)
    assert set(names(office)) == {pinned, unfinished}
    assert list(office.services.results_folder.glob(f"*{old}*")), "its results stay"
    pin_run(office.services, pinned, pinned=False)
    assert pinned_runs(office.services) == frozenset()


def test_a_run_at_work_is_not_forgotten(office: Office) -> None:
    with office.start(request_of()) as run:
        with pytest.raises(RunInUse):
            forget_run(office.services, run.book.facts.run)
        office.clock.wall_offset_s += 9999 * DAY_S
        let_go_of_old_runs(office.services)
    forget_run(office.services, run.book.facts.run)
    assert newest_run(office.services) is None
    with pytest.raises(RunNotFound):
        forget_run(office.services, run.book.facts.run)


def test_results_of_an_earlier_run_are_written_again_where_somebody_wants_them(office: Office, tmp_path: Path) -> None:
    office.removed()
    name = newest_run(office.services)
    assert name is not None
    entries: list[int] = []

    def progress_of(record: RunRecord) -> Progress:
        entries.append(len(record.entries))
        return lambda _done, _total: None

    written = write_results_again(office.services, name, tmp_path / "again.csv", progress_of)
    assert (written.path, entries) == (tmp_path / "again.csv", [len(PAIRS)])
    assert outcomes_in(tmp_path / "again.csv") == ["Removed"] * len(PAIRS)


def test_a_support_file_replaces_an_older_one_and_nothing_else_without_leave(office: Office, tmp_path: Path) -> None:
    path, mine = tmp_path / "help.zip", tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    assert save_support_file(office.services, "", path, may_overwrite=False)
    assert save_support_file(office.services, "", path, may_overwrite=False)
    assert not save_support_file(office.services, "", mine, may_overwrite=False) and mine.read_text("utf-8") == "mine"
    assert save_support_file(office.services, "", mine, may_overwrite=True)
