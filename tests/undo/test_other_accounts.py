"""A run is worked on, settled, retried and undone in the account it was made for, whatever a caller hands in."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from desktop.application.retrying import retry_of, settle_earlier, start_retry
from desktop.application.undoing import start_undo, undo_of
from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.errors import RunElsewhere
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState
from desktop.engine.control import RunControl
from desktop.practice import PracticeCrm
from tests.undo.stage import LINKS, Bench, sheet_of
from tests.undo.test_earlier_runs import run_that_lost_its_first_call

Elsewhere = Callable[[Connection], Connection]

ELSEWHERE: dict[str, Elsewhere] = {
    "other environment": lambda one: replace(one, environment=Environment.PRODUCTION),
    "other host": lambda one: replace(one, api_url="https://www.zohoapis.eu"),
    "other organisation": lambda one: replace(one, account=Account("Other Ltd", "2")),
}


@pytest.fixture(params=list(ELSEWHERE))
def elsewhere(request: pytest.FixtureRequest, bench: Bench) -> Connection:
    bench.connection = replace(bench.connection, account=Account("ACME Ltd", "1"))
    return ELSEWHERE[request.param](bench.connection)


def test_nothing_is_sent_or_read_for_a_run_in_another_account(bench: Bench, practice: PracticeCrm, elsewhere: Connection) -> None:
    run = bench.start(LINKS)
    bench.connection = elsewhere
    for deed in (bench.work, bench.verify):
        with pytest.raises(RunElsewhere):
            deed(run)
    assert practice.state.calls() == []
    assert bench.ledger(run).tally[Outcome.NOT_ATTEMPTED] == len(LINKS)


def test_a_retry_in_another_account_is_refused_and_leaves_the_run_as_it_was(bench: Bench, elsewhere: Connection) -> None:
    run = bench.start(LINKS)
    with bench.services.runs.open(run) as parent:
        with pytest.raises(RunElsewhere):
            start_retry(bench.services, parent, retry_of(parent), elsewhere)
        assert parent.ledger.state is not RunState.FINISHED, "it can still be resumed"
    assert len(bench.services.runs.summaries()) == 1


def test_an_undo_in_another_account_is_refused(bench: Bench, elsewhere: Connection) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    with bench.read(run) as parent, pytest.raises(RunElsewhere):
        start_undo(bench.services, undo_of(parent), elsewhere)
    assert len(bench.services.runs.summaries()) == 1


def test_what_an_earlier_run_of_another_organisation_lost_is_not_looked_for_here(bench: Bench, practice: PracticeCrm) -> None:
    acme = bench.connection = replace(bench.connection, account=Account("ACME Ltd", "1"))
    run = run_that_lost_its_first_call(bench, practice)
    before = len(practice.state.calls())
    client = bench.client()
    try:
        other = replace(acme, account=Account("Other Ltd", "2"))
        settle_earlier(bench.services, sheet_of(LINKS), client, RunControl(), account=other)
    finally:
        client.close()
    assert len(practice.state.calls()) == before
    assert bench.ledger(run).tally[Outcome.UNKNOWN] > 0
