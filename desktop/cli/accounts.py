"""Which account a command talks to: practice, a saved connection, or a token for this one command."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from desktop.application.serving import AccountOffer, AccountPorts, SignedIn, one_off_connection, practice_account, saved_account
from desktop.cli import output
from desktop.cli.arguments import WrongUse
from desktop.domain.connections import DATA_CENTRES, ONE_OFF_NAME, Connection, Environment
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import AccountNotProven, ConnectionNotFound
from desktop.words import say
from desktop.words.errors import explain_error


def account_of(options: argparse.Namespace, ports: AccountPorts) -> SignedIn:
    """The account that the options name. Raises WrongUse, ConnectionNotFound, SecretStoreUnavailable."""
    ways = [bool(options.practice), options.connection is not None, options.access_token is not None]
    if sum(ways) != 1:
        raise WrongUse(
            say("Say which account: --practice, --connection NAME, or --access-token - with --data-centre or --api-url.")
        )
    if options.practice:
        account = practice_account(ports)
    elif options.connection is not None:
        account = saved_account(ports, options.connection)
    else:
        account = one_off(options)
    return replace(account, connection=replace(account.connection, api_version=options.api_version))


@contextmanager
def offer_of(options: argparse.Namespace) -> Iterator[AccountOffer]:
    """For a run of an earlier start: a token that the options give for this command, and a person at a terminal is asked.

    Raises WrongUse where the run needs a token and none is given.
    """
    given = one_off(options) if options.access_token is not None else None
    try:
        yield AccountOffer(given=given, vouch=_ask_whether_it_is)
    except ConnectionNotFound as exc:
        if exc.name != ONE_OFF_NAME:
            raise
        words = say("This run was started with a token for one command; give it again with --access-token -.")
        raise WrongUse(words) from exc


def _ask_whether_it_is(run: Connection, account: Connection) -> None:
    """Raises AccountNotProven unless a person at a terminal says that both are the same company; --yes is no answer."""
    unproven = AccountNotProven(run.label, account.label)
    if not sys.stdin.isatty():
        raise unproven
    output.report(say("{why} Type “yes” if it is.", why=explain_error(unproven).why))
    if sys.stdin.readline().strip().casefold() != "yes":
        raise unproven


def one_off(options: argparse.Namespace) -> SignedIn:
    """A connection of the options and a token from standard input; neither is kept."""
    place = place_of(options)
    return SignedIn(one_off_connection(*place), Key(secret_line(options.access_token, "--access-token")))


def place_of(options: argparse.Namespace) -> tuple[str, Environment | None, str, str]:
    """Data centre, environment, API and accounts addresses of the options. Raises WrongUse."""
    environment = Environment(options.environment) if options.environment else None
    if options.api_url:
        return options.data_centre or "", environment, options.api_url, options.accounts_url or ""
    if options.data_centre is None:
        raise WrongUse(say("Say where the account is: --data-centre CODE, or --api-url URL."))
    centre = DATA_CENTRES[options.data_centre]
    known = environment or Environment.PRODUCTION
    return centre.code, known, centre.api_url(known), centre.accounts_url


def secret_line(given: str, option: str) -> Secret:
    """One line of standard input; asked for without an echo where a person types it.

    Raises WrongUse: a secret is never an argument, where others could read it.
    """
    if given != "-":
        raise WrongUse(
            say("Give {option} as “-” and the secret on standard input; an argument can be read by others.", option=option)
        )
    try:
        line = (
            getpass.getpass(say("{option} (not shown): ", option=option)) if sys.stdin.isatty() else sys.stdin.readline()
        ).strip()
    except (UnicodeDecodeError, EOFError):
        line = ""
    if not line or not line.isascii() or any(sign.isspace() for sign in line):
        raise WrongUse(say("Standard input has no secret for {option}.", option=option))
    return Secret(line)
