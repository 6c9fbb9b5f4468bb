"""What may come to the return address of a sign-in, and what of it is believed."""

import socket
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest

from desktop.crm import return_address
from desktop.crm.return_address import ReturnAddress
from desktop.crm.sign_in import _fits
from desktop.domain.connections import RETURN_PATH as PATH
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Secret
from desktop.domain.errors import SignInFailed
from desktop.domain.sign_in_problems import SignInProblem
from desktop.domain.texts import Text
from desktop.words import language
from desktop.words.language import Language
from tests.patience import PATIENCE_S

US = Connection("c", "us", "us", Environment.PRODUCTION, "https://www.zohoapis.com", "https://accounts.zoho.com")
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
    with ReturnAddress("c", STATE, lambda answer: _fits(US, answer), language=language) as back:
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


class RightToLeft(Language):
    """A language whose words hold what a page would take for its own signs."""

    @property
    def right_to_left(self) -> bool:
        return True

    def say_text(self, text: Text | str) -> str:
        return f"<{text.name if isinstance(text, Text) else text}>"


def test_the_page_speaks_the_users_language_and_its_words_are_no_part_of_the_page() -> None:
    with ReturnAddress("c", STATE, lambda answer: True, language=lambda: RightToLeft("xx")) as back:
        page = back.page(accepted=True)
        assert '<html lang="xx" dir="rtl">' in page and "<h1>&lt;you-are-back&gt;</h1>" in page
        assert "not-the-answer" in back.page(accepted=False)


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


def test_taken_port_is_skipped_and_three_taken_ports_raise() -> None:
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


def test_port_taken_at_the_ipv6_address_is_skipped() -> None:
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


@pytest.mark.parametrize("answer", [{"error": "access_denied", "state": STATE.reveal()}])
def test_refusal_on_zohos_page_is_raised_with_its_word(answer: dict[str, str]) -> None:
    with ReturnAddress("c", STATE, lambda answer: True) as back:
        assert back.accept(back.uri.removeprefix("http://").removesuffix(PATH), target(answer))
        with pytest.raises(SignInFailed) as caught:
            back.wait(lambda: True)
    assert (caught.value.problem, caught.value.word) == (SignInProblem.DENIED, "access_denied")


def test_sign_in_ends_when_its_time_is_over() -> None:
    moments = iter([True, False])
    with ReturnAddress("c", STATE, lambda answer: True) as back, pytest.raises(SignInFailed) as caught:
        back.wait(lambda: next(moments))
    assert caught.value.problem is SignInProblem.TIMED_OUT


def test_a_computer_without_ipv6_signs_in_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSixth(socket.socket):
        def __init__(self, family: int = -1, kind: int = -1, *more: int, **named: object) -> None:
            if family == socket.AF_INET6:
                raise OSError("address family not supported")
            super().__init__(family, kind, *more)

    monkeypatch.setattr(socket, "socket", NoSixth)
    assert return_address._held_on_ipv6(8000) is None
