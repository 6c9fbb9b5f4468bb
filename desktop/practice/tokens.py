"""Tokens of the practice CRM: which were made, from what, for which scopes, and how long they are valid.

The limits are those of Zoho's page "Token validity": 10 access tokens in 10 minutes per refresh token, 15 of them valid at
once, 20 refresh tokens per user and client; one more ends the oldest.
"""

import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Sequence

from desktop.practice.state import State

_MOST_IN_WINDOW = 10
_WINDOW_S = 600.0
_MOST_ALIVE = 15
_MOST_REFRESH_TOKENS = 20
_TABLES = """
CREATE TABLE IF NOT EXISTS refresh_tokens (seq INTEGER PRIMARY KEY, token TEXT UNIQUE, scopes TEXT);
CREATE TABLE IF NOT EXISTS access_tokens (seq INTEGER PRIMARY KEY, token TEXT UNIQUE, parent TEXT, expires REAL);
"""


class TooManyTokens(Exception):
    """More than 10 access tokens were asked for in 10 minutes."""


class IssuedTokens:
    """Makes and checks credentials, which are kept in the state; ``now`` returns seconds since the epoch."""

    def __init__(self, state: State, now: Callable[[], float] = time.time) -> None:
        self._state = state
        self.now = now
        with state.transaction() as db:
            for statement in filter(str.strip, _TABLES.split(";")):
                db.execute(statement)
        self.client_id = self._lasting("client_id", "1000.PRACTICE")
        self.client_secret = self._lasting("client_secret", secrets.token_hex(16))
        self.refresh_token = self._lasting("refresh_token", new_token())
        self.access_token = self._lasting("access_token", new_token())
        self._made_at: dict[str, list[float]] = defaultdict(list)

    def is_valid(self, header: str) -> bool:
        """True for ``Zoho-oauthtoken`` and a token that has not expired."""
        scheme, _, token = header.partition(" ")
        if scheme != "Zoho-oauthtoken":
            return False
        if token == self.access_token:
            return not self._state.setting("tokens_expired")
        with self._state.transaction() as db:
            row = db.execute("SELECT expires FROM access_tokens WHERE token = ?", (token,)).fetchone()
        return row is not None and row[0] > self.now()

    def scopes_of(self, header: str) -> list[str] | None:
        """Return the scopes for which a token was made; None if it has all that the settings allow."""
        token = header.partition(" ")[2]
        if token == self.access_token:
            return None
        sql = (
            "SELECT scopes FROM refresh_tokens JOIN access_tokens ON parent = refresh_tokens.token WHERE access_tokens.token = ?"
        )
        with self._state.transaction() as db:
            row = db.execute(sql, (token,)).fetchone()
        return row[0].split(",") if row is not None and row[0] else None

    def expire_all(self) -> None:
        """Refuse from now on every access token made so far."""
        self._state.set(tokens_expired=True)
        with self._state.transaction() as db:
            db.execute("UPDATE access_tokens SET expires = 0")

    def is_refresh_token(self, token: str) -> bool:
        """True for the lasting one, and for those given to sign-ins, unless revoked."""
        with self._state.transaction() as db:
            row = db.execute("SELECT 1 FROM refresh_tokens WHERE token = ?", (token,)).fetchone()
        return row is not None or token == self.refresh_token

    def new_refresh_token(self, scopes: Sequence[str]) -> str:
        """Make a refresh token for a sign-in; the 21st ends the oldest one with its access tokens."""
        token = new_token()
        with self._state.transaction() as db:
            db.execute("INSERT INTO refresh_tokens (token, scopes) VALUES (?, ?)", (token, ",".join(scopes)))
            sql = "SELECT token FROM refresh_tokens ORDER BY seq DESC LIMIT -1 OFFSET ?"
            old = [row[0] for row in db.execute(sql, (_MOST_REFRESH_TOKENS,))]
        for old_token in old:
            self.revoke(old_token)
        return token

    def new_access_token(self, parent: str) -> str:
        """Make an access token from a refresh token (or from none). Raises TooManyTokens."""
        now = self.now()
        made = self._made_at[parent]
        made[:] = [at for at in made if now - at < _WINDOW_S]
        if parent and len(made) >= _MOST_IN_WINDOW:
            raise TooManyTokens
        made.append(now)
        token, expires = new_token(), now + self._state.setting("token_life_s")
        with self._state.transaction() as db:
            self._state.count(db, tokens=1)
            db.execute("INSERT INTO access_tokens (token, parent, expires) VALUES (?, ?, ?)", (token, parent, expires))
            sql = "SELECT token FROM access_tokens WHERE parent = ? ORDER BY seq DESC LIMIT -1 OFFSET ?"
            old = db.execute(sql, (parent, _MOST_ALIVE)).fetchall()
            db.executemany("DELETE FROM access_tokens WHERE token = ?", old)
        return token

    def revoke(self, token: str) -> bool:
        """End a refresh token with its access tokens, or an access token; False if it is unknown."""
        with self._state.transaction() as db:
            gone = db.execute("DELETE FROM refresh_tokens WHERE token = ?", (token,)).rowcount
            gone += db.execute("DELETE FROM access_tokens WHERE token = ? OR parent = ?", (token, token)).rowcount
        return gone > 0

    def _lasting(self, name: str, fresh: str) -> str:
        """Return a credential that stays the same as long as the state does."""
        with self._state.transaction() as db:
            row = db.execute("SELECT token FROM tokens WHERE token LIKE ?", (f"kept:{name}:%",)).fetchone()
            if row is not None:
                return str(row[0]).split(":", 2)[2]
            db.execute("INSERT INTO tokens VALUES (?, NULL)", (f"kept:{name}:{fresh}",))
        return fresh


def new_token() -> str:
    """Make a token of the shape that Zoho's have."""
    return f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}"
