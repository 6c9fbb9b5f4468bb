"""Replace a file the user chose as a target whole or not at all: write beside it, check, then rename over it."""

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

_MAY_NOT_WRITE = Text("may-not-be-written")


@contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """Yield a path to write to, on the same disk; if the block ends well, that file becomes ``path``.

    Raises ResultsUnwritable; then whatever stood at ``path`` is untouched, and nothing is left beside it.
    """
    try:
        # A link stays a link: the file that it leads to is replaced.
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
    if target.is_dir():
        raise ResultsUnwritable(str(path), Text("folder-of-that-name"))
    # Most systems let a rename replace a read-only file without a word; the user marked it for a reason.
    if target.exists() and not target.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise ResultsUnwritable(str(path), Text("file-read-only"))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system can (Windows does so by itself)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _trouble(exc: Exception) -> Text | str:
    """Say what went wrong; errors of the disk in the system's words."""
    if isinstance(exc, PermissionError):
        return _MAY_NOT_WRITE
    if isinstance(exc, OSError):
        return reason_of(exc)
    if isinstance(exc, RowsMissing):
        return Text("record-lacks-rows")
    return exc.trouble if isinstance(exc, WrittenWrong) else Text("written-wrong")
