"""A file the user chose as a target is replaced whole or not at all: written beside it, checked, then renamed over it."""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile

from desktop.domain.errors import ResultsUnwritable
from desktop.domain.result_tables import RowsMissing
from desktop.domain.system_reasons import reason_of
from desktop.domain.texts import Text
from desktop.sheets.written_file import WrittenWrong

_NEEDED = Text("may-not-be-written")


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Yields a place to write to, on the same disk; when the block ends well, what stands there becomes ``path``.

    Raises ResultsUnwritable; whatever stood at ``path`` is then untouched and nothing is left beside it.
    """
    try:
        target = path.resolve()
        _check_target(path, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".delink-", ignore_cleanup_errors=True) as folder:
            written = Path(folder, f"results{path.suffix.lower()}")
            yield written
            _flush(written)
            written.replace(target)
        _flush_folder(target.parent)
    except (OSError, BadZipFile, WrittenWrong, RowsMissing, ValueError) as exc:
        raise ResultsUnwritable(str(path), _trouble(exc)) from exc


def _check_target(path: Path, target: Path) -> None:
    """A rename would replace a read-only file without a word on most systems; the user marked it for a reason."""
    if target.is_dir():
        raise ResultsUnwritable(str(path), Text("folder-of-that-name"))
    if target.exists() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise ResultsUnwritable(str(path), Text("file-read-only"))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    """Makes the rename itself durable where the system can (Windows does so by itself)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _trouble(exc: Exception) -> Text | str:
    """What went wrong; of the disk as the system tells it."""
    if isinstance(exc, PermissionError):
        return _NEEDED
    if isinstance(exc, OSError):
        return reason_of(exc)
    if isinstance(exc, RowsMissing):
        return Text("record-lacks-rows")
    return exc.trouble if isinstance(exc, WrittenWrong) else Text("written-wrong")
