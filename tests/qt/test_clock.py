"""What a journal recorded is shown by the clock of this computer."""

from datetime import UTC, datetime

from desktop.qt.clock import on_this_clock


def test_a_recorded_time_is_the_same_moment_in_this_zone() -> None:
    shown = on_this_clock("2026-01-05T08:00:00+00:00")
    assert shown == datetime(2026, 1, 5, 8, tzinfo=UTC)
    assert shown.utcoffset() == datetime(2026, 1, 5, 8, tzinfo=UTC).astimezone().utcoffset()
