"""Remembers small values between starts: window geometry, folders, column widths. JSON types only, never a secret."""

import json
import logging
import time
from pathlib import Path
from threading import Condition, Thread

from desktop.storage.atomic_file import write_json

_log = logging.getLogger(__name__)


class SettingsFile:
    """The settings file, one JSON object. Any thread may use it. A damaged file is set aside, and everything starts anew.

    Values are written on a thread of their own: on a busy disk a flush takes seconds, and the window must not stand still that
    long. The thread is no daemon, so the program waits for it when it ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, object] | None = None
        self._changed = Condition()
        self._unwritten = False
        self._writer: Thread | None = None

    def get(self, key: str, default: object = None) -> object:
        return self._all().get(key, default)

    def set(self, key: str, value: object) -> None:
        """Remember a value, without waiting for the disk. If the disk refuses it, that is logged and only this value is lost."""
        with self._changed:
            values = self._all()
            if values.get(key) == value:
                return
            values[key] = value
            self._unwritten = True
            if self._writer is None:
                self._writer = Thread(target=self._write, name="settings")
                self._writer.start()

    def flush(self, within_s: float | None = None) -> bool:
        """Wait until what was set is on the disk, or was refused; False if that takes longer than ``within_s`` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._writer is None, within_s)

    def _write(self) -> None:
        # Runs on the writer's thread, which ends when there is nothing left to write; the next set() starts another one.
        while (values := self._next_values()) is not None:
            try:
                write_json(self._path, values)
            except OSError as exc:
                _log.warning("The settings could not be written: %s", exc)

    def _next_values(self) -> dict[str, object] | None:
        """Return a copy of all values if some are unwritten; else None, and the writer's thread is over."""
        with self._changed:
            if not self._unwritten:
                self._writer = None
                self._changed.notify_all()
                return None
            self._unwritten = False
            return dict(self._all())

    def _all(self) -> dict[str, object]:
        if self._values is None:
            self._values = self._read()
        return self._values

    def _read(self) -> dict[str, object]:
        try:
            values = json.loads(self._path.read_text("utf-8"))
            if isinstance(values, dict):
                return values
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, RecursionError):
            pass  # handled below, together with a file that holds something else than an object
        aside = self._path.with_name(f"settings.damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
        _log.warning("The settings were damaged and set aside as %s", aside.name)
        try:
            self._path.rename(aside)
        except OSError as exc:
            _log.warning("The damaged settings could not be set aside: %s", exc)
        return {}
