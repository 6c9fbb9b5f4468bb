"""Show in the task bar how far a run is: the launcher entry that docks of Linux desktops listen for.

The signal began with Unity; Ubuntu's dock, KDE's task bar and others show it. A dock forgets an entry when its sender leaves
the bus, so the connection stays open as long as a bar is shown. Other systems have a progress bar too, but Qt offers no way to
it.
"""

import logging
import sys
from threading import Lock
from typing import TYPE_CHECKING
from weakref import finalize

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

_log = logging.getLogger(__name__)

_APPLICATION = "application://delink.desktop"
_PATH = "/com/canonical/unity/launcherentry/delink"
_INTERFACE = "com.canonical.Unity.LauncherEntry"


class LauncherEntry:
    """Sends progress to the dock. Any thread may call; each call blocks for a moment."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._connection: DBusConnection | None = None
        self._closing: finalize[..., LauncherEntry] | None = None
        self._is_out_of_reach = sys.platform != "linux"

    def show(self, fraction: float | None, needs_you: bool) -> bool:
        """Show how far the run is, from 0 to 1, and whether it needs somebody; None removes the bar.

        False if there is no bus.
        """
        with self._guard:
            if self._is_out_of_reach:
                return False
            try:
                self._send(fraction, needs_you)
            except Exception as exc:  # a desktop without a bus must not stop a run
                _log.info("The task bar cannot be reached: %s", type(exc).__name__)
                self._is_out_of_reach = True
            return not self._is_out_of_reach

    def _send(self, fraction: float | None, needs_you: bool) -> None:
        from jeepney import DBusAddress, new_signal
        from jeepney.io.blocking import open_dbus_connection

        if self._connection is None:
            self._connection = open_dbus_connection("SESSION")
            self._closing = finalize(self, self._connection.close)
        shown = {
            "progress": ("d", min(1.0, max(0.0, fraction or 0.0))),
            "progress-visible": ("b", fraction is not None),
            "urgent": ("b", needs_you),
        }
        address = DBusAddress(_PATH, interface=_INTERFACE)
        self._connection.send(new_signal(address, "Update", "sa{sv}", (_APPLICATION, shown)))
        if fraction is None and self._closing is not None:
            self._closing()
            self._connection = None
