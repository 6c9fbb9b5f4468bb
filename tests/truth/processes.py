"""Real processes: the practice CRM in one of its own, and commands that are killed."""

import base64
import contextlib
import http.client
import json
import signal
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from desktop.practice.accounts import REDIRECT_URIS
from tests.cli.driving import ROOT, TIMEOUT_S, SteeredCrm, start_module

SCOPES = "ZohoCRM.modules.ALL,ZohoCRM.settings.ALL,ZohoCRM.users.READ,ZohoCRM.org.READ"


class PracticeProcess(SteeredCrm):
    """``python -m desktop.practice``, and its sign-in."""

    def __init__(self) -> None:
        program = start_module(("desktop.practice",), ROOT, {})
        assert program.stdout is not None
        super().__init__(program, dict(program.stdout.readline().strip().split(": ", 1) for _ in range(7)))

    def new_refresh_token(self) -> str:
        """What a sign-in in a browser ends with: consent, a code, a refresh token."""
        client = {"client_id": self.told["client_id"], "redirect_uri": REDIRECT_URIS[0]}
        consent = {**client, "scope": SCOPES, "choice": "accept", "response_type": "code", "access_type": "offline"}
        leads_to, _ = self._posted("/oauth/v2/auth", consent)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(leads_to).query)
        exchange = {**client, "grant_type": "authorization_code", "code": query["code"][0]}
        _, granted = self._posted("/oauth/v2/token", {**exchange, "client_secret": self.told["client_secret"]})
        return str(json.loads(granted)["refresh_token"])

    def revoke(self, refresh_token: str) -> None:
        """Let Zoho end a key."""
        _, told = self._posted("/oauth/v2/token/revoke", {"token": refresh_token})
        assert json.loads(told)["status"] == "success"

    def _posted(self, path: str, form: Mapping[str, str]) -> tuple[str, bytes]:
        """Where the answer leads, and its body. No redirect is followed: it would lead to a browser."""
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.told["accounts_url"]).netloc, timeout=TIMEOUT_S)
        with contextlib.closing(connection):
            body = urllib.parse.urlencode(form)
            connection.request("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            return answer.headers.get("Location", ""), answer.read()


class Command:
    """A command in work; its token went to its standard input."""

    def __init__(self, home: Path, module: tuple[str, ...], arguments: tuple[str, ...], token: str, **environment: str) -> None:
        self.program = start_module((*module, *arguments), home, environment)
        assert self.program.stdin is not None
        self.program.stdin.write(f"{token}\n")
        self.program.stdin.flush()

    @property
    def is_over(self) -> bool:
        return self.program.poll() is not None

    def kill(self) -> int:
        """SIGKILL; returns the exit code (the command may have been quicker)."""
        self.program.send_signal(signal.SIGKILL)
        return self.wait()[0]

    def wait(self) -> tuple[int, str, str]:
        out, err = self.program.communicate(timeout=TIMEOUT_S)
        assert "Traceback" not in err + out, err
        return self.program.returncode, out, err


def holding_token(home: Path, token: str) -> list[str]:
    """Files under ``home`` with the token in them, in any of the shapes that it may take."""
    raw = token.encode()
    shapes = {raw, base64.b64encode(raw), urllib.parse.quote(token, safe="").encode(), raw[:24], raw[::-1]}
    found = []
    for path in home.rglob("*"):
        if path.is_file() and any(shape in path.read_bytes() for shape in shapes):
            found.append(str(path))
    return found
