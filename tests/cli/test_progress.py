"""What is said while a run works: how far it is, why it waits, and why it paused."""

from dataclasses import replace

import pytest

from desktop.cli.progress import ProgressPrinter
from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Tally
from desktop.domain.runs import Moment, RunState

MOMENT = Moment((), Tally({}), calls=1, reads=0, in_flight=0, lanes=1, done=3, total=9)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (replace(MOMENT, links_per_s=1.2, seconds_left=0.4), " · 1 link a second · about 1 second left"),
        (replace(MOMENT, links_per_s=2.0, seconds_left=3.0), " · 2 links a second · about 3 seconds left"),
        (replace(MOMENT, links_per_s=0.1, seconds_left=120.0), ""),
        (replace(MOMENT, links_per_s=2.0, seconds_left=3.0, waiting_for=CauseCode.OFFLINE, waiting_s=9.0), ""),
    ],
)
def test_rate_and_time_left_have_their_plurals_and_are_not_told_of_a_wait(
    moment: Moment, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ProgressPrinter(Operation.REMOVE).finish(moment)
    assert capsys.readouterr().err == f"3 of 9 · 1 call{told}\n"


@pytest.mark.parametrize(
    ("cause", "trouble", "told"),
    [
        (CauseCode.ANSWER_LOST, "", "An answer was lost: its links are read once more in 9 s."),
        (CauseCode.OFFLINE, "the server refused the connection", "Zoho cannot be reached (the server refused the connection): "),
        (CauseCode.OFFLINE, "", ": trying again in 9 s."),
        (CauseCode.LIMIT_REACHED, "", ": trying again in 9 s."),
    ],
)
def test_a_wait_says_why_and_for_how_long(cause: CauseCode, trouble: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    printer = ProgressPrinter(Operation.REMOVE)
    printer.recorded(replace(MOMENT, waiting_for=cause, waiting_s=9.0, trouble=trouble))
    assert told in capsys.readouterr().err


def test_a_pause_says_what_to_do_and_an_end_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    printer = ProgressPrinter(Operation.REMOVE)
    printer.state_changed(RunState.PAUSED, CauseCode.SIGNED_OUT)
    assert capsys.readouterr().err.strip().endswith(".")
    printer.state_changed(RunState.FINISHED, None)
    printer.finish(None)
    assert capsys.readouterr().err == ""


def test_a_pause_without_a_network_names_the_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    printer = ProgressPrinter(Operation.REMOVE)
    printer.recorded(replace(MOMENT, waiting_for=CauseCode.OFFLINE, waiting_s=9.0, trouble="the connection was cut"))
    capsys.readouterr()
    printer.state_changed(RunState.PAUSED, CauseCode.OFFLINE)
    assert "the connection was cut" in capsys.readouterr().err
