"""The index of links answers as the journals do, and whatever becomes of it, no run is missed."""

import os
import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.building import LinksBuilder
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.storage import link_index
from desktop.storage.run_folder import RunFolder
from desktop.storage.run_lock import try_lock
from tests.storage.stored import CONTACTS, facts_of, plan_of, sheet_of

SHEET = sheet_of()
RUNS = [f"2026112{n}-120000-000aaaa" for n in range(4)]


def other_sheet(seed: int) -> SheetLinks:
    """Some of the links of SHEET, and some of its own."""
    chance, links = random.Random(seed), LinksBuilder()
    for number in chance.sample(range(6), 3):
        links.add(CONTACTS, SHEET.links.parent_ids[number], SHEET.links.related_ids[number], number)
    links.add(CONTACTS, RecordId(f"36523970000032799{seed}"), RecordId("3652397000000999999"), 9)
    return replace(SHEET, links=links.build())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs of the same links, two of others."""
    for number, run in enumerate(RUNS):
        sheet = SHEET if number < 2 else other_sheet(number)
        plan = plan_of(sheet)
        RunFolder(tmp_path).create(facts_of(sheet, plan, run), replace(sheet, entries=SHEET.entries), plan, ()).close()
    return tmp_path


def shared(folder: Path) -> dict[str, int]:
    return {one.run: one.shared for one in RunFolder(folder).earlier(SHEET, facts_of(SHEET, plan_of(SHEET)).connection)}


EXPECTED = dict(zip(RUNS, (6, 6, 3, 3), strict=True))


def test_second_comparison_opens_no_journal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared(folder) == EXPECTED
    monkeypatch.setattr(link_index, "connect_to_look", lambda _: pytest.fail("a journal was opened"))
    assert shared(folder) == EXPECTED
    assert list(shared(folder)) == sorted(RUNS, reverse=True)


def test_reading_journals_reports_progress_and_indexed_runs_are_not_read(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    runs, connection = RunFolder(folder), facts_of(SHEET, plan_of(SHEET)).connection
    runs.earlier(SHEET, connection, lambda *numbers: told.append(numbers))
    assert sorted(set(told)) == [(number, 4) for number in range(4)]
    runs.earlier(SHEET, connection, lambda *_: pytest.fail("nothing is left to be read"))


def test_a_new_run_is_found_and_a_removed_one_is_not(folder: Path) -> None:
    assert shared(folder) == EXPECTED
    runs = RunFolder(folder)
    runs.remove(RUNS[0])
    run = "20261201-120000-000cccc"
    runs.create(facts_of(SHEET, plan_of(SHEET), run), SHEET, plan_of(SHEET), ()).close()
    for _ in range(2):
        assert shared(folder) == {**{name: EXPECTED[name] for name in RUNS[1:]}, run: 6}


def test_an_index_that_is_damaged_anywhere_misses_no_run(folder: Path) -> None:
    assert shared(folder) == EXPECTED
    index = folder / "links.index"
    whole = index.read_bytes()
    for at in range(0, len(whole), 7):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :], whole[:at] + whole[at + 3 :]):
            index.write_bytes(damaged)
            assert shared(folder) == EXPECTED, at
    assert shared(folder) == EXPECTED


@pytest.mark.parametrize("content", [b"", b"\0" * 1000, b"[" * 10_000, b"Delink links 2\n", b"Delink links 3\nx"])
def test_an_index_of_something_else_is_made_anew(folder: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "links.index").write_bytes(content)
    assert shared(folder) == EXPECTED
    monkeypatch.setattr(link_index, "connect_to_look", lambda _: pytest.fail("a journal was opened"))
    assert shared(folder) == EXPECTED


def test_an_index_that_cannot_be_written_costs_time_only(folder: Path) -> None:
    (folder / "links.index").mkdir()
    assert shared(folder) == EXPECTED


def test_two_programs_that_write_it_at_once_miss_nothing(folder: Path) -> None:
    index = folder / "links.index"
    assert shared(folder) == EXPECTED
    content = index.read_bytes()
    index.write_bytes(content + content[len(b"Delink links 2\n") :])
    assert shared(folder) == EXPECTED
    held = os.open(index, os.O_RDWR)
    try_lock(held)
    run = "20261201-120000-000cccc"
    RunFolder(folder).create(facts_of(SHEET, plan_of(SHEET), run), SHEET, plan_of(SHEET), ()).close()
    assert shared(folder) == {**EXPECTED, run: 6}
    os.close(held)
    assert shared(folder) == {**EXPECTED, run: 6}


def test_a_journal_that_cannot_be_read_now_is_asked_again_later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("unable to open")

    with monkeypatch.context() as unreadable:
        unreadable.setattr(link_index, "connect_to_look", refuse)
        assert shared(folder) == {}
    assert shared(folder) == EXPECTED


def test_links_of_equal_sheets_are_stored_once(folder: Path) -> None:
    shared(folder)
    content = (folder / "links.index").read_bytes()
    assert content.count(b'"same_as": null') == 3 and content.count(b'"same_as": "') == 1
