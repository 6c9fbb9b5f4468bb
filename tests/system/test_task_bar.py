"""The task bar over a real D-Bus: what a dock receives, and a desktop without one."""

import sys
from collections.abc import Iterator

import pytest
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from desktop.system.task_bar import LauncherEntry

RULE = MatchRule(type="signal", interface="com.canonical.Unity.LauncherEntry", member="Update")


@pytest.fixture
def dock() -> Iterator[DBusConnection]:
    """Listen as a dock does."""
    with open_dbus_connection("SESSION") as connection:
        connection.send_and_get_reply(message_bus.AddMatch(RULE))
        yield connection


def heard(dock: DBusConnection) -> tuple[str, str, dict[str, object]]:
    with dock.filter(RULE) as found:
        message = dock.recv_until_filtered(found, timeout=10)
    application, shown = message.body
    sender = str(message.header.fields[7])  # the number of the field that names who sent it
    return sender, application, {name: value for name, (_, value) in shown.items()}


def test_a_dock_hears_how_far_the_run_is_and_that_somebody_is_wanted(dock: DBusConnection) -> None:
    entry = LauncherEntry()
    assert entry.show(0.25, False)
    sender, application, shown = heard(dock)
    assert application == "application://delink.desktop"
    assert shown == {"progress": 0.25, "progress-visible": True, "urgent": False}
    assert entry.show(0.5, True)
    again, _, shown = heard(dock)
    assert shown == {"progress": 0.5, "progress-visible": True, "urgent": True}
    assert again == sender, "a dock forgets what a sender that left has shown"
    assert entry.show(None, False)
    assert heard(dock)[2] == {"progress": 0.0, "progress-visible": False, "urgent": False}


@pytest.mark.parametrize(("fraction", "shown"), [(-1.0, 0.0), (1.7, 1.0)])
def test_no_bar_is_longer_than_the_whole(dock: DBusConnection, fraction: float, shown: float) -> None:
    LauncherEntry().show(fraction, False)
    assert heard(dock)[2]["progress"] == shown


def test_without_a_bus_it_returns_false_and_does_not_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as gone:
        gone.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        entry = LauncherEntry()
        assert not entry.show(0.5, False)
    assert not entry.show(0.6, False)


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_show_no_progress(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert not LauncherEntry().show(0.5, False)
