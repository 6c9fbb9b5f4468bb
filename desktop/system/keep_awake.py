"""Keep the computer from going to sleep, by each system's own means; the screen may lock."""

import logging
from contextlib import AbstractContextManager
from typing import Any

_log = logging.getLogger(__name__)


class SystemKeepAwake:
    """Keeps the computer awake between hold() and release(), which must be called on one thread.

    If the program dies, the system lets the computer sleep again by itself.
    """

    def __init__(self) -> None:
        self._mode: AbstractContextManager[Any] | None = None

    def hold(self) -> bool:
        """Keep the computer awake from now on; False if that is impossible here. A second call does no harm."""
        if self._mode is not None:
            return True
        try:
            from wakepy import keep

            logging.getLogger("wakepy").setLevel(logging.ERROR)  # its warnings list at length what another system would offer
            mode = keep.running(on_fail="pass")
            if mode.__enter__().active:
                self._mode = mode
                return True
            mode.__exit__(None, None, None)
        except Exception as exc:  # whatever goes wrong, it must not stop a run
            _log.warning("The computer cannot be kept awake: %s", exc)
        return False

    def release(self) -> None:
        """Let the computer sleep again; without hold() this does nothing."""
        mode, self._mode = self._mode, None
        if mode is not None:
            try:
                mode.__exit__(None, None, None)
            except Exception as exc:  # as above
                _log.warning("Keeping the computer awake could not be ended: %s", exc)
