"""The results of a run as a workbook (or as .csv): written beside its target, checked, then renamed over it.

Every cell is text, written as text: an ID never becomes a number, and what looks like a formula stays dead. An older
file at the target is replaced only by one that was read back whole.
"""

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from desktop.domain.errors import ResultsUnwritable
from desktop.domain.ledger import RunRecord
from desktop.sheets.results_lines import ALL_ROWS, MOST_LINES, SUMMARY, TO_FIX, ResultLine, ResultLines
from desktop.sheets.results_style import Styles, write_summary

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\0")
_TELL_EVERY = 5000


def write_results(record: RunRecord, path: Path, progress: Callable[[int], None] = lambda _: None) -> int:
    """Write the results to ``path`` (.csv by its suffix, else a workbook); returns the lines of *All rows*.

    Raises ResultsUnwritable; whatever stood at ``path`` is then untouched.
    """
    path = path.absolute()
    temporary = path.with_name(f".{path.stem[:60]}.{os.getpid()}.tmp{path.suffix}")
    write, check = (_write_csv, _check_csv) if path.suffix.lower() == ".csv" else (_write_workbook, _check_workbook)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = write(record, temporary, progress)
        _flush(temporary)
        check(temporary, lines)
        temporary.replace(path)
    except (OSError, BadZipFile, ValueError) as exc:
        raise ResultsUnwritable(str(path), _words(exc)) from exc
    finally:
        _remove(temporary)
    return lines


def _write_workbook(record: RunRecord, path: Path, progress: Callable[[int], None]) -> int:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    workbook = Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent), "in_memory": False})
    try:
        styles, lines = Styles(workbook), ResultLines(record)
        write_summary(workbook.add_worksheet(SUMMARY), record, styles)
        count = _write_lines(workbook, ALL_ROWS, lines, iter(lines), styles, progress)
        _write_lines(workbook, TO_FIX, lines, (line for line in lines if line.needs_work), styles, lambda _: None)
    finally:
        try:
            workbook.close()
        except FileCreateError as exc:
            raise OSError(str(exc)) from exc
    return count


def _write_lines(
    workbook: object,
    title: str,
    lines: ResultLines,
    source: Iterator[ResultLine],
    styles: Styles,
    progress: Callable[[int], None],
) -> int:
    """One line per entry; a further worksheet each time one is full."""
    count, number = 0, 0
    sheet = None
    for line in source:
        if sheet is None or count % MOST_LINES == 0:
            number += 1
            if sheet is not None:
                styles.finish(sheet, MOST_LINES, len(lines.headers))
            sheet = styles.start(workbook, title if number == 1 else f"{title} {number}", lines)
        styles.write_line(sheet, count % MOST_LINES + 1, line)
        count += 1
        if count % _TELL_EVERY == 0:
            progress(count)
    if sheet is None:
        sheet = styles.start(workbook, title, lines)
    styles.finish(sheet, count - (max(number, 1) - 1) * MOST_LINES, len(lines.headers))
    return count


def _write_csv(record: RunRecord, path: Path, progress: Callable[[int], None]) -> int:
    lines = ResultLines(record)
    count = 0
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(map(_harmless, lines.headers))
        for line in lines:
            writer.writerow(map(_harmless, line.cells))
            count += 1
            if count % _TELL_EVERY == 0:
                progress(count)
    return count


def _harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises for CSV."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text.replace("\0", "")


def _check_workbook(path: Path, lines: int) -> None:
    """Sums of the zip, and every worksheet read as a stream to its last row."""
    import defusedxml.ElementTree as SafeTree

    with ZipFile(path) as archive:
        if archive.testzip() is not None:
            raise ValueError("the written file failed its check")
        names = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
        found = 0
        for name in names[1 : 1 + max(1, -(-lines // MOST_LINES))]:
            with archive.open(name) as part:
                for _, element in SafeTree.iterparse(part):
                    found += element.tag.endswith("}row")
                    element.clear()
                found -= 1
    if found != lines:
        raise ValueError("the written file lacks rows")


def _check_csv(path: Path, lines: int) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if sum(1 for _ in csv.reader(file, strict=True)) != lines + 1:
            raise ValueError("the written file lacks rows")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        pass  # the reason why it could not be written is told already


def _words(exc: Exception) -> str:
    if isinstance(exc, PermissionError):
        return "the file or its folder may not be written, or another program has it open"
    if isinstance(exc, OSError) and exc.strerror:
        return exc.strerror.lower()
    return str(exc) or "the disk reported an error"
