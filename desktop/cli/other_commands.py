"""runs, results, connections, practice."""

import argparse
import signal
import threading
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.cli import exit_codes, output
from desktop.cli.accounts import place_of, secret_line
from desktop.cli.arguments import NoSuchRun, WrongUse
from desktop.compose import PracticeRoom
from desktop.domain.connections import Connection, Environment
from desktop.domain.runs import RunSummary
from desktop.engine.ports import Services
from desktop.engine.preparing import with_account


def runs(options: argparse.Namespace, services: Services) -> int:
    """List all runs, newest first."""
    found = services.runs.summaries()
    if options.json:
        output.print_json({"runs": [_run_json(one) for one in found]})
    elif not found:
        print("No runs yet.")
    for one in () if options.json else found:
        counts = ", ".join(line.strip().replace("  ", " ") for line in output.tally_lines(one.tally))
        print(f"{one.run}  {one.state:<11}  {Path(one.sheet).name}  {counts}")
    return exit_codes.DONE


def results(options: argparse.Namespace, services: Services) -> int:
    """Write the results of a run again."""
    path = Path(options.output).absolute()
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise WrongUse("Results are written as .xlsx or .csv; give --output a name that ends so.")
    found = services.runs.summaries()
    name = options.run or (found[0].run if found else "")
    if not name:
        raise NoSuchRun("No run is kept on this computer yet; nothing was written.")
    with services.runs.read(name) as record:
        rows = services.write_results(record, path)
    if options.json:
        output.print_json({"run": name, "output": str(path), "rows": rows})
    else:
        print(f"{output.count(rows, 'row')} written to {path}")
    return exit_codes.DONE


def connections(options: argparse.Namespace, services: Services) -> int:
    """List, add, test and remove saved connections."""
    match options.action:
        case "add":
            return _add(options, services)
        case "test":
            return _test(options, services)
        case "remove":
            services.connections.remove(services.connections.find(options.name))
            _tell(options, {"connection": options.name}, f"{options.name} was removed, and its key with it.")
            return exit_codes.DONE
    saved = services.connections.all()
    told = [
        {"name": one.name, "data_centre": one.data_centre, "environment": str(one.environment), "company": one.account.company}
        for one in saved
    ]
    lines = [f"{one.name}  {one.label}" for one in saved] or ["No connections yet."]
    _tell(options, {"connections": told}, "\n".join(lines))
    return exit_codes.DONE


def practice(options: argparse.Namespace, services: Services) -> int:
    """Serve the practice CRM until Ctrl-C."""
    room = services.practice
    assert isinstance(room, PracticeRoom)  # noqa: S101 (compose made it)
    sheet = services.open_sheet(Path(options.sheet)) if options.sheet else None
    ended = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    try:
        crm = room.start(options.port)
    except OSError as exc:
        raise WrongUse(f"Port {options.port} cannot be used ({(exc.strerror or 'it is taken').lower()}).") from exc
    if sheet is not None:
        room.seed(sheet)
    keys = ("api_url", "accounts_url", "access_token", "client_id", "client_secret", "control_url")
    told = {key: getattr(crm, key) for key in keys}
    if options.json:
        output.print_json(told)
    else:
        for key, value in told.items():
            print(f"{key}: {value}", flush=True)
    ended.wait()
    crm.close()
    return exit_codes.DONE


def _add(options: argparse.Namespace, services: Services) -> int:
    later = (options.client_id, options.client_secret, options.grant_code, options.refresh_token, options.browser, options.device)
    if any(later):
        raise WrongUse("Signing in with a client ID, in the browser or by device comes with a later version; nothing was stored.")
    if options.access_token is None:
        raise WrongUse("Give the key with --access-token - on standard input; nothing was stored.")
    centre, environment, api_url, accounts_url = place_of(options)
    environment = environment or Environment.PRODUCTION
    token = secret_line(options.access_token, "--access-token")
    before = next((one for one in services.connections.all() if one.name == options.name), None)
    # A new key for the same place: runs that wait for it know the connection by its id.
    renewed = before is not None and (before.api_url, before.environment) == (api_url, environment)
    connection = Connection(
        before.id if before and renewed else uuid.uuid4().hex,
        options.name,
        centre,
        environment,
        api_url,
        accounts_url,
        api_version=options.api_version,
    )
    account = _account(services, connection, token)
    services.connections.add(account, token)
    if before is not None and not renewed:
        services.connections.remove(before)
    _tell(
        options,
        {"connection": options.name},
        f"{options.name} was saved: {account.label}. Its key is in this computer's keyring.",
    )
    return exit_codes.DONE


def _test(options: argparse.Namespace, services: Services) -> int:
    connection = services.connections.find(options.name)
    account = _account(services, connection, services.connections.secret_of(connection)).account
    missing = [
        scope for scope, known in (("ZohoCRM.users.READ", account.user), ("ZohoCRM.org.READ", account.company)) if not known
    ]
    told = {"connection": options.name, "ok": True, "company": account.company, "user": account.user, "missing_scopes": missing}
    words = f"{options.name} works: {account.company or 'company not known'}, {account.user or 'user not known'}."
    _tell(options, told, words)
    return exit_codes.DONE


def _account(services: Services, connection: Connection, token: str) -> Connection:
    crm = services.open_crm(connection, token)
    try:
        return replace(with_account(crm), name=connection.name)
    finally:
        crm.close()


def _tell(options: argparse.Namespace, told: dict[str, Any], words: str) -> None:
    if options.json:
        output.print_json(told)
    else:
        print(words, flush=True)


def _run_json(one: RunSummary) -> dict[str, Any]:
    return {
        "run": one.run,
        "kind": str(one.kind),
        "parent": one.parent,
        "state": str(one.state),
        "started": one.started,
        "finished": one.finished,
        "sheet": one.sheet,
        "connection": one.connection,
        "links": one.links,
        **output.tally_of(one.tally),
        "calls": one.calls,
        "reads": one.reads,
    }
