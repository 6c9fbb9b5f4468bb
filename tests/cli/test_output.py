"""What the command line says while something takes its time."""

import pytest

from desktop.cli import output


def test_what_is_over_within_a_second_is_not_said_and_else_once_a_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 5.0
    monkeypatch.setattr("desktop.cli.output.time.monotonic", lambda: now)
    tell = output.after_a_second(lambda done, total: f"{done} of {total}")
    for now in (5.0, 5.9, 6.1, 6.2, 7.0, 7.2):
        tell(round(10 * now), 99)
    assert capsys.readouterr() == ("", "61 of 99\n72 of 99\n")


def test_nothing_is_said_of_a_number_within_the_first_second(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 5.0
    monkeypatch.setattr("desktop.cli.output.time.monotonic", lambda: now)
    tell = output.every_second(lambda read: f"{read:.0f} read")
    for now in (5.0, 5.9, 6.1, 6.2):
        tell(round(10 * now))
    assert capsys.readouterr().err == "61 read\n"
