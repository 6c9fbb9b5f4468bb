"""The composition root without Qt: the one file that knows every lower room.

What it puts together is known here as :class:`Services` and nowhere below; a use case, a part of the window or a command
sees as much of it as it declares that it needs.
"""

import getpass
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.application.known_results import known_results
from desktop.application.opening import OpenSheet, SheetOpening
from desktop.application.outside import Connections, Practice, Runs
from desktop.application.past_runs import Support
from desktop.application.result_books import write_findings, write_problem_rows, write_results
from desktop.application.result_files import LookAtTarget, WriteResults
from desktop.application.sheet_reports import WriteFindings, WriteProblemRows
from desktop.application.signing_in import SignIn
from desktop.domain.connections import PRACTICE_NAME, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import SheetUnreadable, StorageUnwritable
from desktop.domain.history import ALONE, families
from desktop.domain.ledger import RunRecord
from desktop.domain.readings import Cancelled, Progress, Propose, ReadingChoice, SheetLinks
from desktop.domain.result_tables import ResultBook
from desktop.domain.result_targets import Target
from desktop.domain.system_reasons import reason_of
from desktop.domain.updates import UpdateNotice
from desktop.engine.clock import SystemClock
from desktop.engine.ports import Clock, Crm
from desktop.engine.staying_awake import KeepAwake
from desktop.sheets.sheet_memory import SheetMemory
from desktop.storage.atomic_file import write_text
from desktop.storage.connections import ConnectionBook, Secrets
from desktop.storage.logs import start_logging, watch_for_crashes
from desktop.storage.paths import Paths
from desktop.storage.run_folder import RunFolder
from desktop.storage.secrets import KeyringSecrets
from desktop.storage.settings import SettingsFile
from desktop.storage.support import SupportFiles
from desktop.storage.token_times import TokenTimes
from desktop.system.keep_awake import SystemKeepAwake
from desktop.system.notices import notify
from desktop.system.task_bar import LauncherEntry
from desktop.updates.look import UpdateCheck, source_of
from desktop.words import language, say
from desktop.words.language import Language
from desktop.words.sentences import SENTENCES

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


if TYPE_CHECKING:
    from desktop.crm.tokens import TokenSources
    from desktop.practice import PracticeCrm

_log = logging.getLogger(__name__)

Proxies = Callable[[str], Mapping[str, str]]
# Each would let whoever sets it read or redirect what is meant for Zoho alone; the system's own trust decides.
_FOREIGN_TRUST = ("SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True)
class Services:
    """Everything of the outside, put together. All calls may block and belong off the window's thread."""

    open_sheet: OpenSheet
    sheet_memory: SheetMemory
    write_results: WriteResults
    look_at_target: LookAtTarget
    write_problem_rows: WriteProblemRows
    write_findings: WriteFindings
    runs: Runs
    connections: Connections
    settings: SettingsFile
    practice: Practice
    keep_pasted: Callable[[str], Path]
    open_crm: Callable[[Connection, Key], Crm]
    sign_in: Callable[[], SignIn]
    support: Support
    look_for_update: Callable[[], UpdateNotice | None]
    clock: Clock
    keep_awake: Callable[[], KeepAwake]
    notify: Callable[[str, str], bool]
    task_bar: Callable[[float | None, bool], bool]
    home_folder: Path
    results_folder: Path
    samples_folder: Path
    app_version: str
    os_user: str


def build_services(secrets: Secrets | None = None, proxies: Proxies | None = None) -> Services:
    """Everything wired to the folders of this user; nothing is opened or started yet. Raises StorageUnwritable.

    ``proxies`` tells the system's proxies for an address, where the caller knows more of them than the standard library.
    """
    for name in _FOREIGN_TRUST:
        os.environ.pop(name, None)
    home = os.environ.get("DELINK_HOME")
    paths = Paths.for_home(Path(home) if home else None)
    try:
        runs, results, logs = paths.runs, paths.results, paths.logs
        settings_file, connections_file, practice = paths.settings_file, paths.connections_file, paths.practice
    except OSError as exc:
        raise StorageUnwritable(str(paths.home), reason_of(exc, "folder-cannot-be-made")) from exc
    settings, clock = SettingsFile(settings_file), SystemClock()
    start_logging(logs, verbose=bool(os.environ.get("DELINK_VERBOSE")))
    run_folder, book = RunFolder(runs), ConnectionBook(connections_file, secrets or KeyringSecrets())
    find_proxies = proxies or _system_proxies
    opening = SheetOpening(partial(_read_sheet, run_folder))
    crm_room = _CrmRoom(find_proxies, TokenTimes(paths.token_times_file))
    return Services(
        open_sheet=opening,
        sheet_memory=SheetMemory(settings, opening),
        write_results=partial(_write_results, run_folder),
        look_at_target=_look_at_target,
        write_problem_rows=partial(write_problem_rows, _write_book),
        write_findings=partial(write_findings, _write_book),
        runs=run_folder,
        connections=book,
        settings=settings,
        practice=PracticeRoom(practice / "practice.sqlite"),
        keep_pasted=partial(_keep_pasted, paths),
        open_crm=crm_room.open,
        sign_in=crm_room.sign_in,
        support=SupportFiles(logs, run_folder, __version__, book, find_proxies, Language(sentences=SENTENCES).say_text),
        clock=clock,
        look_for_update=UpdateCheck(partial(source_of, RESOURCES / "updates.json", settings), settings, __version__, clock.now),
        keep_awake=SystemKeepAwake,
        notify=notify,
        task_bar=LauncherEntry().show,
        home_folder=paths.home,
        results_folder=results,
        samples_folder=RESOURCES / "samples",
        app_version=__version__,
        os_user=_os_user(),
    )


def data_folder() -> Path:
    """Where this user's files lie; it is not made."""
    home = os.environ.get("DELINK_HOME")
    return Paths.for_home(Path(home) if home else None).home


def watch_this_program_for_crashes() -> None:
    """Qt, SQLite and the readers of sheets are native code: where it was when it crashed is written beside the log."""
    watch_for_crashes(log_file().parent)
    threading.excepthook = _log_thread


def _log_thread(died: threading.ExceptHookArgs) -> None:
    """A thread that dies of a fault: nobody is shown a traceback, the log has it."""
    if died.exc_value is not None:
        _log.error("A thread died", exc_info=died.exc_value)


def log_file() -> Path:
    """Where the log is, for the sentence that points to it."""
    return data_folder() / "logs" / "delink.log"


class PracticeRoom:
    """The practice CRM of this user's folder, started on first use and running until the program ends."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self._crm: PracticeCrm | None = None

    def connect(self) -> tuple[Connection, Key]:
        """Start it if need be; its connection and key. Raises StorageUnwritable."""
        crm = self.start()
        connection = Connection(PRACTICE_NAME, PRACTICE_NAME, "", Environment.PRACTICE, crm.api_url, crm.accounts_url)
        with self._writing():
            return connection, Key.pasted(crm.sign_in())

    def seed(self, sheet: SheetLinks) -> None:
        """Put the sheet's links in, less the fixed share; links once put in are not brought back. Raises StorageUnwritable."""
        links = (sheet.links[number] for number in range(len(sheet.links)))
        crm = self.start()
        with self._writing():
            crm.seed((one.relation.parent_module, one.relation.related_list, one.parent_id, one.related_id) for one in links)

    def start(self, port: int = 0) -> "PracticeCrm":
        """The running CRM. Raises OSError when the port is taken, StorageUnwritable when its state cannot be kept."""
        if self._crm is None:
            # It brings a web server along, whose loading every other start of the program would wait for.
            from desktop.practice import PracticeCrm

            with self._writing():
                self._crm = PracticeCrm(self._state, port)
        return self._crm

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as exc:
            raise StorageUnwritable(str(self._state), str(exc)) from exc

    def close(self) -> None:
        """Stop it, if it runs."""
        if self._crm is not None:
            self._crm.close()
            self._crm = None


def _read_sheet(
    runs: Runs, path: Path, choice: ReadingChoice, progress: Progress, cancelled: Cancelled, propose: Propose
) -> SheetLinks:
    from desktop.sheets.links_sheet import open_sheet

    return open_sheet(path, choice, progress, cancelled, propose, known_results(runs))


def _write_results(runs: Runs, record: RunRecord, path: Path, progress: Callable[[int, int], None] = lambda _, __: None) -> int:
    return write_results(_write_book, record, path, progress, families(runs.summaries()).get(record.facts.run, ALONE))


def _write_book(book: ResultBook, path: Path, progress: Callable[[int, int], None] = lambda _, __: None) -> int:
    from desktop.sheets.results_sheet import write_book

    return write_book(book, path, progress)


def _look_at_target(path: Path, sheet: Path) -> Target:
    from desktop.sheets.results_target import look_at_target

    return look_at_target(path, sheet)


def _keep_pasted(paths: Paths, text: str) -> Path:
    """Half characters are shown as such rather than lost with the whole paste. Raises SheetUnreadable.

    Some programs end the text on the clipboard with a zero, as their own texts in memory do.
    """
    try:
        path = paths.pasted_file
        write_text(path, text.rstrip("\0").encode("utf-8", "replace").decode("utf-8"))
    except OSError as exc:
        raise SheetUnreadable(say("What you pasted"), reason_of(exc)) from exc
    return path


class _CrmRoom:
    """The way to Zoho: clients that share their tokens, and sign-ins. Loaded when first asked for; any thread."""

    def __init__(self, proxies: Proxies, count: TokenTimes) -> None:
        self._proxies, self._count = proxies, count
        self._guard = Lock()
        self._sources: TokenSources | None = None

    def open(self, connection: Connection, key: Key) -> Crm:
        """A client. Raises HostNotAllowed."""
        from desktop.crm.client import CrmClient
        from desktop.crm.tokens import TokenSources
        from desktop.crm.transport import http_transport

        _trust_the_system()
        with self._guard:
            self._sources = self._sources or TokenSources(self._proxies, self._count)
        return CrmClient(connection, key, self._sources, http_transport(connection, self._proxies))

    def sign_in(self) -> SignIn:
        """The ways to sign in."""
        from desktop.crm import sign_in

        _trust_the_system()
        return sign_in.ZohoSignIn(self._proxies, count=self._count, language=language)


def _trust_the_system() -> None:
    """The system's own store of authorities decides whose certificates are good."""
    import truststore

    truststore.inject_into_ssl()


def _system_proxies(url: str) -> Mapping[str, str]:
    from desktop.crm.proxies import system_proxies

    return system_proxies(url)


def _os_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
