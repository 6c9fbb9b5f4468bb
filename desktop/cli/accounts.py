"""Which account a command talks to: practice, a saved connection, or a token for this one command."""

import argparse
import getpass
import sys
from dataclasses import replace

from desktop.application.accounts import is_proven
from desktop.cli import output
from desktop.cli.arguments import WrongUse
from desktop.compose import one_off_connection
from desktop.domain.connections import DATA_CENTRES, ONE_OFF_NAME, PRACTICE_NAME, Connection, Environment
from desktop.domain.credentials import Key, Secret
from desktop.domain.error_causes import explain
from desktop.domain.errors import AccountNotProven
from desktop.domain.runs import RunFacts
from desktop.engine.ports import Services
from desktop.engine.preparing import check_same_place


def account_of(options: argparse.Namespace, services: Services) -> tuple[Connection, Key]:
    """The connection that the options name, and its key. Raises WrongUse, ConnectionNotFound, SecretStoreUnavailable."""
    ways = [bool(options.practice), options.connection is not None, options.access_token is not None]
    if sum(ways) != 1:
        raise WrongUse("Say which account: --practice, --connection NAME, or --access-token - with --data-centre or --api-url.")
    if options.practice:
        connection, key = services.practice.connect()
    elif options.connection is not None:
        connection = services.connections.find(options.connection)
        key = services.connections.secret_of(connection)
    else:
        connection, key = one_off(options)
    return replace(connection, api_version=options.api_version), key


def account_to_resume(options: argparse.Namespace, services: Services, before: Connection) -> tuple[Connection, Key]:
    """The run's own connection, unless a token was given for this command."""
    if options.access_token is not None:
        connection, key = one_off(options)
    elif before.environment is Environment.PRACTICE and before.id == PRACTICE_NAME:
        connection, key = services.practice.connect()
    elif before.id == ONE_OFF_NAME:
        raise WrongUse("This run was started with a token for one command; give it again with --access-token -.")
    else:
        connection = services.connections.find_again(before)
        key = services.connections.secret_of(connection)
    return replace(connection, api_version=before.api_version), key


def check_account(facts: RunFacts, account: Connection) -> None:
    """Before anything of a run is read or sent: the account is the run's own, or a person at a terminal says so.

    Raises RunElsewhere for another account, and AccountNotProven where nobody can be asked; --yes is no answer to that.
    """
    check_same_place(facts, account)
    if is_proven(account, facts.connection):
        return
    unproven = AccountNotProven(facts.connection.label, account.label)
    if not sys.stdin.isatty():
        raise unproven
    output.say(f"{explain(unproven).why} Type “yes” if it is.")
    if sys.stdin.readline().strip().casefold() != "yes":
        raise unproven


def one_off(options: argparse.Namespace) -> tuple[Connection, Key]:
    """A connection of the options and a token from standard input; neither is kept."""
    place = place_of(options)
    return one_off_connection(*place), Key(secret_line(options.access_token, "--access-token"))


def place_of(options: argparse.Namespace) -> tuple[str, Environment | None, str, str]:
    """Data centre, environment, API and accounts addresses of the options. Raises WrongUse."""
    environment = Environment(options.environment) if options.environment else None
    if options.api_url:
        return options.data_centre or "", environment, options.api_url, options.accounts_url or ""
    if options.data_centre is None:
        raise WrongUse("Say where the account is: --data-centre CODE, or --api-url URL.")
    centre = DATA_CENTRES[options.data_centre]
    known = environment or Environment.PRODUCTION
    return centre.code, known, centre.api_url(known), centre.accounts_url


def secret_line(given: str, option: str) -> Secret:
    """One line of standard input; asked for without an echo where a person types it.

    Raises WrongUse: a secret is never an argument, where others could read it.
    """
    if given != "-":
        raise WrongUse(f"Give {option} as “-” and the secret on standard input; an argument can be read by others.")
    try:
        line = (getpass.getpass(f"{option} (not shown): ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
    except (UnicodeDecodeError, EOFError):
        line = ""
    if not line or not line.isascii() or any(sign.isspace() for sign in line):
        raise WrongUse(f"Standard input has no secret for {option}.")
    return Secret(line)
