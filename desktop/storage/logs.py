"""Writes the log file, which rotates and holds no secret, and decides what a crash leaves behind."""

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
    """Removes secrets from the finished line, exceptions included.

    A filter on one logger would miss the messages of its children. Text that others wrote (Zoho, a sheet) can neither end a line
    nor forge one: control characters of the message are made visible, and the lines of an exception are indented.
    """

    def format(self, record: logging.LogRecord) -> str:
        own = copy(record)
        own.exc_text = None  # another handler may have kept its own wording there, which is not made visible
        return redacted(super().format(own))

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return "\n".join(f"  {visible(line)}" for line in super().formatException(ei).split("\n"))


class QuietFile(RotatingFileHandler):
    """A log file that drops a line which cannot be written, on a full disk for example."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass  # logging's own handler would print a traceback, which nobody is to see


def start_logging(folder: Path, *, verbose: bool = False) -> Path:
    """Log to ``folder`` from now on and return the file. If it cannot be written, nothing is logged and nothing raised."""
    path = folder / "delink.log"
    root = logging.getLogger()
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    # At DEBUG, urllib3 prints addresses with their queries, which hold IDs.
    logging.getLogger("urllib3").setLevel(logging.INFO)
    # With delay the file is opened for its first line, where QuietFile swallows the error; opened here, it would raise.
    handler = QuietFile(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    for old in [existing for existing in root.handlers if isinstance(existing.formatter, RedactingFormatter)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    return path


def watch_for_crashes(folder: Path) -> None:
    """Have a crash of native code leave the lines of code that it was in, without values, in ``crash.txt``.

    If the file cannot be opened, a crash leaves nothing.
    """
    _forbid_core_dumps()
    try:
        file = (folder / "crash.txt").open("a", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(file)  # it keeps the file open as long as the program runs


def _forbid_core_dumps() -> None:
    # A core dump would hold every key that the program has in memory. Windows makes none unless somebody set that up.
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
