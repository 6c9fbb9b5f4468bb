"""What is written about a sheet before anything is removed never takes the sheet's own place."""

from pathlib import Path

import pytest

from desktop.application.checking import CrmCheck
from desktop.application.planning import plan_sheet
from desktop.application.serving import opened
from desktop.application.sheet_reports import save_findings, save_problem_rows
from desktop.domain.errors import ResultsOverSheet
from desktop.sheets.links_sheet import open_sheet
from tests.application.office import PAIRS, Office
from tests.cli.driving import write_sheet


def test_what_is_told_of_a_sheet_never_takes_its_place(office: Office, tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "mine.csv", [*PAIRS, (PAIRS[0][0], "Bob")])
    sheet = open_sheet(path)
    with opened(office.services, office.account) as account:
        findings = CrmCheck(office.services, sheet, plan_sheet(sheet), account).run()
    before = path.read_bytes()
    with pytest.raises(ResultsOverSheet):
        save_problem_rows(office.services, sheet, path)
    with pytest.raises(ResultsOverSheet):
        save_findings(office.services, sheet, findings, path)
    assert path.read_bytes() == before
    assert save_problem_rows(office.services, sheet, tmp_path / "problems.csv") > 0
    assert save_findings(office.services, sheet, findings, tmp_path / "found.csv") > len(PAIRS)
