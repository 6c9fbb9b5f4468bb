"""The notice is fetched by one GET over real TLS, from a trusted server, and only if it is small and plain."""

import datetime
import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from desktop.updates.fetch import NoticeUnreachable, fetch_notice
from desktop.updates.notice import MOST_BYTES
from tests.updates.test_notice import signed


class Answers(http.server.BaseHTTPRequestHandler):
    """A web server whose paths misbehave in one way each."""

    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/notice")
            self.end_headers()
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                self.wfile.write(b"x" * 4 * MOST_BYTES)
            except OSError:
                return  # the reader had enough
        else:
            self.send_response(200 if self.path == "/notice" else 404)
            self.end_headers()
            self.wfile.write(signed())

    def log_message(self, format: str, *args: object) -> None:
        """Do nothing: the test's output stays quiet."""


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Make a certificate for localhost, with its key, that only this test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    file.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.fixture
def server(certificate: Path) -> Iterator[str]:
    Answers.seen.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as web:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        web.socket = context.wrap_socket(web.socket, server_side=True)
        thread = threading.Thread(target=web.serve_forever, args=(0.05,))
        thread.start()
        yield f"https://localhost:{web.server_port}"
        web.shutdown()
        thread.join()


def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_the_notice_comes_over_tls(server: str, certificate: Path) -> None:
    assert fetch_notice(f"{server}/notice", lambda: trusting(certificate)) == signed()


@pytest.mark.parametrize(("path", "words"), [("moved", "302"), ("missing", "404"), ("endless", "too large")])
def test_anything_but_a_small_plain_answer_is_refused(server: str, certificate: Path, path: str, words: str) -> None:
    with pytest.raises(NoticeUnreachable, match=words):
        fetch_notice(f"{server}/{path}", lambda: trusting(certificate))
    assert Answers.seen == [f"/{path}"], "no redirect is followed"


def test_a_server_that_the_system_does_not_trust_is_not_asked(server: str) -> None:
    with pytest.raises(NoticeUnreachable):
        fetch_notice(f"{server}/notice")
    assert Answers.seen == []


@pytest.mark.parametrize(
    "address", ["http://delink.example/", "ftp://delink.example/", "https://", "https://ann@delink.example/"]
)
def test_only_https_is_asked(address: str) -> None:
    with pytest.raises(NoticeUnreachable):
        fetch_notice(address)


def test_a_server_that_takes_too_long_is_given_up(server: str, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.updates.fetch._TOTAL_S", -1.0)
    with pytest.raises(NoticeUnreachable, match="too long"):
        fetch_notice(f"{server}/notice", lambda: trusting(certificate))


def test_the_log_names_only_the_kind_of_failure_of_an_absent_server() -> None:
    """The log gets it, and an address may name a company."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"https://localhost:{free.getsockname()[1]}/notice"
        with pytest.raises(NoticeUnreachable) as caught:
            fetch_notice(address, ssl.create_default_context)
    assert str(caught.value) == "ConnectionRefusedError"
