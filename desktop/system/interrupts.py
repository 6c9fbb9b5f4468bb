"""Ctrl-C at any moment ends the program with 130, and without a traceback.

While the program loads, and when its command is over, there is nothing to clean up: it ends at once. In between the first
Ctrl-C raises KeyboardInterrupt, so that files that are being written are put away; a second one ends at once. A run has a
handler of its own, which lets the calls in flight finish.
"""

import atexit
import os
import signal
import sys
import threading
from types import FrameType
from typing import Any

INTERRUPTED = 130


def end_at_once_on_interrupt() -> None:
    """From now on let Ctrl-C end the program. If it is ignored, as in a shell's background job, that stays so."""
    _handle(_end)
    # When the interpreter ends, it removes our handler. By then the command is over, and Ctrl-C must not change its exit code.
    atexit.unregister(_ignore)
    atexit.register(_ignore)


def raise_on_interrupt() -> None:
    """From now on let the first Ctrl-C raise KeyboardInterrupt, and the next one end the program."""
    _handle(_raise)
    sys.unraisablehook = _unraisable


def _handle(handler: Any) -> None:
    is_ours = signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _end, _raise)
    if is_ours and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, handler)


def _ignore() -> None:
    _handle(signal.SIG_IGN)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)


def _raise(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGINT, _end)
    raise KeyboardInterrupt


def _unraisable(unraisable: Any) -> None:
    """End the program on Ctrl-C where Python can raise nothing: in a finaliser, or in a callback of a library.

    Python itself would print a traceback and go on.
    """
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        os._exit(INTERRUPTED)
