"""Looks at a running window without end, as a screen reader may.

    python -m tests.end_to_end.atspi_client ROUNDS

Starts walked_program.py, which goes so often through all pages, and looks at it until it ends. Needs a screen and a D-Bus of
its own. Speaks AT-SPI over the bus itself, so that it can also ask for children that there are not, as a client does whose
count is out of date. Prints how the window ended and how many objects it asked.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

A_FEW = 30
ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
BUS = DBusAddress("/org/a11y/bus", bus_name="org.a11y.Bus", interface="org.a11y.Bus")
DAEMON = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
DESKTOP = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
NOBODY = "/org/a11y/atspi/null"
SHOWING = 25  # the number of the state that says so
Object = tuple[str, str]


class Gone(Exception):
    """The program does not answer any more."""


@dataclass
class Client:
    """One connection to the accessibility bus."""

    bus: DBusConnection
    asked: int = 0

    def ask(self, one: Object, method: str, signature: str = "", body: tuple[Any, ...] = (), interface: str = ACCESSIBLE) -> Any:
        """What the object answers; None where it refuses."""
        address = DBusAddress(one[1], bus_name=one[0], interface=interface)
        return self._send(new_method_call(address, method, signature, body))

    def property(self, one: Object, name: str) -> Any:
        answer = self._send(Properties(DBusAddress(one[1], bus_name=one[0], interface=ACCESSIBLE)).get(name))
        return None if answer is None else answer[1]

    def _send(self, message: Any) -> Any:
        reply = self.bus.send_and_get_reply(message, timeout=20)
        if reply.header.message_type is not MessageType.error:
            return reply.body[0] if reply.body else None
        name = reply.header.fields.get(HeaderFields.error_name, "")
        if name.endswith((".ServiceUnknown", ".NoReply", ".NameHasNoOwner")):
            raise Gone(name)
        return None

    def child(self, one: Object, index: int) -> Object | None:
        found = self.ask(one, "GetChildAtIndex", "i", (index,))
        return None if found is None or found[1] == NOBODY else (str(found[0]), str(found[1]))

    def children(self, one: Object) -> Iterator[Object]:
        """The first and last few, and what a client asks for whose count is out of date."""
        count = int(self.property(one, "ChildCount") or 0)
        places = [*range(min(count, A_FEW)), *range(max(A_FEW, count - 2), count), -1, count, count + 1, count + 7]
        yield from filter(None, [self.child(one, place) for place in places])

    def walk(self, one: Object) -> None:
        """Look at an object and at everything in it."""
        self.asked += 1
        self.property(one, "Name")
        self.ask(one, "GetRoleName")
        self.ask(one, "GetExtents", "u", (0,), COMPONENT)
        low, _ = self.ask(one, "GetState") or (0, 0)
        if low >> SHOWING & 1:
            for child in self.children(one):
                self.walk(child)

    def program(self, process: int) -> Object:
        """The application of this process. Raises Gone when it does not say within ten seconds that it is there."""
        for _ in range(200):
            for name, path in self.ask(DESKTOP, "GetChildren") or []:
                if self._send(new_method_call(DAEMON, "GetConnectionUnixProcessID", "s", (name,))) == process:
                    return str(name), str(path)
            time.sleep(0.05)
        raise Gone(process)


def connect() -> Client:
    """To the accessibility bus of this session."""
    with open_dbus_connection("SESSION") as session:
        address = session.send_and_get_reply(new_method_call(BUS, "GetAddress"), timeout=20).body[0]
    return Client(open_dbus_connection(str(address)))


def look_at(process: int) -> int:
    """Walk until the window is gone; how many objects were asked."""
    client = connect()
    try:
        program = client.program(process)
        while True:
            windows = int(client.property(program, "ChildCount") or 0)
            for window in [client.child(program, place) for place in range(windows)]:
                if window is not None:
                    client.walk(window)
    except Gone:
        return client.asked


def main() -> int:
    """Start the window, look at it, tell how it went."""
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.end_to_end.walked_program", sys.argv[1]], stdout=subprocess.PIPE, text=True
    )
    assert window.stdout is not None
    asked = look_at(window.pid) if window.stdout.readline() == "walk\n" else 0
    print("done" if window.stdout.readline() == "done\n" else "cut short", window.wait(), asked)
    return 0


if __name__ == "__main__":
    sys.exit(main())
