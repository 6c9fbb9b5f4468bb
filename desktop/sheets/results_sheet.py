"""Write a file of results, as a workbook or as .csv: beside the target, then checked, then renamed.

Every cell is text, written as text: an ID never becomes a number, and what looks like a formula stays dead. A file at the
target is replaced only by one that was read back whole. The caller has put the cells into words.
"""

import csv
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop.domain.result_tables import ResultBook, ResultTable
from desktop.sheets.clean_text import clean_row
from desktop.sheets.csv_escapes import harmless_row
from desktop.sheets.replaced_file import replaced
from desktop.sheets.results_summary import write_summary
from desktop.sheets.results_workbook import ResultsWorkbook
from desktop.sheets.written_file import WrittenWrong, check_csv, check_workbook

_log = logging.getLogger(__name__)
_REPORT_EVERY = 1000

Progress = Callable[[int, int], None]


def write_book(book: ResultBook, path: Path, progress: Progress = lambda _, __: None) -> int:
    """Write the book to ``path``, by its suffix as .csv or as a workbook; returns the lines of its first table.

    ``progress`` gets the number of lines written and of all lines. Raises ResultsUnwritable, and whatever ``progress`` raises;
    then whatever stood at ``path`` is untouched.
    """
    path = path.absolute()
    main, *further = book.tables
    total = main.count()
    if path.suffix.lower() == ".csv":
        return _write_csv(main, path, lambda lines: progress(lines, total))
    total += sum(table.count() for table in further)
    with replaced(path) as written:
        try:
            return _write_workbook(book, written, lambda lines: progress(lines, total), is_quick=True)
        except WrittenWrong:
            _log.exception("The workbook was written wrong; the library writes it now, cell by cell")
        return _write_workbook(book, written, lambda lines: progress(lines, total), is_quick=False)


def _write_workbook(book: ResultBook, path: Path, progress: Callable[[int], None], *, is_quick: bool) -> int:
    """Write and check a workbook; returns the lines of its first table. Raises WrittenWrong, BadZipFile, OSError."""
    main, *further = book.tables
    with ResultsWorkbook(
        path, book.footer, run=book.run, words=book.words, right_to_left=book.right_to_left, is_quick=is_quick
    ) as workbook:
        if book.summary is not None:
            write_summary(workbook, book.summary())
        count = written = workbook.add_table(main, progress)
        for table in further:
            written += workbook.add_table(table, partial(_report_from, written, progress))
        progress(written)  # packing and checking take a while too
    check_workbook(path, workbook.rows)
    return count


def _report_from(earlier: int, progress: Callable[[int], None], written: int) -> None:
    progress(earlier + written)


def _write_csv(table: ResultTable, path: Path, progress: Callable[[int], None]) -> int:
    """Write UTF-8 with a byte order mark, because Excel reads a file without one in the local code page."""
    count = 0
    with replaced(path) as written:
        with written.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(harmless_row(clean_row(table.headers)))
            for line in table:
                writer.writerow(harmless_row(clean_row(line.cells)))
                count += 1
                if count % _REPORT_EVERY == 0:
                    progress(count)
        check_csv(written, count + 1)
    return count
