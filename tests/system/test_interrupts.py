"""Ctrl-C raises an exception the first time, ends the program the second time, and is left alone if somebody else handles it."""

import atexit
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.system.interrupts import INTERRUPTED, end_at_once_on_interrupt, raise_on_interrupt


class Ended(BaseException):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def end(code: int) -> None:
        raise Ended(code)

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(atexit, "register", lambda *_: None)
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt() -> None:
    """Do what the interpreter does when somebody presses Ctrl-C."""
    handler: Any = signal.getsignal(signal.SIGINT)
    handler(signal.SIGINT, None)


def test_while_the_program_loads_ctrl_c_ends_it_at_once() -> None:
    end_at_once_on_interrupt()
    with pytest.raises(Ended) as caught:
        interrupt()
    assert caught.value.args == (INTERRUPTED,) == (130,)


def test_the_first_ctrl_c_is_an_exception_and_the_second_one_ends_the_program() -> None:
    raise_on_interrupt()
    with pytest.raises(KeyboardInterrupt):
        interrupt()
    with pytest.raises(Ended):
        interrupt()


def test_a_handler_of_a_run_and_a_signal_that_is_ignored_stay() -> None:
    for theirs in (signal.SIG_IGN, lambda _number, _frame: None):
        signal.signal(signal.SIGINT, theirs)
        end_at_once_on_interrupt()
        raise_on_interrupt()
        assert signal.getsignal(signal.SIGINT) is theirs


def test_another_thread_changes_nothing() -> None:
    """Python lets only the main thread set handlers, and would raise."""
    failed: list[BaseException] = []

    def begin() -> None:
        try:
            raise_on_interrupt()
        except ValueError as exc:
            failed.append(exc)

    thread = threading.Thread(target=begin)
    thread.start()
    thread.join()
    assert not failed and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interrupt_where_nothing_can_be_raised_ends_the_program_without_a_traceback() -> None:
    raise_on_interrupt()
    hook: Any = sys.unraisablehook
    with pytest.raises(Ended):
        hook(SimpleNamespace(exc_value=KeyboardInterrupt()))
    hook(SimpleNamespace(exc_value=ValueError()))
