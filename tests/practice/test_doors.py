"""No web page in the user's browser reaches the practice CRM, and no other program stands at its address."""

import http.client
import json
import socket
from collections.abc import Iterator

import pytest

from desktop.practice import PracticeCrm
from tests.patience import PATIENCE_S

A, B = "3652397000000327001", "3652397000000925128"
HEADER = "X-Control-Secret"


@pytest.fixture(scope="module")
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        crm.seed([("Campaigns", "Contacts", A, B)], share=False)
        yield crm


def port_of(crm: PracticeCrm) -> int:
    return int(crm.api_url.rpartition(":")[2])


def ask(
    crm: PracticeCrm, target: str, *headers: tuple[str, str], method: str = "GET", body: bytes = b"", at: str = "127.0.0.1"
) -> int:
    """Return the status of a call with exactly these headers."""
    connection = http.client.HTTPConnection(at, port_of(crm), timeout=PATIENCE_S)
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in (*headers, ("Content-Length", str(len(body)))):
        connection.putheader(name, value)
    connection.endheaders(body)
    status = connection.getresponse().status
    connection.close()
    return status


def doors(crm: PracticeCrm) -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """Return a target behind each door with what its callers bring."""
    token = ("Authorization", f"Zoho-oauthtoken {crm.access_token}")
    return {
        "api": ("/crm/v8/org", (token,)),
        "accounts": ("/oauth/v3/device", ()),
        "control": ("/control/links", ((HEADER, crm.control_secret),)),
    }


@pytest.mark.parametrize("door", ["api", "accounts", "control"])
def test_each_door_answers_to_its_own_names_alone(crm: PracticeCrm, door: str) -> None:
    (target, brings), port = doors(crm)[door], port_of(crm)
    for host in (f"127.0.0.1:{port}", f"localhost:{port}", f"LOCALHOST:{port}", f"[::1]:{port}"):
        assert ask(crm, target, ("Host", host), *brings) == 200
    own = ("Host", f"127.0.0.1:{port}")
    wrong: tuple[tuple[tuple[str, str], ...], ...] = (
        (),
        (("Host", f"evil.example:{port}"),),
        (("Host", "127.0.0.1"),),
        (("Host", f"127.0.0.1:{port + 1}"),),
        (("Host", f"127.0.0.1.evil.example:{port}"),),
        (("Host", f"127.0.0.1:{port}@evil.example"),),
        (("Host", ""),),
        (own, own),
        (own, ("Host", "evil.example")),
        (("Host", "evil.example"), own),
    )
    for hosts in wrong:
        assert ask(crm, target, *hosts, *brings) == 403, hosts
    assert ask(crm, f"http://evil.example{target}", own, *brings) == 403


@pytest.mark.parametrize("door", ["api", "accounts", "control"])
def test_a_page_of_another_origin_is_refused_at_each_door(crm: PracticeCrm, door: str) -> None:
    (target, brings), port = doors(crm)[door], port_of(crm)
    host = ("Host", f"127.0.0.1:{port}")
    for origin in (
        "https://evil.example",
        "null",
        "",
        f"http://localhost:{port}",
        f"https://127.0.0.1:{port}",
        "http://127.0.0.1",
    ):
        assert ask(crm, target, host, ("Origin", origin), *brings) == 403, origin
    own = ("Origin", f"http://127.0.0.1:{port}")
    assert ask(crm, target, host, own, *brings) == (403 if door == "control" else 200)
    assert ask(crm, target, host, own, ("Origin", "https://evil.example"), *brings) == 403


def test_the_control_door_wants_its_secret_once(crm: PracticeCrm) -> None:
    host = ("Host", f"127.0.0.1:{port_of(crm)}")
    token = ("Authorization", f"Zoho-oauthtoken {crm.access_token}")
    for brings in (
        (),
        (token,),
        ((HEADER, ""),),
        ((HEADER, crm.control_secret[:-1]),),
        ((HEADER, crm.access_token),),
        ((HEADER, "é"),),
    ):
        assert ask(crm, "/control/links", host, *brings) == 403
    twice = ((HEADER, crm.control_secret), (HEADER, crm.control_secret))
    assert ask(crm, "/control/links", host, *twice) == 403
    assert ask(crm, "/control/links", host, (HEADER.lower(), crm.control_secret)) == 200
    simple = ("Content-Type", "text/plain")
    assert ask(crm, "/control/reset", host, simple, method="POST", body=b"{}") == 403
    assert crm.state.counts()["links_now"] == 1


def test_a_refused_call_leaves_no_connection_to_go_on_with(crm: PracticeCrm) -> None:
    port = port_of(crm)
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as caller:
        second = f"GET /control/links HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{HEADER}: {crm.control_secret}\r\n\r\n"
        caller.sendall(f"GET /crm/v8/org HTTP/1.1\r\nHost: evil.example\r\n\r\n{second}".encode())
        answers = b""
        while piece := caller.recv(65536):
            answers += piece
    assert answers.count(b"HTTP/1.1") == 1 and b" 403 " in answers


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as listener:
            listener.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not has_ipv6(), reason="a loopback with IPv6")
class TestBothLoopbacks:
    """``localhost`` may lead to either address."""

    def test_the_other_address_leads_to_the_same_crm(self, crm: PracticeCrm) -> None:
        for door in ("api", "control"):
            target, brings = doors(crm)[door]
            assert ask(crm, target, ("Host", f"[::1]:{port_of(crm)}"), *brings, at="::1") == 200
        connection = http.client.HTTPConnection("localhost", port_of(crm), timeout=PATIENCE_S)
        connection.request("GET", "/control/links", headers={HEADER: crm.control_secret})
        assert len(json.loads(connection.getresponse().read())["links"]) == 1
        connection.close()

    def test_a_port_whose_other_half_is_taken_is_not_used(self) -> None:
        with socket.socket(socket.AF_INET6) as other:
            other.bind(("::1", 0))
            other.listen()
            with pytest.raises(OSError):
                PracticeCrm(port=other.getsockname()[1])

    def test_both_are_free_again_after_the_end(self) -> None:
        with PracticeCrm() as crm:
            port = port_of(crm)
        for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
            with socket.socket(family) as client:
                assert client.connect_ex((address, port)) != 0
