"""A disk that is full at any moment: nothing is sent without its intent, nothing is lost, and it goes on when there is room."""

import json
from pathlib import Path

import pytest

from tests.truth.processes import PracticeProcess
from tests.truth.scene import PAIRS, Scene
from tests.truth.small_disks import KB, small_disk

SIZES = sorted({8 * KB, 24 * KB, 40 * KB, 56 * KB, 64 * KB, 80 * KB, 100 * KB, 120 * KB, *range(4 * KB, 212 * KB, 4 * KB)})
QUICK = {24 * KB, 56 * KB, 64 * KB, 80 * KB, 100 * KB, 120 * KB}


@pytest.mark.parametrize(
    "size", [pytest.param(one, marks=() if one in QUICK else (pytest.mark.slow,), id=f"{one // KB} KB") for one in SIZES]
)
def test_a_full_disk_pauses_and_the_run_goes_on_when_there_is_room(crm: PracticeProcess, tmp_path: Path, size: int) -> None:
    scene = Scene(tmp_path, crm)
    code, out, _ = scene.start("--lanes", "2", module=("tests.truth.full_disk_program", str(size))).wait()
    told = json.loads(out.splitlines()[-1])
    if "error" in told:
        assert (told["error"], code, crm.counts()["removals"]) == ("journal_unwritable", 4, 0)
    elif told["state"] == "paused":
        assert (told["cause"], code) == ("disk_full", 4)
    else:
        assert (told["state"], code) == ("finished", 0 if told["results"] == str(scene.results) else 1)
    scene.holds_after_a_kill()
    if scene.journals:
        _, after = scene.goes_on()
        assert (after["delinked"], after["not_linked"]) == (len(PAIRS) - 1, 1)
    print(f"{size // KB:4} KB  {told.get('error') or told['state']:20} removed before {told.get('delinked', 0):2}")


FREE = sorted({0, *range(4 * KB, 324 * KB, 8 * KB)})
QUICK_FREE = {0, 44 * KB, 100 * KB, 108 * KB, 124 * KB, 140 * KB}


@pytest.mark.parametrize(
    "free", [pytest.param(one, marks=() if one in QUICK_FREE else (pytest.mark.slow,), id=f"{one // KB} KB free") for one in FREE]
)
def test_a_disk_that_is_really_full_pauses_and_the_run_goes_on_when_there_is_room(
    crm: PracticeProcess, tmp_path: Path, free: int
) -> None:
    with small_disk(tmp_path / "disk", 2048 * KB) as disk:
        scene = Scene(tmp_path, crm, disk.folder / "home")
        disk.leave(free)
        code, out, err = scene.start("--lanes", "2").wait()
        told = json.loads(out.splitlines()[-1])
        if "error" in told:
            assert (told["error"], code, crm.counts()["removals"]) == ("journal_unwritable", 4, 0)
        elif told["state"] == "paused":
            assert (told["cause"], code) == ("disk_full", 4)
        else:
            assert (told["state"], code) == ("finished", 0), err
        scene.holds_after_a_kill()
        disk.make_room()
        if scene.journals:
            _, after = scene.goes_on()
            assert (after["delinked"], after["not_linked"]) == (len(PAIRS) - 1, 1)
    print(f"{free // KB:4} KB free  {told.get('error') or told['state']:20} removed before {told.get('delinked', 0):2}")
