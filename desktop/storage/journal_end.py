"""A note beside a journal of how long it is, so that a lost end shows.

SQLite stops at the first damaged place of its write-ahead log and takes what stands before it for everything: changes that
were on the disk are gone without a word. The note tells the number of the last change; a journal that ends before it was cut.

It is written after each commit, before anything is sent, without a flush of its own, and flushed once in a while: it is whole
after a kill, and after a power cut at most that while behind, when it knows less than the journal and says nothing.
"""

import logging
import os
import zlib
from pathlib import Path

_log = logging.getLogger(__name__)

SUFFIX = "-end"
_DIGITS = 20


def end_path(journal: Path) -> Path:
    """Where the note of a journal lies."""
    return journal.with_name(journal.name + SUFFIX)


def noted_end(journal: Path) -> int:
    """The number of the last change that the note knows of; 0 where there is none, or one that is damaged itself."""
    try:
        number, _, mark = end_path(journal).read_text("ascii").strip().partition(" ")
        return int(number) if mark == _mark_of(number) else 0
    except (OSError, ValueError):
        return 0


class EndNote:
    """The open note of a journal that is being written. A note that cannot be written costs the check, not the run."""

    def __init__(self, journal: Path) -> None:
        self._descriptor = -1
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(end_path(journal), flags, 0o600)
        except OSError as exc:
            self._give_up(exc)

    def write(self, seq: int) -> None:
        """The journal ends with the change of this number now."""
        if self._descriptor < 0:
            return
        number = f"{seq:0{_DIGITS}d}"
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, f"{number} {_mark_of(number)}\n".encode("ascii"))
        except OSError as exc:
            self._give_up(exc)

    def flush(self) -> None:
        """Make it last over a power cut."""
        if self._descriptor >= 0:
            try:
                os.fsync(self._descriptor)
            except OSError as exc:
                self._give_up(exc)

    def close(self) -> None:
        """Flush and close it; harmless when called twice."""
        self.flush()
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _give_up(self, exc: OSError) -> None:
        _log.warning("How long the journal is could not be noted: %s", exc)
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def _mark_of(number: str) -> str:
    return f"{zlib.crc32(number.encode('ascii')):08x}"
