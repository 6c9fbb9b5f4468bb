"""Which account the options name, and where a secret may come from."""

import io
import sys
from argparse import Namespace
from contextlib import nullcontext

import pytest

from desktop.cli.accounts import account_of, offer_of, one_off, place_of, secret_line
from desktop.cli.arguments import WrongUse
from desktop.compose import build_services
from desktop.domain.connections import ONE_OFF_NAME, Environment
from desktop.domain.errors import AccountNotProven, ConnectionNotFound
from tests.engine.rehearsal import Rehearsal


class Terminal(io.StringIO):
    """Standard input where a person types."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "goes_on"), [("yes\n", True), ("Yes\n", True), ("no\n", False), ("\n", False), ("", False)])
def test_a_person_at_a_terminal_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, goes_on: bool
) -> None:
    facts = Rehearsal([(0, 0)]).book.facts
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    with nullcontext() if goes_on else pytest.raises(AccountNotProven), offer_of(Namespace(access_token=None)) as offer:
        offer.vouch(facts.connection, facts.connection)
    assert "is the same company cannot be found out. Type “yes” if it is." in capsys.readouterr().err


def options(**given: object) -> Namespace:
    nothing = dict.fromkeys(("practice", "connection", "access_token", "data_centre", "environment", "api_url", "accounts_url"))
    return Namespace(**{**nothing, "api_version": "v8", **given})


@pytest.mark.parametrize("given", [{}, {"practice": True, "connection": "box"}, {"connection": "box", "access_token": "-"}])
def test_exactly_one_account_is_named(given: dict[str, object]) -> None:
    with pytest.raises(WrongUse, match="Say which account"):
        account_of(options(**given), build_services())


def test_a_connection_that_is_not_saved_is_not_guessed() -> None:
    with pytest.raises(ConnectionNotFound):
        account_of(options(connection="nobody"), build_services())


def test_a_place_is_a_data_centre_of_zohos_or_an_address_and_never_a_default() -> None:
    with pytest.raises(WrongUse, match="where the account is"):
        place_of(options())
    eu = ("eu", Environment.PRODUCTION, "https://www.zohoapis.eu", "https://accounts.zoho.eu")
    assert place_of(options(data_centre="eu")) == eu
    assert place_of(options(data_centre="eu", environment="sandbox"))[2] == "https://sandbox.zohoapis.eu"
    assert place_of(options(api_url="http://127.0.0.1:1")) == ("", None, "http://127.0.0.1:1", "")


def test_a_token_for_one_command_is_kept_under_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1000.a.b\n"))
    found = one_off(options(data_centre="eu", access_token="-"))
    assert (found.connection.id, found.key.access_token.reveal()) == (ONE_OFF_NAME, "1000.a.b")


def test_a_secret_is_never_an_argument_and_is_not_repeated() -> None:
    with pytest.raises(WrongUse) as caught:
        secret_line("1000.canary", "--access-token")
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("typed", ["", "\n", "two words\n", "1000.ä\n"])
def test_what_is_no_secret_is_not_sent(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    with pytest.raises(WrongUse, match="no secret for --access-token"):
        secret_line("-", "--access-token")


def test_a_person_types_a_secret_without_an_echo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    monkeypatch.setattr("getpass.getpass", lambda question: "1000.a.b")
    assert secret_line("-", "--access-token").reveal() == "1000.a.b"


@pytest.mark.parametrize(("name", "kind"), [(ONE_OFF_NAME, WrongUse), ("box", ConnectionNotFound)])
def test_a_run_of_a_token_for_one_command_asks_for_it_again(name: str, kind: type[Exception]) -> None:
    with pytest.raises(kind), offer_of(options()):
        raise ConnectionNotFound(name)
