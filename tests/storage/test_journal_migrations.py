"""A journal of every released version opens, says what it said, and goes on. Golden files are never written anew."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalDamaged, RunInUse
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, Origin, RetryOf, UndoOf
from desktop.domain.outcomes import REMOVED, Outcome
from desktop.domain.parts import part_of
from desktop.domain.relations import Relation
from desktop.domain.runs import AsSheet, Doubted, Intent, RunState, Settled
from desktop.storage import journal_migrations
from desktop.storage.journal_migrations import copy_path, migrate
from desktop.storage.journal_schema import SCHEMA_VERSION
from desktop.storage.journal_writing import create_journal
from desktop.storage.run_folder import RunFolder
from desktop.words import say_text
from tests.storage.stored import CONTACTS, facts_of, new_run, plan_of, sheet_of

GOLDEN = Path(__file__).with_name("golden")
RUN = "20261124-120000-000aaaa"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(GOLDEN / "schema-1.delink-run", tmp_path / f"{RUN}.delink-run")
    return tmp_path


def test_a_journal_of_version_1_says_what_it_said(folder: Path) -> None:
    with RunFolder(folder).open(RUN) as run:
        assert run.plan == plan_of(sheet_of())
        assert [one.cause for one in run.ledger.outcomes()] == [
            CauseCode.REMOVED, CauseCode.ANSWER_LOST, CauseCode.INTERRUPTED,
            CauseCode.NOT_SENT_YET, CauseCode.INTERRUPTED, CauseCode.HELD_BACK,
        ]  # fmt: skip
        assert (run.ledger.calls, run.ledger.reads, run.ledger.state) == (4, 1, RunState.RUNNING)
        assert run.ledger.was_seen_linked(1) and not run.ledger.copies
        assert run.facts.safety_copy is False and list(run.safety_copy()) == []
        assert run.facts.connection.account.company == "ACME"
        assert isinstance(run.facts.reading, str) and say_text(run.facts.reading) == run.facts.reading != ""
        assert [row.number for row in run.rows()] == [row.number for row in sheet_of().rows]


def test_migrated_journal_goes_on_and_opens_again(folder: Path) -> None:
    with RunFolder(folder).open(RUN) as run:
        batch = run.plan.batches[3]
        run.commit([Intent(batch, 11.0), Settled(batch.number, tuple((link, REMOVED) for link in batch.link_numbers), 12.0)])
    with RunFolder(folder).read(RUN) as again:
        assert again.ledger.outcome(batch.link_numbers[0]).outcome is Outcome.DELINKED


def test_reading_an_old_journal_migrates_it_unless_a_program_works_on_it(folder: Path) -> None:
    with RunFolder(folder).read(RUN) as run:
        assert run.ledger.tally[Outcome.UNKNOWN] == 3
    assert list(folder.glob("*.version-1"))
    with RunFolder(folder).open(RUN), pytest.raises(RunInUse):
        RunFolder(folder).read(RUN)


def test_a_copy_is_kept_before_anything_is_changed(folder: Path) -> None:
    RunFolder(folder).open(RUN).close()
    (kept,) = folder.glob("*.version-1")
    for path, version in ((kept, 1), (folder / f"{RUN}.delink-run", 3)):
        with sqlite3.connect(path) as db:
            assert db.execute("PRAGMA user_version").fetchone()[0] == version
            assert db.execute("SELECT COUNT(*) FROM changes").fetchone()[0] == 13
        db.close()
    assert kept.stat().st_mode & 0o077 == 0
    RunFolder(folder).remove(RUN)
    assert not list(folder.iterdir())


def test_old_journal_that_cannot_be_migrated_is_kept(folder: Path) -> None:
    path = folder / f"{RUN}.delink-run"
    with sqlite3.connect(path) as db:
        db.execute("UPDATE changes SET payload = '[' WHERE seq = 3")
    db.close()
    with pytest.raises(JournalDamaged):
        RunFolder(folder).open(RUN)
    assert list(folder.glob("*.damaged-run*")) and list(folder.glob("*.version-1"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    shutil.copy(GOLDEN / "schema-2.delink-run", tmp_path / f"{RUN}.delink-run")
    return tmp_path


def test_a_journal_of_version_2_says_what_it_said(second: Path) -> None:
    with RunFolder(second).open(RUN) as run:
        assert run.plan == plan_of(sheet_of())
        assert [one.cause for one in run.ledger.outcomes()] == [
            CauseCode.REMOVED, CauseCode.ANSWER_LOST, CauseCode.INTERRUPTED,
            CauseCode.NOT_SENT_YET, CauseCode.INTERRUPTED, CauseCode.HELD_BACK,
        ]  # fmt: skip
        assert (run.ledger.calls, run.ledger.reads, run.ledger.copies) == (5, 3, 2)
        assert dict(run.safety_copy()) == {0: {"Member_Status": "Sent"}, 1: {"Member_Status": "Invité"}}
        assert run.ledger.as_sheet == set()
    (kept,) = second.glob("*.version-2")
    with sqlite3.connect(kept) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 2
    db.close()


def test_the_changes_of_today_follow_on_those_of_version_2(second: Path) -> None:
    with RunFolder(second).open(RUN) as run:
        run.commit([AsSheet(CONTACTS, 20.0), Doubted(run.plan.batches[3], 21.0)])
    with RunFolder(second).read(RUN) as again:
        assert again.ledger.as_sheet == {CONTACTS}
        assert again.ledger.outcome(3).cause is CauseCode.RECORD_CUT
        assert again.ledger.lost()[3].batch == again.plan.batches[3]


@pytest.fixture
def third(tmp_path: Path) -> Path:
    """A journal of version 3, of an undo that was stopped."""
    shutil.copy(GOLDEN / "schema-3.delink-run", tmp_path / f"{RUN}.delink-run")
    return tmp_path


def test_an_undo_of_version_3_says_what_it_said_and_is_read_as_it_is(third: Path) -> None:
    with RunFolder(third).open(RUN) as run:
        assert (run.facts.operation, run.facts.origin) == (Operation.RESTORE, UndoOf("20261123-090000-000bbbb"))
        assert run.plan == plan_of(sheet_of())
        told = (CauseCode.PUT_BACK, CauseCode.RECORD_LOCKED, *[CauseCode.NOT_SENT_YET] * 4)
        assert tuple(one.cause for one in run.ledger.outcomes()) == told
        fields = dict(run.safety_copy())
        assert (fields[0], fields[1], len(fields)) == ({"Member_Status": "Sent"}, {"Member_Status": "Invité"}, 6)
    assert not list(third.glob("*.version-*")) and version_of_journal(third) == 3


def test_the_retry_of_an_undo_of_version_4_says_what_it_said(tmp_path: Path) -> None:
    shutil.copy(GOLDEN / "schema-4.delink-run", tmp_path / f"{RUN}.delink-run")
    with RunFolder(tmp_path).open(RUN) as run:
        assert (run.facts.operation, run.facts.origin) == (Operation.RESTORE, RetryOf("20261123-090000-000cccc"))
        first, second = run.plan.batches[:2]
        assert all(run.ledger.outcome(link).cause is CauseCode.PUT_BACK for link in first.link_numbers)
        assert all(run.ledger.outcome(link).cause is CauseCode.INTERRUPTED for link in second.link_numbers)
        fields = dict(run.safety_copy())
        assert (fields[0], fields[1], len(fields)) == ({"Member_Status": "Sent"}, {"Member_Status": "Invité"}, 6)
    assert not list(tmp_path.glob("*.version-*")) and version_of_journal(tmp_path) == 4


def test_a_run_on_a_list_of_ones_own_of_version_5_says_what_it_said(tmp_path: Path) -> None:
    shutil.copy(GOLDEN / "schema-5.delink-run", tmp_path / f"{RUN}.delink-run")
    with RunFolder(tmp_path).open(RUN) as run:
        assert run.facts.relations == run.links.relations == (Relation("Trade_Fairs", "Visitors"),)
        assert (run.ledger.tally[Outcome.DELINKED], run.ledger.calls) == (len(run.plan.batches[0].ids), 1)
        assert run.ledger.state is RunState.PAUSED
    assert not list(tmp_path.glob("*.version-*")) and version_of_journal(tmp_path) == 5


def test_a_journal_of_every_version_is_kept() -> None:
    kept = {int(path.stem.removeprefix("schema-")) for path in GOLDEN.glob("schema-*.delink-run")}
    assert kept == set(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize(
    ("operation", "origin", "version"),
    [
        (Operation.REMOVE, Fresh(), 3),
        (Operation.REMOVE, RetryOf("a"), 3),
        (Operation.RESTORE, UndoOf("a"), 3),
        (Operation.RESTORE, RetryOf("a"), 4),
    ],
)
def test_a_journal_gets_the_oldest_version_that_knows_its_kind_of_run(
    tmp_path: Path, operation: Operation, origin: Origin, version: int
) -> None:
    sheet = sheet_of()
    plan = plan_of(sheet)
    facts = replace(facts_of(sheet, plan, RUN), operation=operation, origin=origin)
    RunFolder(tmp_path).create(facts, sheet, plan, ()).close()
    assert version_of_journal(tmp_path) == version
    with RunFolder(tmp_path).read(RUN) as run:
        assert run.facts == facts
    (summary,) = RunFolder(tmp_path).summaries()
    assert (summary.operation, summary.origin) == (operation, origin)


def test_only_journals_of_custom_relations_are_closed_to_older_programs(tmp_path: Path) -> None:
    own = Relation("Trade_Fairs", "Visitors")
    sheet = sheet_of(relation=own)
    plan = plan_of(sheet)
    RunFolder(tmp_path).create(facts_of(sheet, plan, RUN), sheet, plan, ()).close()
    assert version_of_journal(tmp_path) == SCHEMA_VERSION == 5
    with RunFolder(tmp_path).open(RUN) as run:
        assert run.facts.relations == run.links.relations == (own,)
        assert part_of(run, [0]).choice.accepted_relations == {own}


@pytest.mark.parametrize(
    ("accepted", "used"),
    [
        (Relation("Campaigns", "Notes"), Relation("Campaigns", "Notes")),
        (CONTACTS, Relation("Trade_Fairs", "Visitors")),
        (CONTACTS, Relation("Campaigns", "Notes")),
    ],
)
def test_a_journal_cannot_smuggle_in_a_relation(tmp_path: Path, accepted: Relation, used: Relation) -> None:
    """Every sum in it is right: somebody wrote it who knows how."""
    sheet = sheet_of(relation=used)
    plan = plan_of(sheet)
    facts = replace(facts_of(sheet, plan, RUN), relations=(accepted,))
    create_journal(tmp_path / f"{RUN}.delink-run", facts, sheet, plan, ())
    with pytest.raises(JournalDamaged):
        RunFolder(tmp_path).open(RUN)


def version_of_journal(folder: Path) -> int:
    with closing(sqlite3.connect(folder / f"{RUN}.delink-run")) as db:
        return int(db.execute("PRAGMA user_version").fetchone()[0])


def test_a_journal_of_today_is_left_as_it_is(tmp_path: Path) -> None:
    with new_run(tmp_path) as run:
        path = tmp_path / f"{run.facts.run}.delink-run"
    before = path.read_bytes()
    migrate(path)
    assert path.read_bytes() == before and not copy_path(path, SCHEMA_VERSION).exists()


def test_a_migration_that_fails_leaves_the_journal_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / f"{RUN}.delink-run"

    def refuse(*_: object) -> str:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    with monkeypatch.context() as patched, pytest.raises(OSError):
        patched.setattr(journal_migrations, "content_digest", refuse)
        migrate(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 1
        assert "mark" not in {row[1] for row in db.execute("PRAGMA table_info(changes)")}
    assert copy_path(path, 1).exists() and len(before) == path.stat().st_size
    migrate(path)
    RunFolder(folder).open(RUN).close()
