"""A journal that was damaged is found out before anything is sent, and stays as it is."""

import os
import random
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import JournalDamaged, RunNotFound
from desktop.domain.outcomes import REMOVED
from desktop.domain.runs import Copied, Intent, Settled
from desktop.storage.journal_marks import content_digest
from desktop.storage.run_folder import RunFolder, StoredRun
from tests.storage.stored import facts_of, plan_of, sheet_of


def finished_run(folder: Path) -> Path:
    """The journal of a run in its middle, as a closed program leaves it."""
    sheet = sheet_of(40)
    plan = plan_of(sheet)
    with RunFolder(folder).create(facts_of(sheet, plan), sheet, plan, ()) as run:
        for batch in plan.batches:
            copied = Copied(batch.link_numbers, {link: {"Member_Status": "Sent"} for link in batch.link_numbers}, 1.5)
            run.commit([copied, Intent(batch, 1.5)])
            run.commit([Settled(batch.number, tuple((link, REMOVED) for link in batch.link_numbers), 2.5)])
    return folder / f"{facts_of(sheet, plan).run}.delink-run"


def everything(run: StoredRun) -> tuple[Any, ...]:
    """Collect everything in a journal that decides what the program does."""
    links = run.links
    return (
        run.facts, run.plan, list(links.parent_ids), list(links.related_ids), list(links.relation_of), links.suspicious,
        list(run.entries), list(run.rows()), run.ledger.outcomes(), run.ledger.calls, run.ledger.state,
    )  # fmt: skip


def set_aside(folder: Path) -> list[Path]:
    """Damaged journals; what SQLite keeps beside one has a longer name."""
    return [path for path in folder.iterdir() if ".damaged-run" in path.name and not path.name.endswith(("-wal", "-shm", "-end"))]


@pytest.mark.parametrize("damage", ["truncate", "garbage", "empty", "flip"])
def test_a_damaged_journal_is_refused_and_set_aside_as_it_is(tmp_path: Path, damage: str) -> None:
    path = finished_run(tmp_path)
    whole = path.read_bytes()
    match damage:
        case "truncate":
            path.write_bytes(whole[: len(whole) // 2])
        case "garbage":
            path.write_bytes(os.urandom(5000))
        case "empty":
            path.write_bytes(b"")
        case "flip":
            path.write_bytes(whole.replace(b'"parent"', b'"parenx"'))
    before = path.read_bytes()
    with pytest.raises(JournalDamaged) as caught:
        RunFolder(tmp_path).open(path.stem)
    (aside,) = set_aside(tmp_path)
    assert (aside.read_bytes(), str(aside)) == (before, caught.value.path)
    assert RunFolder(tmp_path).summaries() == []
    with pytest.raises(RunNotFound):
        RunFolder(tmp_path).open(path.stem)


@pytest.mark.parametrize(
    ("statement", "value", "words"),
    [
        ("UPDATE links SET related_id = ? WHERE number = 1", "3.65E+18", "something else than an ID"),
        ("UPDATE links SET related_id = ? WHERE number = 1", "", "something else than an ID"),
        ("UPDATE links SET parent_id = ? WHERE number = 1", "365239700000092512a", "something else than an ID"),
        ("UPDATE links SET number = ? WHERE number = 39", 99, "journal-links-misnumbered"),
        ("UPDATE links SET relation = ? WHERE number = 1", 1, "one of the relations"),
        ("UPDATE entries SET row = ? WHERE position = 1", 99, "order of their rows"),
        ("UPDATE entries SET link = ? WHERE position = 1", -1, "a reason why"),
        ("UPDATE entries SET rejection = ? WHERE position = 1", "damaged", "a reason why"),
        ("UPDATE entries SET rejection = ? WHERE position = 1", "unheard_of", "unheard_of"),
    ],
)
def test_a_journal_that_makes_no_sense_is_damaged_even_if_its_digest_fits(
    tmp_path: Path, statement: str, value: str | int, words: str
) -> None:
    path = finished_run(tmp_path)
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(statement, (value,)).rowcount == 1
        db.execute("UPDATE meta SET value = ? WHERE key = 'content'", (content_digest(db),))
    with pytest.raises(JournalDamaged, match=words):
        RunFolder(tmp_path).open(path.stem)


def test_a_journal_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = finished_run(tmp_path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(JournalDamaged, match="journal-is-newer"):
        RunFolder(tmp_path).open(path.stem)
    assert path.read_bytes() == before and not set_aside(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_journal_that_may_not_be_read_now_is_left_alone(tmp_path: Path) -> None:
    path = finished_run(tmp_path)
    path.chmod(0)
    with pytest.raises(JournalDamaged):
        RunFolder(tmp_path).open(path.stem)
    assert path.exists() and not set_aside(tmp_path)


@pytest.mark.parametrize("seed", range(40))
def test_flipped_bit_or_lost_end_is_noticed(tmp_path: Path, seed: int) -> None:
    """Either the damage is noticed, or it lies where nothing is kept and all that counts is as it was."""
    path, chance = finished_run(tmp_path), random.Random(seed)
    with RunFolder(tmp_path).open(path.stem) as run:
        right = everything(run)
    whole = bytearray(path.read_bytes())
    if seed % 4 == 3:
        whole = whole[: chance.randrange(len(whole))]
    else:
        used = [place for place, byte in enumerate(whole) if byte]  # not in the empty parts of pages
        place = chance.choice(used)
        whole[place] ^= 1 << chance.randrange(8)
    path.write_bytes(whole)
    try:
        with RunFolder(tmp_path).open(path.stem) as run:
            assert everything(run) == right
    except JournalDamaged:
        (aside,) = set_aside(tmp_path)
        assert aside.read_bytes() == whole
