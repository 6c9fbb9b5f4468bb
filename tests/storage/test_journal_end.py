"""A journal whose end was lost without SQLite noticing: it shows, nothing is taken for unsent, and the original is kept."""

import os
import random
import shutil
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalDamaged, JournalUnwritable
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.planning.plans import Batch, Plan, SideChoice, make_plan
from desktop.domain.readings import SheetLinks
from desktop.domain.runs import Change, Copied, Intent, RunState, Settled, StateChange
from desktop.storage.journal_end import HighWaterMark, noted_end
from desktop.storage.run_folder import RunFolder
from tests.storage.stored import facts_of, sheet_of

LINKS, EACH = 40, 4
_WAL_HEAD, _FRAME_HEAD = 32, 24
REFUSED = LinkOutcome(Outcome.REFUSED, CauseCode.PARENT_NOT_FOUND)


def plan_of_many_calls(sheet: SheetLinks) -> Plan:
    """Make a plan of calls with four links each."""
    whole = make_plan(sheet.links, SideChoice.AS_SHEET, range(LINKS)).batches
    cuts = [(batch, range(start, start + EACH)) for batch in whole for start in range(0, len(batch), EACH)]
    return Plan(tuple(batch.part(number, cut) for number, (batch, cut) in enumerate(cuts)), LINKS, len(cuts))


def killed_run(folder: Path, more: Callable[[Batch], Sequence[Change]] = lambda _: ()) -> Path:
    """What a killed program left: every call but the last answered, its write-ahead log still beside the journal."""
    work = folder / "work"
    work.mkdir(parents=True)
    sheet = sheet_of(LINKS)
    plan = plan_of_many_calls(sheet)
    run = RunFolder(work).create(facts_of(sheet, plan), sheet, plan, ())
    run.commit([StateChange(RunState.RUNNING, None, 1.0)])
    for batch in plan.batches[:-1]:
        run.commit([Copied(batch.link_numbers, {}, 1.5), Intent(batch, 1.5)])
        run.commit([Settled(batch.number, tuple((link, REMOVED) for link in batch.link_numbers), 2.5)])
    run.commit([Intent(plan.batches[-1], 3.5), *more(plan.batches[-1])])
    left = folder / "left"
    shutil.copytree(work, left)  # as it stands on the disk: the program did not close it
    run.close()
    shutil.rmtree(work)
    return left / f"{run.facts.run}.delink-run"


def wal_of(journal: Path) -> Path:
    return journal.with_name(journal.name + "-wal")


def cut_after(journal: Path, commits: int) -> None:
    """Flip a bit in the first frame after so many commits: SQLite drops it and all that follow."""
    wal = bytearray(wal_of(journal).read_bytes())
    page = struct.unpack(">I", wal[8:12])[0]
    place = _WAL_HEAD
    while commits:
        commits -= struct.unpack(">I", wal[place + 4 : place + 8])[0] > 0
        place += _FRAME_HEAD + page
    wal[place + _FRAME_HEAD + 7] ^= 1
    wal_of(journal).write_bytes(wal)


def as_found(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if ".as-found-" in path.name)


def test_without_the_note_a_lost_end_would_go_unseen(tmp_path: Path) -> None:
    path = killed_run(tmp_path)
    cut_after(path, 3)
    path.with_name(path.name + "-end").unlink()
    with RunFolder(path.parent).open(path.stem) as run:
        assert run.ledger.tally[Outcome.UNKNOWN] == 0
        assert len(run.ledger.unsent()) == LINKS - EACH, "links that were removed are taken for unsent"


@pytest.mark.parametrize("commits", [0, 1, 2, 3, 4, 9])
def test_links_that_may_have_been_sent_in_the_lost_end_are_unknown(tmp_path: Path, commits: int) -> None:
    """One commit for the state, then two for each call: its intent, its outcome."""
    path = killed_run(tmp_path)
    cut_after(path, commits)
    before = [path.read_bytes(), wal_of(path).read_bytes()]
    looked = RunFolder(path.parent).read(path.stem)
    assert looked.ledger.tally[Outcome.UNKNOWN] + looked.ledger.tally[Outcome.DELINKED] == LINKS
    looked.close()
    assert [path.read_bytes(), wal_of(path).read_bytes()] == before, "looking changes nothing"
    with RunFolder(path.parent).open(path.stem) as run:
        ledger = run.ledger
        doubted = ledger.with_outcome(Outcome.UNKNOWN)
        flying = sum(len(batch) for batch in ledger.open_batches())  # unknown as soon as the run begins, as ever
        assert (flying, len(doubted)) == (EACH if commits in (2, 4) else 0, LINKS - EACH * (commits // 2))
        assert {ledger.outcome(link).cause for link in doubted} == {CauseCode.RECORD_CUT}
        assert set(ledger.lost()) == set(doubted) and not ledger.unsent()
        assert ledger.calls == commits // 2, "a doubt is no call"
    assert [one.read_bytes() for one in as_found(path.parent)] == before
    with RunFolder(path.parent).open(path.stem) as again:
        assert set(doubted) <= set(again.ledger.with_outcome(Outcome.UNKNOWN))
    assert len(as_found(path.parent)) == 2, "it is whole again, and not kept a second time"


def test_whole_journal_marks_nothing_as_unknown(tmp_path: Path) -> None:
    path = killed_run(tmp_path)
    with RunFolder(path.parent).open(path.stem) as run:
        assert (len(run.ledger.open_batches()), run.ledger.tally[Outcome.DELINKED]) == (1, LINKS - EACH)
    with RunFolder(path.parent).open(path.stem) as run:
        assert CauseCode.RECORD_CUT not in {one.cause for one in run.ledger.outcomes()}
    assert not as_found(path.parent)


def test_missing_write_ahead_log_is_a_lost_end_too(tmp_path: Path) -> None:
    path = killed_run(tmp_path)
    wal_of(path).unlink()
    with RunFolder(path.parent).open(path.stem) as run:
        assert run.ledger.tally[Outcome.UNKNOWN] == LINKS


def test_links_that_were_not_sent_in_the_lost_end_keep_their_outcomes(tmp_path: Path) -> None:
    def refused(batch: Batch) -> list[Change]:
        outcomes = tuple((link, REFUSED) for link in batch.link_numbers)
        return [Settled(batch.number, outcomes, 4.0), StateChange(RunState.FINISHED, None, 5.0)]

    path = killed_run(tmp_path, refused)
    note = HighWaterMark(path)
    note.write(1000)
    note.close()
    with RunFolder(path.parent).open(path.stem) as run:
        assert (run.ledger.tally[Outcome.UNKNOWN], run.ledger.tally[Outcome.REFUSED]) == (0, EACH)
    assert as_found(path.parent) and noted_end(path) == 31


@pytest.mark.parametrize("note", [b"", b"garbage", b"\xff\xfe", b"00000000000000009999 00000000\n"])
def test_damaged_note_is_ignored(tmp_path: Path, note: bytes) -> None:
    path = killed_run(tmp_path)
    path.with_name(path.name + "-end").write_bytes(note)
    with RunFolder(path.parent).open(path.stem) as run:
        assert run.ledger.tally[Outcome.DELINKED] == LINKS - EACH
    assert noted_end(path) == 29


def test_removing_a_run_deletes_its_copies_too(tmp_path: Path) -> None:
    path = killed_run(tmp_path)
    cut_after(path, 3)
    RunFolder(path.parent).open(path.stem).close()
    assert as_found(path.parent)
    RunFolder(path.parent).remove(path.stem)
    assert not list(path.parent.iterdir())


@pytest.mark.parametrize("seed", range(60))
def test_a_bit_flipped_anywhere_in_the_log_loses_no_removal_unseen(tmp_path: Path, seed: int) -> None:
    """Either all that counts is as it was, or no link that was sent is taken for unsent."""
    path, chance = killed_run(tmp_path), random.Random(seed)
    wal = bytearray(wal_of(path).read_bytes())
    if seed % 6 == 5:
        wal = wal[: chance.randrange(len(wal))]
    elif seed % 6 == 4:  # in the head of the log or of a frame
        page = struct.unpack(">I", wal[8:12])[0]
        frames = (len(wal) - _WAL_HEAD) // (_FRAME_HEAD + page)
        place = chance.choice([chance.randrange(_WAL_HEAD), _WAL_HEAD + chance.randrange(frames) * (_FRAME_HEAD + page) + 9])
        wal[place] ^= 1 << chance.randrange(8)
    else:
        wal[chance.randrange(len(wal))] ^= 1 << chance.randrange(8)
    wal_of(path).write_bytes(wal)
    sent = set(range(LINKS))
    try:
        with RunFolder(path.parent).open(path.stem) as run:
            assert not sent & set(run.ledger.unsent())
    except JournalDamaged:
        aside = [one for one in path.parent.iterdir() if one.name.endswith("-wal") and ".damaged-run" in one.name]
        assert [one.read_bytes() for one in aside] == [wal]


@pytest.mark.skipif(os.name == "nt", reason="modes of files")
def test_the_note_is_the_users_alone(tmp_path: Path) -> None:
    path = killed_run(tmp_path)
    assert path.with_name(path.name + "-end").stat().st_mode & 0o077 == 0


def test_a_note_that_cannot_be_written_costs_the_check_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for step in ("open", "write", "fsync"):
        caplog.clear()
        with monkeypatch.context() as patched:
            if step == "open":
                patched.setattr("desktop.storage.journal_end.os.open", refuse)
            note = HighWaterMark(tmp_path / f"{step}.delink-run")
            patched.setattr(f"desktop.storage.journal_end.os.{step}", refuse)
            note.write(7)
            note.flush()
        assert caplog.text.count("could not be noted") == 1, step
        note.write(8)
        note.close()
        note.close()
    assert noted_end(tmp_path / "write.delink-run") == 0 and noted_end(tmp_path / "fsync.delink-run") == 7


def test_shorter_number_overwrites_a_longer_one_completely(tmp_path: Path) -> None:
    note = HighWaterMark(tmp_path / "a.delink-run")
    for number in (10**15, 7):
        note.write(number)
        assert noted_end(tmp_path / "a.delink-run") == number
    note.close()


def test_a_lost_end_that_cannot_be_kept_as_it_was_found_is_not_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = killed_run(tmp_path)
    cut_after(path, 3)
    before = [path.read_bytes(), wal_of(path).read_bytes()]

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(JournalUnwritable, match="no-space-left"):
        patched.setattr(shutil, "copy2", refuse)
        RunFolder(path.parent).open(path.stem)
    assert [path.read_bytes(), wal_of(path).read_bytes()] == before
    RunFolder(path.parent).open(path.stem).close()
