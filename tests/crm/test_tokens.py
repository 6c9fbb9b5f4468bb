"""Access tokens: renewed in time, once for all lanes, seldom enough for Zoho, and never at the price of a call's fate."""

import copy
import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from time import monotonic, sleep

import pytest

from desktop.crm.accounts_server import AccountsServer
from desktop.crm.client import CrmClient, open_crm
from desktop.crm.session import Deadlines
from desktop.crm.sign_in import ZohoSignIn
from desktop.crm.tokens import GivenToken, RefreshedTokens, TokenSources
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import CrmBusy, CrmError, CrmUnreachable, TokenRejected, TokensUsedUp
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.practice import PracticeCrm
from desktop.storage.token_times import TokenTimes
from tests.patience import PATIENCE_S

P = RecordId("3652397000000327001")
IDS = tuple(RecordId(f"36523970000009{n:05d}") for n in range(3))
BATCH = Batch(0, Relation("Campaigns", "Contacts"), Side.PARENT, P, IDS, (0, 1, 2))
QUICK = Deadlines(connect_s=0.5, read_s=0.5, total_s=1.0)
REJECTED = json.dumps({"code": "INVALID_TOKEN", "details": {}, "message": "invalid oauth token", "status": "error"})


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        crm.seed([("Campaigns", "Contacts", P, one) for one in IDS], share=False)
        yield crm


@pytest.fixture
def connection(crm: PracticeCrm) -> Connection:
    return Connection("c", "box", "", Environment.SANDBOX, crm.api_url, crm.accounts_url)


@pytest.fixture
def key(crm: PracticeCrm) -> Key:
    return Key(refresh_token=Secret(crm.refresh_token), client=Client(crm.client_id, Secret(crm.client_secret)))


@pytest.fixture
def client(connection: Connection, key: Key) -> Iterator[CrmClient]:
    client = open_crm(connection, key, deadlines=QUICK)
    yield client
    client.close()


class Hand:
    """A clock whose time the test sets."""

    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


def tokens_of(connection: Connection, key: Key, hand: Hand, count: TokenTimes | None = None) -> RefreshedTokens:
    def open_accounts() -> AccountsServer:
        return AccountsServer(connection, connection.accounts_url, lambda _: {}, QUICK, count)

    return RefreshedTokens("box", key, open_accounts, hand)


def made(crm: PracticeCrm) -> int:
    return crm.state.counts()["tokens"]


def reject(crm: PracticeCrm, times: int, method: str = "DELETE") -> None:
    crm.faults.add([{"match": {"method": method}, "times": times, "do": "status", "status": 401, "body": REJECTED}])


def test_25_lanes_that_need_a_token_at_once_make_one(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    tokens = tokens_of(connection, key, Hand())
    with ThreadPoolExecutor(25) as lanes:
        got = {one.result().reveal() for one in [lanes.submit(tokens.current) for _ in range(100)]}
    assert len(got) == 1 and made(crm) == 1


def test_25_lanes_whose_token_was_rejected_make_one_new_one(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    tokens = tokens_of(connection, key, Hand())
    old = tokens.current()
    with ThreadPoolExecutor(25) as lanes:
        assert all(one.result() for one in [lanes.submit(tokens.renew, old) for _ in range(25)])
    assert tokens.current() != old and made(crm) == 2


def test_all_clients_of_a_key_share_its_tokens(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    sources = TokenSources(lambda _: {})
    for _ in range(12):
        client = open_crm(connection, key, deadlines=QUICK, sources=sources)
        assert client.who_am_i().company == "Practice Ltd"
        client.close()
    assert made(crm) == 1


def test_a_token_is_renewed_shortly_before_it_ends(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    hand = Hand()
    tokens = tokens_of(connection, key, hand)
    first = tokens.current()
    hand.now += 3600 - 121
    assert tokens.current() == first
    hand.now += 2
    assert tokens.current() != first and made(crm) == 2


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"do": "status", "status": 200, "body": '{"error":"invalid_code"}'}, TokenRejected),
        ({"do": "status", "status": 429, "body": '{"error":"x"}'}, CrmBusy),
        ({"do": "hold", "then": "fin"}, CrmUnreachable),
    ],
)
def test_25_lanes_that_need_a_token_at_once_share_its_failure_too(
    crm: PracticeCrm, connection: Connection, key: Key, fault: dict[str, object], kind: type[CrmError]
) -> None:
    crm.faults.add([{"match": {"path": "/oauth/v2/token"}, "times": 99, **fault}])
    opened: list[float] = []

    def open_accounts() -> AccountsServer:
        opened.append(monotonic())
        sleep(0.4)  # long enough for all lanes to wait behind this one
        return AccountsServer(connection, connection.accounts_url, lambda _: {}, QUICK)

    tokens, together = RefreshedTokens("box", key, open_accounts, Hand()), Barrier(25)

    def ask(_: int) -> str:
        together.wait(PATIENCE_S)
        try:
            tokens.current()
        except CrmError as error:
            return type(error).__name__
        return "a token"

    with ThreadPoolExecutor(25) as lanes:
        said = list(lanes.map(ask, range(25)))
    assert said == [kind.__name__] * 25
    assert len(opened) <= 3, "a lane that comes a moment later asks once more"
    crm.faults.clear()
    assert tokens.current(), "a failure is for those who waited for it, not for ever"


def test_a_short_life_is_not_renewed_at_every_call(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    crm.state.set(token_life_s=10)
    hand = Hand()
    tokens = tokens_of(connection, key, hand)
    assert {tokens.current().reveal() for _ in range(20)} and made(crm) == 1
    hand.now += 9
    assert tokens.current() and made(crm) == 2


def test_the_token_of_the_sign_in_is_used_first(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    hand = Hand()
    fresh = Key(Secret("1000.brought.along"), key.refresh_token, key.client, 3600)
    tokens = tokens_of(connection, fresh, hand)
    assert tokens.current() == fresh.access_token and made(crm) == 0
    hand.now += 3590
    assert tokens.current() != fresh.access_token and made(crm) == 1


def test_an_eleventh_token_in_ten_minutes_is_not_even_asked_for(
    crm: PracticeCrm, connection: Connection, key: Key, tmp_path: Path
) -> None:
    hand = Hand()
    crm.state.set(token_life_s=1)
    tokens = tokens_of(connection, key, hand, TokenTimes(tmp_path / "times.json", hand, hand))
    for _ in range(10):
        tokens.current()
        hand.now += 1
    asked = len(crm.accounts.targets)
    with pytest.raises(TokensUsedUp) as caught:
        tokens.current()
    assert len(crm.accounts.targets) == asked == 10
    assert caught.value.retry_after_s == 590 and caught.value.facts["minutes"] == 10


def test_sign_ins_and_runs_of_any_program_share_the_ten(
    crm: PracticeCrm, connection: Connection, key: Key, tmp_path: Path
) -> None:
    def count() -> TokenTimes:
        return TokenTimes(tmp_path / "times.json")

    code = Secret(crm.accounts.self_client_code(["ZohoCRM.org.READ"]))
    _, fresh = ZohoSignIn(count=count()).with_code(connection, key.client, code)
    for _ in range(8):
        ZohoSignIn(count=count()).with_refresh_token(connection, key.client, fresh.refresh_token)
    stored = Key(refresh_token=fresh.refresh_token, client=key.client)
    assert tokens_of(connection, stored, Hand(), count()).current()
    asked = len(crm.accounts.targets)
    for _ in range(3):
        with pytest.raises(TokensUsedUp):
            tokens_of(connection, stored, Hand(), count()).current()
        with pytest.raises(TokensUsedUp):
            ZohoSignIn(count=count()).with_refresh_token(connection, key.client, fresh.refresh_token)
    assert len(crm.accounts.targets) == asked == 10
    written = (tmp_path / "times.json").read_text("utf-8")
    assert not [
        secret for secret in (fresh.refresh_token, fresh.access_token, key.client.secret) if secret.reveal()[:12] in written
    ]
    assert tokens_of(connection, key, Hand(), count()).current(), "another key has its own ten"


def test_a_network_that_is_away_uses_up_no_token(connection: Connection, key: Key, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        gone = replace(connection, accounts_url=f"http://127.0.0.1:{server.getsockname()[1]}")
    times = TokenTimes(tmp_path / "times.json")
    tokens = tokens_of(gone, key, Hand(), times)
    for _ in range(15):
        with pytest.raises(CrmUnreachable):
            tokens.current()
    assert json.loads((tmp_path / "times.json").read_text("utf-8")) == {}


def test_throttle_is_recognised_by_its_words_and_becomes_a_wait(crm: PracticeCrm, connection: Connection, key: Key) -> None:
    for _ in range(10):
        tokens_of(connection, key, Hand()).current()
    with pytest.raises(CrmBusy):
        tokens_of(connection, key, Hand()).current()


@pytest.mark.parametrize("kind", ["removals", "reads"])
def test_a_hundred_rejections_cause_at_most_two_renewals(crm: PracticeCrm, client: CrmClient, kind: str) -> None:
    reject(crm, 100, "DELETE" if kind == "removals" else "GET")
    for _ in range(40):
        with pytest.raises(TokenRejected):
            client.delink(BATCH) if kind == "removals" else client.linked_of(BATCH)
    assert made(crm) - 1 == 2
    assert crm.state.counts()["removals"] == 0


def test_a_rejected_removal_is_given_back_to_be_sent_again(crm: PracticeCrm, client: CrmClient) -> None:
    client.who_am_i()
    crm.faults.add([{"match": {"method": "DELETE"}, "do": "status", "status": 401, "body": REJECTED}])
    with pytest.raises(TokenRejected) as caught:
        client.delink(BATCH)
    assert caught.value.renewed and crm.state.counts()["links_now"] == 3
    assert len(client.delink(BATCH).outcomes) == 3 and crm.state.counts()["links_now"] == 0
    assert made(crm) == 2


def test_a_rejected_call_that_puts_links_back_is_given_back_to_be_sent_again(crm: PracticeCrm, client: CrmClient) -> None:
    client.delink(BATCH)
    crm.faults.add([{"match": {"method": "PUT"}, "do": "status", "status": 401, "body": REJECTED}])
    with pytest.raises(TokenRejected) as caught:
        client.relink(BATCH, {})
    assert caught.value.renewed and crm.state.counts()["links_now"] == 0
    assert len(client.relink(BATCH, {}).outcomes) == 3 and crm.state.counts()["links_now"] == 3
    assert made(crm) == 2


def test_a_rejected_read_is_made_again_at_once(crm: PracticeCrm, client: CrmClient) -> None:
    crm.state.set(token_life_s=3600)
    assert client.linked_of(BATCH).linked == frozenset(IDS)
    crm.faults.add([{"match": {"method": "GET"}, "do": "status", "status": 401, "body": REJECTED.replace("INVALID_TOKEN", name)}
                    for name in ("AUTHENTICATION_FAILURE",)])  # fmt: skip
    assert client.linked_of(BATCH).linked == frozenset(IDS)
    assert made(crm) == 2


def test_a_missing_scope_is_no_reason_for_another_token(crm: PracticeCrm, client: CrmClient) -> None:
    crm.state.set(scopes=["ZohoCRM.org.READ"])
    with pytest.raises(CrmError):
        client.delink(BATCH)
    assert made(crm) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ({"do": "status", "status": 200, "body": '{"error":"invalid_code"}'}, TokenRejected),
        ({"do": "status", "status": 200, "body": '{"error":"invalid_client"}'}, TokenRejected),
        ({"do": "status", "status": 400, "body": '{"error":"invalid_client_secret"}'}, TokenRejected),
        ({"do": "status", "status": 200, "body": '{"access_token":""}'}, TokenRejected),
        ({"do": "status", "status": 200, "body": '{"access_token":"a\\nb"}'}, TokenRejected),
        ({"do": "status", "status": 200, "body": '{"access_token":["a"]}'}, TokenRejected),
        ({"do": "status", "status": 200, "body": '{"error":"Access Denied","error_description":"You have made too many requests'
          ' continuously."}'}, CrmBusy),
        ({"do": "status", "status": 429, "body": '{"error":"x"}'}, CrmBusy),
        ({"do": "status", "status": 503, "body": "<html>", "type": "text/html"}, CrmUnreachable),
        ({"do": "status", "status": 200, "body": "<html>", "type": "text/html"}, CrmUnreachable),
        ({"do": "status", "status": 302, "body": "", "headers": {"Location": "http://127.0.0.1:9/"}}, CrmUnreachable),
        ({"do": "status", "status": 200, "body": "[1]"}, CrmUnreachable),
        ({"do": "reset"}, CrmUnreachable),
        ({"do": "fin"}, CrmUnreachable),
        ({"do": "hold"}, CrmUnreachable),
        ({"do": "drip_headers", "interval_s": 0.05}, CrmUnreachable),
        ({"do": "drip_body", "interval_s": 0.05}, CrmUnreachable),
        ({"do": "cut", "keep": 20}, CrmUnreachable),
        ({"do": "chunk_cut", "keep": 20}, CrmUnreachable),
        ({"do": "bomb", "megabytes": 30}, CrmUnreachable),
        ({"do": "huge", "megabytes": 3}, CrmUnreachable),
    ],
)  # fmt: skip
def test_whatever_the_accounts_server_does_the_call_did_nothing(
    crm: PracticeCrm, connection: Connection, key: Key, fault: dict[str, object], kind: type[CrmError]
) -> None:
    crm.faults.add([{"match": {"path": "/oauth/v2/token"}, **fault}])
    tokens = tokens_of(connection, key, Hand())
    with pytest.raises(kind) as caught:
        tokens.current()
    crm.faults.release()
    assert crm.refresh_token not in str(caught.value) and crm.client_secret not in str(caught.value)
    assert crm.state.counts()["removals"] == 0


def test_a_pasted_token_cannot_be_renewed() -> None:
    token = Secret("1000.a.b")
    assert GivenToken(token).current() == token and not GivenToken(token).renew(token)


def test_secrets_mask_themselves(key: Key) -> None:
    shown = f"{key!r} {key.client} {[key.refresh_token]} {key.refresh_token!s} {vars(TokenRejected('c')).values()}"
    assert "***" in shown
    for secret in (key.refresh_token, key.client.secret):
        assert secret.reveal() not in shown
    with pytest.raises(TypeError):
        copy.copy(key.refresh_token)
