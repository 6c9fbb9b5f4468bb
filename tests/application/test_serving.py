"""A run is worked on in its own account, however that was come by, and nothing is read or sent before that is proven."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.application.follow_ups import VerifyListener, prepare_retry, prepare_undo, verify_run
from desktop.application.serving import AccountOffer, SignedIn, account_of_run, practice_account, saved_account
from desktop.application.starting import resume_run
from desktop.domain.connections import ONE_OFF_NAME, Account, Connection, Environment
from desktop.domain.credentials import Key
from desktop.domain.errors import AccountNotProven, ConnectionNotFound, RunElsewhere, TokenRejected
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunFacts
from desktop.engine.control import RunControl
from tests.application.office import ALL_SCOPES, PAIRS, Office, request_of

NOBODY = AccountOffer()


def refuse(run: Connection, account: Connection) -> None:
    raise AccountNotProven(run.label, account.label)


def facts_in(office: Office, connection: Connection) -> RunFacts:
    with office.start(request_of()) as run:
        return replace(run.book.facts, connection=connection)


@pytest.fixture
def facts(office: Office) -> RunFacts:
    return facts_in(office, office.account.connection)


def test_without_an_offer_the_saved_connection_serves_whatever_it_is_called_now(office: Office, facts: RunFacts) -> None:
    office.services.connections.rename(office.account.connection, "chest")
    with account_of_run(office.services, facts, NOBODY) as found:
        assert (found.connection.name, found.connection.account.company) == ("chest", "Practice Ltd")
        assert found.account.key == office.account.key


def test_calls_go_on_in_the_api_version_that_the_run_began_with(office: Office, facts: RunFacts) -> None:
    before = replace(facts, connection=replace(facts.connection, api_version="v6"))
    with account_of_run(office.services, before, NOBODY) as found:
        assert found.crm.connection.api_version == "v6"


def test_the_present_account_serves_where_it_is_proven_to_be_the_runs_and_is_not_asked_again(
    office: Office, facts: RunFacts
) -> None:
    before = len(office.crm.state.calls())
    with account_of_run(office.services, facts, office.offer) as found:
        assert found.account is office.account
    assert len(office.crm.state.calls()) == before


def test_a_run_of_the_practice_crm_signs_in_to_it_anew(office: Office) -> None:
    practice = practice_account(office.services)
    with account_of_run(office.services, facts_in(office, practice.connection), office.offer) as found:
        assert (found.connection.id, found.connection.account.company) == (practice.connection.id, "Practice Ltd")


def test_a_run_of_a_token_for_one_command_asks_for_one_again(office: Office) -> None:
    one_off = replace(office.account.connection, id=ONE_OFF_NAME, name=ONE_OFF_NAME, account=Account())
    facts = facts_in(office, one_off)
    with pytest.raises(ConnectionNotFound):
        account_of_run(office.services, facts, NOBODY)
    given = SignedIn(one_off, office.account.key)
    with account_of_run(office.services, facts, AccountOffer(given=given)) as found:
        assert found.connection.account.company == "Practice Ltd"


ELSEWHERE: dict[str, Callable[[Connection], Connection]] = {
    "other host": lambda one: replace(one, api_url="https://www.zohoapis.eu"),
    "other environment": lambda one: replace(one, environment=Environment.PRODUCTION),
    "other organisation": lambda one: replace(one, account=Account("Other Ltd", "2")),
}


@pytest.mark.parametrize("way", list(ELSEWHERE))
def test_another_account_is_refused_though_somebody_is_sure(office: Office, facts: RunFacts, way: str) -> None:
    other = replace(office.account, connection=ELSEWHERE[way](office.account.connection))
    with pytest.raises(RunElsewhere):
        account_of_run(office.services, facts, AccountOffer(other, is_sure=True))


def test_a_given_token_of_another_environment_is_refused(office: Office, facts: RunFacts) -> None:
    given = replace(office.account, connection=replace(office.account.connection, environment=Environment.DEVELOPER))
    with pytest.raises(RunElsewhere):
        account_of_run(office.services, facts, AccountOffer(given=given))


def test_an_account_that_nothing_proves_serves_only_where_somebody_is_sure_and_a_connection_that_is_gone_is_named(
    office: Office,
) -> None:
    """A pasted token that may not ask for its organisation, and a run whose saved connection is gone."""
    gone = replace(office.account.connection, id="gone", name="gone")
    facts = facts_in(office, gone)
    pasted = replace(office.account, connection=replace(gone, id="b", account=Account()))
    with pytest.raises(ConnectionNotFound):
        account_of_run(office.services, facts, AccountOffer(pasted))
    with account_of_run(office.services, facts, AccountOffer(pasted, is_sure=True)) as found:
        assert found.account is pasted


def test_a_key_that_is_not_accepted_leaves_no_conversation_open(office: Office, facts: RunFacts) -> None:
    office.services.connections.add(office.account.connection, Key.pasted("1000.wrong"))
    closed: list[str] = []
    open_crm = office.services.open_crm

    def watched(connection: Connection, key: Key) -> object:
        crm = open_crm(connection, key)
        crm.close = lambda: closed.append("crm")  # type: ignore[method-assign]
        return crm

    services = replace(office.services, open_crm=watched)  # type: ignore[arg-type]  # a client that tells when it is closed
    with pytest.raises(TokenRejected):
        account_of_run(services, facts, NOBODY)
    assert closed == ["crm"]


def test_where_the_organisation_cannot_be_read_nothing_is_read_or_sent_unless_somebody_vouches(office: Office) -> None:
    with office.start(request_of()) as run:
        name = run.book.facts.run
    office.crm.state.set(scopes=ALL_SCOPES[:2])
    removals, reads = office.crm.state.counts()["removals"], office.list_reads()
    offer, services, control = AccountOffer(vouch=refuse), office.services, RunControl()
    for deed in (
        lambda: resume_run(services, name, offer),
        lambda: prepare_retry(services, name, offer, control),
        lambda: prepare_undo(services, name, offer, control),
        lambda: verify_run(services, name, offer, control, VerifyListener()),
    ):
        with pytest.raises(AccountNotProven):
            deed()
    assert (office.crm.state.counts()["removals"], office.list_reads()) == (removals, reads)
    vouched: list[str] = []
    run = resume_run(services, name, AccountOffer(vouch=lambda before, now: vouched.append(f"{before.label} {now.label}")))
    assert office.work(run).tally[Outcome.DELINKED] == len(PAIRS) and len(vouched) == 1


def test_a_saved_connection_is_found_with_its_key_by_name(office: Office) -> None:
    assert saved_account(office.services, "acme").key == office.account.key
    with pytest.raises(ConnectionNotFound):
        saved_account(office.services, "another")
