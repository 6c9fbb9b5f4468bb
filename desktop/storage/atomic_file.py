"""Small files that are replaced whole or not at all."""

import errno
import json
import os
import sys
from pathlib import Path
from typing import Any

# Some file systems flush files only.
_NOT_FOR_FOLDERS = frozenset({errno.EINVAL, errno.EBADF, errno.ENOTSUP, errno.ENOSYS, errno.EACCES})


def write_json(path: Path, value: Any) -> None:
    """Write ``value`` as JSON. Raises OSError; the old file is then untouched.

    In ASCII: the name of a file may hold half characters, for which UTF-8 has no bytes.
    """
    write_text(path, json.dumps(value, indent=1))


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text beside ``path``, flush it to the disk, rename it into place and flush the folder. Raises OSError."""
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
    """Make new names in a folder last over a power cut. Where the system has no such thing, names last in its own way."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as exc:
        if exc.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)
