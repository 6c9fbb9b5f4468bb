"""A run whose journal was damaged: one sentence, nothing sent, the original kept, and a new run from the sheet is possible."""

import json
import random
import sqlite3
from pathlib import Path

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import AS_MEANT
from tests.truth.checks import blind_sends, falsehoods, fates, unintended, words_of
from tests.truth.journal_reading import intents_of
from tests.truth.processes import Command, PracticeProcess
from tests.truth.scene import KILLING, PAIRS, Scene


@pytest.mark.parametrize("seed", [pytest.param(n, marks=() if n < 4 else (pytest.mark.slow,)) for n in range(40)])
def test_a_damaged_run_sends_nothing_and_is_kept(crm: PracticeProcess, tmp_path: Path, seed: int) -> None:
    scene, chance = Scene(tmp_path, crm), random.Random(seed)
    scene.killed_at("after outcome", 2)
    (journal,) = scene.journals
    sqlite3.connect(journal).close()  # folds what the killed program left beside it into the file
    with sqlite3.connect(journal) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    whole = bytearray(journal.read_bytes())
    if seed % 2:
        whole = whole[: chance.randrange(len(whole))]
    else:
        whole[chance.choice([place for place, byte in enumerate(whole) if byte])] ^= 1 << chance.randrange(8)
    journal.write_bytes(whole)
    removals = crm.counts()["removals"]
    arguments = (*KILLING, "never", "1", "resume", journal.stem, *crm.place, "--json")
    code, out, err = Command(scene.home, arguments, (), crm.token, DELINK_QUICK_CLOCK="1").wait()
    if code == 0:  # the bit lay where nothing is kept
        told = json.loads(out.splitlines()[-1])
        assert (told["state"], told["delinked"]) == ("finished", len(PAIRS) - 1)
        return
    assert (code, crm.counts()["removals"]) == (2, removals)
    assert "cannot be trusted" in err and "kept unchanged" in err
    (aside,) = [one for one in journal.parent.glob("*.damaged-run*") if not one.name.endswith(("-wal", "-shm", "-end"))]
    assert aside.read_bytes() == whole


def as_left_by_a_kill(crm: PracticeProcess, folder: Path, chance: random.Random) -> tuple[Scene, Path]:
    """A run that was killed at some commit, its write-ahead log still beside the journal."""
    scene = Scene(folder, crm)
    point = chance.choice(["after intent", "after outcome", "before outcome"])
    scene.killed_at(point, chance.choice([1, 2, 3]), *chance.choice([(), ("--no-safety-copy",)]))
    (journal,) = scene.journals
    return scene, journal


@pytest.mark.parametrize("seed", [pytest.param(n, marks=() if n < 8 else (pytest.mark.slow,)) for n in range(120)])
def test_a_bit_that_flipped_beside_the_journal_leads_to_no_blind_send(crm: PracticeProcess, tmp_path: Path, seed: int) -> None:
    """Of the write-ahead log, SQLite drops everything from the first damaged place on: removals among it were sent."""
    chance = random.Random(seed)
    scene, journal = as_left_by_a_kill(crm, tmp_path, chance)
    log = journal.with_name(journal.name + "-wal")
    whole = bytearray(log.read_bytes())
    if seed % 8 == 7:
        whole = whole[: chance.randrange(len(whole))]
    else:
        whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    log.write_bytes(whole)
    calls_before, removals = len(crm.calls()), crm.counts()["removals"]
    with scene.look() as record:
        pairs = list(zip(record.links.parent_ids, record.links.related_ids, strict=True))
        outcomes = record.ledger.outcomes()
    settled = {frozenset(pair) for pair, one in zip(pairs, outcomes, strict=True) if one.outcome in AS_MEANT}
    arguments = (*KILLING, "never", "1", "resume", journal.stem, *crm.place, "--json")
    code, out, err = Command(scene.home, arguments, (), crm.token, DELINK_QUICK_CLOCK="1").wait()
    if code == 2:
        assert crm.counts()["removals"] == removals and "kept unchanged" in err
        return
    assert code == 0, err
    told = json.loads(out.splitlines()[-1])
    assert (told["state"], told["delinked"] + told["not_linked"]) == ("finished", len(PAIRS))
    later = crm.calls()[calls_before:]
    assert blind_sends(later, {frozenset(pair) for pair in PAIRS} - settled) == []
    assert crm.counts()["sends_without_read_max"] <= 1
    with scene.look() as record:
        assert falsehoods(record, fates(crm.links())) == []
    assert unintended(later, intents_of(journal)) == []
    kept = [one for one in journal.parent.iterdir() if ".as-found-" in one.name and one.name.endswith("-wal")]
    assert [one.read_bytes() for one in kept] == ([bytes(whole)] if kept else [])
    assert ("The end of the run's record was lost" in err) is bool(kept) or not record.ledger.lost()
    assert kept or told["delinked"] == len(PAIRS) - 1 or CauseCode.GONE_UNPROVEN in words_of(record.ledger, range(len(PAIRS)))
    print(f"{'end lost' if kept else 'nothing lost'}: {told['delinked']} removed, {told['not_linked']} not linked")
