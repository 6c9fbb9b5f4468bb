"""Results are put into words here and handed to whoever writes files, which knows nothing of languages."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.application.result_lines import FindingLines, LinesToFix, OutcomeLines, ProblemLines
from desktop.application.result_summary import summary_of
from desktop.domain.findings import Findings
from desktop.domain.history import ALONE, Family
from desktop.domain.ledger import RunRecord
from desktop.domain.readings import SheetLinks
from desktop.domain.result_tables import OUTCOME_COLUMNS, ResultBook, ResultSheet, ResultTable, ResultWords
from desktop.words import language, say
from desktop.words.results import result_words

Progress = Callable[[int, int], None]


class WriteBook(Protocol):
    """Writes a file of results (.csv by its suffix, else a workbook); returns the lines of the first table.

    ``progress`` is told how many lines of how many are written. Raises ResultsUnwritable, and whatever ``progress`` raises;
    whatever stood at ``path`` is then untouched.
    """

    def __call__(self, book: ResultBook, path: Path, progress: Progress = ...) -> int: ...


def write_results(
    write: WriteBook, record: RunRecord, path: Path, progress: Progress = lambda _, __: None, family: Family = ALONE
) -> int:
    """Write what became of the links of a run; returns the lines of *All rows*. Raises as ``write`` does.

    After a stop the lines to fix are nearly as many again. The *Summary* names the runs of the ``family``.
    """
    words = result_words(language())
    lines = OutcomeLines(record, words)
    to_fix = LinesToFix(lines, words)
    in_file = ResultWords(
        {column: words.columns[column] for column in OUTCOME_COLUMNS},
        {sheet: words.sheets[sheet] for sheet in (ResultSheet.SUMMARY, ResultSheet.ALL_ROWS, to_fix.sheet)},
    )
    book = ResultBook(
        (lines, to_fix),
        _footer(),
        lambda: summary_of(record, family, words),
        record.facts.run,
        in_file,
        right_to_left=language().right_to_left,
    )
    return write(book, path, progress)


def write_problem_rows(write: WriteBook, sheet: SheetLinks, path: Path) -> int:
    """Write what would not be sent, each with its reason; returns how many lines. Raises as ``write`` does."""
    return write(_book_of(ProblemLines(sheet, result_words(language()))), path)


def write_findings(write: WriteBook, sheet: SheetLinks, findings: Findings, path: Path) -> int:
    """Write every entry of a sheet with what a look into the CRM found; returns how many lines. Raises as ``write`` does."""
    return write(_book_of(FindingLines(sheet, findings, result_words(language()))), path)


def _book_of(table: ResultTable) -> ResultBook:
    return ResultBook((table,), _footer(), right_to_left=language().right_to_left)


def _footer() -> str:
    return say("Page {page} of {pages}")
