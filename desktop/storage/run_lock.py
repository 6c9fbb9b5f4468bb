"""One program at a time works on a run: a lock file beside its journal, given back by the system when a program dies.

A lock that this user may not open (another user's, on a read-only disk, a folder in its place) concerns its own run only:
it cannot be worked on, but its journal may well be readable.
"""

import errno
import os
import sys
from pathlib import Path

from desktop.domain.errors import RunInUse, RunNotOpenable
from desktop.domain.system_reasons import reason_of

# What the system says of a lock that somebody else holds; any other error means that there is no telling.
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

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
        """Raises RunInUse when another program (or another part of this one) holds it, RunNotOpenable when nobody can."""
        self._descriptor = -1
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try_lock(self._descriptor)
        except OSError as exc:
            is_held = self._descriptor >= 0 and exc.errno in _HELD
            self.release()
            raise RunInUse(run) if is_held else RunNotOpenable(run, reason_of(exc)) from exc

    def release(self) -> None:
        """Give the lock back; harmless when called twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def is_locked(path: Path) -> bool:
    """True while some program holds the lock at ``path``; False also where this user may not ask."""
    descriptor = _opened_to_ask(path)
    if descriptor < 0:
        return False
    try:
        try_lock(descriptor)
    except OSError as exc:
        return exc.errno in _HELD
    finally:
        os.close(descriptor)
    return False


def _opened_to_ask(path: Path) -> int:
    """The open lock file, with the right to write where it can be had, because some file systems lock with it only; or -1."""
    for way in (os.O_RDWR, os.O_RDONLY):
        try:
            return os.open(path, way | getattr(os, "O_NONBLOCK", 0))
        except OSError:
            continue
    return -1
