"""One program at a time works on a run: a lock file beside its journal, given back by the system when a program dies."""

import os
import sys
from pathlib import Path

from desktop.domain.errors import RunInUse

if sys.platform == "win32":
    import msvcrt

    def try_lock(descriptor: int) -> None:
        """Lock an open file for this program. Raises OSError when another one (or another descriptor) holds it."""
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def try_lock(descriptor: int) -> None:
        """Lock an open file for this program. Raises OSError when another one (or another descriptor) holds it."""
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class RunLock:
    """Holds the lock of one run until :meth:`release`."""

    def __init__(self, path: Path, run: str) -> None:
        """Raises RunInUse when another program (or another part of this one) holds it."""
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            try_lock(self._descriptor)
        except OSError as exc:
            os.close(self._descriptor)
            raise RunInUse(run) from exc

    def release(self) -> None:
        """Give the lock back; harmless when called twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def is_locked(path: Path) -> bool:
    """True while some program holds the lock at ``path``."""
    if not path.exists():
        return False
    try:
        RunLock(path, "").release()
    except RunInUse:
        return True
    return False
