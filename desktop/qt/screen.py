"""Whether there is a screen to open a window on: asked before Qt is, because Qt ends the whole program where there is none.

This is asked on Linux only. Qt tries Wayland where a session names a display of it, then X11; for X11 it needs libraries that
a server without a screen often lacks, and those are loaded here in the way that Qt does. No Qt library is used.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from desktop.domain.system_reasons import reason_of
from desktop.words import say

_PLATFORM, _WAYLAND, _X11 = "QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY"
_PATIENCE_S = 5.0
_OTHER_KINDS = frozenset({"offscreen", "minimal", "minimalegl", "linuxfb", "vnc", "eglfs", "vkkhrdisplay", "wayland-brcm"})


def why_no_screen(environment: Mapping[str, str] = os.environ) -> str | None:
    """Why no window can be opened, as a clause; None where one can be, or where only Qt can tell."""
    if not sys.platform.startswith("linux"):
        return None
    platforms = [name.partition(":")[0] for name in environment.get(_PLATFORM, "").split(";") if name]
    reasons = []
    for platform in platforms or _usual(environment):
        reason = _CHECKS[platform](environment) if platform in _CHECKS else _why_unknown(platform, environment)
        if reason is None:
            return None
        reasons.append(reason)
    return reasons[-1] if reasons else say("there is no screen here: neither DISPLAY nor WAYLAND_DISPLAY is set")


def _usual(environment: Mapping[str, str]) -> Iterator[str]:
    """What Qt tries where nobody told it."""
    if environment.get(_WAYLAND):
        yield "wayland"
    if environment.get(_X11):
        yield "xcb"


def _why_unknown(platform: str, environment: Mapping[str, str]) -> str | None:
    """Qt ends the program for a kind of screen that it does not know; where others add kinds, only Qt can tell."""
    if platform in _OTHER_KINDS or any(environment.get(name) for name in ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")):
        return None
    return say("{variable} names “{platform}”, which is no kind of screen", variable=_PLATFORM, platform=platform)


def _why_no_wayland(environment: Mapping[str, str]) -> str | None:
    path = Path(environment.get("XDG_RUNTIME_DIR", "/nowhere")) / (environment.get(_WAYLAND) or "wayland-0")
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(_PATIENCE_S)
            one.connect(str(path))
    except OSError as exc:
        if exc.strerror:
            return say("the screen of this session cannot be reached ({cause})", cause=reason_of(exc))
        return say("the screen of this session cannot be reached (no answer)")
    return _why_not_loaded("libqwayland.so")


def _why_no_x11(environment: Mapping[str, str]) -> str | None:
    """Connects as Qt does, with the user's permission for that display."""
    if (reason := _why_not_loaded("libqxcb.so")) is not None:
        return reason
    display = environment.get(_X11)
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return None  # loaded above as a part of something else: Qt can tell
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode() if display else None, None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if not failed:
        return None
    return say("the screen {display} cannot be reached", display=display) if display else say("the screen cannot be reached")


def _why_not_loaded(plugin: str) -> str | None:
    """Load a part of Qt for a kind of screen, whose libraries may be missing. The system names the missing one."""
    import PySide6

    path = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms" / plugin
    if not path.exists():
        return None
    try:
        ctypes.CDLL(str(path))
    except OSError as exc:
        missing = str(exc).partition(":")[0]
        return say("a part of the system is missing ({part})", part=Path(missing).name)
    return None


_CHECKS = {"wayland": _why_no_wayland, "wayland-egl": _why_no_wayland, "xcb": _why_no_x11}
