"""Zoho's accounts server: forms in, tokens out. Answers are judged by their body; its refusals come with HTTP 200.

Zoho makes 10 access tokens in 10 minutes of one refresh token and then none for a while, so every one is counted before it is
asked for, and an eleventh is not.

Sources: Zoho's OAuth pages ("Access token", "Refresh token", "Revoke", "Device", "Token validity"). Everything secret stands in
the form, never in the address.
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
# Zoho throttles by windows of ten minutes and says no more than "after some time".
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
# Without the first Zoho gives no refresh token, and without the second none after the first time.
OFFLINE = {"access_type": "offline", "prompt": "consent"}
_REVOCATIONS = ("/oauth/v2/token/revoke", "/oauth/v2/revoke/token")

_WORD = re.compile(r"[A-Za-z][A-Za-z _-]{0,59}", re.ASCII)
_MARK_LENGTH = 16
_MOST_SCOPES = 200

Proxies = Callable[[str], Mapping[str, str]]


class TokenCount(Protocol):
    """Counts the access tokens of each key, for all programs of this user. Any thread may call."""

    def count_token(self, key_hash: str) -> float:
        """Count one more and return 0, or count nothing and return the seconds until there is room for one."""
        ...

    def uncount_token(self, key_hash: str) -> None:
        """The last one was not asked for after all."""
        ...


@dataclass(frozen=True, slots=True)
class Granted:
    """A key, the accounts server that gave it, and the API address that the answer named (not yet believed)."""

    key: Key
    accounts_url: str
    api_domain: str


class AccountsServer:
    """One accounts server for one connection; a context manager. Raises HostNotAllowed before anything is sent.

    ``count`` is told of every access token; without one nothing is counted.
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
        through = {} if is_loopback(self.url) else proxies(self.url)
        self._conversation = Conversation(connection.name, self.url, deadlines, through)

    def __enter__(self) -> "AccountsServer":
        return self

    def __exit__(self, *args: object) -> None:
        self._conversation.close()

    def key_for_code(self, client: Client, code: Secret, redirect_uri: str = "", verifier: Secret | None = None) -> Granted:
        """Exchange a code for a lasting key. Raises SignInFailed, CrmBusy and the transport leaves."""
        form = {"grant_type": "authorization_code", "code": code.reveal(), **_of_client(client)}
        if redirect_uri:
            form["redirect_uri"] = redirect_uri
        if verifier is not None:
            form["code_verifier"] = verifier.reveal()
        return self.granted(self.ask("/oauth/v2/token", form), client, Secret(""))

    def key_for_refresh_token(self, key: Key) -> Granted:
        """A new access token of a refresh token, which stays the same: Zoho does not rotate them.

        Raises as :meth:`key_for_code` does, and TokensUsedUp with nothing sent.
        """
        mark = self._mark(key.refresh_token)
        wait_s = self._count.count_token(mark) if self._count is not None else 0.0
        if wait_s:
            raise TokensUsedUp(self._connection.name, wait_s)
        form = {"grant_type": "refresh_token", "refresh_token": key.refresh_token.reveal(), **_of_client(key.client)}
        try:
            body = self.ask("/oauth/v2/token", form)
        except CrmUnreachable:
            if self._count is not None:
                self._count.uncount_token(mark)
            raise
        return self.granted(body, key.client, key.refresh_token)

    def device_code(self, client: Client, scopes: str) -> Mapping[str, Any]:
        """Begin a sign-in on another device; only what is not secret stands in the address, as Zoho's page has it."""
        query = {"grant_type": "device_request", "client_id": client.id, "scope": scopes, **OFFLINE}
        return self.ask(f"/oauth/v3/device/code?{urlencode(query, safe=',')}", {})

    def device_token(self, client: Client, device_code: Secret) -> Mapping[str, Any]:
        """Ask whether the user has finished on the other device."""
        return self.ask(
            "/oauth/v3/device/token", {"grant_type": "device_token", "code": device_code.reveal(), **_of_client(client)}
        )

    def revoke(self, key: Key) -> bool:
        """End a key at Zoho, with the access tokens made of it; False when Zoho did not confirm it."""
        token = key.refresh_token or key.access_token
        form = {"token": token.reveal(), "token_type": "refresh_token" if key.lasts else "access_token", **_of_client(key.client)}
        return any(_object(self._conversation.post(path, form)).get("status") == "success" for path in _REVOCATIONS)

    def ask(self, path: str, form: Mapping[str, str]) -> Mapping[str, Any]:
        """The JSON object of an answer, whatever its status. Raises CrmBusy for a throttle, AnswerNotUnderstood."""
        answer = self._conversation.post(path, form)
        body = _object(answer)
        if answer.status >= 500 or 300 <= answer.status < 400 or not body:
            raise AnswerNotUnderstood(self._connection.name, answer.status, Text("answer-not-of-accounts-server"))
        if answer.status == 429 or "too many requests" in str(body.get("error_description", "")).lower():
            raise CrmBusy(self._connection.name, THROTTLE_WAIT_S)
        return body

    def granted(self, body: Mapping[str, Any], client: Client, refresh_token: Secret) -> Granted:
        """The key in an answer. Raises SignInFailed when it holds none."""
        access_token = _token(body.get("access_token"))
        if not access_token:
            raise SignInFailed(self._connection.name, problem_of(body), word=word_of(body))
        fresh = _token(body.get("refresh_token"))
        if fresh and not refresh_token and self._count is not None:
            self._count.count_token(self._mark(fresh))  # the first token of a new key
        key = Key(access_token, fresh or refresh_token, client, _life_s(body), _scopes(body))
        return Granted(key, self.url, str(body.get("api_domain", "")))

    def _mark(self, refresh_token: Secret) -> str:
        """A short hash: it tells keys apart, and no key can be found from it."""
        return hashlib.sha256(f"{self.url} {refresh_token.reveal()}".encode()).hexdigest()[:_MARK_LENGTH]


def problem_of(body: Mapping[str, Any]) -> SignInProblem:
    """What a refusal of the accounts server means."""
    return _PROBLEMS.get(str(body.get("error", "")), SignInProblem.REFUSED_OTHER)


def word_of(body: Mapping[str, Any]) -> str:
    """Zoho's own word for a refusal, such as ``invalid_scope``; empty where it gave none that is a word."""
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
    """A token fit for a header; empty for anything else."""
    fits = isinstance(value, str) and value.isascii() and value.isprintable() and " " not in value and len(value) <= 4096
    return Secret(value if fits and isinstance(value, str) else "")


def _scopes(body: Mapping[str, Any]) -> tuple[str, ...]:
    """What the key may do, where the answer says so: no page of Zoho's promises that, and many answers to a code do."""
    told = body.get("scope")
    words = told.replace(",", " ").split()[:_MOST_SCOPES] if isinstance(told, str) else []
    return tuple(word for word in words if word.lower().startswith("zohocrm."))


def _life_s(body: Mapping[str, Any]) -> float:
    """Seconds that the access token lives: where ``expires_in_sec`` is told, ``expires_in`` counts milliseconds."""
    for name in ("expires_in_sec", "expires_in"):
        value = body.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, int | float) and 0 < value < 1e9:
            return float(value)
    return 3600.0
