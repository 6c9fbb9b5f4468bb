"""connections: add by one of four ways to sign in, list, test, rename, remove."""

import argparse
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from desktop.application.connecting import (
    NamedConnections,
    NamePorts,
    count_unreadable_connections,
    find_connection,
    list_connections,
    rename_connection,
    sign_out,
)
from desktop.application.serving import SignedIn
from desktop.application.signing_in import (
    SavedConnections,
    SignInPorts,
    SignInRequest,
    Way,
    check_can_keep,
    check_saved,
    find_elsewhere,
    is_searchable,
    relations_of,
    saved_elsewhere,
    sign_in,
)
from desktop.cli import exit_codes, output
from desktop.cli.accounts import place_of, secret_line
from desktop.cli.arguments import WrongUse
from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import NO_SECRET, Client
from desktop.domain.errors import TokenRejected
from desktop.domain.relations import check_allowed, parse_relation
from desktop.domain.scopes import lacking, scopes_for
from desktop.words import say, say_count, say_text
from desktop.words.errors import explain_error

_BY_CLIENT = {
    "grant_code": Way.SELF_CLIENT,
    "refresh_token": Way.REFRESH_TOKEN,
    "browser": Way.BROWSER,
    "device": Way.DEVICE,
}


class KnownConnections(SavedConnections, NamedConnections, Protocol):
    """The saved connections, as far as these commands need them."""


class ConnectionPorts(SignInPorts, NamePorts, Protocol):
    """What these commands need of the outside."""

    @property
    def connections(self) -> KnownConnections: ...


def connections(options: argparse.Namespace, ports: ConnectionPorts) -> int:
    """Carry out the action of the options."""
    actions: dict[str, Callable[[argparse.Namespace, ConnectionPorts], int]] = {
        "add": _add,
        "list": _list,
        "test": _test,
        "rename": _rename,
        "remove": _remove,
    }
    return actions[options.action](options, ports)


def _add(options: argparse.Namespace, ports: ConnectionPorts) -> int:
    place, way = _asked_for(options)
    check_can_keep(ports, place.name)
    secrets = {
        name: secret_line(getattr(options, name), f"--{name.replace('_', '-')}") for name in getattr(options, "secrets", ())
    }
    client = Client(options.client_id or "", secrets.get("client_secret", NO_SECRET))
    secret = next((secrets[name] for name in ("access_token", "grant_code", "refresh_token") if name in secrets), NO_SECRET)
    request = SignInRequest(way, place, client, secret, must_be_kept=True, has_name=True)
    try:
        account = sign_in(ports, request, _show)
    except TokenRejected as error:
        account = _found(options, ports, request, error)
    saved, key = account.connection, account.key
    if missing := lacking(key.scopes, scopes_for(relations_of(saved))) if key.scopes else ():
        output.report(say("The sign-in lacks these scopes: {missing}.", missing=", ".join(missing)))
    words = say(
        "{name} was saved: {label}. Its key is in {kept_in}.", name=saved.name, label=saved.label, kept_in=account.kept_in
    )
    return _tell(options, {"connection": saved.name}, words)


def _asked_for(options: argparse.Namespace) -> tuple[Connection, Way]:
    """What the options ask for. Raises WrongUse unless exactly one way to sign in is named whole, RelationNotAllowed."""
    ways = [way for name, way in _BY_CLIENT.items() if getattr(options, name)]
    has_client = bool(options.client_id and options.client_secret)
    by_client = has_client and len(ways) == 1 and not options.access_token
    by_token = bool(options.access_token) and not ways and not options.client_id and not options.client_secret
    if not by_client and not by_token:
        raise WrongUse(
            say(
                "Say how to sign in: --access-token -, or --client-id ID --client-secret - with one of --browser, --device, "
                "--grant-code - and --refresh-token -; nothing was stored."
            )
        )
    centre, environment, api_url, accounts_url = place_of(options)
    if by_client and not accounts_url:
        raise WrongUse(say("Say where the accounts server is: --accounts-url URL; nothing was stored."))
    relations = tuple(check_allowed(parse_relation(one)).code for one in options.relations)
    known = environment or Environment.PRODUCTION
    version = options.api_version
    place = Connection(
        uuid.uuid4().hex, options.name, centre, known, api_url, accounts_url, api_version=version, relations=relations
    )
    return place, ways[0] if by_client else Way.TOKEN


def _show(address: str, user_code: str) -> None:
    if user_code:
        output.report(
            say(
                "On any device open {address} and type {user_code}; Delink looks every 30 seconds whether that was done.",
                address=address,
                user_code=user_code,
            )
        )
    else:
        output.report(say("Sign in on the page that opens in the browser. If none opens, go there yourself:"), address)


def _list(options: argparse.Namespace, ports: ConnectionPorts) -> int:
    saved = list_connections(ports)
    if damaged := count_unreadable_connections(ports):
        output.report(
            say_count(
                "{n} saved connection cannot be read: left out here, kept in the file. Sign in there again.",
                "{n} saved connections cannot be read: left out here, kept in the file. Sign in there again.",
                damaged,
            )
        )
    told = [
        {"name": one.name, "data_centre": one.data_centre, "environment": str(one.environment), "company": one.account.company}
        for one in saved
    ]
    lines = [f"{one.name}  {say_text(one.label)}" for one in saved] or [say("No connections yet.")]
    return _tell(options, {"connections": told}, *lines)


def _test(options: argparse.Namespace, ports: ConnectionPorts) -> int:
    connection = find_connection(ports, options.name)
    try:
        found = check_saved(ports, connection)
    except TokenRejected as error:
        output.report(explain_error(error).in_one_line())
        searches = options.find_data_centre and is_searchable(ports, connection)
        if searches and (place := saved_elsewhere(ports, connection)) is not None:
            output.report(say("The key belongs to {label}: add the connection again there.", label=place.label))
        elif is_searchable(ports, connection):
            output.report(_where_else(searches))
        told: dict[str, Any] = {"connection": options.name, "ok": False, "company": "", "user": "", "missing_scopes": []}
        return _tell(options, told, say("{name} does not work.", name=options.name), code=exit_codes.SIGN_IN)
    who = found.account
    ok, missing = found.is_enough, list(found.missing_scopes)
    told = {"connection": options.name, "ok": ok, "company": who.company, "user": who.user, "missing_scopes": missing}
    company, user = who.company or say("company not known"), who.user or say("user not known")
    if ok:
        works = say("{name} works: {company}, {user}.", name=options.name, company=company, user=user)
    else:
        works = say("{name} is signed in: {company}, {user}.", name=options.name, company=company, user=user)
    advice = (
        [] if ok else [say("For your Zoho administrator:"), say_text(found.for_administrator(replace(connection, account=who)))]
    )
    outlook = (
        [say("It may read both ends of these links; whether it may remove them shows with the first one (see --first).")]
        if ok
        else []
    )
    lines = [works, *map(say_text, found.sentences()), *outlook, *advice]
    return _tell(options, told, *lines, code=exit_codes.DONE if ok else exit_codes.SIGN_IN)


def _where_else(has_searched: bool) -> str:
    """What is left to try with a key that Zoho does not accept here."""
    if has_searched:
        return say("None of Zoho's other environments and data centres knows the key either: it has expired or was revoked.")
    return say("To learn whether it is of another one, try again with --find-data-centre, which shows it to Zoho's other hosts.")


def _found(options: argparse.Namespace, ports: ConnectionPorts, request: SignInRequest, error: TokenRejected) -> SignedIn:
    """Where a pasted token is accepted, if the user wants to know. Raises ``error`` when it is nowhere."""
    if request.way is not Way.TOKEN or request.place.data_centre not in DATA_CENTRES:
        raise error
    account = find_elsewhere(ports, request) if options.find_data_centre else None
    if account is None:
        output.report(_where_else(options.find_data_centre))
        raise error
    output.report(say("The key belongs to another place: {label}.", label=account.connection.label))
    return account


def _rename(options: argparse.Namespace, ports: ConnectionPorts) -> int:
    renamed = rename_connection(ports, find_connection(ports, options.name), options.new_name)
    return _tell(
        options, {"connection": renamed.name}, say("{before} is called {now} now.", before=options.name, now=renamed.name)
    )


def _remove(options: argparse.Namespace, ports: ConnectionPorts) -> int:
    ended = sign_out(ports, find_connection(ports, options.name))
    if ended:
        words = say("{name} was removed and its key forgotten; it was ended at Zoho.", name=options.name)
    else:
        words = say(
            "{name} was removed and its key forgotten; it was not ended at Zoho (a pasted token ends within an hour; else remove "
            "Delink from the connected apps there).",
            name=options.name,
        )
    return _tell(options, {"connection": options.name}, words)


def _tell(options: argparse.Namespace, told: dict[str, Any], *lines: str, code: int = exit_codes.DONE) -> int:
    if options.json:
        output.print_json(told)
    else:
        output.tell(*lines)
    return code
