"""Big files are read in a child process: reading holds the interpreter lock, and the window must not stall.

The child also bounds what a hostile file can cost: its memory is limited, and when it dies of one the program lives on
and says so in one sentence. Nothing but plain values crosses the pipe.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop.domain.errors import SheetChoiceWrong, SheetError, SheetLocked, SheetUnreadable, SheetUnsafe
from desktop.domain.texts import Text

# Address space, because the system limits nothing else; it is 0.2 GB more than what is resident. A full worksheet of
# 1,048,576 rows takes 0.7 GB with five columns of text, all different, and 1.54 GB with twelve.
_MOST_MEMORY = 1536 * 1024 * 1024
_POLL_S = 0.2
_END_S = 5.0
_BLOCK, _DONE, _FAILED = "block", "done", "failed"
_ERRORS: dict[str, type[SheetError]] = {
    error.__name__: error for error in (SheetUnreadable, SheetUnsafe, SheetLocked, SheetChoiceWrong)
}
_TOO_MUCH = Text("reading-takes-too-much")
_STOPPED = Text("reading-stopped")
_WINDOWS_CRASH = 0xC0000000  # exit codes from here on are what ended a process by force


def blocks_from_child(
    path: Path, work: Callable[..., Iterator[Any]], args: tuple[object, ...], cancelled: Callable[[], bool]
) -> Generator[Any, None, None]:
    """What ``work(path, *args)`` yields, made in a child process; ends early when cancelled.

    ``work`` is a function at the top of a module, its arguments and what it yields can be pickled. Raises what it
    raises of the sheet errors; SheetUnsafe when the child is killed, SheetUnreadable when it ends without a word.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(there, path, work, args), daemon=True)
    with _without_interrupts():
        child.start()
    there.close()
    try:
        while not cancelled():
            if not here.poll(_POLL_S):
                continue
            kind, payload = here.recv()
            if kind == _DONE:
                return
            if kind == _FAILED:
                name, detail = payload
                raise _ERRORS[name](str(path), detail)
            yield payload
    except (EOFError, ConnectionError) as exc:
        child.join(_END_S)
        raise _death(path, child.exitcode or 0) from exc
    finally:
        here.close()
        child.kill()
        child.join()
        child.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """What is started meanwhile never sees Ctrl-C, which a terminal sends to all programs: the parent ends the child."""
    if sys.platform == "win32":
        yield  # there the child itself ignores it, a moment later
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _death(path: Path, code: int) -> SheetError:
    """Why a child ended that said nothing: for want of memory the system, or the reader itself, kills it; else it ends."""
    is_killed = code < 0 or code >= _WINDOWS_CRASH
    return SheetUnsafe(str(path), _TOO_MUCH) if is_killed else SheetUnreadable(str(path), _STOPPED)


def _serve(there: Connection, path: Path, work: Callable[..., Iterator[Any]], args: tuple[object, ...]) -> None:
    """In the child: bound its memory, do the work, tell an error as a value."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    _silence()
    try:
        for block in work(path, *args):
            there.send((_BLOCK, block))
        there.send((_DONE, None))
    except ConnectionError:
        return  # the parent has cancelled
    except MemoryError:
        there.send((_FAILED, (SheetUnsafe.__name__, _TOO_MUCH)))
    except SheetError as exc:
        there.send((_FAILED, (type(exc).__name__, exc.detail)))
    except BaseException:  # the edge of a process: the parent gets a sentence; a panic of the reader is no Exception
        there.send((_FAILED, (SheetUnreadable.__name__, Text("damaged"))))


def _limit_memory() -> None:
    """Where the system can: no more address space than a full sheet needs, so that a hostile one ends the child alone."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit; what is checked before reading holds there too
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _silence() -> None:
    """A reader that dies of a hostile file writes its stack to standard error, and some libraries print what they think of a
    file; the user gets a sentence instead.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
