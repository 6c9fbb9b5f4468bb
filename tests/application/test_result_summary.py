"""The facts of the first page: numbers stay numbers, words are of the language that is spoken."""

from pathlib import Path

import pytest

from desktop.application.result_summary import summary_of
from desktop.domain.connections import Environment
from desktop.domain.history import ALONE, Family
from desktop.domain.operations import Operation
from desktop.domain.origins import UndoOf
from desktop.domain.outcomes import REMOVED, Outcome, Tally
from desktop.domain.result_tables import ENGLISH_WORDS
from desktop.domain.runs import RunState, RunSummary
from desktop.sheets.links_sheet import open_sheet
from desktop.words.speaking import speaking
from tests.sheets.making_sheets import connection, links, run_of, workbook
from tests.words.made_up import MADE_UP, MARK


def facts_of(folder: Path, family: Family = ALONE, environment: Environment = Environment.PRODUCTION) -> dict[str, str | int]:
    sheet = open_sheet(workbook(folder / "list.xlsx", links(3)))
    with run_of(sheet, folder / "run", [REMOVED] * 2, connection(environment=environment)) as record:
        page = summary_of(record, family, ENGLISH_WORDS)
    return {label: value for section in page.sections for label, value in section.facts}


def undo(put_back: int) -> RunSummary:
    tally = Tally({Outcome.RELINKED: put_back})
    return RunSummary(
        "undo-1", Operation.RESTORE, UndoOf("run-1"), RunState.FINISHED, "2026-04-02T08:00:00Z", None, "", "", tally
    )


def test_counts_are_numbers_and_ids_are_text(tmp_path: Path) -> None:
    facts = facts_of(tmp_path)
    assert (facts["Removed"], facts["Not sent"], facts["Links in all"], facts["Removal calls"]) == (2, 1, 3, 1)
    assert (facts["Organisation ID"], facts["Started (UTC)"]) == ("20099900001", "2026-04-01T08:00:00Z")


@pytest.mark.parametrize(
    ("put_back", "label", "words", "by"),
    [
        (2, "This run was undone", "2 of 2 links that it removed were put back", "undo-1: 2 links put back, started "),
        (1, "This run was undone in part", "1 of 2 links that it removed were put back", "undo-1: 1 link put back, started "),
    ],
)
def test_an_undo_is_told_beside_what_the_run_did(tmp_path: Path, put_back: int, label: str, words: str, by: str) -> None:
    facts = facts_of(tmp_path, Family(undos=(undo(put_back),), removed=2))
    assert facts[label] == words and facts["Undone by run"] == by + "2026-04-02T08:00:00Z"


@pytest.mark.parametrize("environment", Environment)
def test_the_environment_is_named(tmp_path: Path, environment: Environment) -> None:
    assert facts_of(tmp_path, environment=environment)["Environment"] == str(environment)


def test_a_page_in_another_language_has_the_same_numbers(tmp_path: Path) -> None:
    expected = facts_of(tmp_path)
    (tmp_path / "again").mkdir()
    with speaking(MADE_UP):
        facts = facts_of(tmp_path / "again")
    assert list(facts) == [MARK + label for label in expected]
    values = list(zip(expected.values(), facts.values(), strict=True))
    assert all(one == other for one, other in values if isinstance(one, int))
    assert facts[f"{MARK}State"] == f"{MARK}Finished" and facts[f"{MARK}Run"] == "run-1"
