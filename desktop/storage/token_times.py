"""When access tokens were asked for, counted for all programs of this user: Zoho counts by key, whoever asks.

One small file, ``token-times.json``: for each key a mark that leads back to no key, and the times of the last ten minutes. It
lies open for one program at a time, and what it cannot tell (no file, a damaged one, a clock that was set back) is as if nobody
had asked: then Zoho itself says no, which is a wait as well.
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

WINDOW_S = 600.0
MOST_IN_WINDOW = 10
_PATIENCE_S = 2.0
_LOOK_S = 0.01
_LARGEST_FILE = 100_000

Times = dict[str, list[float]]


class TokenTimes:
    """The file at ``path``. ``now`` gives seconds since the epoch, which programs share; ``monotonic`` counts in this one."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._path, self._now, self._monotonic = path, now, monotonic
        self._guard = Lock()
        self._own: dict[str, list[float]] = defaultdict(list)

    def take(self, mark: str) -> float:
        """Count one more token of a key and return 0, or count nothing and return the seconds until there is room for one."""
        with self._guard, self._opened() as times:
            here, now = self._monotonic(), self._now()
            own = _recent(self._own[mark], here)
            everywhere = _recent(times.get(mark, []), now)
            wait_s = max(_until_room(own, here), _until_room(everywhere, now))
            if not wait_s:
                self._own[mark] = [*own, here]
                times[mark] = [*everywhere, now]
            return wait_s

    def give_back(self, mark: str) -> None:
        """The last one was not asked for after all: nothing left this computer."""
        with self._guard, self._opened() as times:
            for known in (self._own, times):
                if known.get(mark):
                    known[mark].pop()

    @contextmanager
    def _opened(self) -> Iterator[Times]:
        """What the file holds, and written back; without the file what this program counts has to do."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as exc:
            _log.warning("Tokens are counted in this program only: %s", exc.strerror)
            yield {}
            return
        with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
            if not self._locked(descriptor):
                yield {}
                return
            times = _read(file.read(_LARGEST_FILE))
            yield times
            now = self._now()
            kept = {mark: recent for mark, one in times.items() if (recent := _recent(one, now))}
            try:
                file.seek(0)
                file.truncate()
                file.write(json.dumps(kept))
                file.flush()
            except OSError as exc:
                _log.warning("That a token was asked for could not be written down: %s", exc.strerror)

    def _locked(self, descriptor: int) -> bool:
        until = self._monotonic() + _PATIENCE_S
        while True:
            try:
                try_lock(descriptor)
            except OSError:
                if self._monotonic() > until:
                    _log.warning("Another program holds %s", self._path.name)
                    return False
                time.sleep(_LOOK_S)
            else:
                return True


def _read(text: str) -> Times:
    """What a file of ours holds; nothing of any other."""
    try:
        found = json.loads(text)
        return {str(mark): [float(at) for at in times] for mark, times in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _recent(times: Sequence[float], now: float) -> list[float]:
    """Those of the last ten minutes; a time that is still to come is of a clock that was set back, and is left out."""
    return [at for at in times if 0 <= now - at < WINDOW_S]


def _until_room(times: Sequence[float], now: float) -> float:
    return times[-MOST_IN_WINDOW] + WINDOW_S - now if len(times) >= MOST_IN_WINDOW else 0.0
