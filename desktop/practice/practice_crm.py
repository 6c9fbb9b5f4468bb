"""The practice CRM as one object: start it, read its addresses, put links in, stop it."""

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Self

from desktop.practice.server import PracticeServer
from desktop.practice.state import Seed, State
from desktop.practice.tokens import IssuedTokens


class PracticeCrm:
    """A server on both loopback addresses, in a thread of its own; a context manager.

    ``state`` is the file that keeps it; with None it stays in memory. Credentials stay the same as long as the file does.
    """

    def __init__(self, state: Path | None = None, port: int = 0, now: Callable[[], float] = time.time) -> None:
        """``port`` 0 means any free one; ``now`` (in seconds) is the clock for the lives of tokens and codes.

        Raises OSError if the port is taken or the file cannot be written.
        """
        self.state = State(state)
        tokens = IssuedTokens(self.state, now)
        self._server = PracticeServer(self.state, tokens, port)
        self.faults = self._server.faults
        self.accounts = self._server.accounts
        self.api_url = f"http://127.0.0.1:{self._server.server_port}"
        self.accounts_url = self.api_url
        self.control_url = f"{self.api_url}/control"
        self.control_secret = self._server.control_secret
        self.access_token = tokens.access_token
        self.refresh_token = tokens.refresh_token
        self.client_id = tokens.client_id
        self.client_secret = tokens.client_secret
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="practice-crm", daemon=True)
        self._thread.start()

    def sign_in(self) -> str:
        """Return the access token, valid from now on even if it was made to expire."""
        self.state.set(tokens_expired=False)
        return self.access_token

    def seed(self, links: Iterable[Seed], *, share: bool = True) -> int:
        """Put in links (parent module, related list, parent id, related id); returns how many of them are new."""
        return self.state.seed(links, share=share)

    def close(self) -> None:
        """Stop serving; the state stays on disk."""
        self.faults.release()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
        self.state.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *args: object) -> None:
        self.close()
