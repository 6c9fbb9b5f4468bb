"""The memory of how sheets were read: the same headers, the same columns; never a value of a cell."""

import json
from pathlib import Path

import pytest

from desktop.domain.errors import RelationUnclear, SheetChoiceWrong, SheetError
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.relations import parse_relation
from desktop.domain.sheet_habits import digest_of_headers
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.sheet_memory import SheetMemory
from desktop.storage.settings import SettingsFile
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, OTHER_CAMPAIGN, contact, text_file, workbook

SAYING_NOTHING = ("Eins", "Zwei", "Drei")
CONTACTS = parse_relation("Campaigns/Contacts")
CHOSEN = ReadingChoice(relation=CONTACTS, parent_column="A", related_column="C")


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.json")


@pytest.fixture
def memory(settings: SettingsFile) -> SheetMemory:
    return SheetMemory(settings, open_sheet)


def untold(path: Path, *above: tuple[str, ...], titles: tuple[str, ...] = SAYING_NOTHING, number: int = 1) -> Path:
    return workbook(path, [*above, titles, (CAMPAIGN, contact(number), contact(number + 50))])


def columns(sheet: SheetLinks) -> tuple[int, int, str]:
    return sheet.columns.parent, sheet.columns.related, sheet.relations[0].code


def test_what_was_chosen_is_proposed_for_the_same_headers(tmp_path: Path, memory: SheetMemory) -> None:
    first = untold(tmp_path / "first.xlsx")
    with pytest.raises(RelationUnclear):
        memory.open(first, ReadingChoice())
    memory.remember(memory.open(first, CHOSEN))
    again = memory.open(untold(tmp_path / "next.xlsx", number=2), ReadingChoice())
    assert columns(again) == (0, 2, "Campaigns/Contacts")
    assert again.choice.relation == CONTACTS
    assert tuple(map(say_text, again.reading.notes)) == (
        "The columns and the kind of links are those last used for these headers.",
    )


@pytest.mark.parametrize("titles", [("eins ", " ZWEI", " Drei "), ("Eins", "Zwei", "Drei", "", "")])
def test_capitals_and_blanks_make_no_other_headers(tmp_path: Path, memory: SheetMemory, titles: tuple[str, ...]) -> None:
    memory.remember(memory.open(untold(tmp_path / "first.xlsx"), CHOSEN))
    assert columns(memory.open(untold(tmp_path / "next.xlsx", titles=titles), ReadingChoice()))[1] == 2


@pytest.mark.parametrize("titles", [("Zwei", "Eins", "Drei"), SAYING_NOTHING[:2], ("Eins", "Zwei", "Notiz")])
def test_other_headers_are_other_headers(tmp_path: Path, memory: SheetMemory, titles: tuple[str, ...]) -> None:
    memory.remember(memory.open(untold(tmp_path / "first.xlsx"), CHOSEN))
    with pytest.raises(RelationUnclear):
        memory.open(untold(tmp_path / "next.xlsx", titles=titles), ReadingChoice())


def test_the_headers_are_known_again_in_another_row(tmp_path: Path, memory: SheetMemory) -> None:
    above = (("Export of May",), ("by", "Ann", "Campaign Id"))
    memory.remember(memory.open(untold(tmp_path / "first.xlsx", *above), ReadingChoice(CONTACTS, "A", "C", header_row=3)))
    again = memory.open(untold(tmp_path / "next.xlsx", *above, ("",)), ReadingChoice())
    assert (again.reading.header_row, columns(again)[1]) == (4, 2)


def test_what_the_user_says_now_wins(tmp_path: Path, memory: SheetMemory) -> None:
    path = untold(tmp_path / "first.xlsx")
    memory.remember(memory.open(path, CHOSEN))
    swapped = memory.open(path, ReadingChoice(CONTACTS, "C", "B"))
    assert columns(swapped)[:2] == (2, 1)
    assert tuple(map(say_text, swapped.reading.notes)) == ()
    memory.remember(swapped)
    assert columns(memory.open(path, ReadingChoice()))[:2] == (2, 1)


def test_decisions_about_one_sheet_are_not_remembered(tmp_path: Path, memory: SheetMemory) -> None:
    path = untold(tmp_path / "first.xlsx")
    bold = ReadingChoice(CONTACTS, "A", "C", fill_down=True, include_suspicious=True)
    memory.remember(memory.open(path, bold))
    again = memory.open(path, ReadingChoice()).choice
    assert (again.fill_down, again.include_suspicious) == (False, False)


def test_encoding_and_delimiter_are_remembered_with_the_line_of_titles(tmp_path: Path, memory: SheetMemory) -> None:
    text = f"Campaign Id#Číslo#Contact Id\n{CAMPAIGN}#x#{contact(1)}\n"
    first = text_file(tmp_path / "first.csv", text, "cp1250")
    with pytest.raises(SheetError):
        memory.open(first, ReadingChoice())
    memory.remember(memory.open(first, ReadingChoice(encoding="cp1250", delimiter="#")))
    again = memory.open(text_file(tmp_path / "next.csv", text, "cp1250"), ReadingChoice())
    assert (again.reading.delimiter, again.headers[1]) == ("#", "Číslo")


def test_a_format_that_does_not_fit_any_more_is_dropped(tmp_path: Path, memory: SheetMemory) -> None:
    text = f"Campaign Id,Contact Id\n{CAMPAIGN},{contact(1)}\n"
    memory.remember(memory.open(text_file(tmp_path / "first.csv", text), ReadingChoice(encoding="ascii")))
    again = memory.open(text_file(tmp_path / "next.csv", f"{text}{OTHER_CAMPAIGN},ü\n"), ReadingChoice())
    assert (again.reading.encoding, len(again.links)) == ("UTF-8", 1)


def test_no_value_of_a_cell_is_kept(tmp_path: Path, memory: SheetMemory, settings: SettingsFile) -> None:
    path = workbook(tmp_path / "first.xlsx", [(CAMPAIGN, contact(1)), (OTHER_CAMPAIGN, contact(2))])
    memory.remember(memory.open(path, ReadingChoice(CONTACTS, header_row=1)))
    kept = json.dumps(settings.get("sheets/habits"))
    assert '"parent": 1' in kept
    assert not any(text in kept for text in (CAMPAIGN, OTHER_CAMPAIGN, contact(1), contact(2), "first"))


@pytest.mark.parametrize(
    "kept",
    [
        "not a table",
        {"parent": 0, "related": 1, "relation": None},
        {"parent": "1", "related": 2, "relation": "Campaigns/Contacts"},
        {"parent": 1, "related": 3, "relation": "Campaigns/Notes"},
        {"parent": 1, "related": 99, "relation": "Campaigns/Contacts"},
    ],
)
def test_damaged_or_forbidden_memories_are_ignored(
    tmp_path: Path, memory: SheetMemory, settings: SettingsFile, kept: object
) -> None:
    digest = digest_of_headers(SAYING_NOTHING)
    assert digest is not None
    settings.set("sheets/habits", {digest: kept})
    with pytest.raises(RelationUnclear):
        memory.open(untold(tmp_path / "list.xlsx"), ReadingChoice())


def test_a_wrong_choice_of_the_user_is_still_reported(tmp_path: Path, memory: SheetMemory) -> None:
    with pytest.raises(SheetChoiceWrong):
        memory.open(untold(tmp_path / "list.xlsx"), ReadingChoice(CONTACTS, parent_column="Z"))


def test_only_the_newest_headers_are_kept(tmp_path: Path, memory: SheetMemory, settings: SettingsFile) -> None:
    settings.set("sheets/habits", {str(number): {} for number in range(500)})
    memory.remember(memory.open(untold(tmp_path / "list.xlsx"), CHOSEN))
    kept = settings.get("sheets/habits")
    assert isinstance(kept, dict)
    assert (len(kept), list(kept)[-1]) == (200, digest_of_headers(SAYING_NOTHING))
