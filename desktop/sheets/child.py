"""Read big files in a child process: reading holds the interpreter lock, and would stall the window.

The child also bounds what a hostile file can cost. Its memory is limited, and if the file kills it, the program lives on and
says so in one sentence. Only plain values cross the pipe.
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
_END_S = 5.0  # for a child whose pipe is closed to end, so that its exit code can be asked
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
    """Yield what ``work(path, *args)`` yields in a child process; ends early when cancelled.

    ``work`` must be a function at the top of a module; its arguments and what it yields must be picklable. Sheet errors that it
    raises are raised here. A killed child raises SheetUnsafe, one that ends without an answer SheetUnreadable.
    """
    # A fork would copy a process with threads and Qt in it; and Windows knows only spawn.
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    child = context.Process(target=_serve, args=(sender, path, work, args), daemon=True)
    with _without_interrupts():
        child.start()
    sender.close()  # only the child holds it now, so that its death ends the pipe
    try:
        while not cancelled():
            if not receiver.poll(_POLL_S):
                continue
            kind, payload = receiver.recv()
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
        receiver.close()
        child.kill()
        child.join()
        child.close()


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Block Ctrl-C for programs started meanwhile: a terminal sends it to all of them, but only the parent may end the child."""
    if sys.platform == "win32":
        yield  # Windows has no mask to inherit; _serve ignores the signal a moment after the start
        return
    old_mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, old_mask)


def _death(path: Path, code: int) -> SheetError:
    """Return the error for a child that died without an answer. A killed one was out of memory: the system or the reader kills
    it.
    """
    is_killed = code < 0 or code >= _WINDOWS_CRASH
    return SheetUnsafe(str(path), _TOO_MUCH) if is_killed else SheetUnreadable(str(path), _STOPPED)


def _serve(sender: Connection, path: Path, work: Callable[..., Iterator[Any]], args: tuple[object, ...]) -> None:
    """In the child: limit the memory, do the work, send an error as a value."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    _silence()
    try:
        for block in work(path, *args):
            sender.send((_BLOCK, block))
        sender.send((_DONE, None))
    except ConnectionError:
        return  # the parent has cancelled
    except MemoryError:
        sender.send((_FAILED, (SheetUnsafe.__name__, _TOO_MUCH)))
    except SheetError as exc:
        sender.send((_FAILED, (type(exc).__name__, exc.detail)))
    except BaseException:  # the edge of a process: the parent gets a sentence; a panic of the reader is no Exception
        sender.send((_FAILED, (SheetUnreadable.__name__, Text("damaged"))))


def _limit_memory() -> None:
    """Limit the address space, where the system can, to what a full sheet needs: then a hostile one ends only the child."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit; the checks before reading (sizes, parts) hold there too
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = _MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MOST_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    # No core dump: it would write the user's data to the disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _silence() -> None:
    """Close standard output and error of the child.

    A reader that crashes writes its stack there, and some libraries print remarks about a file; the user gets a sentence
    instead.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
