"""From a key to a saved connection and back: where it is accepted, under which id it is kept, and that it ends."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import pytest

from desktop.application.connecting import asked, revoked, save, sign_out
from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import AnswerMissing, SecretStoreUnavailable, TokenRejected
from desktop.engine.ports import Crm
from tests.application.signing import LASTING, Kept, Ways, at


class Asking:
    """A CRM that knows a key in some places only. ``tried`` are all places that were asked."""

    def __init__(self, *accepted: Environment) -> None:
        self.accepted, self.tried, self.closed = accepted, list[Environment | None](), 0

    def open_crm(self, connection: Connection, key: Key) -> Crm:
        self.tried.append(connection.environment)
        asking = self

        class One:
            def ask(self) -> str:
                if connection.environment not in asking.accepted:
                    raise TokenRejected(connection.name)
                return str(connection.environment)

            def close(self) -> None:
                asking.closed += 1

        return cast(Crm, One())


def question(crm: Crm) -> str:
    ask = cast("Callable[[], str]", crm.ask)  # type: ignore[attr-defined]  # the fake answers one question
    return ask()


def test_a_key_that_lasts_is_tried_in_the_other_environments_of_its_data_centre() -> None:
    asking = Asking(Environment.DEVELOPER)
    place, answer = asked(asking, at("eu"), LASTING, question)
    assert (place.environment, answer) == (Environment.DEVELOPER, str(Environment.DEVELOPER))
    assert DATA_CENTRES["eu"].api_url(Environment.DEVELOPER) == place.api_url
    assert asking.closed == len(asking.tried), "no client is left open"


def test_a_pasted_token_is_asked_about_in_its_own_place_only() -> None:
    asking = Asking(Environment.DEVELOPER)
    with pytest.raises(TokenRejected):
        asked(asking, at("eu"), Key.pasted("1000.a"), question)
    assert asking.tried == [Environment.PRODUCTION]


def test_a_key_that_is_accepted_nowhere_is_refused_after_all_were_tried() -> None:
    asking = Asking()
    with pytest.raises(TokenRejected):
        asked(asking, at("eu"), LASTING, question)
    assert sorted(map(str, asking.tried)) == ["developer", "production", "sandbox"]


def test_what_the_keyring_does_not_take_leaves_the_connection_before_as_it_was() -> None:
    kept = Kept([replace(at("eu"), id="old")], refuses=True)
    with pytest.raises(SecretStoreUnavailable):
        save(kept, replace(at("eu", Environment.SANDBOX), id="new"), LASTING)
    assert [one.id for one in kept.connections.known] == ["old"]


@pytest.mark.parametrize("confirmed", [True, False])
def test_signing_out_forgets_in_any_case_and_says_what_zoho_confirmed(confirmed: bool) -> None:
    kept = Kept([at("eu")], ways=Ways(confirms=confirmed))
    assert sign_out(kept, at("eu")) is confirmed
    assert kept.connections.known == [] and kept.ways.revoked == [LASTING]


def test_a_key_that_cannot_be_reached_is_forgotten_without_being_ended() -> None:
    kept = Kept([at("eu")], is_locked=True)
    assert not sign_out(kept, at("eu"))
    assert kept.connections.known == [] and kept.ways.revoked == []


def test_a_key_whose_end_cannot_be_asked_for_is_told_as_not_ended() -> None:
    ways = Ways(error=AnswerMissing("c", "cut"))
    assert not revoked(Kept([], ways=ways), at("eu"), LASTING)
    assert not revoked(Kept([]), replace(at("eu"), accounts_url=""), LASTING), "and where nobody can be asked"
