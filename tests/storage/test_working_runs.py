"""A run that a program works on just now is listed with the counts of its journal, not with those of an older summary."""

import json
from pathlib import Path

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import NOT_SENT
from desktop.domain.outcomes import LinkOutcome, Outcome
from desktop.domain.runs import Intent, RunState, Settled, StateChange
from desktop.storage.run_folder import RunFolder
from tests.storage.stored import facts_of, plan_of, sheet_of

SHEET = sheet_of()
PLAN = plan_of(SHEET)
FACTS = facts_of(SHEET, PLAN)
REMOVED = LinkOutcome(Outcome.DELINKED, CauseCode.REMOVED)


def test_a_working_run_is_counted_from_its_journal_and_what_is_under_way_is_not_called_not_sent(tmp_path: Path) -> None:
    first, *_ = PLAN.batches
    sent = len(first)
    with RunFolder(tmp_path, lambda: 5.0).create(FACTS, SHEET, PLAN, ()) as book:  # no second passes, so one summary is written
        book.commit([StateChange(RunState.RUNNING, None, 5.0)])
        others = RunFolder(tmp_path)
        book.commit([Intent(first, 5.1)])
        (flying,) = others.summaries()
        assert flying.tally.counts == {Outcome.UNKNOWN: sent, Outcome.NOT_ATTEMPTED: 6 - sent}
        book.commit([Settled(first.number, tuple((link, REMOVED) for link in first.link_numbers), 5.2)])
        (told,) = others.summaries()
        assert (told.state, told.calls) == (RunState.RUNNING, 1)
        assert told.tally.counts == {Outcome.DELINKED: sent, Outcome.NOT_ATTEMPTED: 6 - sent}
        kept = json.loads((tmp_path / f"{FACTS.run}.json").read_text("utf-8"))
        assert kept["tally"] == {str(NOT_SENT.outcome): 6}


def test_without_a_readable_journal_the_last_summary_is_listed(tmp_path: Path) -> None:
    with RunFolder(tmp_path, lambda: 5.0).create(FACTS, SHEET, PLAN, ()) as book:
        book.commit([StateChange(RunState.RUNNING, None, 5.0)])
        (tmp_path / f"{FACTS.run}.delink-run").rename(tmp_path / "elsewhere")
        (tmp_path / f"{FACTS.run}.delink-run").write_bytes(b"SQLite format 3\x00 and then nothing of use")
        (told,) = RunFolder(tmp_path).summaries()
        assert told.tally.counts == {Outcome.NOT_ATTEMPTED: 6}
        (tmp_path / f"{FACTS.run}.delink-run").unlink()
        (tmp_path / "elsewhere").rename(tmp_path / f"{FACTS.run}.delink-run")
