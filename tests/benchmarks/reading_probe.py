"""One measurement in a process of its own: ``python -m tests.benchmarks.reading_probe WHAT FILE`` prints it as JSON."""

import csv
import json
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.benchmarks.measuring import peak_mb

ROWS = 1_048_575
_TICK_MS = 10


def plain_workbook(path: Path) -> int:
    """The row iterator of the library alone."""
    from python_calamine import CalamineWorkbook

    return sum(1 for _ in CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).iter_rows())


def plain_text(path: Path) -> int:
    """All records in a list, the least that a program can do with them."""
    with path.open(newline="", encoding="utf-8") as file:
        return len(list(csv.reader(file)))


def plan(path: Path) -> int:
    """From the file to the finished plan."""
    from desktop.domain.planning.plans import SideChoice, make_plan
    from desktop.sheets.links_sheet import open_sheet

    sheet = open_sheet(path)
    assert make_plan(sheet.links, SideChoice.AS_SHEET).links_to_send
    return len(sheet.rows) + 1


def heartbeat(path: Path) -> float:
    """The longest gap (ms) between the ticks of the window's thread while the background door reads the sheet."""
    from PySide6.QtCore import QCoreApplication, QTimer
    from PySide6.QtWidgets import QApplication

    from desktop.qt.jobs.background import Work, start
    from desktop.sheets.links_sheet import open_sheet

    app = QApplication([])
    ticks: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(_TICK_MS)
    work = Work(lambda work: open_sheet(path, cancelled=work.is_cancelled))
    work.done.connect(QCoreApplication.quit)
    QTimer.singleShot(200, lambda: start(work))
    app.exec()
    return 1000 * max(later - earlier for earlier, later in pairwise(ticks))


WHAT: dict[str, Callable[[Path], float]] = {
    "calamine": plain_workbook,
    "csv": plain_text,
    "plan": plan,
    "heartbeat": heartbeat,
}


def main() -> None:
    """Measure, and print seconds (clock and processor), the peak memory (MB) of this process and its child, what was counted."""
    what, path = sys.argv[1], Path(sys.argv[2])
    started = time.perf_counter()
    value = WHAT[what](path)
    seconds = time.perf_counter() - started
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {"seconds": seconds, "processor_s": own.ru_utime + child.ru_utime, "value": value}
    print(json.dumps({**told, "own_mb": peak_mb(), "child_mb": child.ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
