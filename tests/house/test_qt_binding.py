"""The Qt binding: the one version that is known to be sound here, and proof that it survives a long run's signals."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version

from tests.house.sources import ROOT
from tests.patience import PATIENCE_S

PINNED = "6.11.3"
EMIT = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, QThread, Signal, Slot

LAST = 5000


class Worker(QObject):
    told = Signal(object, object)

    @Slot()
    def run(self):
        for number in range(1, LAST + 1):
            self.told.emit((number, "text"), None)


class Ears(QObject):
    heard = 0
    elsewhere = 0

    @Slot(object, object)
    def _on_told(self, value, nothing):
        self.heard += 1
        self.elsewhere += QThread.currentThread() is not self.thread()
        assert value == (self.heard, "text") and nothing is None
        if self.heard == LAST:
            thread.quit()


app = QCoreApplication([])
thread, worker, ears = QThread(), Worker(), Ears()
worker.moveToThread(thread)
worker.told.connect(ears._on_told)
thread.started.connect(worker.run)
thread.finished.connect(app.quit)
thread.start()
app.exec()
thread.wait()
print(ears.heard, ears.elsewhere)
"""


def test_five_thousand_signals_from_another_thread_all_arrive_on_ours() -> None:
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", EMIT], capture_output=True, text=True, timeout=PATIENCE_S)
    assert (done.returncode, done.stdout.strip()) == (0, "5000 0"), done.stderr


def test_the_binding_is_pinned_to_one_version_everywhere() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert [one for one in wanted if one.lower().startswith("pyside")] == [f"PySide6-Essentials=={PINNED}"]
    for lock in ("run", "dev"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        pins = re.findall(r"^(pyside6[\w-]*|shiboken6)==(\S+)", text, re.MULTILINE)
        assert {name for name, _ in pins} >= {"pyside6-essentials", "shiboken6"}
        assert {pin for _, pin in pins} == {PINNED}


def test_the_pinned_version_is_the_one_that_runs() -> None:
    assert version("PySide6-Essentials") == version("shiboken6") == PINNED
