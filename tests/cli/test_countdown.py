"""Waits on the command line: told once, and on a terminal counted down."""

import io
import sys

import pytest

from desktop.cli.countdown import Countdown, told_once


def test_a_wait_is_told_once_where_nobody_sees_a_countdown(capsys: pytest.CaptureFixture[str]) -> None:
    tell = told_once(lambda seconds: f"Waiting {seconds:.0f} s.")
    for seconds in (120.0, 119.9, 119.8, 0.5):
        tell(seconds)
    tell(30.0)
    assert capsys.readouterr().err.splitlines() == ["Waiting 120 s.", "Waiting 30 s."]


def test_on_a_terminal_the_seconds_are_counted_down(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    countdown = Countdown()
    countdown.start(lambda seconds: f"Waiting {seconds:.0f} s.", 42.0)
    countdown.stop()
    assert screen.getvalue().startswith("\r\x1b[KWaiting 42 s.") and screen.getvalue().endswith("\n")


def test_another_wait_is_told_even_while_the_first_goes_on(capsys: pytest.CaptureFixture[str]) -> None:
    countdown = Countdown()
    for seconds in (10.0, 9.0, 60.0):
        countdown.start(lambda left: f"Waiting {left:.0f} s.", seconds)
    assert capsys.readouterr().err == "Waiting 10 s.\nWaiting 60 s.\n"
    countdown.stop()
    countdown.start(lambda left: f"Waiting {left:.0f} s.", 60.0)
    assert capsys.readouterr().err == "Waiting 60 s.\n", "a wait that is over and comes again is another one"
