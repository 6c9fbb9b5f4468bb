"""A client speaks through whatever transport it is given, with the token of its account on each call."""

import json
from collections.abc import Sequence

import pytest

from desktop.crm.account_calls import AccountCalls
from desktop.crm.client import open_crm
from desktop.crm.session import Answer
from desktop.crm.tokens import AccessTokens
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import AnswerMissing, TokenRejected
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

CONNECTION = Connection("c", "c", "", Environment.SANDBOX, "http://127.0.0.1:1")
JSON = {"content-type": "application/json"}
REJECTED = Answer(401, JSON, b'{"code":"INVALID_TOKEN","details":{},"message":"no","status":"error"}')
GOOD = Answer(200, JSON, b'{"data":[]}')
P, FAR = RecordId("3652397000000327001"), RecordId("3652397000000900001")


class WrittenTransport:
    """Answers that stand written, and what was asked; no network."""

    def __init__(self, answers: Sequence[Answer | Exception]) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, str, str]] = []
        self.hung_up = self.closed = 0

    def call(self, method: str, target: str, access_token: str, body: bytes | None = None) -> Answer:
        self.asked.append((method, target, access_token))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def hang_up(self) -> None:
        self.hung_up += 1

    def close(self) -> None:
        self.closed += 1


class TwoTokens:
    """The first token can be renewed once."""

    def __init__(self) -> None:
        self._tokens = ["first", "second"]

    def of(self, connection: Connection, key: Key) -> AccessTokens:
        return self

    def current(self) -> Secret:
        return Secret(self._tokens[0])

    def renew(self, rejected: Secret) -> bool:
        if len(self._tokens) > 1:
            self._tokens.pop(0)
            return True
        return False


def calls_over(*answers: Answer | Exception) -> tuple[AccountCalls, WrittenTransport]:
    transport = WrittenTransport(answers)
    return AccountCalls(CONNECTION, Key.pasted("t"), TwoTokens(), transport), transport


def test_a_read_whose_token_was_rejected_is_made_again_with_a_new_one() -> None:
    calls, transport = calls_over(REJECTED, GOOD)
    assert calls.get("/a") is GOOD
    assert transport.asked == [("GET", "/a", "first"), ("GET", "/a", "second")]


def test_a_read_is_made_again_once_only() -> None:
    calls, transport = calls_over(REJECTED, REJECTED, GOOD)
    assert calls.get("/a") is REJECTED and len(transport.asked) == 2


def test_a_change_whose_token_was_rejected_is_one_request_that_may_be_sent_again() -> None:
    calls, transport = calls_over(REJECTED, GOOD)
    with pytest.raises(TokenRejected) as told:
        calls.change("DELETE", "/a")
    assert told.value.renewed and transport.asked == [("DELETE", "/a", "first")]


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_an_error_of_the_transport_is_neither_hidden_nor_repeated(method: str) -> None:
    calls, transport = calls_over(AnswerMissing("c", "cut"), GOOD)
    with pytest.raises(AnswerMissing):
        calls.get("/a") if method == "GET" else calls.change(method, "/a")
    assert len(transport.asked) == 1


def test_a_client_needs_no_network_where_its_transport_needs_none() -> None:
    removed = {"data": [{"code": "SUCCESS", "details": {"id": FAR}, "message": "", "status": "success"}]}
    transport = WrittenTransport([Answer(200, JSON, json.dumps(removed).encode())])
    client = open_crm(CONNECTION, "token", transport=transport)
    answer = client.delink(Batch(0, Relation("Campaigns", "Contacts"), Side.PARENT, P, (FAR,), (0,)))
    assert answer.outcomes[FAR].outcome == "delinked"
    assert transport.asked == [("DELETE", f"/crm/v8/Campaigns/{P}/Contacts?ids={FAR}", "token")]
    client.hang_up()
    client.close()
    assert (transport.hung_up, transport.closed) == (1, 1)
