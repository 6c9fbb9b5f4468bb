"""Notices over a real D-Bus, with and without a desktop that shows them."""

from collections.abc import Iterator
from threading import Event, Thread
from typing import Any

import pytest
from jeepney import MessageType, message_bus, new_method_return
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from desktop.system.notices import notify
from tests.patience import PATIENCE_S

SERVICE = "org.freedesktop.Notifications"


class Desktop:
    """A desktop that receives one notice."""

    def __init__(self) -> None:
        self.notice: tuple[object, ...] = ()
        self._ready = Event()
        self._thread = Thread(target=self._serve)
        self._thread.start()
        assert self._ready.wait(PATIENCE_S)

    def _serve(self) -> None:
        with open_dbus_connection("SESSION") as connection:
            assert connection.send_and_get_reply(message_bus.RequestName(SERVICE)).body == (1,)
            self._ready.set()
            call = _next_call(connection)
            self.notice = call.body
            connection.send(new_method_return(call, "u", (7,)))

    def close(self) -> None:
        self._thread.join(10)


def _next_call(connection: DBusConnection) -> Any:
    while True:
        message = connection.receive(timeout=PATIENCE_S)
        if message.header.message_type is MessageType.method_call:
            return message


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    served = Desktop()
    yield served
    served.close()


def test_the_desktop_gets_title_and_words(desktop: Desktop) -> None:
    assert notify("Removing links has finished", "1,240 links removed.")
    assert desktop.notice[0] == "Delink"
    assert desktop.notice[3:5] == ("Removing links has finished", "1,240 links removed.")


def test_a_desktop_without_notices_returns_false(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not notify("a", "b")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    assert not notify("a", "b")
