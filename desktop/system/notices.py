"""Show a notice of the desktop, a few words that stay in its list of notices, over D-Bus."""

import logging
import sys

_log = logging.getLogger(__name__)

_WAIT_S = 2.0


def notify(title: str, words: str) -> bool:
    """Show a notice; False if that is impossible here. Blocks for 2 seconds at most."""
    if sys.platform != "linux":
        return False
    try:
        from jeepney import DBusAddress, new_method_call
        from jeepney.io.blocking import open_dbus_connection

        service = "org.freedesktop.Notifications"
        address = DBusAddress("/org/freedesktop/Notifications", bus_name=service, interface=service)
        body: tuple[object, ...] = ("Delink", 0, "delink", title, words, [], {}, -1)
        with open_dbus_connection("SESSION") as connection:
            answer = connection.send_and_get_reply(new_method_call(address, "Notify", "susssasa{sv}i", body), timeout=_WAIT_S)
        return bool(answer.header.message_type.name == "method_return")
    except Exception as exc:  # a desktop without notices must not stop a run
        _log.info("The desktop shows no notice: %s", type(exc).__name__)
        return False
