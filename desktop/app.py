"""The window on top of the composition root."""

import logging
import sys
from contextlib import suppress
from pathlib import Path

from desktop.application.languages import speak_as_asked
from desktop.compose import build_services, log_file, watch_this_program_for_crashes
from desktop.domain.errors import DelinkError
from desktop.domain.visible import visible
from desktop.words import say
from desktop.words.errors import explain_error

_log = logging.getLogger(__name__)
_NO_SCREEN = 2


def main(sheet: Path | None, *, practice: bool) -> int:
    """Open the window and work until it is closed; returns the exit code."""
    try:
        from desktop.qt.application import open_window, system_languages
        from desktop.qt.proxies import find_proxies
        from desktop.qt.screen import why_no_screen
    except ImportError as exc:
        return _fail(
            say("The window needs a part of the system that is missing ({part}); “delink run” works without it.", part=str(exc))
        )
    speak_as_asked("", system_languages())  # the settings are read below, and may name another one
    if (reason := why_no_screen()) is not None:
        return _fail(say("No window can be opened: {reason}. “delink run” works without one.", reason=reason), _NO_SCREEN)
    try:
        services = build_services(proxies=find_proxies())
        watch_this_program_for_crashes()
        return open_window(services, sheet, is_practice=practice)
    except DelinkError as exc:
        return _fail(explain_error(exc).in_one_line())
    except Exception:  # the edge of the program: the user gets a sentence, the log the rest
        _log.exception("The window failed")
        return _fail(
            say(
                "Something went wrong in Delink itself; what was recorded is kept. The log {file} has the details.",
                file=str(log_file()),
            )
        )


def _fail(sentence: str, code: int = 1) -> int:
    if sys.stderr is not None:
        with suppress(OSError, ValueError):  # and nobody reads there either
            print(visible(sentence), file=sys.stderr, flush=True)  # noqa: T201 (there is no window to say it in)
    elif sys.platform == "win32":  # packaged without a console: nobody would see it
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, sentence, "Delink", 0x10)
    return code
