"""A token, a code and a client secret go to Zoho's exact hosts or nowhere, whoever names the address."""

import socket
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from desktop.crm.accounts_server import AccountsServer, Granted
from desktop.crm.client import open_crm
from desktop.crm.hosts import check_base_url, is_zoho
from desktop.crm.return_address import ReturnAddress
from desktop.crm.sign_in import _fits, placed
from desktop.domain.connections import DATA_CENTRES, Connection, Environment, centre_of_accounts, place_of_api
from desktop.domain.connections import RETURN_PATH as PATH
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import HostNotAllowed, SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from tests.crm.hostile_urls import hostile_urls
from tests.crm.zoho_stage import ACCOUNTS_URLS, API_URLS
from tests.patience import PATIENCE_S

HOSTILE = list(hostile_urls())
KEY = Key(Secret("1000.a.b"), Secret("1000.c.d"))
US = Connection("c", "us", "us", Environment.PRODUCTION, "https://www.zohoapis.com", "https://accounts.zoho.com")


class NoProxies:
    """Asked before every connection, so an address that it heard of would have been connected to."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, url: str) -> Mapping[str, str]:
        self.asked.append(url)
        return {}


def test_there_are_enough_hostile_addresses_and_every_honest_one_passes() -> None:
    assert len(HOSTILE) >= 200
    assert len(API_URLS) == 30 and len(ACCOUNTS_URLS) == 10
    for url in (*API_URLS, *ACCOUNTS_URLS):
        assert is_zoho(url) and check_base_url(US, url + "/") == url


def test_a_typed_or_stored_address_that_is_not_zohos_is_never_connected_to() -> None:
    proxies, refused = NoProxies(), 0
    for url in HOSTILE:
        for place in (replace(US, api_url=url), replace(US, api_url=url, accounts_url="")):
            try:
                open_crm(place, KEY, proxies=proxies)
            except HostNotAllowed:
                refused += 1
            else:
                assert url.startswith(("http://127.0.0.1", "http://localhost")) or url == "https://[::1]"
                assert place.accounts_url == "", "a loopback stands alone where it was typed"
    assert refused >= 2 * len(HOSTILE) - 4
    assert not proxies.asked


@pytest.mark.parametrize("typed", ["https://accounts.zoho.com", "http://127.0.0.1:9"])
def test_an_accounts_server_that_a_callback_names_is_never_asked(typed: str) -> None:
    proxies = NoProxies()
    place = replace(US, accounts_url=typed, api_url="http://127.0.0.1:9" if "127" in typed else US.api_url)
    for url in HOSTILE:
        if url in ("",):
            continue  # a callback that names none stays where it began
        assert not _fits(place, {"accounts-server": url}), url
        with pytest.raises(HostNotAllowed):
            AccountsServer(place, url, proxies)
    assert not proxies.asked


def test_an_api_address_in_an_answer_leads_nowhere_but_to_the_table() -> None:
    for url in HOSTILE:
        place, _ = placed(US, Granted(KEY, "https://accounts.zoho.eu", url))
        assert (place.api_url, place.accounts_url) == ("https://www.zohoapis.eu", "https://accounts.zoho.eu"), url


def test_a_refresh_goes_to_no_other_address_either() -> None:
    proxies = NoProxies()
    for url in HOSTILE:
        client = open_crm(replace(US, accounts_url=url), Key(refresh_token=Secret("1000.c.d")), proxies=proxies)
        with pytest.raises(HostNotAllowed):
            client.who_am_i()
        client.close()
    assert set(proxies.asked) == {US.api_url}, "the client was made, and the accounts server was not asked"


@pytest.mark.parametrize("url", API_URLS)
def test_an_api_host_is_no_accounts_server(url: str) -> None:
    assert not _fits(US, {"accounts-server": url}) and centre_of_accounts(url) is None
    found = place_of_api(url)
    assert found is not None and DATA_CENTRES[found[0].code].api_url(found[1]) == url


# What may come to the return address

STATE = Secret("s" * 43)
GOOD = {"code": "1000.c.d", "state": STATE.reveal(), "location": "us", "accounts-server": "https://accounts.zoho.com"}


def target(answer: Mapping[str, str], path: str = PATH) -> str:
    return f"{path}?{urlencode(answer)}"


def hostile_callbacks(host: str) -> dict[str, bytes]:
    """Requests as bytes, by what is wrong with them."""

    def get(path: str, name: str = host, method: str = "GET", body: bytes = b"") -> bytes:
        head = f"{method} {path} HTTP/1.1\r\nHost: {name}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        return head.encode("latin-1") + body

    def other(**changes: str) -> str:
        return target({**GOOD, **changes})

    without_state = {name: value for name, value in GOOD.items() if name != "state"}
    without_code = {name: value for name, value in GOOD.items() if name != "code"}
    return {
        "no state": get(target(without_state)),
        "wrong state": get(other(state="t" * 43)),
        "old state": get(other(state="an-older-one-of-another-sign-in-0123456789a")),
        "state twice": get(target(GOOD) + "&state=x"),
        "empty state": get(other(state="")),
        "no code": get(target(without_code)),
        "code and error": get(other(error="access_denied")),
        "error without state": get(target({"error": "access_denied"})),
        "POST": get(target(GOOD), method="POST", body=b"x=1"),
        "PUT": get(target(GOOD), method="PUT"),
        "HEAD": get(target(GOOD), method="HEAD"),
        "other path": get(target(GOOD, "/")),
        "path with a tail": get(target(GOOD, PATH + "/")),
        "host of another name": get(target(GOOD), name="evil.example"),
        "host by number": get(target(GOOD), name=host.replace("localhost", "127.0.0.1")),
        "host twice": f"GET {target(GOOD)} HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode(),
        "called by a page": f"GET {target(GOOD)} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\n\r\n".encode(),
        "called by a hidden page": f"GET {target(GOOD)} HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n\r\n".encode(),
        "no host": f"GET {target(GOOD)} HTTP/1.1\r\nConnection: close\r\n\r\n".encode(),
        "huge": get(target({**GOOD, "more": "x" * 200_000})),
        "many parameters": get(target({**GOOD, **{f"n{n}": "1" for n in range(50)}})),
        "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00" + b"\x00" * 40,
        "state in other letters": get(other(state=STATE.reveal().upper())),
        "state in other signs": get(other(state="ſ" * 43)),
    }


def ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as caller:
        caller.sendall(request)
        answer = b""
        try:
            while piece := caller.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass
        return answer


def test_no_hostile_callback_is_accepted_and_the_true_one_still_is() -> None:
    with ReturnAddress("c", STATE, lambda answer: _fits(US, answer)) as back:
        host = back.uri.removeprefix("http://").removesuffix(PATH)
        port = int(host.rpartition(":")[2])
        hostile = hostile_callbacks(host)
        assert len(hostile) >= 12
        accepted = [what for what, request in hostile.items() if b" 200 " in ask(port, request).partition(b"\r\n")[0]]
        assert accepted == []
        line = f"GET {target(GOOD)} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        answer = ask(port, line)
        assert b" 200 " in answer.partition(b"\r\n")[0]
        assert b"default-src 'none'" in answer and b"no-referrer" in answer and b"no-store" in answer
        assert b"<script" not in answer and GOOD["code"].encode() not in answer
        assert b" 400 " in ask(port, line).partition(b"\r\n")[0], "one use"
        assert back.wait(lambda: True) == GOOD


@pytest.mark.parametrize(
    "server",
    ["https://accounts.zoho.com.evil.example", "http://127.0.0.1:9", "https://www.zohoapis.com", "https://accounts.zoho.xx"],
)
def test_an_answer_from_a_server_that_nobody_knows_ends_the_sign_in_and_is_not_used(server: str) -> None:
    with ReturnAddress("c", STATE, lambda answer: _fits(US, answer)) as back:
        host = back.uri.removeprefix("http://").removesuffix(PATH)
        port = int(host.rpartition(":")[2])
        for answer in ({**GOOD, "accounts-server": server}, GOOD):
            line = f"GET {target(answer)} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
            assert b" 400 " in ask(port, line).partition(b"\r\n")[0]
        with pytest.raises(SignInFailed) as caught:
            back.wait(lambda: True)
        assert caught.value.problem is SignInProblem.OTHER_DATA_CENTRE


def test_the_listener_is_on_this_computer_only_and_ends_with_the_sign_in() -> None:
    with ReturnAddress("c", STATE, lambda answer: True) as back:
        port = int(back.uri.rpartition(":")[2].removesuffix(PATH))
        assert back._server.server_address[0] == "127.0.0.1"
        with socket.socket() as other:
            assert other.connect_ex(("127.0.0.2", port)) != 0, "another address of this computer finds nobody"
    with socket.socket() as late:
        assert late.connect_ex(("127.0.0.1", port)) != 0


def test_a_taken_port_is_passed_over_and_three_are_told() -> None:
    blockers = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = tuple(blocker.getsockname()[1] for blocker in blockers)
    try:
        with pytest.raises(SignInFailed) as caught:
            ReturnAddress("c", STATE, lambda answer: True, ports)
        assert caught.value.problem is SignInProblem.PORTS_TAKEN
        for port, blocker in reversed(list(zip(ports, blockers, strict=True))):
            blocker.close()
            with ReturnAddress("c", STATE, lambda answer: True, ports) as back:
                assert back.uri == f"http://localhost:{port}{PATH}"
    finally:
        for blocker in blockers:
            blocker.close()


def test_a_port_whose_other_half_another_program_has_is_passed_over() -> None:
    try:
        other = socket.socket(socket.AF_INET6)
        other.bind(("::1", 0))
    except OSError:
        pytest.skip("a loopback with IPv6")
    with other, socket.socket() as free:
        other.listen()
        free.bind(("127.0.0.1", 0))
        taken, next_port = other.getsockname()[1], free.getsockname()[1]
        free.close()
        with ReturnAddress("c", STATE, lambda answer: True, (taken, next_port)) as back:
            assert back.uri == f"http://localhost:{next_port}{PATH}"
            with socket.socket(socket.AF_INET6) as late, pytest.raises(OSError):
                late.bind(("::1", next_port))
