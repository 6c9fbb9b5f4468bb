"""Zoho's accounts server: forms in, tokens out. Answers are judged by their body; its refusals come with HTTP 200.

Sources: Zoho's OAuth pages ("Access token", "Refresh token", "Revoke", "Device", "Token validity"). Everything secret stands in
the form, never in the address.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from desktop.crm.hosts import check_accounts_url, is_loopback
from desktop.crm.session import Answer, Conversation, Deadlines
from desktop.domain.connections import Connection
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import AnswerNotUnderstood, CrmBusy, SignInFailed
from desktop.domain.sign_in_problems import SignInProblem

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
}
# Without the first Zoho gives no refresh token, and without the second none after the first time.
OFFLINE = {"access_type": "offline", "prompt": "consent"}
_REVOCATIONS = ("/oauth/v2/token/revoke", "/oauth/v2/revoke/token")

Proxies = Callable[[str], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Granted:
    """A key, the accounts server that gave it, and the API address that the answer named (not yet believed)."""

    key: Key
    accounts_url: str
    api_domain: str


class AccountsServer:
    """One accounts server for one connection; a context manager. Raises HostNotAllowed before anything is sent."""

    def __init__(self, connection: Connection, url: str, proxies: Proxies, deadlines: Deadlines = ACCOUNTS_DEADLINES) -> None:
        self._connection = connection
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
        """A new access token of a refresh token, which stays the same: Zoho does not rotate them. Raises as for a code."""
        form = {"grant_type": "refresh_token", "refresh_token": key.refresh_token.reveal(), **_of_client(key.client)}
        return self.granted(self.ask("/oauth/v2/token", form), key.client, key.refresh_token)

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
            raise AnswerNotUnderstood(self._connection.name, answer.status, "the accounts server gave no answer of its own")
        if answer.status == 429 or "too many requests" in str(body.get("error_description", "")).lower():
            raise CrmBusy(self._connection.name, THROTTLE_WAIT_S)
        return body

    def granted(self, body: Mapping[str, Any], client: Client, refresh_token: Secret) -> Granted:
        """The key in an answer. Raises SignInFailed when it holds none."""
        access_token = _token(body.get("access_token"))
        if not access_token:
            raise SignInFailed(self._connection.name, problem_of(body))
        fresh = _token(body.get("refresh_token"))
        key = Key(access_token, fresh or refresh_token, client, _life_s(body))
        return Granted(key, self.url, str(body.get("api_domain", "")))


def problem_of(body: Mapping[str, Any]) -> SignInProblem:
    """What a refusal of the accounts server means."""
    return _PROBLEMS.get(str(body.get("error", "")), SignInProblem.REFUSED_OTHER)


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


def _life_s(body: Mapping[str, Any]) -> float:
    """Seconds that the access token lives: where ``expires_in_sec`` is told, ``expires_in`` counts milliseconds."""
    for name in ("expires_in_sec", "expires_in"):
        value = body.get(name)
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value)
        if isinstance(value, int | float) and 0 < value < 1e9:
            return float(value)
    return 3600.0
