"""The lines of results: which rows, which columns, which words."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop.application.result_lines import FindingLines, LinesToFix, OutcomeLines, ProblemLines
from desktop.domain.findings import Findings, Presence
from desktop.domain.outcomes import REMOVED, Outcome
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.result_tables import ENGLISH_WORDS, ResultLine, ResultSheet, RowsMissing
from desktop.sheets.links_sheet import open_sheet
from desktop.words.language import Language
from desktop.words.results import result_words
from desktop.words.sentences import SENTENCES
from desktop.words.speaking import speaking
from tests.sheets.making_sheets import CAMPAIGN, HEADERS, contact, links, refused, run_of, workbook
from tests.words.made_up import MADE_UP, MARK, Tilde

SEVERAL = [HEADERS, (CAMPAIGN, f"{contact(1)}; {contact(2)}"), (CAMPAIGN, "none"), ("", contact(3)), (CAMPAIGN, contact(4))]


def sheet_of(folder: Path, rows: Sequence[tuple[str, ...]], choice: ReadingChoice | None = None) -> SheetLinks:
    return open_sheet(workbook(folder / "list.xlsx", rows), choice or ReadingChoice())


def told(lines: list[ResultLine]) -> list[tuple[str, ...]]:
    """Related text, row and what became of it."""
    return [line.cells[1:4] for line in lines]


def test_there_are_as_many_lines_as_are_counted(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, SEVERAL, ReadingChoice(where=(f"B!={contact(4)}",)))
    with run_of(sheet, tmp_path / "run", [REMOVED, refused("no")]) as record:
        lines = OutcomeLines(record, ENGLISH_WORDS)
        to_fix = LinesToFix(lines, ENGLISH_WORDS)
        assert (len(list(lines)), len(list(to_fix))) == (lines.count(), to_fix.count()) == (5, 3)
        both = f"{contact(1)}; {contact(2)}"
        assert told(list(lines))[:2] == [(both, "2", "Removed"), (both, "2", "Refused")]
        assert told(list(to_fix)) == [(contact(2), "2", "Refused"), ("none", "3", "Rejected"), (contact(3), "4", "Rejected")]
        assert (lines.title, to_fix.title, to_fix.sheet) == ("All rows", "To fix", ResultSheet.TO_FIX)
    problems = ProblemLines(sheet, ENGLISH_WORDS)
    assert len(list(problems)) == problems.count() == 2
    found = FindingLines(sheet, Findings(bytearray(2)), ENGLISH_WORDS)
    assert len(list(found)) == found.count() == 4


class Counted(Tilde):
    """Counts what is looked up."""

    lookups = 0

    def gettext(self, message: str) -> str:
        self.lookups += 1
        return super().gettext(message)


def test_nothing_is_put_into_words_for_each_line(tmp_path: Path) -> None:
    counted = []
    for rows in (20, 600):
        catalogue = Counted()
        folder = tmp_path / str(rows)
        folder.mkdir()
        sheet = sheet_of(folder, [*links(rows), ("", contact(1)), *[("", contact(2))] * rows])
        with speaking(Language("nl", catalogue, SENTENCES)), run_of(sheet, folder / "run", [REMOVED] * (rows // 2)) as record:
            assert len(list(OutcomeLines(record, ENGLISH_WORDS))) == 2 * rows + 1
        counted.append(catalogue.lookups)
    assert counted[0] == counted[1] < 100


def test_lines_of_two_languages_do_not_mix(tmp_path: Path) -> None:
    with run_of(sheet_of(tmp_path, list(links(1))), tmp_path / "run", [REMOVED]) as record:
        assert next(iter(OutcomeLines(record, ENGLISH_WORDS))).cells[3] == "Removed"
        with speaking(MADE_UP):
            lines = OutcomeLines(record, result_words(MADE_UP))
            assert next(iter(lines)).cells[3] == MARK + "Removed" and lines.headers[3] == MARK + "Outcome"


def test_what_a_look_found_is_told_with_the_names_of_both_records(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, [*links(5), (CAMPAIGN, "none")])
    findings = Findings(bytearray(Presence), {sheet.links.parent_ids[0]: "Spring", sheet.links.related_ids[0]: "Ann"})
    lines = list(FindingLines(sheet, findings, ENGLISH_WORDS))
    assert [line.cells[3:] for line in lines[:2]] == [("Not asked", "Spring", "Ann", ""), ("Linked", "Spring", "", "")]
    assert [line.cells[3] for line in lines[2:]] == ["Not linked", "Not found", "Could not be read", "Rejected"]
    assert lines[-1].cells[6] == "Not a record ID"
    assert [line.outcome for line in lines[:3]] == [Outcome.NOT_ATTEMPTED, Outcome.DELINKED, Outcome.NOT_LINKED]


def test_suspicious_links_are_a_problem_until_they_are_included(tmp_path: Path) -> None:
    rows = [HEADERS, *((CAMPAIGN, f"36523970000009{n:02d}000") for n in range(20))]
    sheet = sheet_of(tmp_path, rows)
    assert sheet.links.suspicious
    problems = list(ProblemLines(sheet, ENGLISH_WORDS))
    assert len(problems) == len(sheet.links.suspicious) == ProblemLines(sheet, ENGLISH_WORDS).count()
    assert {line.cells[3] for line in problems} == {"Held back"}
    included = sheet_of(tmp_path, rows, ReadingChoice(include_suspicious=True))
    assert list(ProblemLines(included, ENGLISH_WORDS)) == [] and ProblemLines(included, ENGLISH_WORDS).count() == 0


def test_a_record_that_lacks_rows_gives_no_lines_to_believe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with run_of(sheet_of(tmp_path, list(links(3))), tmp_path / "run", []) as record:
        rows = [row for row in record.rows() if row.number != 3]
        monkeypatch.setattr(type(record), "rows", lambda _: iter(rows))
        with pytest.raises(RowsMissing):
            list(OutcomeLines(record, ENGLISH_WORDS))
