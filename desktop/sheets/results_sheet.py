"""A file of results, as a workbook or as .csv: written aside, checked, renamed.

Every cell is text, written as text: an ID never becomes a number, and what looks like a formula stays dead. An older
file at the target is replaced only by one that was read back whole. What the cells say was put into words by the caller.
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
_TELL_EVERY = 1000

Progress = Callable[[int, int], None]


def write_book(book: ResultBook, path: Path, progress: Progress = lambda _, __: None) -> int:
    """Write the book to ``path``, by its suffix as .csv or as a workbook; returns the lines of its first table.

    ``progress`` is told how many lines of how many are written. Raises ResultsUnwritable, and whatever ``progress`` raises;
    whatever stood at ``path`` is then untouched.
    """
    path = path.absolute()
    main, *others = book.tables
    total = main.count()
    if path.suffix.lower() == ".csv":
        return _write_csv(main, path, lambda done: progress(done, total))
    total += sum(table.count() for table in others)
    with replaced(path) as written:
        try:
            return _write_workbook(book, written, lambda done: progress(done, total), is_quick=True)
        except WrittenWrong:
            _log.exception("The workbook was written wrong; the library writes it now, cell by cell")
        return _write_workbook(book, written, lambda done: progress(done, total), is_quick=False)


def _write_workbook(book: ResultBook, path: Path, progress: Callable[[int], None], *, is_quick: bool) -> int:
    """Write and check a workbook; returns the lines of its first table. Raises WrittenWrong, BadZipFile, OSError."""
    main, *others = book.tables
    with ResultsWorkbook(path, book.footer, run=book.run, words=book.words, is_quick=is_quick) as workbook:
        if book.summary is not None:
            write_summary(workbook, book.summary())
        count = done = workbook.add_table(main, progress)
        for table in others:
            done += workbook.add_table(table, partial(_tell_from, done, progress))
        progress(done)  # packing and checking take a while too
    check_workbook(path, workbook.rows)
    return count


def _tell_from(before: int, progress: Callable[[int], None], done: int) -> None:
    progress(before + done)


def _write_csv(table: ResultTable, path: Path, progress: Callable[[int], None]) -> int:
    """UTF-8 with a mark, because Excel takes a file without one for the local code page."""
    count = 0
    with replaced(path) as written:
        with written.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerow(harmless_row(clean_row(table.headers)))
            for line in table:
                writer.writerow(harmless_row(clean_row(line.cells)))
                count += 1
                if count % _TELL_EVERY == 0:
                    progress(count)
        check_csv(written, count + 1)
    return count
