"""Results go where they are wanted, and take the place of nothing but older results that nobody changed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.application.result_files import ResultFiles
from desktop.compose import Services, build_services
from desktop.domain.errors import LinksUnconfirmed, ResultsInTheWay, ResultsOverSheet, ResultsUnwritable
from desktop.domain.outcomes import REMOVED
from desktop.domain.runs import Settled
from desktop.engine.ports import RunJournal
from desktop.sheets.links_sheet import open_sheet
from desktop.storage.secrets import MemorySecrets
from tests.sheets.making_sheets import UNKNOWN, links, run_of, workbook


@pytest.fixture
def services(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setenv("DELINK_HOME", str(tmp_path / "home"))
    return build_services(MemorySecrets())


@pytest.fixture
def files(services: Services) -> ResultFiles:
    return ResultFiles(services)


@pytest.fixture
def book(services: Services, tmp_path: Path) -> Iterator[RunJournal]:
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", links(2)))
    with run_of(sheet, services.home_folder / "runs", [REMOVED] * 2) as book:
        yield book


def other_run(services: Services, tmp_path: Path, name: str) -> RunJournal:
    sheet = open_sheet(tmp_path / "list.xlsx")
    with run_of(sheet, services.home_folder / "runs", [REMOVED], run=name):
        pass
    return services.runs.read(name)


def change(path: Path) -> bytes:
    """As somebody does who adds a remark to the results."""
    if path.suffix == ".csv":
        path.write_text(path.read_text("utf-8-sig") + "a remark\n", encoding="utf-8")
    else:
        book = load_workbook(path)
        book["All rows"]["A1"] = "a remark"
        book.save(path)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["results.xlsx", "results.csv"])
def test_results_replace_those_of_before_and_leave_what_was_changed(
    files: ResultFiles, book: RunJournal, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    first, again = files.write_at_end(book, path), files.write_at_end(book, path)
    assert first == again and first.path == path and not first.sentences()
    mine = change(path)
    files.check(path, book.facts.sheet_path)
    beside = path.with_name(f"results (2){path.suffix}")
    for _ in range(2):  # the second time its own results of before are replaced, not joined by a third file
        written = files.write_at_end(book, path)
        assert (written.path, written.left, written.rows) == (beside, path, 2)
        assert beside.name in written.sentences()[0]
    assert path.read_bytes() == mine and book.results == beside
    change(beside)
    assert files.write_at_end(book, path).path == path.with_name(f"results (3){path.suffix}")
    assert files.write_at_end(book, path, may_overwrite=True).path == path and path.read_bytes() != mine


def test_results_of_another_run_are_replaced_under_the_name_that_was_given_and_no_other(
    services: Services, files: ResultFiles, book: RunJournal, tmp_path: Path
) -> None:
    path = tmp_path / "results.csv"
    files.save(book, path)
    change(path)
    files.save(book, path)
    with other_run(services, tmp_path, "run-2") as other:
        assert files.save(other, path).path == path.with_name("results (3).csv")
        assert files.save(other, path.with_name("results (2).csv")).left is None


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.csv"])
def test_somebody_elses_file_is_replaced_only_with_leave(files: ResultFiles, book: RunJournal, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((tmp_path / "list.xlsx").read_bytes())
    before = path.read_bytes()
    for way in (files.check, lambda path, _: files.save(book, path)):
        with pytest.raises(ResultsInTheWay):
            way(path, book.facts.sheet_path)
    files.check(path, book.facts.sheet_path, may_overwrite=True)
    # It came there while the run worked: too late to refuse, early enough to leave it.
    written = files.write_at_end(book, path)
    assert (written.path, written.left) == (path.with_name(f"mine (2){path.suffix}"), path) and path.read_bytes() == before
    assert files.save(book, path, may_overwrite=True).path == path and path.read_bytes() != before


def test_the_sheet_is_never_replaced(files: ResultFiles, book: RunJournal, tmp_path: Path) -> None:
    sheet = tmp_path / "list.xlsx"
    (tmp_path / "soft.xlsx").symlink_to(sheet)
    (tmp_path / "hard.xlsx").hardlink_to(sheet)
    before = sheet.read_bytes()
    for name in ("list.xlsx", "soft.xlsx", "hard.xlsx"):
        for may_overwrite in (False, True):
            with pytest.raises(ResultsOverSheet):
                files.save(book, tmp_path / name, may_overwrite=may_overwrite)
            assert files.write_at_end(book, tmp_path / name, may_overwrite=may_overwrite).left == tmp_path / name
    assert sheet.read_bytes() == before


def test_a_workbook_whose_run_was_removed_is_still_ours_but_a_text_is_not(
    services: Services, files: ResultFiles, book: RunJournal, tmp_path: Path
) -> None:
    for name in ("results.xlsx", "results.csv"):
        files.save(book, tmp_path / name)
    book.close()
    services.runs.remove("run-1")
    with other_run(services, tmp_path, "run-2") as other:
        assert files.save(other, tmp_path / "results.xlsx").left is None
        with pytest.raises(ResultsInTheWay):
            files.save(other, tmp_path / "results.csv")


def test_results_that_fit_nowhere_are_told_and_else_stand_in_the_own_folder(
    services: Services, files: ResultFiles, book: RunJournal, tmp_path: Path
) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    written = files.write_at_end(book, tmp_path / "folder.xlsx")
    assert written.path == services.results_folder / "list-run-1.xlsx" and isinstance(written.error, ResultsUnwritable)
    assert "a folder has that name" in written.sentences()[0]
    with pytest.raises(ResultsUnwritable):
        files.save(book, tmp_path / "folder.xlsx")


def test_a_workbook_of_ours_that_cannot_be_replaced_gets_a_sister(files: ResultFiles, book: RunJournal) -> None:
    """As on Windows, where Excel keeps a file from being replaced that it has open."""
    first = files.write_at_end(book, None)
    assert first.path is not None
    mine = change(first.path)
    for wanted in (None, Path("/dev/null/results.xlsx")):
        files.write_at_end(book, wanted, may_overwrite=True)
        assert first.path.read_bytes() == mine, "the leave was for another place"
    first.path.unlink()
    first.path.with_name("list-run-1 (2).xlsx").unlink()
    files.write_at_end(book, None)
    first.path.chmod(0o444)
    again = files.write_at_end(book, None)
    assert again.path == first.path.with_name("list-run-1 (2).xlsx") and again.error is not None
    assert "read-only" in again.sentences()[0]


def test_results_follow_when_links_of_a_run_that_is_over_are_settled(services: Services, tmp_path: Path) -> None:
    sheet, files = open_sheet(workbook(tmp_path / "list.xlsx", links(2))), ResultFiles(services)
    with run_of(sheet, services.home_folder / "runs", [UNKNOWN, REMOVED]) as book:
        with files.kept_true(book):
            pass
        assert book.results is None, "nothing was settled"
        with pytest.raises(LinksUnconfirmed), files.kept_true(book):
            book.commit([Settled(None, ((0, REMOVED),), 2_000_000_000.0)])
            raise LinksUnconfirmed("run-1", 0)
        assert book.results is not None
        outcomes = [row[3].value for row in load_workbook(book.results)["All rows"].iter_rows(min_row=2)]
    assert outcomes == ["Removed", "Removed"]


def test_a_run_that_is_only_looked_at_remembers_its_results_and_changes_nothing_else(
    services: Services, files: ResultFiles, book: RunJournal, tmp_path: Path
) -> None:
    book.close()
    before = services.runs.summaries()[0]
    with services.runs.read("run-1") as record:
        files.save(record, tmp_path / "a.csv")
    after = services.runs.summaries()[0]
    assert after.results == str(tmp_path / "a.csv") and [one.path for one in after.written] == [str(tmp_path / "a.csv")]
    assert (after.tally, after.state, after.finished) == (before.tally, before.state, before.finished)
