"""--results and --output on the command line: never the sheet, somebody else's file only with --overwrite, always written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.cli.arguments import WrongUse
from desktop.cli.result_places import check_folder
from tests.cli.driving import ROOT, TIMEOUT_S, delink, outcomes_in, pairs_of, write_sheet


def test_the_sheet_and_other_files_are_refused_before_anything_is_sent(tmp_path: Path) -> None:
    home, sheet = tmp_path / "home", write_sheet(tmp_path / "mine.csv", pairs_of(4, 1))
    before = sheet.read_bytes()
    (tmp_path / "hard.csv").hardlink_to(sheet)
    notes = tmp_path / "notes.csv"
    notes.write_text("mine", encoding="utf-8")

    def run(name: str, *more: str) -> tuple[int, str]:
        ended = delink(home, "run", str(sheet), "--practice", "--yes", "--json", "--results", str(tmp_path / name), *more)
        return ended.code, ended.json.get("error", "")

    assert run("hard.csv", "--overwrite") == (2, "results_over_sheet")
    assert run("notes.csv") == (2, "results_in_the_way")
    assert not list(home.glob("runs/*.delink-run")) and notes.read_text("utf-8") == "mine" and sheet.read_bytes() == before
    assert run("notes.csv", "--overwrite") == (0, "")
    assert outcomes_in(notes) == ["Removed"] * 4
    over = delink(home, "results", "--output", str(sheet), "--overwrite", "--json")
    assert (over.code, over.json["error"]) == (2, "results_over_sheet") and sheet.read_bytes() == before
    notes.write_text("mine again", encoding="utf-8")
    beside = delink(home, "results", "--output", str(notes), "--json")
    assert (beside.code, beside.json["output"]) == (0, str(tmp_path / "notes (2).csv"))
    assert "notes (2).csv" in beside.err and notes.read_text("utf-8") == "mine again"
    assert delink(home, "support", "--output", str(sheet)).code == 2 and sheet.read_bytes() == before


def test_a_folder_that_is_missing_is_named_and_not_made(tmp_path: Path) -> None:
    check_folder(tmp_path / "x.xlsx")
    with pytest.raises(WrongUse, match=r"There is no folder .*new.*Nothing was sent"):
        check_folder(tmp_path / "new" / "x.xlsx")
    ended = delink(tmp_path / "home", "results", "--output", str(tmp_path / "new" / "x.xlsx"))
    assert ended.code == 2 and "There is no folder" in ended.err and "--output" in ended.err
    assert not (tmp_path / "new").exists()


_FAULTY = """
import sys
from desktop.cli.main import main
from desktop.engine.runner import Runner

class Fault(Exception):
    pass

def run(self):
    raise Fault

Runner.run = run
sys.exit(main(sys.argv[1:]))
"""


def test_a_run_that_a_fault_ends_has_results_too(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "mine.csv", pairs_of(4, 1))
    ended = subprocess.run(
        [sys.executable, "-c", _FAULTY, "run", str(sheet), "--practice", "--yes"],
        env={**os.environ, "DELINK_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )
    (written,) = tmp_path.glob("home/results/*.xlsx")
    assert ended.returncode == 1 and outcomes_in(written) == ["Not sent"] * 4
    assert f"The results so far: {written}" in ended.stderr
