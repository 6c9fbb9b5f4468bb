"""A .csv of ours holds no formula, whatever separator a spreadsheet cuts it with."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.domain.findings import Findings
from desktop.domain.outcomes import REMOVED
from desktop.sheets.csv_escapes import harmless, harmless_row, original
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.own_results import ENGLISH, was_written_by_us
from tests.patience import PATIENCE_S
from tests.sheets.making_results import PROBLEM_HEADERS, write_findings, write_results
from tests.sheets.making_sheets import CAMPAIGN, contact, run_of, workbook

SEPARATORS = (",", ";", "\t", "|")
STARTS = "=+-@＝＋－＠"
PAYLOADS = (
    "=40+2",
    "x;=40+2;y",
    "x\t=40+2\ty",
    "x|=40+2|y",
    "x,=40+2,y",
    "x\n=40+2;y",
    "x\r=40+2",
    'x;"=40+2;y',
    'x;"";=40+2',
    'x"";"=40+2";y',
    '";=40+2;"',
    "x; \u00a0=40+2",
    "x;\ufeff@SUM(A1)",
    "x;'=40+2",
    "a|;\t+40-2",
    "\t=40+2",
    " =40+2",
    "x;＝40+2",
    "- one\n- two",
    "ends with;",
    ";",
)
ANY_TEXT = st.text(
    st.sampled_from(["x", "1", " ", "=", "+", "-", "@", "＝", "'", '"', ",", ";", "\t", "|", "\n", "\r"]), max_size=12
)


def cells_of(text: str, separator: str, *, is_lenient: bool) -> Iterator[str]:
    """The cells that a spreadsheet finds. A quotation mark opens at the start of a cell only.

    It closes at the first one that is not doubled; a ``lenient`` program wants a separator or line end behind it, else the
    mark is a sign like others. What follows a closed mark belongs to the cell.
    """
    at, end = 0, len(text)
    while at < end:
        cell = ""
        if text[at] == '"':
            at += 1
            while at < end:
                if text[at] == '"':
                    if text[at + 1 : at + 2] == '"':
                        at += 1
                    elif not is_lenient or text[at + 1 : at + 2] in (separator, "\r", "\n", ""):
                        at += 1
                        break
                cell += text[at]
                at += 1
        while at < end and text[at] not in (separator, "\r", "\n"):
            cell += text[at]
            at += 1
        at += 1
        yield cell


def file_of(rows: Sequence[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows(map(harmless_row, rows))
    return file.getvalue()


def looks_like_a_formula(cell: str) -> bool:
    return cell.strip(" \u00a0\ufeff").startswith(tuple(STARTS))


def test_the_model_finds_the_formulas_of_a_file_that_is_only_quoted() -> None:
    for text, separator in (("x;=40+2;y", ";"), ("x\t=40+2\ty", "\t"), ("x\n=40+2", ";"), ('x;"=40+2;y', ";")):
        raw = f'"1","{text.replace(chr(34), chr(34) * 2)}"\r\n'
        assert any(map(looks_like_a_formula, cells_of(raw, separator, is_lenient=False)))
        assert not any(map(looks_like_a_formula, cells_of(raw, ",", is_lenient=False)))


@pytest.mark.parametrize("separator", [*SEPARATORS, "~", "^"])
@pytest.mark.parametrize("is_lenient", [True, False])
def test_no_cell_begins_like_a_formula_with_any_separator(separator: str, is_lenient: bool) -> None:
    rows = [[first, second, third] for first in PAYLOADS for second in ("", "a;", *PAYLOADS) for third in ("", ";", "b")]
    found = [cell for row in rows for cell in cells_of(file_of([row]), separator, is_lenient=is_lenient)]
    assert [cell for cell in found if looks_like_a_formula(cell)] == []


@given(rows=st.lists(st.lists(ANY_TEXT, min_size=2, max_size=4), min_size=1, max_size=3))
@example(rows=[["x;", "=1"], [";", "=1"]])
def test_no_text_begins_like_a_formula(rows: list[list[str]]) -> None:
    text = file_of(rows)
    for separator in SEPARATORS:
        for is_lenient in (True, False):
            assert not any(map(looks_like_a_formula, cells_of(text, separator, is_lenient=is_lenient)))
    assert [[original(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), strict=True)] == rows


@given(text=st.one_of(ANY_TEXT, st.text(max_size=30)))
def test_what_was_put_in_can_be_taken_out_again(text: str) -> None:
    assert original(harmless(text)) == text
    assert list(harmless_row([text, "a"])) == [harmless(text), "a"]


@pytest.mark.parametrize("text", ["a; b", "2026-01-05; 7", "Ann - manager", "a,-b", "x=1;y=2", "", "3652397000000000101", "a\nb"])
def test_other_text_is_left_alone(text: str) -> None:
    assert harmless(text) == text


def written(folder: Path) -> Path:
    """Write results of a run on a sheet whose notes are the payloads."""
    rows = [("Campaign Id", "Contact Id", "Note; =1+1"), *((CAMPAIGN, contact(n), text) for n, text in enumerate(PAYLOADS))]
    sheet = open_sheet(workbook(folder / "list.xlsx", rows))
    with run_of(sheet, folder / "runs", [REMOVED] * len(PAYLOADS)) as record:
        write_results(record, folder / "results.csv")
    return folder / "results.csv"


def test_our_own_reader_reads_the_same_links_and_texts_back(tmp_path: Path) -> None:
    again = open_sheet(written(tmp_path))
    assert [again.links.related_ids[n] for n in range(len(again.links))] == [contact(n) for n in range(len(PAYLOADS))]
    assert [row.cells[2] for row in again.rows] == list(PAYLOADS)
    assert again.headers[2] == "Note; =1+1"


def test_what_a_look_found_is_read_back_too(tmp_path: Path) -> None:
    rows = [("Campaign Id", "Contact Id", "Note"), *((CAMPAIGN, contact(n), text) for n, text in enumerate(PAYLOADS))]
    write_findings(open_sheet(workbook(tmp_path / "a.xlsx", rows)), Findings(bytearray(len(PAYLOADS))), tmp_path / "found.csv")
    assert [row.cells[2] for row in open_sheet(tmp_path / "found.csv").rows] == list(PAYLOADS)
    assert was_written_by_us(["a", *PROBLEM_HEADERS], ENGLISH) and not was_written_by_us(["Row", "Problem", "Cause"], ENGLISH)


def test_a_text_that_we_did_not_write_keeps_its_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Campaign Id,Contact Id,Note\n{CAMPAIGN},{contact(1)},'=1\n", encoding="utf-8")
    assert [row.cells[2] for row in open_sheet(path).rows] == ["'=1"]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Calc")
@pytest.mark.parametrize("separator", SEPARATORS)
def test_libreoffice_finds_no_formula_with_any_separator(separator: str, tmp_path: Path) -> None:
    path = written(tmp_path)
    # Separator, quotation mark, UTF-8, from line 1; special numbers are detected and formulas evaluated.
    reading = f"{ord(separator)},34,76,1,,0,false,true,false,false,false,0,true"
    where = [f"-env:UserInstallation=file://{tmp_path}/profile", f"--infilter=Text - txt - csv (StarCalc):{reading}"]
    command = ["soffice", "--headless", *where, "--convert-to", "xlsx", "--outdir", str(tmp_path / "out"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    page = load_workbook(tmp_path / "out" / "results.xlsx").worksheets[0]
    cells = [cell for row in page.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) >= len(PAYLOADS)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert not {"42", "38", 42, 38} & {cell.value for cell in cells}
