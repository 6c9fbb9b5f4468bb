"""What stands in a sheet, a file name or the CRM cannot steer the terminal or forge a line of the log."""

import os
import re
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop.practice import PracticeCrm
from tests.cli.driving import ROOT, delink, pairs_of, place_of, seed, write_sheet

EVIL = "x\x1b]0;t\x07\u202e"
FORGED = "ACME\n2026-01-01 00:00:00 INFO MainThread desktop: forged"
_SEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_a_file_name_and_a_cell_are_shown_as_they_are(home: Path, tmp_path: Path) -> None:
    sheet = tmp_path / f"{EVIL}\nforged.csv"
    sheet.write_text(f"Campaign Id,Contact Id,{EVIL}\n3652397000000327101,3652397000000925001,{EVIL}\n", "utf-8")
    for extra in ((), ("--parent-column", f"{EVIL}\nwrong"), ("--where", f"{EVIL}=1\n2"), ("--json",)):
        ended = delink(home, "check", str(sheet), "--relation", "Campaigns/Contacts", *extra)
        assert not _SEEN.search(ended.out + ended.err), (extra, ended)
        assert "forged" not in [line[:6] for line in (ended.out + ended.err).splitlines()]
    assert ended.json["sheet"] == str(sheet)
    assert not _SEEN.search(delink(home, str(sheet), f"{EVIL}2").err)


def test_a_worksheet_is_named_on_one_line(home: Path, tmp_path: Path) -> None:
    book = Workbook()
    for title in (EVIL.replace("\x1b", "").replace("\x07", ""), "other"):
        page = book.create_sheet()
        page.title = title.replace("]", "")
        page.append(["Campaign Id", "Contact Id"])
        page.append(["3652397000000327101", "3652397000000925001"])
    del book["Sheet"]
    book.save(tmp_path / "a.xlsx")
    ended = delink(home, "check", str(tmp_path / "a.xlsx"))
    assert "\\u202e" in ended.out and not _SEEN.search(ended.out + ended.err)


def test_a_company_in_the_crm_cannot_forge_lines_and_stands_in_no_log_or_support_file(home: Path, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "a.csv", pairs_of(4, 2))
    with PracticeCrm() as crm:
        seed(crm, pairs_of(4, 2))
        crm.state.set(company=FORGED)
        ran = delink(home, "run", str(sheet), *place_of(crm), "--yes", secret=crm.access_token, DELINK_VERBOSE="1")
    assert ran.code == 0 and "ACME\\n2026-01-01" in ran.err
    assert not any(line.endswith("forged") and line.startswith("2026-01-01") for line in ran.err.splitlines())
    assert "ACME" not in (home / "logs" / "delink.log").read_text("utf-8")
    listed = delink(home, "runs", "--json")
    assert listed.json["runs"][0]["state"] == "finished"


def test_only_one_file_of_the_command_line_writes() -> None:
    files = [path for path in (ROOT / "desktop" / "cli").glob("*.py") if path.name != "output.py"]
    assert [path.name for path in files if re.search(r"\bprint\(|std(out|err)\.write", path.read_text("utf-8"))] == []


ODD_TERMINALS = (
    {"LC_ALL": "C"},
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "latin-1:strict", "LANG": "xx_YY.nothing"},
)


@pytest.mark.parametrize("surroundings", ODD_TERMINALS)
def test_an_odd_terminal_is_written_to(surroundings: dict[str, str], home: Path, tmp_path: Path) -> None:
    sheet = write_sheet(tmp_path / "Blätter 名.csv", pairs_of(4, 2))
    for command in (
        ("check", str(sheet)),
        ("check", str(sheet), "--json"),
        ("run", str(sheet), "--practice", "--yes"),
        ("runs",),
    ):
        ended = delink(home, *command, **surroundings, PATH=os.environ["PATH"])
        assert ended.code in (0, 1) and "Something went wrong" not in ended.err
