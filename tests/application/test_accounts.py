"""A run is served by its own account; what the list of runs knows is enough to name that."""

from dataclasses import replace

import pytest

from desktop.application.accounts import account_of, first_to_offer, is_proven, looks_alike, may_serve
from desktop.domain.connections import ONE_OFF_NAME, PRACTICE_NAME, Account, Connection, Environment
from desktop.domain.operations import Operation
from desktop.domain.origins import Fresh, UndoOf
from desktop.domain.outcomes import Outcome, Tally
from desktop.domain.runs import RunState, RunSummary
from desktop.words import say_text

ANN = Account("ACME Ltd", "665", "Ann Lee", "ann@acme.example")
ACME = Connection("p", "ACME", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", account=ANN)
PRACTICE = Connection(PRACTICE_NAME, PRACTICE_NAME, "", Environment.PRACTICE, "http://127.0.0.1:4")


def a_run(run: str, environment: str, state: RunState = RunState.INTERRUPTED, company: str = "ACME Ltd") -> RunSummary:
    started = "2026-01-05T12:00:00+00:00"
    return RunSummary(
        run, Operation.REMOVE, Fresh(), state, started, None, "a.csv", "acme", Tally({}), company=company, environment=environment
    )


@pytest.mark.parametrize(
    ("present", "may"),
    [
        (ACME, True),
        (replace(ACME, id="q", name="ACME again"), True),
        (replace(ACME, id="q", account=replace(ANN, email="ben@acme.example", user="Ben")), True),
        (replace(ACME, id="q", account=Account()), False),
        (replace(ACME, account=Account()), False),
        (replace(ACME, account=replace(ANN, organisation_id="9")), False),
        (replace(ACME, environment=Environment.SANDBOX), False),
        (replace(ACME, api_url="https://www.zohoapis.com"), False),
        (PRACTICE, False),
    ],
    ids=["itself", "saved anew", "a colleague", "nobody knows", "saved, unnamed", "other company", "sandbox", "host", "practice"],
)
def test_only_an_account_that_is_proven_to_be_the_runs_own_serves_it(present: Connection, may: bool) -> None:
    assert may_serve(present, ACME) is may


def test_a_saved_account_serves_its_run_where_neither_time_its_organisation_was_known() -> None:
    unnamed = replace(ACME, account=Account())
    assert may_serve(unnamed, unnamed) and not is_proven(unnamed, unnamed)
    once = replace(unnamed, id=ONE_OFF_NAME)
    assert not may_serve(once, once)


def test_practice_is_signed_in_to_anew() -> None:
    assert not may_serve(PRACTICE, PRACTICE)


def test_the_list_of_runs_names_the_account_and_its_environment() -> None:
    known = account_of(a_run("r", "sandbox"))
    assert (say_text(known.label), known.environment) == ("ACME Ltd, sandbox", Environment.SANDBOX)
    assert account_of(a_run("r", "")).is_production, "an environment that nobody told is treated as production"
    assert account_of(a_run("r", "of a later version")).is_production


def test_accounts_are_told_apart_as_people_tell_them_apart() -> None:
    assert looks_alike(ACME, account_of(a_run("r", "production")))
    assert not looks_alike(ACME, account_of(a_run("r", "sandbox")))
    assert not looks_alike(ACME, account_of(a_run("r", "production", company="Other Ltd")))
    assert looks_alike(PRACTICE, account_of(a_run("r", "practice", company="Practice Ltd")))


def test_a_start_offers_the_newest_unfinished_run_of_its_own_mode_first() -> None:
    real, tried = a_run("real", "production"), a_run("tried", "practice")
    done = a_run("done", "production", RunState.FINISHED)
    for is_practice, runs, wanted in (
        (False, [done, tried, real], real),
        (True, [done, real, tried], tried),
        (True, [real], real),
        (False, [tried], tried),
        (False, [done], None),
    ):
        assert first_to_offer(runs, is_practice=is_practice) is wanted


def test_a_run_whose_removals_were_all_put_back_is_not_offered_unless_something_of_it_is_unconfirmed() -> None:
    removed = replace(a_run("r", "production"), tally=Tally({Outcome.DELINKED: 6, Outcome.NOT_ATTEMPTED: 4}))
    undo = replace(a_run("u", "production", RunState.FINISHED), operation=Operation.RESTORE, origin=UndoOf("r"))
    unclear = replace(removed, tally=Tally({Outcome.DELINKED: 6, Outcome.UNKNOWN: 1}))
    for run, put_back, is_offered in ((removed, 6, False), (removed, 5, True), (unclear, 6, True)):
        runs = [replace(undo, tally=Tally({Outcome.RELINKED: put_back})), run]
        assert (first_to_offer(runs, is_practice=False) is run) is is_offered
