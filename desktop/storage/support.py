"""Makes what people who help are shown: a report of a few lines, and a zip file with it and the log.

Both are redacted and hold neither records nor names. Nothing is sent anywhere: the user copies the report or saves the file, and
looks at it first.
"""

import platform
import re
import sqlite3
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME
from desktop.domain.errors import ResultsUnwritable, RunNotFound, SecretStoreUnavailable, SettingsUnreadable
from desktop.domain.redaction import redacted
from desktop.domain.runs import RunSummary
from desktop.domain.system_reasons import reason_of
from desktop.domain.texts import Text
from desktop.domain.visible import visible
from desktop.storage.connections import ConnectionBook
from desktop.storage.run_folder import RunFolder

_LOGS = ("delink.log*", "crash.txt")
_REPORT = "report.txt"
_LARGEST_LOG = 4_000_000
_NAME = "(name)"


class SupportFiles:
    """Makes the report and the support file.

    ``connections`` knows the keyring in use and which names to leave out; ``proxies`` returns the system's proxies for an
    address; ``in_english`` turns a Text into a sentence. Those who help read English, whatever the user's language is.
    """

    def __init__(
        self,
        logs: Path,
        runs: RunFolder,
        app_version: str,
        connections: ConnectionBook,
        proxies: Callable[[str], Mapping[str, str]],
        in_english: Callable[[Text | str], str],
    ) -> None:
        self._logs, self._runs, self._app_version = logs, runs, app_version
        self._connections, self._proxies, self._in_english = connections, proxies, in_english

    def report(self, run: str) -> str:
        """Return the report on this computer and a run (if ``run`` is empty, on the newest one). Raises RunNotFound."""
        summary = self._summary(run)
        lines = [
            f"Delink {self._app_version}",
            f"Time: {datetime.now(UTC).isoformat(timespec='seconds')}",
            f"System: {platform.platform()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
            f"Frozen: {bool(getattr(sys, 'frozen', False))}",
            f"Keyring: {self._keyring()}",
            f"Proxy: {self._proxy()}",
            *([] if summary is None else _run_lines(summary)),
        ]
        return self._hidden("\n".join(map(visible, lines)))

    def save(self, run: str, path: Path) -> Path:
        """Write the report and the log to a zip file. Raises RunNotFound, ResultsUnwritable."""
        report = self.report(run)
        try:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
                file.writestr(_REPORT, report)
                for log in (path for pattern in _LOGS for path in sorted(self._logs.glob(pattern))):
                    # Hidden once more, since the log redacts secrets but not names. Its end is what matters.
                    file.writestr(log.name, self._hidden(log.read_text("utf-8", "replace")[-_LARGEST_LOG:]))
        except OSError as exc:
            raise ResultsUnwritable(str(path), reason_of(exc, "file-cannot-be-written")) from exc
        return path

    def may_replace(self, path: Path) -> bool:
        """True if there is no file, or an older support file. What a person made is not replaced without asking."""
        try:
            with zipfile.ZipFile(path) as file:
                return file.namelist()[:1] == [_REPORT]
        except FileNotFoundError:
            return True
        except (OSError, zipfile.BadZipFile, NotImplementedError):
            return path.is_dir()  # save() raises the fitting error for a folder

    def _hidden(self, text: str) -> str:
        """Remove secrets, and the names of companies, accounts, connections and this computer's user."""
        # The longest first: of a company "ACME GmbH" and a user "ACME", the first name must go as a whole.
        names = sorted(filter(None, map(visible, self._names())), key=len, reverse=True)
        if names:
            text = re.sub(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)", _NAME, text, flags=re.IGNORECASE)
        return redacted(text)

    def _names(self) -> set[str]:
        names = {_home_name(), *(name for run in self._runs.summaries() for name in (run.company, run.connection))}
        try:
            saved = self._connections.all()
        except SettingsUnreadable:
            saved = ()  # a report is needed most when something is damaged
        for connection in saved:
            account = connection.account
            names.update((connection.name, account.company, account.user, account.email, account.organisation_id))
        return names - {PRACTICE_NAME, ONE_OFF_NAME}

    def _summary(self, run: str) -> RunSummary | None:
        summaries = self._runs.summaries()
        chosen = next((summary for summary in summaries if summary.run == run), None) if run else next(iter(summaries), None)
        if run and chosen is None:
            raise RunNotFound(run)
        return chosen

    def _keyring(self) -> str:
        try:
            return self._in_english(self._connections.store_name())
        except SecretStoreUnavailable as error:
            return f"none that is safe ({self._in_english(error.detail)})"

    def _proxy(self) -> str:
        proxies = self._proxies("https://www.zohoapis.com")
        return proxies.get("https", proxies.get("all", "")).rpartition("@")[2] or "none"  # without user and password


def _home_name() -> str:
    """Return the user's name as it stands in paths."""
    try:
        return Path.home().name
    except RuntimeError:  # this user has no home
        return ""


def _run_lines(summary: RunSummary) -> Iterator[str]:
    yield f"Run: {summary.run} ({summary.operation}), {summary.state}{f', {summary.cause}' if summary.cause else ''}"
    yield f"Environment: {summary.environment or 'not known'}"
    yield f"Started: {summary.started}, finished: {summary.finished or 'no'}"
    yield f"Calls: {summary.calls}, reads: {summary.reads}, links: {summary.links}"
    yield from (f"  {outcome}: {summary.tally[outcome]}" for outcome in summary.operation.outcomes)
