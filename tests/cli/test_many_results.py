"""While many results are written, those who watch are told on standard error."""

from pathlib import Path

import pytest

from desktop.cli.output import RowsPrinter
from tests.cli.driving import delink, pairs_of, write_sheet

ROWS = 20_500


def test_results_of_many_rows_are_not_written_in_silence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(1, 1) * ROWS)
    ran = delink(home, "run", str(sheet), "--practice", "--yes", "--json")
    again = delink(home, "results", "--output", str(tmp_path / "r.csv"), "--json")
    for ended in (ran, again):
        assert f"Writing the results of {ROWS:,} entries" in ended.err
        assert f" of {ROWS:,} rows" in ended.err
        assert len(ended.out.splitlines()) == 1


def test_a_paused_run_tells_it_too(tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(3, 1) * (ROWS // 3 + 1))
    paused = delink(tmp_path / "home", "run", str(sheet), "--practice", "--yes", "--first", "1")
    assert paused.code == 4 and "Writing the results of" in paused.err


def test_few_results_are_written_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    with RowsPrinter(400) as printer:
        printer.tell(800, 800)
    assert capsys.readouterr() == ("", "")
