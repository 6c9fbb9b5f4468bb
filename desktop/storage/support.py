"""What people who help are shown: a report of a few lines and a file with it and the log. Redacted, without records or names.

Nothing is sent anywhere: the user copies the report or saves the file, and looks at it first.
"""

import platform
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.errors import ResultsUnwritable, RunNotFound, SecretStoreUnavailable
from desktop.domain.outcomes import OUTCOME_LABELS
from desktop.domain.redaction import redacted
from desktop.domain.runs import RunSummary
from desktop.storage.run_folder import RunFolder

_LOGS = ("delink.log*", "crash.txt")
_REPORT = "report.txt"
_LARGEST_LOG = 4_000_000


class SupportFiles:
    """``store_name`` tells the keyring in use, ``proxies`` the system's proxies for an address."""

    def __init__(
        self,
        logs: Path,
        runs: RunFolder,
        app_version: str,
        store_name: Callable[[], str],
        proxies: Callable[[str], Mapping[str, str]],
    ) -> None:
        self._logs, self._runs, self._app_version = logs, runs, app_version
        self._store_name, self._proxies = store_name, proxies

    def report(self, run: str) -> str:
        """What this computer and a run have to say (an empty ``run``: the newest one, if there is any). Raises RunNotFound."""
        summary = self._summary(run)
        lines = [
            f"Delink {self._app_version}",
            f"Time: {datetime.now(UTC).isoformat(timespec='seconds')}",
            f"System: {platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
            f"Frozen: {bool(getattr(sys, 'frozen', False))}",
            f"Keyring: {self._keyring()}",
            f"Proxy: {self._proxy()}",
            *([] if summary is None else _of_run(summary)),
        ]
        return redacted("\n".join(lines))

    def save(self, run: str, path: Path) -> Path:
        """Write the report and the log to a zip file. Raises RunNotFound, ResultsUnwritable."""
        report = self.report(run)
        try:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr(_REPORT, report)
                for log in (one for pattern in _LOGS for one in sorted(self._logs.glob(pattern))):
                    file.writestr(log.name, redacted(log.read_text("utf-8", "replace")[-_LARGEST_LOG:]))
        except OSError as exc:
            raise ResultsUnwritable(str(path), (exc.strerror or "it cannot be written").lower()) from exc
        return path

    def _summary(self, run: str) -> RunSummary | None:
        known = self._runs.summaries()
        found = next((one for one in known if one.run == run), None) if run else next(iter(known), None)
        if run and found is None:
            raise RunNotFound(run)
        return found

    def _keyring(self) -> str:
        try:
            return self._store_name()
        except SecretStoreUnavailable as error:
            return f"none that is safe ({error.detail})"

    def _proxy(self) -> str:
        proxies = self._proxies("https://www.zohoapis.com")
        return proxies.get("https", proxies.get("all", "")).rpartition("@")[2] or "none"


def _of_run(summary: RunSummary) -> Iterator[str]:
    yield f"Run: {summary.run} ({summary.kind}), {summary.state}{f', {summary.cause}' if summary.cause else ''}"
    yield f"Environment: {summary.environment or 'not known'}"
    yield f"Started: {summary.started}, finished: {summary.finished or 'no'}"
    yield f"Calls: {summary.calls}, reads: {summary.reads}, links: {summary.links}"
    yield from (f"  {OUTCOME_LABELS[outcome]}: {summary.tally[outcome]}" for outcome in summary.kind.outcomes)
