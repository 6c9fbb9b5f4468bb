"""A browser of few words: reads the accounts server's page, presses a button on it, and goes where that leads."""

import http.client
import re
from html import unescape
from threading import Thread
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from tests.patience import PATIENCE_S

Answer = tuple[int, str, str]


class Browser:
    """Presses ``choice`` on the page that it is sent to. ``seen`` are the pages' addresses; ``ended`` the last page."""

    def __init__(self, choice: str = "accept") -> None:
        self._choice = choice
        self.seen: list[str] = []
        self.ended: tuple[int, str] = (0, "")
        self._thread: Thread | None = None

    def open(self, address: str) -> bool:
        """As the system does: returns at once."""
        self._thread = Thread(target=self._visit, args=(address,), daemon=True)
        self._thread.start()
        return True

    def close(self) -> None:
        """Wait until the last page was read."""
        if self._thread is not None:
            self._thread.join(10)

    def query(self) -> dict[str, str]:
        """What the first address asked."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.seen[0]).query).items()}

    def _visit(self, address: str) -> None:
        _, page, _ = self._ask("GET", address)
        action = re.search(r'action="([^"]+)"', page)
        if action is None:
            self.ended = (200, page)
            return
        fields = {unescape(name): unescape(value) for name, value in re.findall(r'name="([^"]*)" value="([^"]*)">', page)}
        _, _, place = self._ask("POST", urljoin(address, action[1]), {**fields, "choice": self._choice})
        if place:
            status, text, _ = self._ask("GET", place)
            self.ended = (status, text)

    def _ask(self, method: str, address: str, form: dict[str, str] | None = None) -> Answer:
        self.seen.append(address)
        parts = urlsplit(address)
        connection = http.client.HTTPConnection("127.0.0.1", parts.port or 80, timeout=PATIENCE_S)
        headers = {"Host": parts.netloc, "Content-Type": "application/x-www-form-urlencoded"}
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, target, urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        text, place = answer.read().decode(), answer.getheader("Location") or ""
        connection.close()
        return answer.status, text, place
