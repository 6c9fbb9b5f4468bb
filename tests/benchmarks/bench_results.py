"""A results workbook of a full worksheet beside XlsxWriter writing the same cells; the check afterwards is timed apart.

Seconds are those of the processor: both sides do the same writing, and the machine may be busy. Each is measured in a
process of its own, in turns, and the best of the rounds counts.

A number as the argument makes it that many rows.
"""

import itertools
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from xlsxwriter import Workbook

from desktop.application.result_lines import OutcomeLines
from desktop.domain.ledger import RunRecord
from desktop.domain.outcomes import REMOVED
from desktop.domain.readings import ReadingChoice
from desktop.domain.result_tables import ENGLISH_WORDS
from desktop.sheets.links_sheet import open_sheet
from desktop.sheets.results_workbook import ResultsWorkbook
from desktop.sheets.written_file import check_workbook
from desktop.storage.run_folder import RunFolder
from tests.benchmarks.measuring import forget_peak, peak_mb
from tests.benchmarks.reading_probe import ROWS as ALL_ROWS
from tests.sheets.making_results import write_results
from tests.sheets.making_sheets import CAMPAIGN, run_of

MOST_RATIO, MOST_MB, _TIMES = 0.25, 150, 2

_Result = TypeVar("_Result")
_RUNS, _RUN = "runs", "run-1"


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ALL_ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        columns = _apart(_make_run, folder, rows)
        rounds = [(_apart(_measure, folder, _plain), _apart(_measure, folder, _written)) for _ in range(_TIMES)]
        alone, ours = (min(one[place][0] for one in rounds) for place in (0, 1))
        print(f"results: {rows:,} rows × {columns}")
        print(f"  XlsxWriter alone       {alone:6.2f} s   constant_memory, the same cells")
        print(f"  written                {ours:6.2f} s   {ours / alone:5.2f} × (goal {MOST_RATIO})")
        print(f"  more memory            {max(one[1][1] for one in rounds):6.0f} MB beside the run itself (goal {MOST_MB})")
        print(f"  check afterwards       {_apart(_measure, folder, _checked)[0]:6.2f} s")
        print(f"  whole, as the program  {_apart(_measure, folder, _whole)[0]:6.2f} s   with Summary, To fix, flush and rename")
        print(f"  as .csv                {_apart(_measure, folder, _as_text)[0]:6.2f} s   checked too")


def _apart(function: Callable[..., _Result], *arguments: object) -> _Result:
    """What the function returns, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(function, *arguments).result()


def _make_run(folder: Path, rows: int) -> int:
    """A finished run of a sheet with this many rows; returns the columns of its results."""
    source = folder / "list.csv"
    with source.open("w", encoding="utf-8") as file:
        file.write("Campaign Id,Campaign,Contact Id,Contact,Note\n")
        file.writelines(f"{CAMPAIGN},Spring,365239700009{n + 1010001:07d},Contact {n},x\n" for n in range(rows))
    sheet = open_sheet(source, ReadingChoice(include_suspicious=True))
    with run_of(sheet, folder / _RUNS, [REMOVED] * rows) as record:
        return len(OutcomeLines(record, ENGLISH_WORDS).headers)


def _measure(folder: Path, work: Callable[[RunRecord, Path], float]) -> tuple[float, float]:
    """Seconds of the processor for the work, and how many MB more than the open run it takes at most."""
    with RunFolder(folder / _RUNS).open(_RUN) as record:
        forget_peak()
        before, started = peak_mb(), time.process_time()
        beside = work(record, folder)
        return time.process_time() - started - beside, peak_mb() - before


def _plain(record: RunRecord, folder: Path) -> float:
    """The same texts by the same calls of the library; returns the seconds for making the lines, which do not count."""
    beside, row, lines = 0.0, 0, iter(OutcomeLines(record, ENGLISH_WORDS))
    with Workbook(str(folder / "plain.xlsx"), {"constant_memory": True}) as workbook:
        page, text = workbook.add_worksheet(), workbook.add_format({"num_format": "@"})
        while True:
            started = time.process_time()
            some = [line.cells for line in itertools.islice(lines, 1000)]
            beside += time.process_time() - started
            if not some:
                return beside
            for cells in some:
                for column, cell in enumerate(cells):
                    if cell:
                        page.write_string(row, column, cell, text)
                row += 1


def _written(record: RunRecord, folder: Path) -> float:
    """What the program writes as *All rows*."""
    with ResultsWorkbook(folder / "ours.xlsx") as workbook:
        workbook.add_table(OutcomeLines(record, ENGLISH_WORDS))
    return 0.0


def _checked(record: RunRecord, folder: Path) -> float:
    check_workbook(folder / "ours.xlsx", [1 + len(record.entries)])
    return 0.0


def _whole(record: RunRecord, folder: Path) -> float:
    write_results(record, folder / "whole.xlsx")
    return 0.0


def _as_text(record: RunRecord, folder: Path) -> float:
    write_results(record, folder / "whole.csv")
    return 0.0


if __name__ == "__main__":
    main()
