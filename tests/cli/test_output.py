"""What the command line says while something takes its time."""

from dataclasses import replace

import pytest

from desktop.cli import output
from desktop.cli.progress import ProgressPrinter
from desktop.domain.causes import CauseCode
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Tally
from desktop.domain.runs import Moment


def test_what_is_over_within_a_second_is_not_said_and_else_once_a_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 5.0
    monkeypatch.setattr("desktop.cli.output.time.monotonic", lambda: now)
    tell = output.after_a_second(lambda done, total: f"{done} of {total}")
    for now in (5.0, 5.9, 6.1, 6.2, 7.0, 7.2):
        tell(round(10 * now), 99)
    assert capsys.readouterr() == ("", "61 of 99\n72 of 99\n")


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


def test_nothing_is_said_of_a_number_within_the_first_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 5.0
    monkeypatch.setattr("desktop.cli.output.time.monotonic", lambda: now)
    tell = output.every_second(lambda read: f"{read:.0f} read")
    for now in (5.0, 5.9, 6.1, 6.2):
        tell(round(10 * now))
    assert capsys.readouterr().err == "61 read\n"
