"""Notes beside a journal how long it is, so that a lost end is noticed.

SQLite stops at the first damaged place of its write-ahead log and takes what stands before it for everything: changes that
were on the disk are gone without a word. The note holds the number of the last change (the high-water mark); a journal that
ends before that number has lost its end.

The note is written after each commit and before anything is sent. It is not flushed each time, but once in a while. After a kill
it is right all the same, because the system keeps what was written. After a power cut it may be behind; then it names a lower
number than the journal has, and nothing is noticed.
"""

import logging
import os
import zlib
from pathlib import Path

_log = logging.getLogger(__name__)

SUFFIX = "-end"
_DIGITS = 20  # every note has the same length, so that a new one overwrites all of the old one


def end_path(journal: Path) -> Path:
    """Return where the note of a journal lies."""
    return journal.with_name(journal.name + SUFFIX)


def noted_end(journal: Path) -> int:
    """Return the number of the last change that the note names; 0 if there is no note, or a damaged one."""
    try:
        number, _, checksum = end_path(journal).read_text("ascii").strip().partition(" ")
        return int(number) if checksum == _checksum_of(number) else 0
    except (OSError, ValueError):
        return 0


class HighWaterMark:
    """The open note of a journal that is being written. If the note cannot be written, the run goes on without this check."""

    def __init__(self, journal: Path) -> None:
        self._descriptor = -1
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
            self._descriptor = os.open(end_path(journal), flags, 0o600)
        except OSError as exc:
            self._give_up(exc)

    def write(self, seq: int) -> None:
        """Note that the journal now ends with the change of this number."""
        if self._descriptor < 0:
            return
        number = f"{seq:0{_DIGITS}d}"
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, f"{number} {_checksum_of(number)}\n".encode("ascii"))
        except OSError as exc:
            self._give_up(exc)

    def flush(self) -> None:
        """Make the note survive a power cut."""
        if self._descriptor >= 0:
            try:
                os.fsync(self._descriptor)
            except OSError as exc:
                self._give_up(exc)

    def close(self) -> None:
        """Flush and close the note. Harmless if called twice."""
        self.flush()
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _give_up(self, exc: OSError) -> None:
        _log.warning("How long the journal is could not be noted: %s", exc)
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def _checksum_of(number: str) -> str:
    return f"{zlib.crc32(number.encode('ascii')):08x}"
