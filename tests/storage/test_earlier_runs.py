"""Earlier runs are known by their links, at the same place only."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.building import LinksBuilder
from desktop.domain.connections import Account, Environment
from desktop.domain.operations import Operation
from desktop.domain.origins import UndoOf
from desktop.domain.readings import SheetLinks
from desktop.domain.records import RecordId
from desktop.domain.runs import RunFacts
from desktop.storage.run_folder import RunFolder
from tests.storage.stored import CONTACTS, facts_of, plan_of, sheet_of

SHEET = sheet_of()
FACTS = facts_of(SHEET, plan_of(SHEET))


def folder_with(path: Path, facts: RunFacts) -> RunFolder:
    runs = RunFolder(path)
    runs.create(facts, SHEET, plan_of(SHEET), ()).close()
    return runs


def other_sheet() -> SheetLinks:
    """Two of the links the other way round, and one that is new; another file."""
    links = LinksBuilder()
    for number in (4, 1):
        links.add(CONTACTS, SHEET.links.related_ids[number], SHEET.links.parent_ids[number], number)
    links.add(CONTACTS, RecordId("3652397000000327999"), RecordId("3652397000000999999"), 9)
    return replace(SHEET, links=links.build(), sha256="1" * 64, name="other.csv", path="other.csv")


def test_run_of_the_same_file_is_found(tmp_path: Path) -> None:
    (found,) = folder_with(tmp_path, FACTS).earlier(SHEET, FACTS.connection)
    assert (found.run, found.started, found.shared, found.same_file) == (FACTS.run, FACTS.started, 6, True)


def test_links_are_recognised_in_any_order_and_from_either_end(tmp_path: Path) -> None:
    (found,) = folder_with(tmp_path, FACTS).earlier(other_sheet(), FACTS.connection)
    assert (found.shared, found.same_file) == (2, False)


@pytest.mark.parametrize(
    "changed",
    [
        lambda facts: replace(facts, operation=Operation.RESTORE, origin=UndoOf("x")),
        lambda facts: replace(facts, connection=replace(facts.connection, environment=Environment.SANDBOX)),
        lambda facts: replace(facts, connection=replace(facts.connection, api_url="https://www.zohoapis.com")),
        lambda facts: replace(facts, connection=replace(facts.connection, account=Account("Acme Ltd", "2"))),
    ],
)
def test_an_undo_and_another_place_do_not_count(tmp_path: Path, changed: Callable[[RunFacts], RunFacts]) -> None:
    here = replace(FACTS.connection, account=Account("Acme Ltd", "1"))
    runs = folder_with(tmp_path, changed(FACTS))
    assert [len(runs.earlier(SHEET, here)) for _ in range(2)] == [0, 0], "neither by its journal nor by the index"


def test_an_organisation_that_nobody_may_ask_for_is_taken_for_the_same(tmp_path: Path) -> None:
    named = replace(FACTS.connection, account=Account("Acme Ltd", "1"))
    unnamed = replace(FACTS.connection, account=Account())
    assert folder_with(tmp_path, replace(FACTS, connection=named)).earlier(SHEET, unnamed)


def test_a_place_whose_environment_nobody_named_is_the_same_place(tmp_path: Path) -> None:
    """A run may have learnt it from Zoho, which the next command did not ask yet."""
    unnamed = replace(FACTS.connection, environment=None)
    assert folder_with(tmp_path, FACTS).earlier(SHEET, unnamed)
    (tmp_path / "other").mkdir()
    assert folder_with(tmp_path / "other", replace(FACTS, connection=unnamed)).earlier(SHEET, FACTS.connection)


def test_a_damaged_journal_is_left_out(tmp_path: Path) -> None:
    runs = folder_with(tmp_path, FACTS)
    (tmp_path / f"{FACTS.run}.delink-run").write_bytes(b"SQLite format 3\x00 and then nothing of use")
    assert not runs.earlier(SHEET, FACTS.connection)
