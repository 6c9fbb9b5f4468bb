"""Keeps the computer from going to sleep, on every system by its own means; the screen may lock."""

import logging
from contextlib import AbstractContextManager
from typing import Any

_log = logging.getLogger(__name__)


class SystemKeepAwake:
    """Held and released on one thread. The system takes it back by itself when the program dies."""

    def __init__(self) -> None:
        self._held: AbstractContextManager[Any] | None = None

    def hold(self) -> bool:
        """Keep the computer awake from now on; False when that cannot be had here. Harmless when called twice."""
        if self._held is not None:
            return True
        try:
            from wakepy import keep

            logging.getLogger("wakepy").setLevel(logging.ERROR)  # it tells at length what another system would offer
            mode = keep.running(on_fail="pass")
            if mode.__enter__().active:
                self._held = mode
                return True
            mode.__exit__(None, None, None)
        except Exception as exc:  # whatever a system answers, it must not stop a run
            _log.warning("The computer cannot be kept awake: %s", exc)
        return False

    def release(self) -> None:
        """Let it sleep again; harmless when nothing is held."""
        held, self._held = self._held, None
        if held is not None:
            try:
                held.__exit__(None, None, None)
            except Exception as exc:  # as above
                _log.warning("Keeping the computer awake could not be ended: %s", exc)
