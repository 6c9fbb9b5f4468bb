"""The question for a way through a proxy, over a pair of sockets."""

import socket
from collections.abc import Iterator

import pytest

from desktop.crm.tunnel import ProxyFailed, open_tunnel

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(5)
        yield near, far


def failure(pair: Pair, answer: bytes) -> ProxyFailed:
    near, far = pair
    far.sendall(answer)
    far.shutdown(socket.SHUT_WR)
    with pytest.raises(ProxyFailed) as caught:
        open_tunnel(near, "www.zohoapis.com", 443, {})
    return caught.value


def test_opened_tunnel_leaves_later_bytes_in_the_socket(pair: Pair) -> None:
    near, far = pair
    far.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
    open_tunnel(near, "www.zohoapis.com", 443, {"Proxy-Authorization": "Basic x"})
    asked = far.recv(4096)
    assert asked.startswith(b"CONNECT www.zohoapis.com:443 HTTP/1.1\r\nHost: www.zohoapis.com:443\r\n")
    assert asked.endswith(b"Proxy-Authorization: Basic x\r\n\r\n")
    near.sendall(b"hello")
    assert far.recv(5) == b"hello"


def test_a_refusal_keeps_its_status_and_all_kinds_of_login(pair: Pair) -> None:
    head = b"HTTP/1.1 407 Who?\r\nProxy-Authenticate: NTLM\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n"
    found = failure(pair, head)
    assert found.status == 407 and found.logins == {"ntlm", "basic"}


@pytest.mark.parametrize("answer", [b"", b"220 mail.example\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200])
def test_nonsense_from_a_proxy_is_a_failure_without_a_status(pair: Pair, answer: bytes) -> None:
    assert failure(pair, answer).status == 0
