"""Find out whether a newer version is out, at most once a day.

Without an address nothing is fetched. A notice that is older than one seen before is refused.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from desktop.domain.settings import Settings
from desktop.domain.updates import UpdateNotice, version_numbers
from desktop.updates.fetch import NoticeUnreachable, fetch_notice
from desktop.updates.notice import NoticeRejected, read_notice

_log = logging.getLogger(__name__)

LOOKED_AT, NEWEST = "update_looked_at", "update_newest"
_DAY_S = 24 * 60 * 60.0


class SettingsStore(Protocol):
    """Keeps small values between starts."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Where notices come from, and whose signature they bear; both are empty if nobody publishes any."""

    address: str
    public_key: str


def source_of(file: Path, settings: SettingsStore) -> Source:
    """Return the program's own source.

    A setting may name another address, but the key is always the one that came with the program, so whoever changes the setting
    cannot make other notices believed.
    """
    try:
        fields = json.loads(file.read_text("utf-8"))
        address, key = str(fields["address"]), str(fields["public_key"])
    except (OSError, ValueError, KeyError, TypeError):
        return Source("", "")
    chosen = Settings.read(settings.get).update_address
    return Source(address if chosen is None else chosen, key)


class UpdateCheck:
    """Looks for a newer version at most once a day. Failures are logged and never shown to anybody."""

    def __init__(
        self,
        source: Callable[[], Source],
        settings: SettingsStore,
        running: str,
        now: Callable[[], float],
        fetch: Callable[[str], bytes] = fetch_notice,
    ) -> None:
        self._source, self._settings, self._running, self._now, self._fetch = source, settings, running, now, fetch

    def __call__(self) -> UpdateNotice | None:
        """Return a version newer than the running one, or None. Never raises."""
        source = self._source()
        if not source.address or not source.public_key or not self._is_due():
            return None
        # Set before fetching, so that a failure also counts as the look of this day.
        self._settings.set(LOOKED_AT, self._now())
        try:
            notice = read_notice(self._fetch(source.address), source.public_key)
            self._refuse_older(notice)
        except (NoticeUnreachable, NoticeRejected) as exc:
            _log.info("No update notice: %s", exc)
            return None
        self._settings.set(NEWEST, notice.version)
        return notice if version_numbers(notice.version) > version_numbers(self._running) else None

    def _is_due(self) -> bool:
        looked_at = self._settings.get(LOOKED_AT)
        return not isinstance(looked_at, int | float) or not 0 <= self._now() - looked_at < _DAY_S

    def _refuse_older(self, notice: UpdateNotice) -> None:
        """Raise NoticeRejected for an old notice: honestly signed at its time, it could hide a newer one already seen."""
        newest = self._settings.get(NEWEST)
        try:
            is_older = isinstance(newest, str) and version_numbers(notice.version) < version_numbers(newest)
        except ValueError:
            return
        if is_older:
            raise NoticeRejected("it is older than one that was seen before")
