"""A run's record is read once for all who look at it, and read anew by whoever writes, or after something was written."""

import gc
from pathlib import Path

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED
from desktop.domain.runs import RunState, Settled, StateChange
from desktop.storage.run_folder import RunFolder, StoredRun
from tests.storage.stored import facts_of, plan_of, sheet_of

SHEET = sheet_of()
RUN = "20261124-120000-000aaaa"


@pytest.fixture
def runs(tmp_path: Path) -> RunFolder:
    return RunFolder(tmp_path)


@pytest.fixture
def book(runs: RunFolder) -> StoredRun:
    """A run that was let go of, and whose record somebody still has."""
    book = runs.create(facts_of(SHEET, plan_of(SHEET), RUN), SHEET, plan_of(SHEET), ())
    book.commit([Settled(None, ((0, REMOVED),), 1.0), StateChange(RunState.PAUSED, CauseCode.ASKED, 2.0)])
    book.close()
    return book


def test_whoever_looks_at_a_run_that_has_just_ended_shares_its_record(runs: RunFolder, book: StoredRun) -> None:
    with runs.look_at(RUN) as look:
        assert look.ledger is book.ledger and look.links is book.links and look.entries is book.entries
        assert len(list(look.rows())) == len(SHEET.rows), "its rows are read from the journal"
    with runs.look_at(RUN) as again:
        assert again.ledger is book.ledger


def test_writer_reads_and_checks_the_journal_himself(runs: RunFolder, book: StoredRun) -> None:
    with runs.open(RUN) as writer:
        assert writer.ledger is not book.ledger
    with runs.read(RUN) as reader:
        assert reader.ledger is not book.ledger


def test_after_a_change_the_journal_is_read_again_and_the_earlier_record_stays(
    runs: RunFolder, book: StoredRun, tmp_path: Path
) -> None:
    with RunFolder(tmp_path).open(RUN) as other_program:
        other_program.commit([Settled(None, ((1, REMOVED),), 3.0)])
    with runs.look_at(RUN) as look:
        assert look.ledger.outcome(1) == REMOVED
        assert book.ledger.outcome(1) != REMOVED


def test_another_run_of_the_same_name_shares_nothing(runs: RunFolder, book: StoredRun) -> None:
    runs.remove(RUN)
    facts = facts_of(SHEET, plan_of(SHEET), RUN)
    runs.create(facts, SHEET, plan_of(SHEET), ()).close()
    with runs.look_at(RUN) as look:
        assert look.ledger is not book.ledger and look.ledger.state is not RunState.PAUSED


def test_a_record_that_nobody_has_any_more_is_not_kept_in_memory(runs: RunFolder) -> None:
    runs.create(facts_of(SHEET, plan_of(SHEET), RUN), SHEET, plan_of(SHEET), ()).close()
    gc.collect()
    assert len(runs._closed_journals) == 0
