"""Access tokens of the practice CRM: one that always works, and those of the token endpoint, which expire.

Errors of the endpoint come with HTTP 200, as Zoho's do; at most 10 tokens in 10 minutes are made for a refresh token.
"""

import secrets
import time
from urllib.parse import parse_qs

from desktop.practice.rules import Request, Response
from desktop.practice.state import State

_MOST_IN_WINDOW = 10
_WINDOW_S = 600.0


class Tokens:
    """Credentials are made once per state and kept in it."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.client_id = self._kept("client_id", "1000.PRACTICE")
        self.client_secret = self._kept("client_secret", secrets.token_hex(16))
        self.refresh_token = self._kept("refresh_token", f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}")
        self.access_token = self._kept("access_token", f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}")
        self._made_at: list[float] = []

    def is_valid(self, header: str) -> bool:
        """True for ``Zoho-oauthtoken`` and a token that has not expired."""
        scheme, _, token = header.partition(" ")
        if scheme != "Zoho-oauthtoken":
            return False
        if token == self.access_token:
            return not self._state.setting("tokens_expired")
        with self._state.transaction() as db:
            row = db.execute("SELECT expires FROM tokens WHERE token = ?", (token,)).fetchone()
        return row is not None and row[0] is not None and row[0] > time.time()

    def expire_all(self) -> None:
        """Every token made so far is refused from now on."""
        self._state.set(tokens_expired=True)
        with self._state.transaction() as db:
            db.execute("UPDATE tokens SET expires = 0 WHERE token NOT LIKE 'kept:%'")

    def answer(self, request: Request) -> Response:
        """The token endpoint and the one that revokes."""
        form = {name: values[0] for name, values in parse_qs(request.body.decode("utf-8", "replace")).items()}
        if request.path.endswith("/revoke"):
            return Response(200, {"status": "success"})
        if request.path != "/oauth/v2/token" or request.method != "POST":
            return Response(404, {"error": "invalid_url"})
        if form.get("client_id") != self.client_id:
            return Response(200, {"error": "invalid_client"})
        if form.get("client_secret") != self.client_secret:
            return Response(200, {"error": "invalid_client_secret"})
        refresh = form.get("grant_type") == "refresh_token" and form.get("refresh_token") == self.refresh_token
        granted = form.get("grant_type") == "authorization_code" and form.get("code") == "practice-code"
        if not refresh and not granted:
            return Response(200, {"error": "invalid_code"})
        return self._made(granted)

    def _made(self, with_refresh_token: bool) -> Response:
        now = time.time()
        self._made_at = [at for at in self._made_at if now - at < _WINDOW_S]
        if len(self._made_at) >= _MOST_IN_WINDOW:
            text = "You have made too many requests continuously. Please try again after some time."
            return Response(400, {"error_description": text, "error": "Access Denied", "status": "failure"})
        self._made_at.append(now)
        token, life = f"1000.{secrets.token_hex(16)}.{secrets.token_hex(16)}", self._state.setting("token_life_s")
        with self._state.transaction() as db:
            self._state.count(db, tokens=1)
            db.execute("INSERT INTO tokens VALUES (?, ?)", (token, now + life))
        told = {"access_token": token, "token_type": "Bearer", "expires_in": life}
        return Response(200, {**told, "refresh_token": self.refresh_token} if with_refresh_token else told)

    def _kept(self, name: str, fresh: str) -> str:
        """A credential that stays the same as long as the state does."""
        with self._state.transaction() as db:
            row = db.execute("SELECT token FROM tokens WHERE token LIKE ?", (f"kept:{name}:%",)).fetchone()
            if row is not None:
                return str(row[0]).split(":", 2)[2]
            db.execute("INSERT INTO tokens VALUES (?, NULL)", (f"kept:{name}:{fresh}",))
        return fresh
