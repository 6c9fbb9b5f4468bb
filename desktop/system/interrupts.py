"""Ctrl-C at any moment: the program ends with 130, and nobody sees where in it that was.

While the program loads, and when its command is over, there is nothing to clean up: it ends at once. In between the first
Ctrl-C is an exception, so that files that are being written are put away; a second one ends at once. A run has a handler of
its own, which lets the calls in flight finish.
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
    """From now on Ctrl-C ends the program. Where it is ignored, as in a shell's background job, that stays so."""
    _handle(_end)
    # The interpreter takes our handler away when it ends; by then the command is over, and its exit code stands.
    atexit.unregister(_ignore)
    atexit.register(_ignore)


def raise_on_interrupt() -> None:
    """From now on the first Ctrl-C is a KeyboardInterrupt, and the next one ends the program."""
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
    """Where Python can raise nothing (an object goes, a callback of a library ran) it would print a traceback instead."""
    if isinstance(unraisable.exc_value, KeyboardInterrupt):
        os._exit(INTERRUPTED)
