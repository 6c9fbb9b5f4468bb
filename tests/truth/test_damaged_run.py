"""A run whose journal was damaged: one sentence, nothing sent, the original kept, and a new run from the sheet is possible."""

import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.truth.processes import Command, PracticeProcess
from tests.truth.scene import KILLING, PAIRS, Scene, ready


@pytest.fixture(scope="module")
def server() -> Iterator[PracticeProcess]:
    with PracticeProcess() as crm:
        yield crm


@pytest.fixture
def crm(server: PracticeProcess) -> Iterator[PracticeProcess]:
    with ready(server):
        yield server


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
