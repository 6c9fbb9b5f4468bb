"""The window's heartbeat while a million links are read, planned, searched, filtered, ticked, and their results shown."""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any, cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, Qt, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QTableView, QTreeView

from desktop.application.new_runs import new_run
from desktop.application.outside import Practice
from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from desktop.domain.planning.plans import SideChoice, make_plan
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.runs import RunEvent, RunState, Settled, StateChange, after

LINKS = 1_000_000
BEAT_MS = 10
LIMIT_S = 300.0
# Parents by parents, one after the other: each with a few contacts, as an export is; and each link with a parent of its own.
SHEETS: dict[str, Callable[[int], tuple[int, int]]] = {
    "10 contacts a campaign": lambda n: (n // 10, n * 7919 % 700_001),
    "a campaign for each contact": lambda n: (n, n % 100_000),
    "one campaign": lambda n: (0, n),
}
RESULTS = "results of a run"
REFUSED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED, "RECORD_LOCKED", "")


class Heartbeat(QObject):
    """A timer on the window's thread that notes the longest time between two of its beats."""

    def __init__(self) -> None:
        super().__init__()
        self._last = 0.0
        self.longest_s = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._timer.start()

    def begin(self) -> None:
        """Forget the gaps so far."""
        self._last, self.longest_s = time.perf_counter(), 0.0

    def beat(self) -> None:
        """Note the time since the last beat."""
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


class EmptyPractice:
    """The practice CRM without a million records made up for it: it stands for a CRM that is elsewhere."""

    def __init__(self, practice: Practice) -> None:
        self._practice = practice

    def seed(self, sheet: SheetLinks) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        return getattr(self._practice, name)


class Stage:
    """The real window in practice mode, worked by its controls."""

    def __init__(self) -> None:
        from desktop.compose import build_services
        from desktop.qt.application import make_application, make_window
        from desktop.storage.secrets import MemorySecrets

        self.app = make_application()
        services = build_services(MemorySecrets())
        self.services = replace(services, practice=cast(Practice, EmptyPractice(services.practice)))
        self.window, self.journey = make_window(self.services, is_practice=True)
        self.window.resize(1366, 768)
        self.window.show()
        self.journey.begin(None)
        self.heart = Heartbeat()
        self.until(lambda: self.journey.accounts.account is not None)

    def until(self, holds: Callable[[], object]) -> None:
        """Let the window live until this is so."""
        end = time.monotonic() + LIMIT_S
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError
            self.app.processEvents()
            time.sleep(0.0005)

    def rest(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done within, and half a second of what follows from it."""
        self.rest(0.3)
        self.heart.begin()
        started = time.perf_counter()
        yield
        self.app.processEvents()
        took = time.perf_counter() - started
        self.rest(0.5)
        self.heart.beat()
        memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
        longest = self.heart.longest_s * 1000
        print(f"    {name:44} {took:7.2f} s   longest gap {longest:6.0f} ms   {memory:5.0f} MB", flush=True)

    @contextmanager
    def waiting_for(self, signal: SignalInstance) -> Iterator[None]:
        """Do what is within, and wait until the signal came."""
        told: list[bool] = []
        connection = signal.connect(lambda *_: told.append(True))
        yield
        self.until(lambda: told)
        QObject.disconnect(connection)

    def click(self, name: str) -> None:
        """A button by its name."""
        [button] = [one for one in self.window.findChildren(QAbstractButton, name) if one.isVisibleTo(self.window)]
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def main() -> None:
    """Print the figures; each sheet in a process of its own would only repeat the start."""
    logging.disable(logging.CRITICAL)
    print(f"the window's heartbeat ({BEAT_MS} ms) over {LINKS:,} links; goal 100 ms")
    names = sys.argv[1:] or [*SHEETS, RESULTS]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DELINK_HOME"] = folder
        stage = Stage()
        with stage.step("nothing at all"):
            stage.rest(3)
        path = Path(folder) / "links.csv"
        for name in names:
            print(f"  {name}")
            if name == RESULTS:
                _write(path, SHEETS["one campaign"])
                _results(stage, path)
            else:
                _write(path, SHEETS[name])
                _plan(stage, path)
        print(f"  peak {getrusage(RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)
        stage.window.close_now()
        stage.services.settings.flush()


def _write(path: Path, ends_of: Callable[[int], tuple[int, int]]) -> None:
    with path.open("w") as file:
        file.write("Campaign Id,Contact Id\n")
        for number in range(LINKS):
            parent, related = ends_of(number)
            file.write(f"365239701{parent:09d}7,365239702{related:09d}7\n")


def _plan(stage: Stage, path: Path) -> None:
    window, check = stage.window, stage.window.check
    with stage.step("reading the sheet"):
        window.file_dropped.emit(path)
        stage.until(lambda: window.page is window.sheet and window.sheet.is_full)
    table, clipboard = window.findChild(QTableView, "table_sheet"), QApplication.clipboard()
    assert isinstance(table, QTableView)
    with stage.step("all rows copied"), stage.waiting_for(clipboard.dataChanged):
        table.selectAll()
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clipboard.clear()
    with stage.step("planning, and the check page"):
        stage.click("button_primary")
        stage.until(lambda: window.page is check and check.is_full)
    tree, search = window.findChild(QTreeView, "table_plan"), window.findChild(QLineEdit, "input_search")
    assert isinstance(tree, QTreeView) and isinstance(search, QLineEdit)
    model = tree.model()
    planned = stage.journey.clean_up.planned
    with stage.step("a parent opened"):
        tree.expand(model.index(0, 0))
    with stage.step("scrolled to the end"):
        tree.scrollToBottom()
    for words, work in (
        ("seven digits searched", lambda: search.setText("0000097")),
        ("one digit searched", lambda: search.setText("7")),
        ("search emptied", search.clear),
        ("filter: will be removed", lambda: stage.click("tile_will_be_removed")),
        ("filter taken away", lambda: stage.click("tile_will_be_removed")),
    ):
        with stage.step(words), stage.waiting_for(model.modelReset):
            work()  # type: ignore[no-untyped-call]  # a slot of Qt among our own
    with stage.step("select none, and the plan of that"), stage.waiting_for(planned):
        stage.click("button_select_none")
    with stage.step("select all, and the plan of that"), stage.waiting_for(planned):
        stage.click("button_select_all")
    with stage.step("one parent unticked, and the plan of that"), stage.waiting_for(planned):
        model.setData(model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    with stage.step("ticked again, and the plan of that"), stage.waiting_for(planned):
        model.setData(model.index(0, 0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    with stage.step("on to the confirmation"):
        stage.click("button_primary")
        stage.until(lambda: window.page is window.confirm and window.confirm.is_full)


def _results(stage: Stage, path: Path) -> None:
    """A finished run of a million links, made beforehand, is opened: its workbook is written, its results are shown."""
    window = stage.window
    run = _finished_run(stage, path)
    with stage.step("the workbook, and the results page"):
        summary = next(one for one in stage.services.runs.summaries() if one.run == run)
        window.run_chosen.emit(summary)
        stage.until(lambda: window.page is window.results and window.results.is_full)
    for cause in ("removed", "record_locked"):
        with stage.step(f"rows shown: {cause}"):
            stage.click(f"button_show_{cause}")


def _finished_run(stage: Stage, path: Path) -> str:
    """A run of all links of the sheet, most of them removed, every hundredth refused."""
    services, account = stage.services, stage.journey.accounts.account
    assert account is not None
    sheet = services.sheet_memory.open(path, ReadingChoice())
    plan = make_plan(sheet.links, SideChoice.AS_SHEET)
    with new_run(services, sheet, plan, account.connection, safety_copy=False) as book:
        now = services.clock.now()
        for first in range(0, LINKS, 100_000):
            blocks = [range(start, start + 100) for start in range(first, first + 100_000, 100)]
            settled = [tuple((link, REFUSED if link % 100 == 0 else REMOVED) for link in block) for block in blocks]
            book.commit([Settled(None, outcomes, now) for outcomes in settled])
        book.commit([StateChange(after(RunState.RUNNING, RunEvent.FINISH), None, now)])
        return book.facts.run


if __name__ == "__main__":
    main()
