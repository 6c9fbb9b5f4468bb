"""What may stand between us and Zoho: bad certificates, redirects, proxies, an environment that means ill. No token gets out."""

import os
import socketserver
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool

from desktop.compose import build_services
from desktop.crm.accounts_server import AccountsServer
from desktop.crm.client import open_crm
from desktop.crm.proxies import system_proxies
from desktop.crm.session import Deadlines
from desktop.crm.wire import Wire, WireAdapter
from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import AnswerNotUnderstood, CrmUnreachable
from desktop.practice import PracticeCrm
from desktop.storage.secrets import MemorySecrets
from tests.crm.certificates import Authority
from tests.crm.zoho_stage import HOSTS, ZohoStage

TOKEN = "1000.canary.of-the-transport"
QUICK = Deadlines(connect_s=2.0, read_s=2.0, total_s=4.0)
US = Connection("c", "us", "us", Environment.PRODUCTION, "https://www.zohoapis.com", "https://accounts.zoho.com")


class Listening:
    """A server that keeps every byte it understands; a context manager."""

    def __init__(self, context: ssl.SSLContext | None = None, status: int = 200) -> None:
        self.heard: list[str] = []
        listening = self

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                if context is not None:
                    self.request = context.wrap_socket(self.request, server_side=True)
                super().setup()

            def finish(self) -> None:
                super().finish()
                self.request.close()

            def log_message(self, format: str, *args: Any) -> None: ...

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                listening.heard.append(f"{self.requestline}\n{self.headers}{body}")
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_POST = do_PUT = do_DELETE = do_CONNECT = do_GET

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, request: Any, client_address: Any) -> None: ...

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def __enter__(self) -> "Listening":
        return self

    def __exit__(self, *args: object) -> None:
        self._server.shutdown()
        self._server.server_close()


# Certificates

Make = Callable[[Path, Authority], ssl.SSLContext]


def _self_signed(folder: Path, known: Authority) -> ssl.SSLContext:
    return known.server_context("localhost", "127.0.0.1", own=True)


def _unknown_authority(folder: Path, known: Authority) -> ssl.SSLContext:
    return Authority(folder, "Somebody else").server_context("localhost", "127.0.0.1")


def _wrong_host(folder: Path, known: Authority) -> ssl.SSLContext:
    return known.server_context("elsewhere.example")


def _expired(folder: Path, known: Authority) -> ssl.SSLContext:
    return known.server_context("localhost", "127.0.0.1", ends=-1)


def _weak(folder: Path, known: Authority) -> ssl.SSLContext:
    return known.server_context("localhost", "127.0.0.1", weak=True)


BAD = [
    (_self_signed, "certificate-self-signed"),
    (_unknown_authority, "certificate-authority-unknown"),
    (_wrong_host, "certificate-of-another-name"),
    (_expired, "certificate-expired"),
    (_weak, "certificate-key-weak"),
]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """A certificate authority that this computer trusts during the test."""
    known = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(known.file))
    return known


@pytest.mark.parametrize(("make", "words"), BAD)
def test_a_bad_certificate_is_refused_with_its_cause_and_hears_nothing(
    authority: Authority, tmp_path: Path, make: Make, words: str
) -> None:
    with Listening(make(tmp_path, authority)) as server:
        place = replace(US, api_url=f"https://localhost:{server.port}", accounts_url=f"https://localhost:{server.port}")
        client = open_crm(place, Key.pasted(TOKEN), deadlines=QUICK)
        with pytest.raises(CrmUnreachable, match=words):
            client.who_am_i()
        client.close()
        with (
            pytest.raises(CrmUnreachable, match=words),
            AccountsServer(place, place.accounts_url, system_proxies, QUICK) as accounts,
        ):
            accounts.key_for_code(Client("id", Secret("secret")), Secret("code"))
        assert server.heard == []


def test_a_good_certificate_of_the_systems_trust_is_accepted(authority: Authority) -> None:
    with Listening(authority.server_context("localhost", "127.0.0.1"), status=204) as server:
        client = open_crm(replace(US, api_url=f"https://localhost:{server.port}", accounts_url=""), Key.pasted(TOKEN))
        assert client.visible_lists("Campaigns") == frozenset()
        client.close()
        assert len(server.heard) == 1


def test_the_authorities_that_the_library_brings_along_are_not_asked() -> None:
    pool = HTTPSConnectionPool("www.zohoapis.com")
    WireAdapter(Wire()).cert_verify(pool, "https://www.zohoapis.com", True, None)
    assert (pool.cert_reqs, pool.ca_certs, pool.ca_cert_dir) == ("CERT_REQUIRED", None, None)
    HTTPAdapter().cert_verify(pool, "https://www.zohoapis.com", True, None)  # type: ignore[no-untyped-call]
    assert pool.ca_certs, "which is what the library does by itself"


# Redirects

CODES = [301, 302, 303, 307, 308, 300]
TARGETS = [
    "same",
    "http://127.0.0.1:{port}/",
    "https://evil.example/",
    "//evil.example/",
    "https://accounts.zoho.com.evil.example/x",
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("place", TARGETS)
def test_no_redirect_is_followed_by_a_call_or_by_a_sign_in(code: int, place: str) -> None:
    with PracticeCrm() as crm, Listening() as other:
        where = crm.api_url + "/elsewhere" if place == "same" else place.format(port=other.port)
        connection = Connection("c", "c", "", Environment.SANDBOX, crm.api_url, crm.accounts_url)
        crm.faults.add(
            [
                {"match": {"path": path}, "do": "status", "status": code, "headers": {"Location": where}}
                for path in ("/crm/", "/oauth/v2/token")
            ]
        )
        client = open_crm(connection, Key.pasted(crm.access_token), deadlines=QUICK)
        with pytest.raises(AnswerNotUnderstood):
            client.who_am_i()
        client.close()
        with pytest.raises(AnswerNotUnderstood), AccountsServer(connection, crm.accounts_url, system_proxies, QUICK) as accounts:
            accounts.key_for_code(Client(crm.client_id, Secret(crm.client_secret)), Secret("code"))
        assert (len(crm.state.calls()), len(crm.accounts.targets), other.heard) == (1, 1, [])


# The environment


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZohoStage]:
    with ZohoStage(tmp_path) as stage:
        yield stage


HOSTILE_ENVIRONMENT = ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]


@pytest.mark.parametrize("name", HOSTILE_ENVIRONMENT)
def test_a_variable_cannot_make_us_trust_an_authority(
    stage: ZohoStage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "hashed"
    folder.mkdir()
    (folder / "5ed36f99.0").write_bytes(stage.trusted.read_bytes())
    monkeypatch.setenv(name, str(folder if name == "SSL_CERT_DIR" else stage.trusted))
    services = build_services(MemorySecrets(), stage.proxies)
    assert name not in os.environ
    crm = services.open_crm(US, Key.pasted(TOKEN))
    with pytest.raises(CrmUnreachable, match="certificate-authority-unknown"):
        crm.who_am_i()
    crm.close()
    assert stage.asked == ["www.zohoapis.com:443"] and stage.heard == []


def test_no_variable_writes_down_the_keys_of_a_connection(authority: Authority, tmp_path: Path) -> None:
    os.environ["SSLKEYLOGFILE"] = str(tmp_path / "keys.log")
    build_services(MemorySecrets())
    with Listening(authority.server_context("localhost", "127.0.0.1"), status=204) as server:
        os.environ["SSL_CERT_FILE"] = str(authority.file)
        client = open_crm(replace(US, api_url=f"https://localhost:{server.port}", accounts_url=""), Key.pasted(TOKEN))
        client.visible_lists("Campaigns")
        client.close()
    assert "SSLKEYLOGFILE" not in os.environ and not (tmp_path / "keys.log").exists()


@pytest.mark.parametrize("name", ["NETRC", "HOME"])
def test_a_netrc_replaces_no_token(stage: ZohoStage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("".join(f"machine {host} login evil password evil\n" for host in HOSTS), encoding="utf-8")
    monkeypatch.setenv(name, str(netrc if name == "NETRC" else tmp_path))
    monkeypatch.setenv("SSL_CERT_FILE", str(stage.trusted))
    client = open_crm(US, Key.pasted(stage.crm.access_token), proxies=stage.proxies)
    assert client.who_am_i().company == "Practice Ltd"
    client.close()
    assert {one.authorization for one in stage.heard} == {f"Zoho-oauthtoken {stage.crm.access_token}"}


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "ALL_PROXY"])
def test_a_proxy_of_the_environment_sees_a_tunnel_and_no_token(
    stage: ZohoStage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    """A stranger's proxy cannot show Zoho's certificate, so nothing is said through it."""
    monkeypatch.setenv(name, stage.proxies("")["https"])
    monkeypatch.setenv("SSL_CERT_FILE", str(Authority(tmp_path, "Another").file))
    client = open_crm(US, Key.pasted(TOKEN), deadlines=QUICK)
    with pytest.raises(CrmUnreachable, match="certificate"):
        client.who_am_i()
    client.close()
    assert stage.asked == ["www.zohoapis.com:443"] and stage.heard == []


def test_every_zoho_address_is_spoken_to_with_tls() -> None:
    for centre in DATA_CENTRES.values():
        for environment in (Environment.PRODUCTION, Environment.SANDBOX, Environment.DEVELOPER):
            assert centre.api_url(environment).startswith("https://") and centre.accounts_url.startswith("https://")
