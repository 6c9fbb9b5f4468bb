"""A results workbook of a full worksheet beside XlsxWriter writing the same cells; the check afterwards is timed apart.

Seconds are those of the processor: both sides do the same writing, and the machine may be busy.

A number as the argument makes it that many rows.
"""

import gc
import itertools
import sys
import tempfile
import time
from pathlib import Path

from xlsxwriter import Workbook

from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import REMOVED
from desktop.domain.readings import ReadingChoice
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.results_lines import OutcomeLines
from desktop.sheets.results_sheet import write_results
from desktop.sheets.results_workbook import ResultsWorkbook
from desktop.sheets.written_file import check_workbook
from tests.benchmarks.measuring import forget_peak, peak_mb
from tests.benchmarks.reading_probe import ROWS as ALL_ROWS
from tests.sheets.making_sheets import CAMPAIGN, run_of

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROWS
MOST_RATIO, MOST_MB = 1.2, 150


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "list.csv"
        with source.open("w", encoding="utf-8") as file:
            file.write("Campaign Id,Campaign,Contact Id,Contact,Note\n")
            file.writelines(f"{CAMPAIGN},Spring,365239700009{n + 1010001:07d},Contact {n},x\n" for n in range(ROWS))
        sheet = open_sheet(source, ReadingChoice(include_suspicious=True))
        with run_of(sheet, folder / "run", [REMOVED] * ROWS) as record:
            del sheet
            gc.collect()
            _measure(record, folder)


def _measure(record: RunRecord, folder: Path) -> None:
    alone = _plain(record, folder / "plain.xlsx")
    forget_peak()
    before = peak_mb()
    ours, rows = _ours(record, folder / "ours.xlsx")
    taken = peak_mb() - before
    checked = _timed(lambda: check_workbook(folder / "ours.xlsx", rows))
    whole = _timed(lambda: write_results(record, folder / "whole.xlsx"))
    as_text = _timed(lambda: write_results(record, folder / "whole.csv"))
    columns = len(OutcomeLines(record).headers)
    print(f"results: {ROWS:,} rows × {columns}")
    print(f"  XlsxWriter alone       {alone:6.2f} s   constant_memory, the same cells")
    print(f"  written                {ours:6.2f} s   {ours / alone:5.2f} × (goal {MOST_RATIO})")
    print(f"  more memory            {taken:6.0f} MB (goal {MOST_MB})")
    print(f"  check afterwards       {checked:6.2f} s")
    print(f"  whole, as the program  {whole:6.2f} s   with Summary, To fix, flush and rename")
    print(f"  as .csv                {as_text:6.2f} s   checked too")


def _plain(record: RunRecord, path: Path) -> float:
    """The same texts by the same calls of the library; the lines are made beforehand, a thousand at a time."""
    seconds = 0.0
    lines = iter(OutcomeLines(record))
    with Workbook(str(path), {"constant_memory": True}) as workbook:
        page, row = workbook.add_worksheet(), 0
        text = workbook.add_format({"num_format": "@"})
        while some := [line.cells for line in itertools.islice(lines, 1000)]:
            started = time.process_time()
            for cells in some:
                for column, cell in enumerate(cells):
                    if cell:
                        page.write_string(row, column, cell, text)
                row += 1
            seconds += time.process_time() - started
        started = time.process_time()
    return seconds + time.process_time() - started


def _ours(record: RunRecord, path: Path) -> tuple[float, list[int]]:
    """What the program writes as *All rows*."""
    started = time.process_time()
    lines = OutcomeLines(record)
    with ResultsWorkbook(path) as workbook:
        workbook.add_table("All rows", lines, iter(lines))
    return time.process_time() - started, workbook.rows


def _timed(work: object) -> float:
    assert callable(work)
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
