"""Lets only one program at a time work on a run, by a lock on a file beside its journal.

The system releases the lock when a program dies, so no lock is left behind. If this user may not open the lock file (it is
another user's, lies on a read-only disk, or a folder has its name), the run cannot be worked on, but its journal may well be
readable, and other runs are not concerned.
"""

import errno
import os
import sys
from pathlib import Path

from desktop.domain.errors import RunInUse, RunNotOpenable
from desktop.domain.system_reasons import reason_of

# The system's errors for a lock that somebody else holds. After any other error nobody can tell.
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
        """Take the lock. Raises RunInUse if another program (or part of this one) has it, RunNotOpenable if nobody can."""
        self._descriptor = -1
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try_lock(self._descriptor)
        except OSError as exc:
            # EACCES means "held" only for the lock; for the opening of the file it means that this user may not.
            is_held = self._descriptor >= 0 and exc.errno in _HELD
            self.release()
            raise RunInUse(run) if is_held else RunNotOpenable(run, reason_of(exc)) from exc

    def release(self) -> None:
        """Give the lock back. Harmless if called twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def is_locked(path: Path) -> bool:
    """True while a program holds the lock at ``path``; False also if this user may not ask."""
    descriptor = _open_to_ask(path)
    if descriptor < 0:
        return False
    try:
        try_lock(descriptor)
    except OSError as exc:
        return exc.errno in _HELD
    finally:
        os.close(descriptor)
    return False


def _open_to_ask(path: Path) -> int:
    """Open the lock file; -1 if that is not possible."""
    # Some file systems lock only what is open for writing. The other flag keeps a pipe of that name from blocking for ever.
    for access in (os.O_RDWR, os.O_RDONLY):
        try:
            return os.open(path, access | getattr(os, "O_NONBLOCK", 0))
        except OSError:
            continue
    return -1
