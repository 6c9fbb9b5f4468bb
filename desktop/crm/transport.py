"""Carries the requests of a client. The client is given its transport, so that tests can put another one in its place."""

from collections.abc import Mapping
from threading import Lock, local
from typing import Protocol

from desktop.crm.accounts_server import Proxies
from desktop.crm.hosts import check_base_url, is_loopback
from desktop.crm.proxies import system_proxies
from desktop.crm.session import Answer, Conversation, Deadlines
from desktop.domain.connections import Connection


class Transport(Protocol):
    """Carries requests to one base address. Any thread may call."""

    def call(self, method: str, target: str, access_token: str, body: bytes | None = None) -> Answer:
        """Make exactly one request to a path and query (``body`` is JSON), or none; nothing is followed or repeated.

        Raises CrmUnreachable (no byte left), AnswerMissing (sent, but no whole answer), AnswerNotUnderstood (too large).
        """
        ...

    def hang_up(self) -> None:
        """Cut every call in flight and drop every connection."""
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class HttpTransport:
    """Carries requests over HTTP, with a conversation for each thread that calls."""

    def __init__(self, name: str, base_url: str, deadlines: Deadlines, proxies: Mapping[str, str]) -> None:
        """``name`` is the connection's, for errors."""
        self._name = name
        self._base_url = base_url
        self._deadlines = deadlines
        self._proxies = proxies
        # A conversation may be used by one thread only. The list is for hang_up() and close(), which come from other threads.
        self._threads = local()
        self._conversations: list[Conversation] = []
        self._guard = Lock()

    def call(self, method: str, target: str, access_token: str, body: bytes | None = None) -> Answer:
        return self._conversation().call(method, target, access_token, body)

    def hang_up(self) -> None:
        with self._guard:
            for conversation in self._conversations:
                conversation.hang_up()

    def close(self) -> None:
        with self._guard:
            for conversation in self._conversations:
                conversation.close()
            self._conversations.clear()

    def _conversation(self) -> Conversation:
        conversation: Conversation | None = getattr(self._threads, "conversation", None)
        if conversation is None:
            conversation = Conversation(self._name, self._base_url, self._deadlines, self._proxies)
            self._threads.conversation = conversation
            with self._guard:
                self._conversations.append(conversation)
        return conversation


def http_transport(
    connection: Connection, proxies: Proxies = system_proxies, deadlines: Deadlines | None = None
) -> HttpTransport:
    """Make the transport to the API of a connection. Raises HostNotAllowed unless it leads to Zoho or a typed loopback."""
    base_url = check_base_url(connection, connection.api_url)
    used_proxies = {} if is_loopback(base_url) else proxies(base_url)  # no proxy leads back to this computer
    return HttpTransport(connection.name, base_url, deadlines or Deadlines(), used_proxies)
