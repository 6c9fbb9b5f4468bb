"""Makes the calls of one account: joins a transport with the access token that each call carries."""

from typing import Protocol

from desktop.crm.answers import rejects_token
from desktop.crm.session import Answer
from desktop.crm.tokens import AccessTokens
from desktop.crm.transport import Transport
from desktop.domain.connections import Connection
from desktop.domain.credentials import Key
from desktop.domain.errors import TokenRejected


class Sources(Protocol):
    """Tells where the access tokens of a key come from."""

    def of(self, connection: Connection, key: Key) -> AccessTokens: ...


class AccountCalls:
    """Reads and changes over one account. Any thread may call."""

    def __init__(self, connection: Connection, key: Key, sources: Sources, transport: Transport) -> None:
        self._connection = connection
        self._sources = sources
        self._transport = transport
        self._tokens = sources.of(connection, key)

    def use_key(self, key: Key) -> None:
        """Go on with another key. Calls in flight keep the token that they left with."""
        self._tokens = self._sources.of(self._connection, key)

    def get(self, target: str) -> Answer:
        """Read; if Zoho rejects the token, read once more with a new one. That is safe, because a read changes nothing."""
        tokens = self._tokens  # kept for the whole call: another thread may change the key meanwhile
        token = tokens.current()
        answer = self._transport.call("GET", target, token.reveal())
        if rejects_token(answer) and tokens.renew(token):
            return self._transport.call("GET", target, tokens.current().reveal())
        return answer

    def change(self, method: str, target: str, body: bytes | None = None) -> Answer:
        """Change links with one request, or none. Raises TokenRejected; with ``renewed`` a new token is ready."""
        tokens = self._tokens
        token = tokens.current()
        answer = self._transport.call(method, target, token.reveal(), body)
        # Never repeated here: before a second call may leave, the run has to write down that it will.
        if rejects_token(answer) and tokens.renew(token):
            raise TokenRejected(self._connection.name, renewed=True)
        return answer

    def hang_up(self) -> None:
        """Cut every call in flight and drop every connection."""
        self._transport.hang_up()

    def close(self) -> None:
        self._transport.close()
