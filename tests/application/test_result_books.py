"""Results in the words of one language, opened again by a program that speaks another: the same rows are meant."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from desktop.domain.errors import SheetWithoutLinks
from desktop.domain.outcomes import REMOVED, LinkOutcome
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.result_tables import ENGLISH_WORDS, KnownResults
from desktop.sheets.links_sheet import open_sheet
from desktop.words import say_text
from desktop.words.language import Language
from desktop.words.results import result_words
from desktop.words.sentences import SENTENCES
from desktop.words.speaking import speaking
from tests.sheets.making_results import write_problem_rows, write_results
from tests.sheets.making_sheets import CAMPAIGN, NOT_LINKED, UNKNOWN, balances, contact, refused, run_of, workbook
from tests.words.made_up import MADE_UP, MARK

ENGLISH = Language(sentences=SENTENCES)
BOTH = KnownResults((ENGLISH_WORDS, result_words(MADE_UP)))
LATER_PROPERTIES = re.compile(rb'<property [^>]*name="Delink (column|worksheet).*?</property>')
OUTCOMES = (REMOVED, NOT_LINKED, refused("no such thing"), UNKNOWN)
ROWS = [
    ("Campaign Id", "Contact Id", "Outcome", "Status"),
    (CAMPAIGN, f"{contact(1)}; {contact(2)}", "as it was", "gone"),
    ("", "", "", "gone"),
    (CAMPAIGN, "3.65E+18", "", "gone"),
    (CAMPAIGN, contact(3), "=1+1", "gone"),
    (CAMPAIGN, contact(4), "", "stays"),
    (CAMPAIGN, contact(5), "", "gone"),
    ("", contact(6), "", "stays"),
    (CAMPAIGN, contact(7), "", "gone"),
]


@dataclass
class Meant:
    """What is read of results."""

    links: Sequence[tuple[str, str]]
    rejected: dict[str, int]
    left_out: list[tuple[int, int, int]]
    columns: tuple[int, int]
    worksheet: str | None
    notes: int

    @classmethod
    def of(cls, sheet: SheetLinks) -> "Meant":
        assert balances(sheet)
        links = list(zip(sheet.links.parent_ids, sheet.links.related_ids, strict=True))
        rejected = {str(reason): count for reason, count in sheet.books.rejected.items()}
        columns, named = (sheet.columns.parent, sheet.columns.related), sheet.reading.sheet_name
        worksheet = None if named is None else named.removeprefix(MARK)
        return cls(links, rejected, sheet.left_out.ranges(), columns, worksheet, len(sheet.reading.notes))


def written(folder: Path, name: str, language: Language, *outcomes: LinkOutcome, run: str = "run-1") -> Path:
    """Results of a run that left out two rows by a filter, in a language."""
    folder.mkdir(exist_ok=True)
    sheet = open_sheet(workbook(folder / "list.xlsx", ROWS), ReadingChoice(where=("Status!=stays",)))
    return saved(sheet, folder / name, language, *(outcomes or OUTCOMES), run=run)


def saved(sheet: SheetLinks, path: Path, language: Language, *outcomes: LinkOutcome, run: str = "run-1") -> Path:
    with speaking(language), run_of(sheet, path.parent / path.stem, outcomes, run=run) as record:
        write_results(record, path)
    return path


@pytest.mark.parametrize("worksheet", [None, "All rows"])
def test_a_workbook_is_read_alike_whatever_language_it_was_written_in(tmp_path: Path, worksheet: str | None) -> None:
    english = written(tmp_path / "en", "results.xlsx", ENGLISH)
    other = written(tmp_path / "nl", "results.xlsx", MADE_UP)
    expected = Meant.of(open_sheet(english, ReadingChoice(sheet_name=worksheet)))
    assert expected.worksheet == (worksheet or "To fix") and expected.notes == 1
    assert [related for _, related in expected.links] == [contact(n) for n in ((1, 2, 3, 5, 7) if worksheet else (3, 5, 7))]
    assert len(expected.left_out) == (2 if worksheet else 0)
    named = ReadingChoice(sheet_name=worksheet and MARK + worksheet)
    assert Meant.of(open_sheet(other, named)) == expected, "a program that knows English only"
    with speaking(MADE_UP):
        assert Meant.of(open_sheet(other, named, known=BOTH)) == expected
        assert Meant.of(open_sheet(english, ReadingChoice(sheet_name=worksheet), known=BOTH)) == expected


def test_every_word_of_a_workbook_is_of_its_language(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path / "nl", "results.xlsx", MADE_UP))
    assert book.sheetnames == ["~Summary", "~All rows", "~To fix"]
    headings, *lines = ([str(cell.value or "") for cell in row] for row in book["~All rows"].iter_rows())
    assert headings[4:] == ["~Row", "~Outcome", "~Cause", "~What to do", "~Code", "~Run", "~Time", "~Record address"]
    assert {line[column][0] for line in lines for column in (5, 6)} == {MARK}
    labels = [row[0].value for row in book["~Summary"].iter_rows() if row[0].value]
    assert all(str(label).startswith(MARK) for label in labels)
    footer = book["~All rows"].oddFooter
    assert footer is not None and footer.right.text == "~Page &P of &N"
    assert lines[0][10].endswith(" UTC"), "times are the same in all languages"


def test_a_workbook_begins_at_the_right_where_one_reads_from_there_and_its_ids_stay_as_they_are(tmp_path: Path) -> None:
    english, arabic = (written(tmp_path / code, "results.xlsx", Language(code, sentences=SENTENCES)) for code in ("en", "ar"))
    books = {path: load_workbook(path) for path in (english, arabic)}
    assert not any(page.sheet_view.rightToLeft for page in books[english].worksheets)
    assert all(page.sheet_view.rightToLeft for page in books[arabic].worksheets)
    assert Meant.of(open_sheet(arabic)) == Meant.of(open_sheet(english))


def test_a_text_is_read_alike_by_the_words_of_the_languages_that_there_are(tmp_path: Path) -> None:
    english = written(tmp_path / "en", "results.csv", ENGLISH)
    other = written(tmp_path / "nl", "results.csv", MADE_UP)
    expected = Meant.of(open_sheet(english))
    assert len(expected.left_out) == 2 and expected.notes == 1
    assert Meant.of(open_sheet(other, known=BOTH)) == Meant.of(open_sheet(english, known=BOTH)) == expected
    assert [row.cells[2] for row in open_sheet(other, known=BOTH).rows][4] == "=1+1", "what made it harmless is gone"


def test_a_text_whose_words_nobody_knows_is_known_by_its_digest(tmp_path: Path) -> None:
    expected = Meant.of(open_sheet(written(tmp_path / "en", "results.csv", ENGLISH)))
    other, asked = written(tmp_path / "nl", "results.csv", MADE_UP), list[str]()

    def run_of_digest(digest: str) -> str:
        asked.append(digest)
        return "run-1"

    read = open_sheet(other, known=KnownResults(run_of=run_of_digest))
    assert Meant.of(read) == expected and asked == [read.sha256]


def test_only_a_text_with_enough_columns_is_asked_about(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(f"Campaign Id,Contact Id\n{CAMPAIGN},{contact(1)}\n", encoding="utf-8")

    def run_of_digest(digest: str) -> str:
        raise AssertionError(digest)

    assert len(open_sheet(tmp_path / "list.csv", known=KnownResults(run_of=run_of_digest)).links) == 1


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_results_of_results_in_two_languages_are_known_again(tmp_path: Path, suffix: str) -> None:
    first = written(tmp_path / "nl", f"results{suffix}", MADE_UP)
    again = open_sheet(first, known=BOTH)
    second = saved(again, tmp_path / f"second{suffix}", ENGLISH, run="run-2")
    third = open_sheet(second, known=BOTH)
    assert third.links.related_ids == again.links.related_ids
    assert third.reading.first_own_column == 4 and "run run-2" in say_text(third.reading.notes[0])


def test_what_the_last_of_several_runs_left_out_stays_left_out(tmp_path: Path) -> None:
    again = open_sheet(written(tmp_path / "en", "results.xlsx", ENGLISH), ReadingChoice(where=(f"B!={contact(5)}",)))
    assert list(again.links.related_ids) == [contact(3), contact(7)]
    second = saved(again, tmp_path / "second.xlsx", MADE_UP, refused("no"), refused("no"), run="run-2")
    third = open_sheet(second, ReadingChoice(sheet_name="~All rows"))
    assert third.links.related_ids == again.links.related_ids
    assert third.left_out.ranges() == again.left_out.ranges()


def test_results_with_nothing_to_fix_say_so_in_any_language(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", [ROWS[0], ROWS[1]]))
    path = saved(sheet, tmp_path / "results.xlsx", MADE_UP, REMOVED, REMOVED)
    with pytest.raises(SheetWithoutLinks) as caught:
        open_sheet(path)
    assert "nothing left to fix" in say_text(caught.value.detail) and "“~All rows”" in say_text(caught.value.detail)
    assert caught.value.reading is not None and caught.value.reading.is_own_results


def test_workbooks_of_earlier_versions_are_read_as_they_were(tmp_path: Path) -> None:
    path = written(tmp_path / "en", "results.xlsx", ENGLISH)
    expected = [Meant.of(open_sheet(path, ReadingChoice(sheet_name=name))) for name in (None, "All rows")]
    with ZipFile(path) as archive, ZipFile(tmp_path / "old.xlsx", "w") as older:
        for name in archive.namelist():
            older.writestr(name, LATER_PROPERTIES.sub(b"", archive.read(name)))
    with ZipFile(tmp_path / "old.xlsx") as archive:
        assert archive.read("docProps/custom.xml").count(b"<property ") == 1
    with speaking(MADE_UP):
        read = [open_sheet(tmp_path / "old.xlsx", ReadingChoice(sheet_name=name), known=BOTH) for name in (None, "All rows")]
    assert [Meant.of(sheet) for sheet in read] == expected


def test_a_workbook_that_another_program_saved_again_brings_its_words_along(tmp_path: Path) -> None:
    path = written(tmp_path / "nl", "results.xlsx", MADE_UP)
    expected = Meant.of(open_sheet(path))
    book = load_workbook(path)
    book.save(tmp_path / "again.xlsx")
    assert Meant.of(open_sheet(tmp_path / "again.xlsx")) == expected


def test_problem_rows_are_in_the_language_too_and_their_cells_come_back_as_they_were(tmp_path: Path) -> None:
    sheet = open_sheet(workbook(tmp_path / "list.xlsx", [ROWS[0], (CAMPAIGN, "3.65E+18", "=1+1", ""), ROWS[5]]))
    with speaking(MADE_UP):
        assert write_problem_rows(sheet, tmp_path / "problems.csv") == 1
    with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
        header, line = csv.reader(file)
    assert header[4:] == ["~Row", "~Problem", "~Cause", "~What to do"]
    assert line[2] == "'=1+1" and line[4] == "2" and all(cell.startswith(MARK) for cell in line[5:])
