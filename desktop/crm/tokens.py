"""Supplies access tokens for the calls of a client, and decides when a new one is asked for.

* A token is renewed shortly before it expires, and when Zoho rejects it. One thread asks for all lanes and clients; the others
  wait for the same answer, be it a token or a failure.
* After two renewals for rejected tokens in ten minutes there is no third: it would not help, and the run pauses instead.
* A renewal stores nothing in the keyring, because Zoho's answer has no new refresh token (its page "Refresh access tokens") and
  an access token is good for an hour only. If the program dies afterwards, the next one makes another access token.
* Whatever goes wrong between us and the accounts server happens before a call leaves, so the call did nothing.
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
    """The source of a client's access tokens. Any thread may call."""

    def current(self) -> Secret:
        """Return a token that has not expired, as far as is known. Raises TokenRejected, CrmBusy, CrmUnreachable."""
        ...

    def renew(self, rejected: Secret) -> bool:
        """Get another token than this one, which Zoho rejected; False if there is none. Raises what :meth:`current` raises."""
        ...


class GivenToken:
    """A token that the user pasted. It cannot be renewed."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def current(self) -> Secret:
        return self._token

    def renew(self, rejected: Secret) -> bool:
        return False


class RefreshedTokens:
    """Makes tokens of a refresh token. ``open_accounts`` opens the accounts server for one request."""

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
        self._renewals = 0  # with those that failed
        self._failure: CrmError | None = None  # of the last renewal

    def current(self) -> Secret:
        renewals = self._renewals  # before the lock, which may be held for as long as another thread's renewal takes
        with self._guard:
            if not self._token or self._monotonic() >= self._renew_at:
                self._ask_once(renewals)
            return self._token

    def renew(self, rejected: Secret) -> bool:
        renewals = self._renewals
        with self._guard:
            # Another lane met the same rejection and was quicker.
            if self._token and self._token != rejected:
                return True
            self._rejected_at = self._recent(self._rejected_at)
            if len(self._rejected_at) >= _MOST_AFTER_REJECTION:
                return False
            self._rejected_at.append(self._monotonic())
            self._ask_once(renewals)
            return True

    def _ask_once(self, renewals: int) -> None:
        """Ask for a new token. ``renewals`` is how many there had been when the caller began to wait for the lock."""
        # If one failed while the caller waited, it fails for the caller, too: 20 lanes must not ask 20 times.
        if self._failure is not None and self._renewals > renewals:
            raise self._failure
        self._failure = None
        try:
            self._ask()
        except CrmError as error:
            self._failure = error
            raise
        finally:
            self._renewals += 1

    def _ask(self) -> None:
        # The errors are turned into those that mean "nothing was done" for a call that was to leave with this token.
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
        # A token that lives for two minutes or less would otherwise be renewed for each call.
        return self._monotonic() + life_s - min(RENEW_BEFORE_S, life_s / 5)

    def _recent(self, times: list[float]) -> list[float]:
        return [at for at in times if self._monotonic() - at < _WINDOW_S]


class TokenSources:
    """Keeps one source for each key, whoever opens a client with it, because Zoho counts tokens by key and not by client."""

    def __init__(self, proxies: Proxies, count: TokenCount | None = None) -> None:
        self._proxies, self._count = proxies, count
        self._guard = Lock()
        self._sources: dict[tuple[str, Secret], RefreshedTokens] = {}

    def of(self, connection: Connection, key: Key) -> AccessTokens:
        """Return the source of access tokens for a client of this connection."""
        if not key.lasts:
            return GivenToken(key.access_token)

        def open_accounts() -> AccountsServer:
            return AccountsServer(connection, connection.accounts_url, self._proxies, count=self._count)

        with self._guard:
            place = connection.accounts_url, key.refresh_token
            return self._sources.setdefault(place, RefreshedTokens(connection.name, key, open_accounts))
