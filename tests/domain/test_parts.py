"""Some links of a run as a sheet of their own: their rows, their entries, and nothing else."""

from dataclasses import replace
from pathlib import Path

from desktop.domain.outcomes import REMOVED
from desktop.domain.parts import part_of
from desktop.domain.readings import ReadingChoice
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, OTHER_CAMPAIGN, contact, run_of, text_file

# Row 3 repeats the link of row 2, row 4 has two links in one cell, row 5 is rejected, row 6 has two repeats of before.
ROWS = [
    f"{CAMPAIGN},{contact(0)},a",
    f"{CAMPAIGN},{contact(0)},b",
    f"{CAMPAIGN},{contact(1)};{contact(2)},c",
    f"{CAMPAIGN},nobody,d",
    f"{OTHER_CAMPAIGN},{contact(1)},e",
    f"{CAMPAIGN},{contact(2)};{contact(0)},f",
]


def test_a_part_has_the_chosen_links_under_new_numbers_with_all_their_rows(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "\n".join([",".join((*HEADERS, "Note")), *ROWS]))
    sheet = open_sheet(path, ReadingChoice())
    with run_of(sheet, tmp_path / "runs", [REMOVED] * 4) as record:
        part = part_of(record, [0, 3])
        assert [part.links[n] for n in range(2)] == [record.links[0], record.links[3]]
        assert list(part.links.first_rows) == [2, 6]
        entries = [(entry.row, entry.link, entry.duplicate) for entry in part.entries]
        assert entries == [(2, 0, False), (3, 0, True), (6, 1, False), (7, 0, True)]
        assert [row.cells[2] for row in part.rows] == ["a", "b", "e", "f"]
        assert part.books.balance and (part.books.links, part.books.duplicates, part.books.rows) == (2, 2, 4)
        assert (part.name, part.sha256, part.headers) == (sheet.name, sheet.sha256, sheet.headers)
        assert say_text(part.reading.sentence()) == f"{say_text(record.facts.reading)}, no header row"


def test_what_was_suspicious_stays_so_under_its_new_number(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "\n".join([",".join(HEADERS), *(f"{CAMPAIGN},{contact(n)}" for n in range(4))]))
    sheet = open_sheet(path, ReadingChoice())
    sheet = replace(sheet, links=replace(sheet.links, suspicious=frozenset({1, 3}), included=True))
    with run_of(sheet, tmp_path / "runs", [REMOVED] * 4) as record:
        part = part_of(record, [3, 2])
        assert (part.links.suspicious, part.links.included) == (frozenset({0}), True)
