"""Many starts at once on one run: one works on it, the others say so and leave it alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import delink, pairs_of, place_of, seed, start, wait_until, write_sheet
from tests.cli.forged import Program
from tests.patience import PATIENCE_S

LINKS = 12


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        seed(crm, pairs_of(LINKS, LINKS))
        yield crm


def start_at_once(crm: PracticeCrm, tmp_path: Path, starts: int) -> None:
    home = tmp_path / "home"
    sheet = write_sheet(tmp_path / "many.csv", pairs_of(LINKS, LINKS))
    paused = delink(home, "run", str(sheet), *place_of(crm), "--yes", "--first", "1", "--json", secret=crm.access_token)
    assert paused.code == 4
    crm.faults.add([{"match": {"method": "DELETE"}, "times": 99, "apply": "late", "do": "hold", "then": "answer"}])
    programs: list[Program] = []
    try:
        programs += [start(home, "resume", paused.json["run"], *place_of(crm), "--json") for _ in range(starts)]
        for program in programs:
            assert program.stdin is not None
            program.stdin.write(crm.access_token + "\n")
            program.stdin.flush()
        wait_until(lambda: sum(program.poll() is not None for program in programs) == starts - 1)
        wait_until(lambda: crm.faults.held)
        crm.faults.clear()
        told = [program.communicate(timeout=PATIENCE_S) for program in programs]
    finally:
        crm.faults.clear()
        for program in programs:
            program.kill()
            program.communicate()
    assert sorted(program.returncode for program in programs) == [0, *[2] * (starts - 1)]
    assert sum('"run_in_use"' in out for out, _ in told) == starts - 1
    counts = crm.state.counts()
    assert (counts["links_now"], counts["sends_per_link_max"], counts["removals"]) == (0, 1, LINKS)


def test_of_six_starts_one_works(crm: PracticeCrm, tmp_path: Path) -> None:
    start_at_once(crm, tmp_path, 6)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_of_fifty_starts_one_works(crm: PracticeCrm, tmp_path: Path) -> None:
    start_at_once(crm, tmp_path, 50)
