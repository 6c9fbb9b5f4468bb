"""A file at the target is recognised by our property, by its digest, or as the sheet itself, however it is spelled."""

import hashlib
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.outcomes import REMOVED
from desktop.domain.result_targets import NOTHING_THERE, Target
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.results_target import look_at_target
from tests.sheets.making_results import write_results
from tests.sheets.making_sheets import links, run_of, workbook


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return workbook(tmp_path / "list.xlsx", links(3))


@pytest.fixture
def written(tmp_path: Path, sheet: Path) -> Path:
    path = tmp_path / "results.xlsx"
    with run_of(open_sheet(sheet), tmp_path / "runs", [REMOVED] * 3) as record:
        write_results(record, path)
    return path


def test_our_own_results_name_their_run_and_say_that_they_were_saved_once(written: Path, sheet: Path) -> None:
    digest = hashlib.sha256(written.read_bytes()).hexdigest()
    assert look_at_target(written, sheet) == Target(True, False, digest, "run-1", has_our_sheets=True, saved_once=True)


def test_results_that_another_program_saved_again_say_so(written: Path, sheet: Path) -> None:
    book = load_workbook(written)
    book["All rows"]["A2"] = "mine"
    book.properties.created = datetime(2026, 1, 2, tzinfo=UTC).replace(tzinfo=None)  # saved again on a later day
    book.save(written)
    found = look_at_target(written, sheet)
    assert (found.run, found.saved_once) == ("run-1", False)


def test_other_files_are_not_taken_for_ours(tmp_path: Path, sheet: Path) -> None:
    text = tmp_path / "list.csv"
    text.write_text("a,b\n", encoding="utf-8")
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and then nothing of a zip archive")
    for path in (text, broken, workbook(tmp_path / "other.xlsx", links(1))):
        found = look_at_target(path, sheet)
        assert found.exists and found.sha256 and not (found.run or found.has_our_sheets or found.is_sheet)


def test_an_empty_place_or_a_folder_needs_no_question(tmp_path: Path, sheet: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    for name in ("nothing.xlsx", "folder.xlsx", "list.xlsx/in-a-file.xlsx", "long" * 99 + ".xlsx", "zero\0.xlsx"):
        assert look_at_target(tmp_path / name, sheet) == NOTHING_THERE


def test_the_sheet_is_known_by_every_name_it_has(tmp_path: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "soft.xlsx").symlink_to(sheet)
    os.link(sheet, tmp_path / "hard.xlsx")
    for name in ("list.xlsx", "sub/../list.xlsx", "again/list.xlsx", "soft.xlsx", "hard.xlsx"):
        assert look_at_target(Path(name), sheet).is_sheet
    assert not look_at_target(Path("lists.xlsx"), sheet).is_sheet
    sheet.unlink()
    gone = look_at_target(Path("again/list.xlsx"), sheet)
    assert gone.is_sheet and not gone.exists
