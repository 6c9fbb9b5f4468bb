"""Small values remembered between starts: window geometry, folders, column widths. JSON types only, never a secret."""

import json
import logging
import time
from pathlib import Path
from threading import Lock

from desktop.storage.atomic_file import write_json

_log = logging.getLogger(__name__)


class SettingsFile:
    """One JSON object. A damaged file is set aside under another name and everything starts anew. Any thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, object] | None = None
        self._guard = Lock()

    def get(self, key: str, default: object = None) -> object:
        """The remembered value, or ``default``."""
        return self._all().get(key, default)

    def set(self, key: str, value: object) -> None:
        """Remember a value; a disk that refuses it is logged, nothing is lost but the value. Waits for the disk."""
        with self._guard:
            values = self._all()
            if values.get(key) == value:
                return
            values[key] = value
            try:
                write_json(self._path, values)
            except OSError as exc:
                _log.warning("The settings could not be written: %s", exc)

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
        except (OSError, ValueError):
            pass  # told below, as for a file that holds something else
        aside = self._path.with_name(f"settings.damaged-{time.strftime('%Y%m%d-%H%M%S')}.json")
        _log.warning("The settings were damaged and set aside as %s", aside.name)
        try:
            self._path.rename(aside)
        except OSError as exc:
            _log.warning("The damaged settings could not be set aside: %s", exc)
        return {}
