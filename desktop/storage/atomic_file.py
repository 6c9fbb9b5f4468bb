"""Writes small files so that they are replaced as a whole or not at all."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

# The errors of file systems that can flush files but no folders; there, nothing more can be done.
_NOT_FOR_FOLDERS = frozenset({errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS, errno.EACCES})


def write_json(path: Path, value: Any) -> None:
    """Write ``value`` as JSON. Raises OSError; the old file is then untouched."""
    # json.dumps gives ASCII. A file name may hold a lone surrogate, which UTF-8 cannot store but an escape can.
    write_text(path, json.dumps(value, indent=1))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text. Raises OSError; the old file is then untouched."""
    # The order matters: renamed before it is flushed, the new name could lead to an empty file after a power cut, and
    # without a flush of the folder the old file could be back. A name with the process id keeps two programs apart.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        flush_folder(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def flush_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut, as far as the system can do that."""
    if sys.platform == "win32":
        return  # Windows opens no folders for that
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)
