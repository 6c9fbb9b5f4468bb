"""The results of a run, or the problem rows of a sheet, as a workbook or as .csv: written aside, checked, renamed.

Every cell is text, written as text: an ID never becomes a number, and what looks like a formula stays dead. An older
file at the target is replaced only by one that was read back whole.
"""

import csv
from collections.abc import Callable
from pathlib import Path

from desktop.domain.findings import Findings
from desktop.domain.history import ALONE, Family
from desktop.domain.ledger import RunRecord
from desktop.domain.readings import SheetLinks
from desktop.sheets.csv_escapes import harmless_row
from desktop.sheets.own_results import ALL_ROWS, TO_FIX
from desktop.sheets.replaced_file import replaced
from desktop.sheets.results_lines import FindingLines, Lines, OutcomeLines, ProblemLines
from desktop.sheets.results_summary import write_summary
from desktop.sheets.results_workbook import ResultsWorkbook
from desktop.sheets.written_file import check_csv, check_workbook

PROBLEM_ROWS, FOUND = "Problem rows", "In Zoho now"
NOT_PUT_BACK = "Not put back"  # opened as a sheet, these would be removed once more
_TELL_EVERY = 1000

Progress = Callable[[int, int], None]


def write_results(record: RunRecord, path: Path, progress: Progress = lambda _, __: None, family: Family = ALONE) -> int:
    """Write the results to ``path`` (.csv by its suffix, else a workbook); returns the lines of *All rows*.

    ``progress`` is told how many lines of how many are written; after a stop the lines to fix are nearly as many again.
    The *Summary* names the runs of the ``family``. Raises ResultsUnwritable, and whatever ``progress`` raises; whatever stood
    at ``path`` is then untouched.
    """
    path = path.absolute()
    lines = OutcomeLines(record)
    total = lines.count()
    if _is_csv(path):
        return _write_csv(lines, path, lambda done: progress(done, total))
    total += lines.count_to_fix()
    with replaced(path) as written:
        with ResultsWorkbook(written, run=record.facts.run) as workbook:
            write_summary(workbook, record, family)
            count = workbook.add_table(ALL_ROWS, lines, iter(lines), lambda done: progress(done, total))
            rest = NOT_PUT_BACK if record.facts.operation.wished_there else TO_FIX
            workbook.add_table(rest, lines, lines.to_fix(), lambda done: progress(count + done, total))
            progress(total, total)  # packing and checking take a while too
        check_workbook(written, workbook.rows)
    return count


def write_problem_rows(sheet: SheetLinks, path: Path) -> int:
    """Write what would not be sent, with its reason, as .csv or a workbook by suffix; returns how many lines.

    Raises ResultsUnwritable; whatever stood at ``path`` is then untouched.
    """
    return _write_one_table(PROBLEM_ROWS, ProblemLines(sheet), path.absolute())


def write_findings(sheet: SheetLinks, findings: Findings, path: Path) -> int:
    """Write every entry of a sheet with what a look into the CRM found about it; returns how many lines.

    Raises ResultsUnwritable; whatever stood at ``path`` is then untouched.
    """
    return _write_one_table(FOUND, FindingLines(sheet, findings), path.absolute())


def _write_one_table(title: str, lines: Lines, path: Path) -> int:
    if _is_csv(path):
        return _write_csv(lines, path, lambda _: None)
    with replaced(path) as written:
        with ResultsWorkbook(written) as workbook:
            count = workbook.add_table(title, lines, iter(lines))
        check_workbook(written, workbook.rows)
    return count


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _write_csv(lines: Lines, path: Path, progress: Callable[[int], None]) -> int:
    """UTF-8 with a mark, because Excel takes a file without one for the local code page."""
    count = 0
    with replaced(path) as written:
        with written.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(harmless_row(lines.headers))
            for line in lines:
                writer.writerow(harmless_row(line.cells))
                count += 1
                if count % _TELL_EVERY == 0:
                    progress(count)
        check_csv(written, count + 1)
    return count
