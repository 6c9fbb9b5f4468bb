"""Reports on a sheet may take the place of anything that somebody chose, but never of the sheet itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.sheet_reports import save_findings, save_problem_rows
from desktop.domain.errors import ResultsOverSheet
from desktop.domain.findings import Findings
from tests.application.office import PAIRS, Office
from tests.truth.stage import sheet_of


def test_the_sheet_is_never_written_over(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("the only copy", encoding="utf-8")
    sheet = replace(sheet_of(PAIRS), path=str(path))
    with pytest.raises(ResultsOverSheet):
        save_problem_rows(office.services, sheet, path)
    with pytest.raises(ResultsOverSheet):
        save_findings(office.services, sheet, Findings(bytearray(len(PAIRS))), path)
    assert path.read_text("utf-8") == "the only copy"


def test_another_file_that_was_chosen_is_replaced(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("an older report", encoding="utf-8")
    sheet = replace(sheet_of(PAIRS), path=str(tmp_path / "a.csv"))
    assert save_problem_rows(office.services, sheet, path) == 0
    assert "an older report" not in path.read_text("utf-8")
    assert save_findings(office.services, sheet, Findings(bytearray(len(PAIRS))), path) == len(PAIRS)
