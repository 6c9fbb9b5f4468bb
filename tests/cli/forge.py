"""``python -m tests.cli.forge``: has the program loaded once, and makes a new process of it for every command by a fork.

Most of the time of a short command is Python reading its modules, so hundreds of tests would wait for the same thing. The
forge does that once. A child takes over the streams, folder and environment of its order, and from there on it is
``python -m desktop``: the same entry, its own process id, its own signals, and its own end by the interpreter.

Two things make a fork safe here: the forge has one thread, and it reads nothing but orders. It imports no Qt.
"""

import atexit
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import desktop

_MOST_FILES = 4  # three streams, and the pipe that is told the exit code
_NEVER_HERE = ("desktop.qt", "desktop.app", "desktop.self_check")
_LOADED_LATE = ("secretstorage", "xlsxwriter", "keyring.backends.SecretService", "tests.truth.quick_clock")


@dataclass(frozen=True)
class Order:
    """A module to be run as a program, with its arguments and everything that a new process has of its own."""

    module: str
    arguments: list[str]
    environment: dict[str, str]
    folder: str


class Forge:
    """The parent of all commands; ``order`` returns in each child with what it has to be."""

    def __init__(self, door: socket.socket) -> None:
        self._door = door
        self._waiting: dict[int, int] = {}
        self._bell, ringing = socket.socketpair()
        for end in (self._bell, ringing):
            end.setblocking(False)
        self._ringing = ringing
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(ringing.fileno(), warn_on_full_buffer=False)

    def order(self) -> Order | None:
        """Serve until this is a child, or until nobody is left who orders: then nothing stays behind, and it is None."""
        while True:
            ready, _, _ = select.select([self._door, self._bell], [], [])
            if self._bell in ready:
                self._bell.recv(4096)
                self._tell_ends()
            if self._door in ready:
                text, files, _, _ = socket.recv_fds(self._door, 1 << 20, _MOST_FILES)
                if not text:
                    for pid in self._waiting:
                        os.kill(pid, signal.SIGKILL)
                    return None
                while not text.endswith(b"\n"):
                    text += self._door.recv(1 << 20)
                if not self._forked(files):
                    return Order(**json.loads(text))

    def _forked(self, files: list[int]) -> int:
        pid = os.fork()
        if pid == 0:
            _be_new(files)
            return 0
        *streams, told = files
        for one in streams:
            os.close(one)
        self._waiting[pid] = told
        self._door.sendall(f"{pid}\n".encode())
        return pid

    def _tell_ends(self) -> None:
        while self._waiting:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            told = self._waiting.pop(pid)
            try:
                os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
            except BrokenPipeError:
                pass  # the test that ordered it is over
            os.close(told)


def _be_new(files: list[int]) -> None:
    """The streams of the order, and the signals as Python has them at its start. Ctrl-C waits until they are so."""
    for stream, file in enumerate(files[:3]):
        os.dup2(file, stream)
    signal.set_wakeup_fd(-1)
    os.closerange(3, 1024)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _modules() -> Iterator[str]:
    for one in pkgutil.walk_packages(desktop.__path__, "desktop.", onerror=lambda _: None):
        if not one.name.startswith(_NEVER_HERE) and not one.name.endswith("__main__"):
            yield one.name


def _load() -> None:
    for name in (*_modules(), *_LOADED_LATE):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()  # a collection in a child need not copy what all of them share


def main(door: int) -> int:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    _load()
    order = Forge(socket.socket(fileno=door)).order()
    if order is None:
        return 0
    os.environ.clear()
    os.environ.update(order.environment)
    os.chdir(order.folder)
    sys.argv[1:] = order.arguments
    try:
        runpy.run_module(order.module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, int):
            _end(end.code)
        raise
    return 0


def _end(code: int) -> None:
    """End as the interpreter does, but leave the memory to the system.

    To take hundreds of modules apart one by one, a child would first have to copy all that it shares with the forge.
    """
    threading._shutdown()  # type: ignore[attr-defined]  # as multiprocessing ends a child; it has no public name
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
