"""A run is started from what was confirmed and gone on with, in its own account, once for the window and the command line."""

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.follow_ups import prepare_retry, prepare_undo
from desktop.application.result_files import ResultsRequest
from desktop.application.serving import AccountOffer, opened, practice_account
from desktop.application.starting import RunRequest, finished_run, newest_unfinished, resume_run, start_run
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Environment
from desktop.domain.errors import (
    LinksUnconfirmed,
    LookElsewhere,
    NothingToRetry,
    ResultsInTheWay,
    RunElsewhere,
    RunInUse,
    RunNotFound,
    RunReplaced,
    UndoImpossible,
)
from desktop.domain.findings import Findings, Presence
from desktop.domain.operations import Operation
from desktop.domain.origins import RetryOf
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import make_plan
from desktop.domain.runs import RunState
from desktop.engine.control import RunControl
from tests.application.office import PAIRS, Office, request_of
from tests.undo.stage import linked_now


def test_a_run_removes_what_was_confirmed_and_stands_on_disk_before_it_begins(office: Office) -> None:
    run = office.start(request_of())
    assert (office.services.home_folder / "runs" / f"{run.book.facts.run}.delink-run").exists()
    assert office.crm.state.counts()["removals"] == 0
    ending = office.work(run)
    assert (ending.state, ending.tally[Outcome.DELINKED], ending.calls) == (RunState.FINISHED, len(PAIRS), 3)
    assert office.crm.state.counts()["links_now"] == 0


def test_a_run_of_the_practice_crm_has_its_links_put_in_first(office: Office) -> None:
    account = practice_account(office.services)
    run = start_run(office.services, request_of(), opened(office.services, account), RunControl())
    assert office.work(run).tally[Outcome.DELINKED] > len(PAIRS) // 2


def test_the_answers_that_an_earlier_run_lost_are_settled_before_its_links_are_sent_again(office: Office) -> None:
    office.crm.faults.add([{"match": {"method": "DELETE"}, "apply": "yes", "do": "fin"}])
    office.crm.faults.add([{"match": {"method": "GET", "path": "/Campaigns/"}, "times": 99, "do": "status", "status": 503}])
    run = office.removed(request_of(PAIRS[:4], safety_copy=False))
    office.crm.faults.clear()
    assert office.ledger(run).tally_at_rest[Outcome.UNKNOWN] == 4
    told: list[float] = []
    account = opened(office.services, office.account)
    with start_run(office.services, request_of(), account, RunControl(), told.append):
        assert office.ledger(run).tally_at_rest[Outcome.UNKNOWN] == 0


def test_a_stop_while_it_waits_for_an_earlier_run_starts_nothing(office: Office) -> None:
    office.crm.faults.add([{"match": {"method": "DELETE"}, "apply": "yes", "do": "fin"}])
    office.crm.faults.add([{"match": {"method": "GET", "path": "/Campaigns/"}, "times": 99, "do": "status", "status": 503}])
    office.removed(request_of(PAIRS[:4], safety_copy=False))
    control = RunControl()
    control.stop()
    with opened(office.services, office.account) as account, pytest.raises(LinksUnconfirmed):
        start_run(office.services, request_of(), account, control)
    assert len(office.services.runs.summaries()) == 1


def test_a_look_that_was_made_in_another_account_starts_nothing(office: Office) -> None:
    request = request_of(PAIRS[:2])
    presence = bytearray([Presence.LINKED, Presence.NOT_LINKED])
    other = replace(office.account.connection, environment=Environment.PRODUCTION)
    findings = Findings(presence, asked_in=other, begun=office.services.clock.monotonic())
    plan = make_plan(request.sheet.links, numbers=[0])
    with opened(office.services, office.account) as account, pytest.raises(LookElsewhere):
        start_run(office.services, RunRequest(request.sheet, plan, findings=findings), account, RunControl())
    assert office.services.runs.summaries() == []


def test_a_paused_run_goes_on_with_exactly_the_rest(office: Office) -> None:
    first = office.start(request_of(first=2))
    assert (office.work(first).tally[Outcome.DELINKED], first.book.ledger.cause) == (2, CauseCode.FIRST_LINKS_DONE)
    name = newest_unfinished(office.services)
    assert name == first.book.facts.run
    ending = office.work(resume_run(office.services, name, office.offer))
    assert (ending.state, ending.tally[Outcome.DELINKED]) == (RunState.FINISHED, len(PAIRS))
    assert office.crm.state.counts()["sends_per_link_max"] == 1
    assert newest_unfinished(office.services) is None


def test_only_a_run_that_is_finished_and_confirmed_has_nothing_left(office: Office) -> None:
    paused = office.start(request_of(PAIRS[:4], first=2))
    office.work(paused)
    assert finished_run(office.services, paused.book.facts.run) is None
    office.work(resume_run(office.services, paused.book.facts.run, office.offer))
    record = finished_run(office.services, paused.book.facts.run)
    assert record is not None and record.ledger.tally[Outcome.DELINKED] == 4
    record.close()
    with pytest.raises(RunNotFound):
        finished_run(office.services, "20200101-000000-000aaaa")


def test_a_finished_run_with_a_link_that_is_not_confirmed_has_something_left(office: Office) -> None:
    office.crm.faults.add([{"match": {"method": "DELETE"}, "apply": "yes", "do": "fin"}])
    office.crm.faults.add([{"match": {"method": "GET", "path": "/Campaigns/"}, "times": 99, "do": "status", "status": 503}])
    assert finished_run(office.services, office.removed(request_of(PAIRS[:4], safety_copy=False))) is None


def test_a_run_that_cannot_be_gone_on_with_is_let_go_of(office: Office, tmp_path: Path) -> None:
    with office.start(request_of()) as run:
        name = run.book.facts.run
        with pytest.raises(RunInUse):
            resume_run(office.services, name, office.offer)
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    elsewhere = replace(office.account, connection=replace(office.account.connection, environment=Environment.PRODUCTION))
    with pytest.raises(ResultsInTheWay):
        resume_run(office.services, name, office.offer, ResultsRequest(tmp_path / "mine.csv"))
    with pytest.raises(RunElsewhere):
        resume_run(office.services, name, AccountOffer(elsewhere, is_sure=True))
    with pytest.raises(RunNotFound):
        resume_run(office.services, "20200101-000000-000aaaa", office.offer)
    resume_run(office.services, name, office.offer, ResultsRequest(tmp_path / "mine.csv", may_overwrite=True)).close()


def test_a_retry_sends_what_was_refused_and_takes_the_runs_place(office: Office) -> None:
    office.lock_one_campaign()
    name = office.removed()
    office.crm.faults.clear()
    retry, account = prepare_retry(office.services, name, office.offer, RunControl())
    assert retry.plan.links_to_send == 4
    request = RunRequest(retry.sheet, retry.plan, retry=retry)
    run = start_run(office.services, request, account, RunControl())
    ending = office.work(run)
    assert (run.book.facts.origin.run, ending.tally.total, ending.tally[Outcome.DELINKED]) == (name, 4, 4)
    assert office.ledger(name).cause is CauseCode.HANDED_OVER
    with pytest.raises(RunReplaced):
        resume_run(office.services, name, office.offer)
    with pytest.raises(RunReplaced):
        finished_run(office.services, name)
    with opened(office.services, office.account) as account, pytest.raises(RunReplaced):
        start_run(office.services, request, account, RunControl())


def test_a_retry_in_another_account_leaves_the_run_as_it_was(office: Office) -> None:
    office.lock_one_campaign()
    name = office.removed()
    retry, account = prepare_retry(office.services, name, office.offer, RunControl())
    account.close()
    elsewhere = replace(office.account, connection=replace(office.account.connection, environment=Environment.PRODUCTION))
    with opened(office.services, elsewhere) as other, pytest.raises(RunElsewhere):
        start_run(office.services, RunRequest(retry.sheet, retry.plan, retry=retry), other, RunControl())
    assert office.ledger(name).cause is not CauseCode.HANDED_OVER


def test_an_undo_puts_back_what_was_chosen_and_leaves_the_rest_unasked(office: Office) -> None:
    undo, account = prepare_undo(office.services, office.removed(), office.offer, RunControl())
    plan = make_plan(undo.sheet.links, numbers=[4, 5])
    run = start_run(office.services, RunRequest(undo.sheet, plan, undo=undo), account, RunControl())
    office.work(run)
    outcomes = office.ledger(run.book.facts.run).outcomes()
    assert [link for link, known in enumerate(outcomes) if known.outcome is Outcome.RELINKED] == [4, 5]
    assert {known.cause for link, known in enumerate(outcomes) if link not in (4, 5)} == {CauseCode.LEFT_OUT}
    assert office.crm.state.counts()["links_now"] == 2


def test_the_retry_of_an_undo_puts_back_what_that_left_and_removes_nothing(office: Office) -> None:
    """What every link has of its own comes back with it, from the record of the run that is retried."""
    before = linked_now(office.crm)
    name = office.removed()
    undo, account = prepare_undo(office.services, name, office.offer, RunControl())
    office.lock_one_campaign(method="PUT")
    first = start_run(office.services, RunRequest(undo.sheet, undo.plan, undo=undo), account, RunControl())
    left = office.work(first).tally[Outcome.REFUSED]
    assert left > 0
    office.crm.faults.clear()
    removals = office.crm.state.counts()["removals"]
    retry, account = prepare_retry(office.services, first.book.facts.run, office.offer, RunControl())
    run = start_run(office.services, RunRequest(retry.sheet, retry.plan, retry=retry), account, RunControl())
    assert (run.book.facts.operation, run.book.facts.origin) == (Operation.RESTORE, RetryOf(first.book.facts.run))
    assert office.work(run).tally[Outcome.RELINKED] == left
    assert linked_now(office.crm) == before and office.crm.state.counts()["removals"] == removals
    with pytest.raises(UndoImpossible):
        prepare_undo(office.services, run.book.facts.run, office.offer, RunControl())
    with pytest.raises(NothingToRetry):
        prepare_retry(office.services, run.book.facts.run, office.offer, RunControl())
