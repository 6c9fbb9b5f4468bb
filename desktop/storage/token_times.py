"""Counts the access tokens that were asked for, across all programs of this user, because Zoho counts them by key.

The file ``token-times.json`` holds, for each key, a hash that leads back to no key, and the times of the last ten minutes. Only
one program at a time may open it. A missing or damaged file counts as empty, and times in the future (somebody set the clock
back) are ignored: at worst Zoho itself refuses a token, and then the program waits, too.
"""

import json
import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from desktop.storage.run_lock import try_lock

_log = logging.getLogger(__name__)

# Zoho makes ten access tokens of one refresh token in ten minutes, and then none for a while.
WINDOW_S = 600.0
MOST_IN_WINDOW = 10
_PATIENCE_S = 2.0  # other programs hold the file for milliseconds
_TRY_EVERY_S = 0.01
_LARGEST_FILE = 100_000  # characters; ours is far smaller

Times = dict[str, list[float]]


class TokenTimes:
    """Counts in the file at ``path``, and in this program.

    ``now`` gives seconds since the epoch, which all programs share. ``monotonic`` is for the tokens of this program alone, whose
    count no set clock may spoil.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path, self._now, self._monotonic = path, now, monotonic
        self._guard = Lock()
        self._own: dict[str, list[float]] = defaultdict(list)

    def count_token(self, key_hash: str) -> float:
        """Count one more token of a key and return 0; or count nothing and return the seconds to wait for the next one."""
        with self._guard, self._open_file() as times:
            monotonic, now = self._monotonic(), self._now()
            own = _recent(self._own[key_hash], monotonic)
            everywhere = _recent(times.get(key_hash, []), now)
            wait_s = max(_until_room(own, monotonic), _until_room(everywhere, now))
            if not wait_s:
                self._own[key_hash] = [*own, monotonic]
                times[key_hash] = [*everywhere, now]
            return wait_s

    def uncount_token(self, key_hash: str) -> None:
        """Take the last token of a key back out of the count, because the request for it never left this computer."""
        with self._guard, self._open_file() as times:
            for counted in (self._own, times):
                if counted.get(key_hash):
                    counted[key_hash].pop()

    @contextmanager
    def _open_file(self) -> Iterator[Times]:
        """Yield what the file holds and write it back afterwards. Without the file, only this program's own count is left."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as exc:
            _log.warning("Tokens are counted in this program only: %s", exc.strerror)
            yield {}
            return
        with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
            if not self._lock(descriptor):
                yield {}
                return
            times = _read(file.read(_LARGEST_FILE))
            yield times
            now = self._now()
            # Keys of long ago are dropped here, so that the file does not grow.
            kept = {key_hash: recent for key_hash, all_times in times.items() if (recent := _recent(all_times, now))}
            # Written in place, not replaced: the lock is on this very file. A half-written one counts as empty.
            try:
                file.seek(0)
                file.truncate()
                file.write(json.dumps(kept))
                file.flush()
            except OSError as exc:
                _log.warning("That a token was asked for could not be written down: %s", exc.strerror)

    def _lock(self, descriptor: int) -> bool:
        """Lock the file, waiting for a moment if another program has it; False if it keeps it."""
        until = self._monotonic() + _PATIENCE_S
        while True:
            try:
                try_lock(descriptor)
            except OSError:
                if self._monotonic() > until:
                    _log.warning("Another program holds %s", self._path.name)
                    return False
                time.sleep(_TRY_EVERY_S)
            else:
                return True


def _read(text: str) -> Times:
    """Decode the file; a damaged or foreign one counts as empty."""
    try:
        stored = json.loads(text)
        return {str(key_hash): [float(at) for at in times] for key_hash, times in stored.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _recent(times: Sequence[float], now: float) -> list[float]:
    # A time in the future was written before somebody set the clock back.
    return [at for at in times if 0 <= now - at < WINDOW_S]


def _until_room(times: Sequence[float], now: float) -> float:
    return times[-MOST_IN_WINDOW] + WINDOW_S - now if len(times) >= MOST_IN_WINDOW else 0.0
