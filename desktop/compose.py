"""The composition root without Qt: the one file that knows every lower room and puts them behind the ports."""

import getpass
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from desktop import __version__
from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME, Connection, Environment
from desktop.domain.errors import JournalUnwritable
from desktop.domain.ledger import RunRecord
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.engine.clock import SystemClock
from desktop.engine.ports import Crm, Services
from desktop.practice import PracticeCrm
from desktop.storage.connections import ConnectionBook, Secrets
from desktop.storage.logs import start_logging
from desktop.storage.paths import Paths
from desktop.storage.run_folder import RunFolder
from desktop.storage.secrets import KeyringSecrets
from desktop.storage.settings import SettingsFile
from desktop.updates.look import UpdateLook, source_of

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


def build_services(secrets: Secrets | None = None) -> Services:
    """Everything wired to the folders of this user; nothing is opened or started yet. Raises JournalUnwritable."""
    os.environ.pop("SSLKEYLOGFILE", None)
    home = os.environ.get("DELINK_HOME")
    paths = Paths.for_home(Path(home) if home else None)
    try:
        runs, results, logs = paths.runs, paths.results, paths.logs
        settings_file, connections_file, practice = paths.settings_file, paths.connections_file, paths.practice
    except OSError as exc:
        raise JournalUnwritable(str(paths.home), (exc.strerror or "the folder cannot be made").lower()) from exc
    settings, clock = SettingsFile(settings_file), SystemClock()
    start_logging(logs, verbose=bool(os.environ.get("DELINK_VERBOSE")))
    return Services(
        open_sheet=_open_sheet,
        write_results=_write_results,
        write_problem_rows=_write_problem_rows,
        runs=RunFolder(runs),
        connections=ConnectionBook(connections_file, secrets or KeyringSecrets()),
        settings=settings,
        practice=PracticeRoom(practice / "practice.sqlite"),
        open_crm=_open_crm,
        look_for_update=UpdateLook(partial(source_of, RESOURCES / "updates.json", settings), settings, __version__, clock.now),
        clock=clock,
        results_folder=results,
        samples_folder=RESOURCES / "samples",
        app_version=__version__,
        os_user=_os_user(),
    )


def data_folder() -> Path:
    """Where this user's files lie; it is not made."""
    home = os.environ.get("DELINK_HOME")
    return Paths.for_home(Path(home) if home else None).home


def log_file() -> Path:
    """Where the log is, for the sentence that points to it."""
    return data_folder() / "logs" / "delink.log"


class PracticeRoom:
    """The practice CRM of this user's folder, started on first use and running until the program ends."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._crm: PracticeCrm | None = None

    def connect(self) -> tuple[Connection, str]:
        """Start it if need be; its connection and access token."""
        crm = self.start()
        connection = Connection(PRACTICE_NAME, PRACTICE_NAME, "", Environment.PRACTICE, crm.api_url, crm.accounts_url)
        return connection, crm.sign_in()

    def seed(self, sheet: SheetLinks) -> None:
        """Put the sheet's links in, less the fixed share; links once put in are not brought back."""
        links = (sheet.links[number] for number in range(len(sheet.links)))
        self.start().seed((one.relation.parent_module, one.relation.related_list, one.parent_id, one.related_id) for one in links)

    def start(self, port: int = 0) -> PracticeCrm:
        """The running CRM. Raises OSError when the port is taken."""
        if self._crm is None:
            self._crm = PracticeCrm(self._state, port)
        return self._crm

    def close(self) -> None:
        """Stop it, if it runs."""
        if self._crm is not None:
            self._crm.close()
            self._crm = None


def one_off_connection(data_centre: str, environment: Environment | None, api_url: str, accounts_url: str) -> Connection:
    """A connection that is never saved; its token comes and goes with one command."""
    return Connection(ONE_OFF_NAME, ONE_OFF_NAME, data_centre, environment, api_url, accounts_url)


def _open_sheet(
    path: Path,
    choice: ReadingChoice | None = None,
    progress: Callable[[int], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> SheetLinks:
    from desktop.sheets.links_sheet import open_sheet

    return open_sheet(path, choice or ReadingChoice(), progress, cancelled)


def _write_results(record: RunRecord, path: Path, progress: Callable[[int], None] = lambda _: None) -> int:
    from desktop.sheets.results_sheet import write_results

    return write_results(record, path, progress)


def _write_problem_rows(sheet: SheetLinks, path: Path) -> int:
    from desktop.sheets.results_sheet import write_problem_rows

    return write_problem_rows(sheet, path)


def _open_crm(connection: Connection, access_token: str) -> Crm:
    import truststore

    from desktop.crm.client import open_crm

    truststore.inject_into_ssl()
    return open_crm(connection, access_token)


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
