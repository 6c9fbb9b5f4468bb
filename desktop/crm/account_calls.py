"""The calls of one account: a transport, and the access token that each call carries."""

from typing import Protocol

from desktop.crm.answers import rejects_token
from desktop.crm.session import Answer
from desktop.crm.tokens import AccessTokens
from desktop.crm.transport import Transport
from desktop.domain.connections import Connection
from desktop.domain.credentials import Key
from desktop.domain.errors import TokenRejected


class Sources(Protocol):
    """Knows where the access tokens of a key come from."""

    def of(self, connection: Connection, key: Key) -> AccessTokens: ...


class AccountCalls:
    """Any thread may call."""

    def __init__(self, connection: Connection, key: Key, sources: Sources, transport: Transport) -> None:
        self._connection = connection
        self._sources = sources
        self._transport = transport
        self._tokens = sources.of(connection, key)

    def use_key(self, key: Key) -> None:
        """Go on with another key."""
        self._tokens = self._sources.of(self._connection, key)

    def get(self, target: str) -> Answer:
        """Read; where the token was rejected, once more with a new one."""
        tokens = self._tokens
        token = tokens.current()
        answer = self._transport.call("GET", target, token.reveal())
        if rejects_token(answer) and tokens.renewed(token):
            return self._transport.call("GET", target, tokens.current().reveal())
        return answer

    def change(self, method: str, target: str, body: bytes | None = None) -> Answer:
        """Change links with one request, or none.

        Raises TokenRejected (``renewed``) where it may be sent again with a new token: the run has to write down that it will.
        """
        tokens = self._tokens
        token = tokens.current()
        answer = self._transport.call(method, target, token.reveal(), body)
        if rejects_token(answer) and tokens.renewed(token):
            raise TokenRejected(self._connection.name, renewed=True)
        return answer

    def hang_up(self) -> None:
        """Cut every call in flight and use no connection of before again."""
        self._transport.hang_up()

    def close(self) -> None:
        """Give up the connections."""
        self._transport.close()
