"""Talks to Zoho's accounts server, which takes forms and gives tokens.

Answers are judged by their body, because refusals come with HTTP 200. Everything secret goes into the form, never into the
address. Zoho makes 10 access tokens of one refresh token in 10 minutes, and then none for a while; so each one is counted before
it is asked for, and an eleventh is not asked for.

Sources: Zoho's OAuth pages ("Access token", "Refresh token", "Revoke", "Device", "Token validity").
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from desktop.crm.hosts import check_accounts_url, is_loopback
from desktop.crm.session import Answer, Conversation, Deadlines
from desktop.domain.connections import Connection
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import AnswerNotUnderstood, CrmBusy, CrmUnreachable, SignInFailed, TokensUsedUp
from desktop.domain.sign_in_problems import SignInProblem
from desktop.domain.texts import Text

ACCOUNTS_DEADLINES = Deadlines(connect_s=10.0, read_s=20.0, total_s=40.0)
# Zoho throttles by windows of ten minutes and says no more than "after some time", so the wait is our own choice.
THROTTLE_WAIT_S = 120.0

_PROBLEMS: Mapping[str, SignInProblem] = {
    "invalid_code": SignInProblem.CODE_REFUSED,
    "invalid_grant": SignInProblem.CODE_REFUSED,
    "expired": SignInProblem.TIMED_OUT,
    "invalid_client": SignInProblem.CLIENT_UNKNOWN,
    "invalid_client_secret": SignInProblem.CLIENT_SECRET_WRONG,
    "invalid_redirect_uri": SignInProblem.REDIRECT_WRONG,
    "access_denied": SignInProblem.DENIED,
    "invalid_scope": SignInProblem.SCOPE_REFUSED,
    "invalid_oauthscope": SignInProblem.SCOPE_REFUSED,
    "general_error": SignInProblem.GENERAL_ERROR,
}
# Without the first one Zoho gives no refresh token at all; without the second one, none after the user's first sign-in.
OFFLINE = {"access_type": "offline", "prompt": "consent"}
# Zoho's older and newer pages name one each, so both are tried.
_REVOCATIONS = ("/oauth/v2/token/revoke", "/oauth/v2/revoke/token")

_WORD = re.compile(r"[A-Za-z][A-Za-z _-]{0,59}", re.ASCII)
_HASH_LENGTH = 16  # hexadecimal digits: enough to tell a user's few keys apart
_MOST_SCOPES = 200

Proxies = Callable[[str], Mapping[str, str]]


class TokenCount(Protocol):
    """Counts the access tokens of each key, for all programs of this user. Any thread may call."""

    def count_token(self, key_hash: str) -> float:
        """Count one more token and return 0; or count nothing and return the seconds to wait for the next one."""
        ...

    def uncount_token(self, key_hash: str) -> None:
        """Take the last token back out of the count, because it was not asked for after all."""
        ...


@dataclass(frozen=True, slots=True)
class Granted:
    """A key, the accounts server that gave it, and the API address that the answer named, which nobody has checked yet."""

    key: Key
    accounts_url: str
    api_domain: str


class AccountsServer:
    """Asks one accounts server for one connection. Use it in a ``with``. Raises HostNotAllowed when it is made.

    Every access token is counted with ``count``; without it nothing is counted.
    """

    def __init__(
        self,
        connection: Connection,
        url: str,
        proxies: Proxies,
        deadlines: Deadlines = ACCOUNTS_DEADLINES,
        count: TokenCount | None = None,
    ) -> None:
        self._connection = connection
        self._count = count
        self.url = check_accounts_url(connection, url)
        used_proxies = {} if is_loopback(self.url) else proxies(self.url)
        self._conversation = Conversation(connection.name, self.url, deadlines, used_proxies)

    def __enter__(self) -> "AccountsServer":
        return self

    def __exit__(self, *args: object) -> None:
        self._conversation.close()

    def key_for_code(self, client: Client, code: Secret, redirect_uri: str = "", verifier: Secret | None = None) -> Granted:
        """Exchange a code for a lasting key. Raises SignInFailed, CrmBusy and what Conversation.post raises."""
        form = {"grant_type": "authorization_code", "code": code.reveal(), **_of_client(client)}
        if redirect_uri:
            form["redirect_uri"] = redirect_uri
        if verifier is not None:
            form["code_verifier"] = verifier.reveal()
        return self.key_from_answer(self.ask("/oauth/v2/token", form), client, Secret(""))

    def key_for_refresh_token(self, key: Key) -> Granted:
        """Get a new access token of a refresh token. The refresh token stays the same, because Zoho does not rotate them.

        Raises what :meth:`key_for_code` raises; raises TokensUsedUp, with nothing sent, if too many were asked for.
        """
        key_hash = self._hash_of(key.refresh_token)
        wait_s = self._count.count_token(key_hash) if self._count is not None else 0.0
        if wait_s:
            raise TokensUsedUp(self._connection.name, wait_s)
        form = {"grant_type": "refresh_token", "refresh_token": key.refresh_token.reveal(), **_of_client(key.client)}
        try:
            body = self.ask("/oauth/v2/token", form)
        except CrmUnreachable:  # no byte left, so Zoho has made no token
            if self._count is not None:
                self._count.uncount_token(key_hash)
            raise
        return self.key_from_answer(body, key.client, key.refresh_token)

    def device_code(self, client: Client, scopes: str) -> Mapping[str, Any]:
        """Begin a sign-in on another device. Raises what :meth:`ask` raises."""
        # Zoho's page wants these in the address. None of them is secret.
        query = {"grant_type": "device_request", "client_id": client.id, "scope": scopes, **OFFLINE}
        return self.ask(f"/oauth/v3/device/code?{urlencode(query, safe=',')}", {})

    def device_token(self, client: Client, device_code: Secret) -> Mapping[str, Any]:
        """Ask whether the user has finished on the other device."""
        return self.ask(
            "/oauth/v3/device/token", {"grant_type": "device_token", "code": device_code.reveal(), **_of_client(client)}
        )

    def revoke(self, key: Key) -> bool:
        """End a key at Zoho, together with the access tokens made of it; False if Zoho did not confirm it."""
        token = key.refresh_token or key.access_token
        form = {"token": token.reveal(), "token_type": "refresh_token" if key.lasts else "access_token", **_of_client(key.client)}
        return any(_object(self._conversation.post(path, form)).get("status") == "success" for path in _REVOCATIONS)

    def ask(self, path: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """Send a form and return the JSON object of the answer, even of a refusal.

        Raises CrmBusy if Zoho throttles, AnswerNotUnderstood, and what Conversation.post raises.
        """
        answer = self._conversation.post(path, form)
        body = _object(answer)
        if answer.status >= 500 or 300 <= answer.status < 400 or not body:
            raise AnswerNotUnderstood(self._connection.name, answer.status, Text("answer-not-of-accounts-server"))
        # A throttle has been seen with the statuses 200 and 400, so its words are looked for.
        if answer.status == 429 or "too many requests" in str(body.get("error_description", "")).lower():
            raise CrmBusy(self._connection.name, THROTTLE_WAIT_S)
        return body

    def key_from_answer(self, body: Mapping[str, Any], client: Client, refresh_token: Secret) -> Granted:
        """Return the key in an answer; ``refresh_token`` is the one that was used, if any. Raises SignInFailed without a key."""
        access_token = _token(body.get("access_token"))
        if not access_token:
            raise SignInFailed(self._connection.name, problem_of(body), word=word_of(body))
        new_refresh_token = _token(body.get("refresh_token"))
        if new_refresh_token and not refresh_token and self._count is not None:
            self._count.count_token(self._hash_of(new_refresh_token))  # a code gives the first access token of a new key
        key = Key(access_token, new_refresh_token or refresh_token, client, _life_s(body), _scopes(body))
        return Granted(key, self.url, str(body.get("api_domain", "")))

    def _hash_of(self, refresh_token: Secret) -> str:
        # The hash goes into a plain file. It tells keys apart, and no key can be found from it.
        return hashlib.sha256(f"{self.url} {refresh_token.reveal()}".encode()).hexdigest()[:_HASH_LENGTH]


def problem_of(body: Mapping[str, Any]) -> SignInProblem:
    """Return what a refusal of the accounts server means for a sign-in."""
    return _PROBLEMS.get(str(body.get("error", "")), SignInProblem.REFUSED_OTHER)


def word_of(body: Mapping[str, Any]) -> str:
    """Return Zoho's own word for a refusal, such as ``invalid_scope``; empty if it gave nothing that looks like a word."""
    word = body.get("error")
    return word if isinstance(word, str) and _WORD.fullmatch(word) else ""


def _of_client(client: Client) -> dict[str, str]:
    return {"client_id": client.id, "client_secret": client.secret.reveal()} if client.id else {}


def _object(answer: Answer) -> Mapping[str, Any]:
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _token(value: object) -> Secret:
    """Return a token that may go into a header; an empty one in place of anything else."""
    # A line break in a token would let an answer add headers of its own to our calls.
    fits = isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value and len(value) <= 4096
    return Secret(value if fits and isinstance(value, str) else "")


def _scopes(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the scopes that the answer names. Many answers to a code name them, but no page of Zoho's promises it."""
    scope = body.get("scope")
    words = scope.replace(",", " ").split()[:_MOST_SCOPES] if isinstance(scope, str) else []
    return tuple(word for word in words if word.lower().startswith("zohocrm."))


def _life_s(body: Mapping[str, Any]) -> float:
    """Return the life of the access token in seconds."""
    # Where an answer has expires_in_sec, its expires_in counts milliseconds. So the order of the two names matters.
    for name in ("expires_in_sec", "expires_in"):
        value = body.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, int | float) and 0 < value < 1e9:
            return float(value)
    return 3600.0  # Zoho's documented life
