"""All of Zoho's hosts on this computer: a proxy that answers under their names, over TLS, with one practice CRM behind it.

Whoever goes through it talks real HTTPS to ``accounts.zoho.eu`` and its like; every address that was asked for is noted.
"""

import http.client
import socketserver
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any, Self

from desktop.domain.connections import DATA_CENTRES, Environment
from desktop.practice import PracticeCrm
from tests.crm.certificates import Authority
from tests.patience import PATIENCE_S

ENVIRONMENTS = (Environment.PRODUCTION, Environment.SANDBOX, Environment.DEVELOPER)
API_URLS = [centre.api_url(one) for centre in DATA_CENTRES.values() for one in ENVIRONMENTS]
ACCOUNTS_URLS = [centre.accounts_url for centre in DATA_CENTRES.values()]
HOSTS = [url.removeprefix("https://") for url in (*API_URLS, *ACCOUNTS_URLS)]


@dataclass(frozen=True)
class Heard:
    """A request under one of the names."""

    host: str
    method: str
    target: str
    authorization: str
    body: bytes


class ZohoStage:
    """A context manager. ``home``: the host of the one data centre where tokens are accepted; others refuse them."""

    def __init__(self, folder: Path, home: str = "") -> None:
        authority = Authority(folder)
        self.trusted = authority.file
        self.home = home
        self.context = authority.server_context(*HOSTS)
        self.asked: list[str] = []
        self.heard: list[Heard] = []
        self.crm = PracticeCrm()
        self._server = _Server(self)

    def proxies(self, url: str) -> dict[str, str]:
        """Send all requests, whatever their address, through the stage's own proxy."""
        return dict.fromkeys(("http", "https"), f"http://127.0.0.1:{self._server.server_address[1]}")

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.crm.close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, stage: ZohoStage) -> None:
        self.stage = stage
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that refuses a certificate hangs up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    host = ""

    def log_message(self, format: str, *args: Any) -> None: ...

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def do_CONNECT(self) -> None:
        self.server.stage.asked.append(self.path)
        self.host = self.path.partition(":")[0]
        self.send_response(200)
        self.end_headers()
        self.wfile.flush()
        secure = self.server.stage.context.wrap_socket(self.connection, server_side=True)
        self.connection = secure
        self.rfile, self.wfile = secure.makefile("rb"), secure.makefile("wb")
        self.close_connection = False

    def do_GET(self) -> None:
        stage = self.server.stage
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        authorization = self.headers.get("Authorization", "")
        stage.heard.append(Heard(self.host, self.command, self.path, authorization, body))
        elsewhere = stage.home and authorization and self.host != stage.home
        given = "Zoho-oauthtoken 1000.of.elsewhere" if elsewhere else authorization
        practice = http.client.HTTPConnection("127.0.0.1", int(stage.crm.api_url.rsplit(":", 1)[1]), timeout=PATIENCE_S)
        practice.request(self.command, self.path, body, {"Authorization": given} if given else {})
        answer = practice.getresponse()
        told = answer.read()
        practice.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in ("content-length", "date", "server"):
                self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)
        self.wfile.flush()

    do_POST = do_DELETE = do_PUT = do_GET
