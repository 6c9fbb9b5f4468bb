"""A run at work is fitted out and steered in one place: lanes, what is kept for others, pauses, keys, results at every end."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.application.result_files import ResultsRequest, WrittenResults
from desktop.application.settings import change_settings
from desktop.application.starting import OpenRun
from desktop.application.working import RunAtWork, WorkRequest
from desktop.domain.causes import CauseCode
from desktop.domain.credentials import Key
from desktop.domain.errors import JournalUnwritable, RunElsewhere
from desktop.domain.outcomes import Outcome
from desktop.domain.runs import RunState
from desktop.engine.runner import Runner
from tests.application.office import PAIRS, Office, request_of
from tests.cli.driving import outcomes_in
from tests.patience import PATIENCE_S
from tests.truth.stage import Audience


def at_work(office: Office, run: OpenRun, request: WorkRequest, audience: Audience | None = None) -> RunAtWork:
    return RunAtWork(office.services, run, request, audience or Audience(), lambda: None)


def test_results_are_written_at_the_end_where_they_are_wished_for(office: Office, tmp_path: Path) -> None:
    with office.start(request_of()) as run:
        work = at_work(office, run, WorkRequest(results=ResultsRequest(tmp_path / "r.csv")))
        work.work()
        written = work.write_results()
    assert written == WrittenResults(tmp_path / "r.csv", len(PAIRS)) and outcomes_in(tmp_path / "r.csv") == ["Removed"] * len(
        PAIRS
    )


def test_a_run_that_a_fault_ends_has_results_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Runner) -> None:
        raise JournalUnwritable("r", "no space left")

    monkeypatch.setattr(Runner, "run", fail)
    with office.start(request_of()) as run:
        work = at_work(office, run, WorkRequest())
        with pytest.raises(JournalUnwritable):
            work.work()
        written = work.write_results()
    assert written is not None and written.path is not None
    assert outcomes_in(written.path) == ["Not sent"] * len(PAIRS)


def test_a_command_ends_where_its_run_pauses_and_a_window_holds_it(office: Office) -> None:
    with office.start(request_of(first=2)) as run:
        assert at_work(office, run, WorkRequest()).work().state is RunState.PAUSED
    audience, paused = Audience(), threading.Event()
    with office.start(request_of(PAIRS[4:], first=1)) as run:
        work = at_work(office, run, WorkRequest(holds_pauses=True), audience)
        folder = office.services.results_folder

        def note(state: RunState, cause: CauseCode | None) -> None:
            if state is RunState.PAUSED:
                paused.set()

        audience.on_state = note
        thread = threading.Thread(target=work.work)
        thread.start()
        assert paused.wait(PATIENCE_S)
        work.control.resume()
        thread.join(PATIENCE_S)
        assert run.book.ledger.tally[Outcome.DELINKED] == len(PAIRS) - 4
        assert work.write_results() is not None and list(folder.glob(f"*{run.book.facts.run}*"))


def test_the_days_credits_that_are_kept_for_others_end_its_turn(office: Office) -> None:
    change_settings(office.services.settings, credits_floor=10_000_000)
    office.crm.state.set(credits=100)
    with office.start(request_of()) as run:
        ending = at_work(office, run, WorkRequest()).work()
    assert (ending.state, ending.cause) == (RunState.PAUSED, CauseCode.CREDITS_LOW)


def test_a_signed_out_run_goes_on_with_another_key_of_its_account_and_no_other(office: Office) -> None:
    audience, signed_out = Audience(), threading.Event()
    with office.start(request_of()) as run:
        run.account.crm.use_key(Key.pasted("1000.wrong"))
        work = at_work(office, run, WorkRequest(holds_pauses=True), audience)

        def note(state: RunState, cause: CauseCode | None) -> None:
            if cause is CauseCode.SIGNED_OUT:
                signed_out.set()

        audience.on_state = note
        thread = threading.Thread(target=work.work)
        thread.start()
        assert signed_out.wait(PATIENCE_S)
        with pytest.raises(RunElsewhere):
            work.use_account(replace(office.account, connection=replace(office.account.connection, api_url="http://127.0.0.1:9")))
        work.use_account(office.account)
        thread.join(PATIENCE_S)
        assert run.book.ledger.tally[Outcome.DELINKED] == len(PAIRS)


def test_no_more_calls_go_out_at_once_than_are_wished_for(office: Office) -> None:
    with office.start(request_of()) as run:
        work = at_work(office, run, WorkRequest(lanes=1))
        assert work.lanes == 1
        work.limit_lanes(3)
        assert work.lanes == 3
