"""Access tokens for the calls of a client: where the next one comes from, and when a new one is asked for.

* Shortly before a token expires, and when Zoho rejects one; once for all lanes and clients, the others wait for the same answer,
  be it a token or a failure.
* Two renewals after rejections in ten minutes are enough: a third would not help, and the run pauses instead.
* A renewal keeps nothing in the keyring: Zoho's answer has no new refresh token (its page "Refresh access tokens"), and an
  access token is good for an hour only. A program that dies after it makes another one of the refresh token of the sign-in.
* Whatever goes wrong between us and the accounts server happens before a call leaves: the call did nothing.
"""

import logging
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import Lock
from typing import Protocol

from desktop.crm.accounts_server import AccountsServer, Proxies, TokenCount
from desktop.domain.connections import Connection
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import (
    AnswerMissing,
    AnswerNotUnderstood,
    CrmError,
    CrmUnreachable,
    SignInFailed,
    TokenRejected,
)
from desktop.domain.texts import Text

_log = logging.getLogger(__name__)

RENEW_BEFORE_S = 120.0
_WINDOW_S = 600.0
_MOST_AFTER_REJECTION = 2


class AccessTokens(Protocol):
    """Where a client's access tokens come from. Any thread may call."""

    def current(self) -> Secret:
        """A token that has not expired as far as is known. Raises TokenRejected, CrmBusy, CrmUnreachable."""
        ...

    def renewed(self, rejected: Secret) -> bool:
        """True when another token than this one, which Zoho rejected, is ready. Raises as :meth:`current` does."""
        ...


class GivenToken:
    """A pasted token: it is what it is, and cannot be renewed."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def current(self) -> Secret:
        """The token."""
        return self._token

    def renewed(self, rejected: Secret) -> bool:
        """Never."""
        return False


class RefreshedTokens:
    """Tokens made of a refresh token. ``open_accounts`` opens the accounts server for one question."""

    def __init__(
        self,
        name: str,
        key: Key,
        open_accounts: Callable[[], AbstractContextManager[AccountsServer]],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._key = key
        self._open_accounts = open_accounts
        self._monotonic = monotonic
        self._guard = Lock()
        self._token = key.access_token
        self._renew_at = self._time_to_renew(key.expires_in_s)
        self._rejected_at: list[float] = []
        self._tries = 0
        self._failure: CrmError | None = None

    def current(self) -> Secret:
        """The token in use, renewed when it is about to expire."""
        tries = self._tries
        with self._guard:
            if not self._token or self._monotonic() >= self._renew_at:
                self._renew(tries)
            return self._token

    def renewed(self, rejected: Secret) -> bool:
        """True at once when another lane was quicker."""
        tries = self._tries
        with self._guard:
            if self._token and self._token != rejected:
                return True
            self._rejected_at = self._recent(self._rejected_at)
            if len(self._rejected_at) >= _MOST_AFTER_REJECTION:
                return False
            self._rejected_at.append(self._monotonic())
            self._renew(tries)
            return True

    def _renew(self, tries: int) -> None:
        """``tries`` were made when the caller began to wait; of those since, the last one was for this caller too."""
        if self._failure is not None and self._tries > tries:
            raise self._failure
        self._failure = None
        try:
            self._ask()
        except CrmError as error:
            self._failure = error
            raise
        finally:
            self._tries += 1

    def _ask(self) -> None:
        try:
            with self._open_accounts() as accounts:
                granted = accounts.key_for_refresh_token(self._key)
        except SignInFailed as error:
            raise TokenRejected(self._name, str(error.problem)) from error
        except (AnswerMissing, AnswerNotUnderstood, CrmUnreachable) as error:
            raise CrmUnreachable(self._name, Text("accounts-server-failed", why=error.detail)) from error
        _log.info("A new access token was made")
        self._token = granted.key.access_token
        self._renew_at = self._time_to_renew(granted.key.expires_in_s)

    def _time_to_renew(self, life_s: float) -> float:
        return self._monotonic() + life_s - min(RENEW_BEFORE_S, life_s / 5)

    def _recent(self, times: list[float]) -> list[float]:
        return [at for at in times if self._monotonic() - at < _WINDOW_S]


class TokenSources:
    """One source for each key of the program, whoever opens a client with it: Zoho counts tokens by key, not by client."""

    def __init__(self, proxies: Proxies, count: TokenCount | None = None) -> None:
        self._proxies, self._count = proxies, count
        self._guard = Lock()
        self._sources: dict[tuple[str, Secret], RefreshedTokens] = {}

    def of(self, connection: Connection, key: Key) -> AccessTokens:
        """Where a client of this connection gets its access tokens from."""
        if not key.lasts:
            return GivenToken(key.access_token)

        def open_accounts() -> AccountsServer:
            return AccountsServer(connection, connection.accounts_url, self._proxies, count=self._count)

        with self._guard:
            place = connection.accounts_url, key.refresh_token
            return self._sources.setdefault(place, RefreshedTokens(connection.name, key, open_accounts))
