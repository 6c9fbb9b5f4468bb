"""``delink --self-check``: does the installed program work on this computer? One line for each part; nothing is left behind.

The window, the practice run and the results work in a temporary folder; only the keyring gets an entry, which is removed.
"""

import gc
import importlib
import logging
import os
import platform
import shutil
import sqlite3
import ssl
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop import __version__
from desktop.compose import RESOURCES, PracticeRoom, Services, build_services, data_folder
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import DelinkError, SecretStoreUnavailable
from desktop.domain.outcomes import Outcome
from desktop.domain.readings import ReadingChoice
from desktop.storage.secrets import KeyringSecrets
from desktop.words.errors import explain_error

_log = logging.getLogger(__name__)

LIBRARIES = (
    "requests",
    "truststore",
    "openpyxl",
    "python_calamine",
    "xlrd",
    "xlsxwriter",
    "keyring",
    "cryptography",
    "wakepy",
    "PySide6",
)
RESOURCE_FOLDERS = ("icons", "samples", "translations", "licences")
_LEADS_TO_LIBRARIES = ("LD_LIBRARY_PATH", "QT_PLUGIN_PATH", "QML2_IMPORT_PATH")
# More than a text sheet may have to be read in this process.
_LARGE_ROWS = 250_000


class PartBroken(Exception):
    """A part of the program does not do what it should; the text says what."""


def main() -> int:
    """Check every part, print a line for each, and return 0 when all that must work works."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    print(f"Delink {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {platform.platform()}")  # noqa: T201
    own_folder = data_folder()
    try:
        folder = Path(tempfile.mkdtemp(prefix="delink-self-check-"))
    except OSError as exc:
        print(f"FAILED  temporary folder: {exc.strerror or exc}; nothing could be checked")  # noqa: T201
        return 1
    os.environ["DELINK_HOME"] = str(folder / "home")
    secrets = KeyringSecrets()
    services = build_services(secrets)
    try:
        well = [_carry_out(*part) for part in _parts(services, secrets, own_folder, folder)]
    finally:
        # Windows removes no file that is open.
        if isinstance(services.practice, PracticeRoom):
            services.practice.close()
        logging.shutdown()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{sum(well)} of {len(well)} parts work.")  # noqa: T201
    return 0 if all(well) else 1


def _parts(
    services: Services, secrets: KeyringSecrets, own_folder: Path, folder: Path
) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "program", _program
    yield "libraries", _libraries
    yield "encryption", _encryption
    yield "data folder", lambda: _data_folder(own_folder)
    yield "large sheet", lambda: _large_sheet(services, folder)
    yield "window and practice run", lambda: _practice_job(services)
    yield "results", lambda: _results(services, folder)
    yield "keyring", lambda: _keyring(services, secrets)


def _carry_out(name: str, part: Callable[[], str]) -> bool:
    try:
        print(f"ok      {name}: {part()}", flush=True)  # noqa: T201
        return True
    except DelinkError as exc:
        words = explain_error(exc).in_one_line()
    except Exception as exc:  # a check tells what broke, whatever it is, and goes on
        _log.exception("The self-check of %s failed", name)
        words = str(exc) or type(exc).__name__
    print(f"FAILED  {name}: {words}", flush=True)  # noqa: T201
    return False


def _program() -> str:
    missing = [name for name in RESOURCE_FOLDERS if not any((RESOURCES / name).glob("*"))]
    if missing:
        raise PartBroken(f"{RESOURCES} lacks {', '.join(missing)}")
    led = [name for name in _LEADS_TO_LIBRARIES if str(RESOURCES.parent) in os.environ.get(name, "")]
    if led:
        raise PartBroken(f"{', '.join(led)} would lead other programs to the libraries of this one")
    kind = "installed" if getattr(sys, "frozen", False) else "run from source"
    return f"{kind}, {Path(sys.executable).parent if kind == 'installed' else RESOURCES.parent}"


def _libraries() -> str:
    missing = []
    for name in LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError as exc:
            missing.append(f"{name} ({exc})")
    if missing:
        raise PartBroken(f"missing: {', '.join(missing)}")
    return ", ".join(LIBRARIES)


def _encryption() -> str:
    import truststore

    truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return f"{ssl.OPENSSL_VERSION}; certificates are judged by the system"


def _data_folder(folder: Path) -> str:
    """Looks without making it: a check leaves nothing behind."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise PartBroken(f"{folder} cannot be written")
    return f"{folder} can be {'written' if there == folder else 'made'}"


def _large_sheet(services: Services, folder: Path) -> str:
    """Large sheets are read in a process of its own, which a packaged program starts in its own way."""
    path = folder / "large.csv"
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.write("Campaign Id,Contact Id\n")
        file.writelines(f"3652397000000{n % 50:06d},3652397000001{n:06d}\n" for n in range(_LARGE_ROWS))
    links = len(services.open_sheet(path, ReadingChoice()).links)
    if links != _LARGE_ROWS:
        raise PartBroken(f"{links:,} of {_LARGE_ROWS:,} links were found")
    return f"{links:,} links read in a process of its own"


def _practice_job(services: Services) -> str:
    from desktop.qt.window_check import walk_through

    job = walk_through(services)
    # What the window leaves in circles of objects ends here, on its thread. The keyring is asked on another one, and there the
    # collector would destroy timers of Qt, which crashes.
    gc.collect()
    removed, missing = job.tally[Outcome.DELINKED], job.tally[Outcome.NOT_LINKED]
    if not removed or removed + missing != job.links:
        raise PartBroken(f"{job.links} links were confirmed, {removed} removed, {missing} were not linked")
    shown = f"shown on “{job.platform}” after {job.shown_after_s:.1f} s"
    return f"{shown}; {job.links} links in {job.calls} calls: {removed} removed, {missing} were not linked"


def _results(services: Services, folder: Path) -> str:
    workbooks = list(services.results_folder.glob("*.xlsx"))
    if len(workbooks) != 1:
        raise PartBroken("the run left no results workbook")
    with services.runs.open(services.runs.summaries()[0].run) as book:
        lines = services.write_results(book, folder / "results.csv")
    return f"a workbook of {workbooks[0].stat().st_size:,} bytes, and {lines} lines as text"


def _keyring(services: Services, secrets: KeyringSecrets) -> str:
    """Stores, reads and removes a secret. A computer without a safe keyring can still be used, so that is no failure."""
    name, secret = f"self-check-{uuid.uuid4().hex}", uuid.uuid4().hex
    probe = Connection(name, name, "eu", Environment.PRODUCTION, "", "")
    try:
        services.connections.add(probe, Key.pasted(secret))
        try:
            if services.connections.secret_of(probe).access_token.reveal() != secret:
                raise PartBroken(f"{secrets.name()} gave back another secret than was stored")
        finally:
            services.connections.remove(probe)
        return f"{secrets.name()} stored, gave back and removed a secret"
    except SecretStoreUnavailable as exc:
        return f"none that can be used ({exc.detail}); sign-in lasts until the window is closed"
