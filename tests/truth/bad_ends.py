"""Places where a call fails before a byte of it leaves: closed ports, full queues, bad certificates, proxies that refuse.

Everything is on this computer; each place is a base address and the proxies to reach it through.
"""

import datetime
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ZOHO = "https://www.zohoapis.eu"


@dataclass(frozen=True)
class Place:
    """Where a client is to go, and through which proxies. ``received`` are requests that came to a server for its own."""

    api_url: str
    proxies: dict[str, str] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)


@contextmanager
def nobody_listens() -> Iterator[Place]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    yield Place(f"http://127.0.0.1:{port}")


@contextmanager
def name_not_known() -> Iterator[Place]:
    """The proxy's name is not known: the same question to the resolver, and no real name leaves this computer."""
    yield Place(ZOHO, {"https": "http://proxy.invalid:3128"})


@contextmanager
def nobody_answers() -> Iterator[Place]:
    """A queue of connections that is full: the system drops every further one."""
    with ExitStack() as open_sockets:
        server = open_sockets.enter_context(socket.socket())
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        for _ in range(4):
            filler = open_sockets.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(server.getsockname())
        yield Place(f"http://127.0.0.1:{server.getsockname()[1]}")


@contextmanager
def _serving(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that treats every connection so."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                try:
                    answer(connection)
                except OSError:
                    pass  # the client was quicker

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


@contextmanager
def _proxy(answer: bytes) -> Iterator[Place]:
    def refuse(connection: socket.socket) -> None:
        connection.recv(4096)
        connection.sendall(answer)

    with _serving(refuse) as port:
        yield Place(ZOHO, {"https": f"http://127.0.0.1:{port}"})


def proxy_wants_a_login() -> AbstractContextManager[Place]:
    head = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
    return _proxy(head)


def proxy_reaches_nothing() -> AbstractContextManager[Place]:
    return _proxy(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


@contextmanager
def proxy_gone() -> Iterator[Place]:
    with nobody_listens() as nowhere:
        yield Place(ZOHO, {"https": nowhere.api_url})


@dataclass(frozen=True)
class Authority:
    """A certificate authority of our own; tests let the library trust it by its ``bundle``."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    name: x509.Name

    @property
    def bundle(self) -> Path:
        return self.folder / "authority.pem"

    @classmethod
    def make(cls, folder: Path) -> "Authority":
        key = ec.generate_private_key(ec.SECP256R1())
        authority = cls(folder, key, _named("Test authority"))
        built = authority.signed(key, "Test authority", days=30, ca=True)
        authority.bundle.write_bytes(built.public_bytes(serialization.Encoding.PEM))
        return authority

    def signed(self, key: ec.EllipticCurvePrivateKey, host: str, days: int, *, ca: bool = False) -> x509.Certificate:
        now = datetime.datetime.now(datetime.UTC)
        builder = x509.CertificateBuilder(self.name, _named(host), key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - datetime.timedelta(days=60)).not_valid_after(now + datetime.timedelta(days=days))
        builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        return builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False).sign(
            self.key, hashes.SHA256()
        )


@contextmanager
def certified(authority: Authority, *, host: str = "localhost", days: int = 30) -> Iterator[Place]:
    """A server of ``localhost`` whose certificate is for ``host`` and valid until ``days`` from now; it answers nothing."""
    key = ec.generate_private_key(ec.SECP256R1())
    path = authority.folder / f"{host}{days}.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + authority.signed(key, host, days).public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    received: list[bytes] = []

    def shake_hands(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secure:
            received.append(secure.recv(4096))

    with _serving(shake_hands) as port:
        yield Place(f"https://localhost:{port}", received=received)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
