"""Signs in: in the browser, on another device, with a code from Zoho's API console, or with an existing refresh token.

Each way returns the connection to where the account really is, and its key. An accounts server or an API address that an answer
names is followed only if it is exactly one of Zoho's. A connection to a loopback that the user typed follows no other address.
"""

import base64
import hashlib
import os
import secrets
import sys
import time
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from desktop.crm.accounts_server import OFFLINE, AccountsServer, Granted, Proxies, TokenCount, problem_of, word_of
from desktop.crm.hosts import check_accounts_url, is_loopback
from desktop.crm.proxies import system_proxies
from desktop.crm.return_address import PageLanguage, Parameters, ReturnAddress
from desktop.domain.connections import (
    DATA_CENTRES,
    RETURN_PORTS,
    Connection,
    Environment,
    centre_of_accounts,
    place_of_api,
)
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, CrmUnreachable, HostNotAllowed, SignInFailed
from desktop.domain.relations import parse_relation
from desktop.domain.scopes import ALL_RELATIONS, scopes_for
from desktop.domain.sign_in_problems import SignInProblem

BROWSER_PATIENCE_S = 300.0
DEVICE_PATIENCE_S = 300.0  # Zoho's codes live for five minutes
POLL_INTERVAL_S = 30.0  # Zoho allows no more
_STEP_S = 0.2  # how soon a cancelled sign-in is noticed
_LONGEST_USER_CODE = 40

Signed = tuple[Connection, Key]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SignInClock:
    """Tells the time and waits during a sign-in."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


def open_in_browser(address: str) -> bool:
    """Show an address in the system's browser; False if there is none that opens a window."""
    # Without a screen, webbrowser would open a browser for the terminal, which takes the terminal over.
    shows_windows = sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")))
    return shows_windows and webbrowser.open(address)


class ZohoSignIn:
    """Offers the ways to sign in. All calls block, so the window's thread must not make them."""

    def __init__(
        self,
        proxies: Proxies = system_proxies,
        open_browser: Callable[[str], bool] = open_in_browser,
        clock: SignInClock | None = None,
        ports: tuple[int, ...] = RETURN_PORTS,
        count: TokenCount | None = None,
        language: Callable[[], PageLanguage] | None = None,
    ) -> None:
        """``language`` gives the words of the page that the browser shows after the sign-in."""
        self._proxies, self._open_browser, self._clock, self._ports = proxies, open_browser, clock or SignInClock(), ports
        self._count, self._language = count, language

    def in_browser(
        self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Cancelled
    ) -> Signed:
        """Open Zoho's page in the system's browser and wait up to five minutes for the answer.

        ``show`` gets the page's address (and no code), for people whose browser did not open. Raises SignInFailed,
        HostNotAllowed, CrmBusy, and what Conversation.post raises.
        """
        # The state proves that an answer belongs to this sign-in; the verifier (PKCE, RFC 7636, S256) proves to Zoho that who
        # brings the code is who asked for it.
        state, verifier = Secret(secrets.token_urlsafe(32)), Secret(secrets.token_urlsafe(64))
        start = check_accounts_url(connection, connection.accounts_url)
        has_time = self._until(BROWSER_PATIENCE_S, cancelled)
        with ReturnAddress(connection.name, state, lambda answer: _fits(connection, answer), self._ports, self._language) as back:
            query = _consent_query(connection, client, back.uri, state, verifier)
            address = f"{start}/oauth/v2/auth?{urlencode(query, safe=',')}"
            show(address, "")
            self._open_browser(address)
            answer = back.wait(has_time)
        # The user's data centre may be another one than that of the connection; only its own server takes the code.
        with self._accounts(connection, answer.get("accounts-server") or start) as accounts:
            return connection_and_key(connection, accounts.key_for_code(client, Secret(answer["code"]), back.uri, verifier))

    def by_device(self, connection: Connection, client: Client, show: Callable[[str, str], None], cancelled: Cancelled) -> Signed:
        """Show an address and a code to be typed there on any device, and ask every 30 s whether that was done.

        Raises what :meth:`in_browser` raises.
        """
        url = connection.accounts_url
        with self._accounts(connection, url) as accounts:
            answer = accounts.device_code(client, _scopes(connection))
        device_code, address, user_code = _device_codes(connection, answer)
        has_time = self._until(DEVICE_PATIENCE_S, cancelled)
        show(address, user_code)
        while self._wait(POLL_INTERVAL_S, has_time):
            with self._accounts(connection, url) as accounts:
                try:
                    body = accounts.device_token(client, device_code)
                except (CrmUnreachable, AnswerMissing, AnswerNotUnderstood):
                    continue  # the code is still good, so the next question may be answered
                # "slow_down" needs nothing more: the questions come as seldom as Zoho wants already.
                match body.get("error"):
                    case "authorization_pending" | "slow_down":
                        continue
                    case "other_dc":  # the user lives in another data centre, which has to be asked from now on
                        url = _other_place(connection, str(body.get("user_location", "")))
                    case _:
                        return connection_and_key(connection, accounts.key_from_answer(body, client, Secret("")))
        raise SignInFailed(connection.name, SignInProblem.TIMED_OUT)

    def with_code(self, connection: Connection, client: Client, code: Secret) -> Signed:
        """Sign in with a Self Client's code, which was made by hand in Zoho's API console."""
        with self._accounts(connection, connection.accounts_url) as accounts:
            return connection_and_key(connection, accounts.key_for_code(client, code))

    def with_refresh_token(self, connection: Connection, client: Client, refresh_token: Secret) -> Signed:
        """Sign in with a refresh token that was made elsewhere. An access token is made of it to see that it works."""
        with self._accounts(connection, connection.accounts_url) as accounts:
            key = Key(refresh_token=refresh_token, client=client)
            try:
                return connection_and_key(connection, accounts.key_for_refresh_token(key))
            except SignInFailed as error:
                if error.problem is SignInProblem.CODE_REFUSED:  # Zoho says "invalid_code" of refresh tokens, too
                    raise SignInFailed(connection.name, SignInProblem.REFRESH_TOKEN_REFUSED) from error
                raise

    def revoke(self, connection: Connection, key: Key) -> bool:
        """End a key at Zoho; False if Zoho did not confirm it. Raises HostNotAllowed and what Conversation.post raises."""
        with self._accounts(connection, connection.accounts_url) as accounts:
            return accounts.revoke(key)

    def _accounts(self, connection: Connection, url: str) -> AccountsServer:
        return AccountsServer(connection, url, self._proxies, count=self._count)

    def _until(self, seconds: float, cancelled: Cancelled) -> Callable[[], bool]:
        end = self._clock.monotonic() + seconds
        return lambda: self._clock.monotonic() < end and not cancelled()

    def _wait(self, seconds: float, has_time: Callable[[], bool]) -> bool:
        """Wait; True if the seconds went by and there is still time."""
        end = self._clock.monotonic() + seconds
        while has_time():
            if self._clock.monotonic() >= end:
                return True
            self._clock.sleep(_STEP_S)
        return False


def connection_and_key(connection: Connection, granted: Granted) -> Signed:
    """Return the key and the connection where it works, by the addresses in the answer.

    Raises SignInFailed if the answer had no refresh token, because the key would be of no use after an hour.
    """
    if not granted.key.lasts:
        raise SignInFailed(connection.name, SignInProblem.NO_LASTING_KEY)
    centre = centre_of_accounts(granted.accounts_url)
    if centre is None:
        return connection, granted.key  # a loopback stays as the user typed it
    named = place_of_api(granted.api_domain)
    # The environment is that of the answer's API address, if this is one of the data centre that gave the key.
    environment = named[1] if named is not None and named[0] is centre else connection.environment or Environment.PRODUCTION
    return connection.at(centre, environment), granted.key


def _consent_query(connection: Connection, client: Client, uri: str, state: Secret, verifier: Secret) -> dict[str, str]:
    digest = hashlib.sha256(verifier.reveal().encode()).digest()
    return {
        "response_type": "code",
        "client_id": client.id,
        "scope": _scopes(connection),
        "redirect_uri": uri,
        "state": state.reveal(),
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        **OFFLINE,
    }


def _scopes(connection: Connection) -> str:
    return ",".join(scopes_for(map(parse_relation, connection.relations) if connection.relations else ALL_RELATIONS))


def _fits(connection: Connection, answer: Parameters) -> bool:
    """True unless the answer names an accounts server that is neither Zoho's nor the one that the user typed."""
    named = answer.get("accounts-server", "")
    return not named or _may_ask(connection, named)


def _may_ask(connection: Connection, url: str) -> bool:
    # A practice connection must not be led to Zoho, nor one of Zoho's to a program on this computer.
    if is_loopback(connection.accounts_url) != is_loopback(url):
        return False
    try:
        check_accounts_url(connection, url)
    except HostNotAllowed:
        return False
    return True


def _device_codes(connection: Connection, answer: Mapping[str, Any]) -> tuple[Secret, str, str]:
    """Return the device code, the address and the code to show. Raises SignInFailed if one of them cannot be Zoho's."""
    if "device_code" not in answer:
        raise SignInFailed(connection.name, problem_of(answer), word=word_of(answer))
    device_code, address, user_code = (str(answer.get(name, "")) for name in ("device_code", "verification_url", "user_code"))
    parts = urlsplit(address)
    # People type the code and open the address, so a forged answer must not lead them to a page of somebody else's.
    is_showable = user_code.isascii() and user_code.isprintable() and 0 < len(user_code) <= _LONGEST_USER_CODE
    if not is_showable or not address.isascii() or not _may_ask(connection, f"{parts.scheme}://{parts.netloc}"):
        raise SignInFailed(connection.name, SignInProblem.ANSWER_FORGED)
    return Secret(device_code), address, user_code


def _other_place(connection: Connection, location: str) -> str:
    """Return the accounts server of the data centre where the user lives. Raises SignInFailed if it is not a known one."""
    centre = DATA_CENTRES.get(location.lower())
    if centre is None or is_loopback(connection.accounts_url):
        raise SignInFailed(connection.name, SignInProblem.OTHER_DATA_CENTRE)
    return centre.accounts_url
