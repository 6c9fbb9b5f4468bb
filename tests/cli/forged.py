"""Programs that the forge makes, as tests see them: what they use of ``subprocess.Popen``, and nothing else."""

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from typing import Any, TextIO

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
# A program reads these when it works, and not while its modules are loaded. pytest's own name of the test it never reads.
# Qt reads the screens, and the forge never loads Qt.
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_READ_LATE = frozenset({"DELINK_HOME", "DELINK_QUICK_CLOCK", "DELINK_VERBOSE", "TMPDIR", "PYTEST_CURRENT_TEST", *_SCREENS})


class ForgedProgram:
    """A child of the forge, with pipes of text for its standard streams."""

    def __init__(self, args: Sequence[str], pid: int, streams: Sequence[TextIO], told: int) -> None:
        self.args = list(args)
        self.pid = pid
        self.stdin, self.stdout, self.stderr = streams
        self.returncode: int | Any = None  # as Popen has it: no number while the program works
        self._told = told
        self._lock = Lock()
        self._readers: list[_Reader] = []

    def poll(self) -> int | None:
        """The exit code, or minus the number of the signal that ended it; None while it works."""
        return self._ended_within(0)

    def wait(self, timeout: float | None = None) -> int:
        code = self._ended_within(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ended meanwhile, and the forge has not told it yet
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def communicate(self, input: str | None = None, timeout: float | None = None) -> tuple[str, str]:
        """Type ``input``, wait for the end, and return all that was written. After a timeout it can be called again."""
        deadline = None if timeout is None else time.monotonic() + timeout
        if not self._readers:
            self._readers = [_Reader(self.stdout), _Reader(self.stderr)]
            self._type(input or "")
        for reader in self._readers:
            reader.join(_left(deadline))
            if reader.is_alive():
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
        self.wait(_left(deadline))
        out, err = (reader.text for reader in self._readers)
        return out, err

    def _type(self, text: str) -> None:
        try:
            if not self.stdin.closed:
                self.stdin.write(text)
                self.stdin.close()
        except BrokenPipeError:
            pass  # it ended without reading that

    def _ended_within(self, seconds: float | None) -> int | None:
        with self._lock:
            if self.returncode is None and select.select([self._told], [], [], seconds)[0]:
                self.returncode = int(os.read(self._told, 16))
                os.close(self._told)
            return self.returncode


class _Reader(Thread):
    """Reads a stream to its end, so that the program is never held up by a full pipe."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__(daemon=True)
        self.text = ""
        self._stream = stream
        self.start()

    def run(self) -> None:
        with self._stream:
            self.text = self._stream.read()


Program = subprocess.Popen[str] | ForgedProgram


class _Door:
    """The way to the forge of this process, which is started on first use and ends with it."""

    def __init__(self, folder: Path) -> None:
        self._ours, theirs = socket.socketpair()
        self.environment = dict(os.environ)
        self._forge = subprocess.Popen(
            [sys.executable, "-m", "tests.cli.forge", str(theirs.fileno())],
            cwd=folder, pass_fds=[theirs.fileno()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        theirs.close()
        self._lock = Lock()
        atexit.register(self._close)

    def order(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], outputs: Mapping[int, int]
    ) -> ForgedProgram:
        """The program, which begins at once."""
        typed, stdin = os.pipe()
        stdout, out = os.pipe()
        stderr, err = os.pipe()
        told, tells = os.pipe()
        files = [typed, out, err, tells]
        given = [typed, outputs.get(1, out), outputs.get(2, err), tells]
        module, *arguments = command
        order = {"module": module, "arguments": arguments, "environment": dict(environment), "folder": str(folder)}
        with self._lock:
            line = json.dumps(order).encode() + b"\n"
            sent = socket.send_fds(self._ours, [line], given)
            self._ours.sendall(line[sent:])
            pid = int(self._ours.recv(32))
        for file in files:
            os.close(file)
        streams = [os.fdopen(stdin, "w", encoding="utf-8"), *(os.fdopen(one, encoding="utf-8") for one in (stdout, stderr))]
        return ForgedProgram(command, pid, streams, told)

    def _close(self) -> None:
        self._ours.close()
        self._forge.communicate()


@cache
def _door(folder: Path) -> _Door:
    return _Door(folder)


def forge(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], outputs: Mapping[int, int] | None = None
) -> ForgedProgram | None:
    """A module as a program, by a fork. It writes to the ``outputs`` that are given by their number, to pipes else.

    None where the system cannot fork, or where the environment differs in what modules may heed while they are loaded: such
    a program has to be started in earnest.
    """
    if not CAN_FORK:
        return None
    door = _door(folder)
    differ = dict(door.environment.items() ^ environment.items())
    return door.order(command, folder, environment, outputs or {}) if differ.keys() <= _READ_LATE else None


def _left(deadline: float | None) -> float | None:
    return None if deadline is None else max(0.0, deadline - time.monotonic())
