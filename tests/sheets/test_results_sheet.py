"""Results as files: read back by two readers, as evidence, with every text dead."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from desktop.domain.connections import Environment
from desktop.domain.errors import ResultsUnwritable
from desktop.domain.outcomes import REMOVED, LinkOutcome
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.sheets.csv_escapes import harmless, original
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.patience import PATIENCE_S
from tests.sheets.making_results import OUTCOME_HEADERS, PROBLEM_HEADERS, write_problem_rows, write_results
from tests.sheets.making_sheets import (
    CAMPAIGN,
    HEADERS,
    NOT_LINKED,
    UNKNOWN,
    balances,
    connection,
    contact,
    links,
    refused,
    run_of,
    text_file,
    workbook,
)

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
_DANGEROUS = (
    "=1+1",
    "+49 30 1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
)


def mixed_sheet(folder: Path) -> SheetLinks:
    """Write row 2 with three links, a blank row, a duplicate, rejected ones; five links in all."""
    rows = [
        ("Campaign Id", "Contact Id", "Outcome"),
        (CAMPAIGN, f"{contact(1)}; {contact(2)}\n{contact(3)}", "as it was"),
        ("", "", ""),
        (f"zcrm_{CAMPAIGN}", contact(1), "again"),
        (CAMPAIGN, "3.65E+18", "damaged"),
        ("", contact(9), "=1+1"),
        (CAMPAIGN, contact(4), ""),
        (CAMPAIGN, contact(5), ""),
    ]
    return open_sheet(workbook(folder / "list.xlsx", rows))


def results(sheet: SheetLinks, path: Path, *outcomes: LinkOutcome, name: str = "run") -> int:
    with run_of(sheet, path.parent / name, outcomes) as record:
        return write_results(record, path)


def table(path: Path, sheet: str) -> list[list[Any]]:
    """Return all rows as openpyxl reads them."""
    made = load_workbook(path, read_only=True)
    try:
        return [[cell.value for cell in row] for row in made[sheet].iter_rows()]
    finally:
        made.close()


def test_every_entry_has_its_line_in_the_order_of_the_sheet(tmp_path: Path) -> None:
    outcomes = (REMOVED, NOT_LINKED, refused("no such thing"), UNKNOWN)
    assert results(mixed_sheet(tmp_path), tmp_path / "results.xlsx", *outcomes) == 8
    header, *lines = table(tmp_path / "results.xlsx", "All rows")
    assert header == [
        "Campaign Id",
        "Contact Id",
        "Outcome",
        "Row",
        "Delink: Outcome",
        *OUTCOME_HEADERS[2:],
    ]
    assert [(line[3], line[4]) for line in lines] == [
        ("2", "Removed"),
        ("2", "Was not linked"),
        ("2", "Refused"),
        ("4", "Removed"),
        ("5", "Rejected"),
        ("6", "Rejected"),
        ("7", "Not confirmed"),
        ("8", "Not sent"),
    ]
    assert {line[1] for line in lines[:3]} == {f"{contact(1)}; {contact(2)}\n{contact(3)}"}
    assert [line[2] for line in lines[:4]] == ["as it was"] * 3 + ["again"]
    refused_line = lines[2]
    assert refused_line[5:8] == [
        "Zoho refused",
        "Try these links again; if it stays, show Zoho's words to your administrator.",
        "SOME_CODE: no such thing",
    ]
    assert refused_line[8:] == ["run-1", "2026-04-01 08:00:05 UTC", f"https://crm.zoho.eu/crm/tab/Contacts/{contact(3)}"]
    assert lines[4][5] == "Damaged by a spreadsheet"


def test_what_is_left_to_fix_can_be_opened_again(tmp_path: Path) -> None:
    results(mixed_sheet(tmp_path), tmp_path / "results.xlsx", REMOVED, NOT_LINKED, refused(""), UNKNOWN)
    assert [line[3] for line in table(tmp_path / "results.xlsx", "To fix")[1:]] == ["2", "5", "6", "7", "8"]
    again = open_sheet(tmp_path / "results.xlsx")
    assert again.reading.sheet_name == "To fix"
    assert [again.columns.parent, again.columns.related] == [0, 1]
    assert list(again.links.related_ids) == [contact(3), contact(4), contact(5)]
    assert list(again.links.parent_ids) == [CAMPAIGN] * 3
    assert balances(again)
    assert tuple(map(say_text, again.reading.notes)) == (
        "These are results of run run-1; only what was not settled is read. Choose the worksheet “All rows” to read everything.",
    )
    results(again, tmp_path / "second.xlsx", name="again")
    headers = table(tmp_path / "second.xlsx", "All rows")[0]
    assert len(set(headers)) == len(headers)


def test_two_readers_agree_and_every_cell_of_a_table_is_text(tmp_path: Path) -> None:
    sheet = open_sheet(SAMPLES / "spring-clean-up.xlsx")
    lines = results(sheet, tmp_path / "results.xlsx", *[REMOVED] * 200)
    assert lines == sheet.books.entries
    by_calamine = CalamineWorkbook.from_path(str(tmp_path / "results.xlsx"))
    assert by_calamine.sheet_names == ["Summary", "All rows", "To fix"]
    for name in ("All rows", "To fix"):
        rows = table(tmp_path / "results.xlsx", name)
        assert all(value is None or isinstance(value, str) for row in rows for value in row)
        other = by_calamine.get_sheet_by_name(name).to_python()
        assert [[value or "" for value in row] for row in rows] == other
    by_calamine.close()


def test_a_record_outside_production_gets_no_address_that_leads_elsewhere(tmp_path: Path) -> None:
    with run_of(mixed_sheet(tmp_path), tmp_path / "run", [REMOVED], connection(environment=Environment.SANDBOX)) as record:
        write_results(record, tmp_path / "results.csv")
    assert "https://" not in (tmp_path / "results.csv").read_text(encoding="utf-8-sig")


def _sheet_with(folder: Path, texts: tuple[str, ...]) -> SheetLinks:
    rows = [("Campaign Id", "Contact Id", "Note"), *((CAMPAIGN, contact(n), text) for n, text in enumerate(texts))]
    return open_sheet(workbook(folder / "list.xlsx", rows))


def test_text_that_looks_like_a_formula_stays_text_in_a_workbook(tmp_path: Path) -> None:
    sheet = _sheet_with(tmp_path, _DANGEROUS)
    results(sheet, tmp_path / "results.xlsx", *[refused(text) for text in _DANGEROUS])
    made = load_workbook(tmp_path / "results.xlsx")
    page = made.worksheets[1]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    assert all(cell.hyperlink is None for row in page.iter_rows() for cell in row)
    made.close()
    by_calamine = CalamineWorkbook.from_path(str(tmp_path / "results.xlsx"))
    assert [line[2] for line in by_calamine.get_sheet_by_name("All rows").to_python()[1:]] == list(_DANGEROUS)
    by_calamine.close()


def test_text_that_looks_like_a_formula_is_defused_in_a_text_file(tmp_path: Path) -> None:
    sheet = _sheet_with(tmp_path, _DANGEROUS)
    results(sheet, tmp_path / "results.csv", *[refused(text) for text in _DANGEROUS])
    raw = (tmp_path / "results.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        header, *lines = list(csv.reader(file))
    assert header[:3] == ["Campaign Id", "Contact Id", "Note"]
    assert [line[2] for line in lines] == [harmless(text) for text in _DANGEROUS]
    assert all(line[2].startswith("'") and original(line[2]) == text for line, text in zip(lines, _DANGEROUS, strict=True))
    assert all(not cell.startswith(_STARTS) for line in lines for cell in line)


_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝")


@given(text=st.text(max_size=60))
def test_any_text_comes_back_as_it_was_or_visibly_cleaned(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    quoted = text.replace('"', '""').replace("\0", "")
    path = text_file(folder / "list.csv", f'Campaign Id,Contact Id,Note\n{CAMPAIGN},{contact(1)},"{quoted}"\n')
    sheet = open_sheet(path, ReadingChoice(delimiter=",", encoding="utf-8"))
    results(sheet, folder / "results.xlsx", REMOVED)
    shown = CalamineWorkbook.from_path(str(folder / "results.xlsx")).get_sheet_by_name("All rows").to_python()[1][2]
    assert isinstance(shown, str)
    kept = sheet.rows[0].cells[2]
    assert len(shown) == len(kept)
    assert all(text == other or other == "\ufffd" for text, other in zip(kept, shown, strict=True))


def test_sheets_of_several_relations_name_each_record_by_its_module(tmp_path: Path) -> None:
    rows = [
        ("Module", "Parent Id", "Related List", "Related Id"),
        ("Campaigns", CAMPAIGN, "Contacts", contact(1)),
        ("Products", CAMPAIGN, "Leads", contact(2)),
    ]
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", rows))
    results(sheet, tmp_path / "results.xlsx", REMOVED, REMOVED)
    addresses = [line[-1] for line in table(tmp_path / "results.xlsx", "All rows")[1:]]
    assert addresses == [f"https://crm.zoho.eu/crm/tab/{m}/{contact(n)}" for n, m in ((1, "Contacts"), (2, "Leads"))]


def test_progress_is_reported_and_a_sheet_without_entries_to_fix_has_a_header(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", links(12_000)))
    reports: list[tuple[int, int]] = []
    with run_of(sheet, tmp_path / "run", [REMOVED] * 12_000) as record:
        assert write_results(record, tmp_path / "results.xlsx", lambda done, total: reports.append((done, total))) == 12_000
    assert reports == [(done, 12_000) for done in (*range(1000, 12_001, 1000), 12_000)]
    assert table(tmp_path / "results.xlsx", "To fix") == [[*HEADERS, *OUTCOME_HEADERS]]


def test_progress_counts_lines_to_fix_which_are_nearly_all_after_a_stop(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", [*links(3000), ("", contact(1))]))
    reports: list[tuple[int, int]] = []
    with run_of(sheet, tmp_path / "run", [REMOVED] * 500) as record:
        write_results(record, tmp_path / "results.xlsx", lambda done, total: reports.append((done, total)))
    assert [done for done, _ in reports] == [1000, 2000, 3000, 4001, 5001, 5502] and {total for _, total in reports} == {5502}


def test_an_old_file_survives_a_record_that_lacks_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "results.xlsx"
    target.write_text("old")
    sheet = mixed_sheet(tmp_path)
    with run_of(sheet, tmp_path / "run", []) as record:
        rows = [row for row in record.rows() if row.number != record.entries.rows[3]]
        monkeypatch.setattr(type(record), "rows", lambda _: iter(rows))
        for path in (target, tmp_path / "results.csv"):
            with pytest.raises(ResultsUnwritable) as caught:
                write_results(record, path)
            assert say_text(caught.value.detail) == "the record of the run lacks rows"
    assert target.read_text() == "old"
    assert not list(tmp_path.glob(".delink-*"))


def test_problem_rows_are_the_rejected_and_the_suspicious_ones(tmp_path: Path) -> None:
    sheet = open_sheet(SAMPLES / "spring-clean-up.xlsx")
    wanted = sum(sheet.books.rejected.values()) + sheet.books.suspicious
    assert write_problem_rows(sheet, tmp_path / "problems.xlsx") == wanted
    header, *lines = table(tmp_path / "problems.xlsx", "Problem rows")
    assert header == [*sheet.headers, *PROBLEM_HEADERS]
    assert [line[5] for line in lines] == [str(row) for row in sorted(int(line[5]) for line in lines)]
    assert {line[6] for line in lines} == {"Rejected", "Held back"}
    assert write_problem_rows(sheet, tmp_path / "problems.csv") == wanted
    included = open_sheet(SAMPLES / "spring-clean-up.xlsx", ReadingChoice(include_suspicious=True))
    assert write_problem_rows(included, tmp_path / "problems.xlsx") == sum(sheet.books.rejected.values())


FULL_DISKS = [(suffix, limit) for suffix in (".xlsx", ".csv") for limit in (0, 100, 5000, 9000, 20_000)]
# A program that forks where each disk is full, because an interpreter takes longer to start than to write.
_FILL = """
import os, resource, sys
from pathlib import Path
from desktop.domain.errors import ResultsUnwritable
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_results import write_problem_rows
sheet = open_sheet(Path(sys.argv[1]))
for target, limit in zip(sys.argv[2::2], sys.argv[3::2]):
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), resource.RLIM_INFINITY))
        try:
            write_problem_rows(sheet, Path(target))
        except ResultsUnwritable as exc:
            print(say_text(exc.detail))
        sys.exit()
    _, status = os.waitpid(child, 0)
    print("ended with", os.waitstatus_to_exitcode(status), end="\\0", flush=True)
"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """What was said where results did not fit; each target is in a folder of its own, and had something before."""
    rows = [HEADERS, (CAMPAIGN, contact(1)), *((CAMPAIGN, f"3.{number:04d}E+18") for number in range(3000))]
    source = workbook(tmp_path_factory.mktemp("source") / "list.xlsx", rows)
    targets = [tmp_path_factory.mktemp("full") / f"results{limit}{suffix}" for suffix, limit in FULL_DISKS]
    for target in targets:
        target.write_text("old")
    words = [word for target, (_, limit) in zip(targets, FULL_DISKS, strict=True) for word in (str(target), str(limit))]
    command = [sys.executable, "-c", _FILL, str(source), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], timeout=PATIENCE_S)
    *said, rest = done.stdout.split("\0")
    assert (rest, done.stderr) == ("", "")
    return dict(zip(targets, said, strict=True))


@pytest.mark.skipif(os.name != "posix", reason="limits of the file size")
@pytest.mark.parametrize(("suffix", "limit"), FULL_DISKS)
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(filled: dict[Path, str], suffix: str, limit: int) -> None:
    target = next(one for one in filled if one.name == f"results{limit}{suffix}")
    assert filled[target] == "file too large\nended with 0"
    assert target.read_text() == "old"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_results(tmp_path: Path) -> None:
    sheet = open_sheet(SAMPLES / "spring-clean-up.xlsx")
    results(sheet, tmp_path / "results.xlsx", *[REMOVED, NOT_LINKED, refused("=1+1"), UNKNOWN] * 90)
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(tmp_path / "results.xlsx")], check=True, timeout=PATIENCE_S, capture_output=True
    )
    assert (tmp_path / "results.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_was_written_wrong_is_written_again_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The test acts as if a newer library kept its rows elsewhere: no quickly written row arrives in the file."""
    monkeypatch.setattr("desktop.sheets.quick_rows.QuickRows.write", lambda *_: True)
    sheet = mixed_sheet(tmp_path)
    results(sheet, tmp_path / "results.xlsx", *[REMOVED] * 5)
    assert len(table(tmp_path / "results.xlsx", "All rows")) == 1 + len(sheet.entries)
    assert "cell by cell" in caplog.text
