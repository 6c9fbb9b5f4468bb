"""The log file: rotating, for people who look after the computer, and without any secret. And what a crash leaves behind."""

import faulthandler
import logging
import sys
from copy import copy
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from desktop.domain.redaction import redacted
from desktop.domain.visible import visible


class RedactingFormatter(logging.Formatter):
    """Redacts the finished line, exceptions included: a filter on one logger would miss those of its children.

    What others wrote cannot end a line or forge one: the message is made visible, and lines of an exception are indented.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line as it may stand on disk."""
        own = copy(record)
        own.exc_text = None  # another handler may have kept its own wording there
        return redacted(super().format(own))

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The first line."""
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        """What stands below it."""
        return "\n".join(f"  {visible(line)}" for line in super().formatException(ei).split("\n"))


class QuietFile(RotatingFileHandler):
    """A line that cannot be written, as on a full disk, is lost; nobody is shown a traceback for it."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing."""


def start_logging(folder: Path, *, verbose: bool = False) -> Path:
    """Log to ``folder`` from now on and return the file. A folder that cannot be written leaves logging silent."""
    path = folder / "delink.log"
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    # At DEBUG urllib3 prints addresses with their queries.
    logging.getLogger("urllib3").setLevel(logging.INFO)
    handler = QuietFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)  # it opens with its first line
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    for old in [one for one in root.handlers if isinstance(one.formatter, RedactingFormatter)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    return path


def watch_for_crashes(folder: Path) -> None:
    """A crash of native code leaves the lines it was in, and no values, in ``crash.txt``, and no picture of the memory.

    Without the file: nothing.
    """
    _leave_no_memory_behind()
    try:
        file = (folder / "crash.txt").open("a", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(file)  # which keeps the file open as long as the program runs


def _leave_no_memory_behind() -> None:
    """A core dump would hold every key that the program does; Windows makes none unless somebody set that up."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
