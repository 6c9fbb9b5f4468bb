"""What the window can ask for after a run: to verify it, to retry it, to plan its undo, and to put that on disk."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from desktop.application.follow_ups import VerifiedRun
from desktop.application.new_runs import new_run
from desktop.application.retrying import Retry
from desktop.application.serving import AccountOffer, SignedIn
from desktop.application.signing_in import sign_in_to_practice
from desktop.application.starting import OpenRun
from desktop.application.undoing import Undo
from desktop.compose import Services, build_services
from desktop.domain.errors import RunNotFound
from desktop.domain.operations import Operation
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import make_plan
from desktop.domain.previews import LinkFate, PlanFacts, Preview
from desktop.engine.control import RunControl
from desktop.engine.ports import Crm, RunJournal
from desktop.engine.runner import Runner
from desktop.qt.jobs.run_errands import RunErrands
from desktop.qt.planned_run import PlannedRun
from tests.patience import PATIENCE_MS
from tests.truth.quick_clock import QuickClock
from tests.truth.stage import Audience, sheet_of

PAIRS = [(f"36523970000003270{n % 3:02d}", f"36523970000009{n:05d}") for n in range(30)]
LONG_MS = PATIENCE_MS


class Listener(QObject):
    """Keeps what the errands said, on the window's thread."""

    def __init__(self, errands: RunErrands) -> None:
        super().__init__()
        self.told: dict[str, tuple[Any, ...]] = {}
        errands.verified.connect(self._on_verified)
        errands.undo_planned.connect(self._on_planned)
        errands.retry_ready.connect(self._on_retry)
        errands.run_ready.connect(self._on_ready)
        errands.failed.connect(self._on_failed)

    @Slot(object)
    def _on_verified(self, verified: VerifiedRun) -> None:
        self.told["verified"] = verified.record.facts.run, verified.found, verified.has_settled

    @Slot(object, object, object, object)
    def _on_planned(self, undo: Undo, preview: Preview, facts: PlanFacts, account: SignedIn) -> None:
        self.told["planned"] = undo, preview, facts, account

    @Slot(object, object, object)
    def _on_retry(self, retry: Retry, facts: PlanFacts, account: SignedIn) -> None:
        self.told["retry"] = retry, facts, account

    @Slot(object)
    def _on_ready(self, run: OpenRun) -> None:
        self.told["ready"] = run.book, run.account.crm, run.account.account

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        self.told["failed"] = step, error


class Desk:
    """A window's errands with a run that removed everything in practice."""

    def __init__(self, qtbot: QtBot, services: Services) -> None:
        self.qtbot, self.services = qtbot, services
        self.account = sign_in_to_practice(services)
        self.errands = RunErrands(services)
        self.listener = Listener(self.errands)

    def removed_run(self, *, safety_copy: bool = True) -> str:
        sheet = sheet_of(PAIRS)
        self.services.practice.seed(sheet)
        connection = self.account.connection
        with new_run(self.services, sheet, make_plan(sheet.links), connection, safety_copy=safety_copy) as book:
            self.work(book, self.services.open_crm(connection, self.account.key))
            return book.facts.run

    def work(self, book: RunJournal, crm: Crm) -> None:
        Runner(book, crm, self.services.clock, RunControl(), Audience(), hold_on_pause=False).run()
        crm.close()

    def wait_for(self, what: str) -> tuple[Any, ...]:
        self.qtbot.waitUntil(lambda: what in self.listener.told, timeout=LONG_MS)
        return self.listener.told.pop(what)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    yield Desk(qtbot, replace(build_services(), clock=QuickClock()))


def test_an_undo_is_planned_shown_and_made_ready_to_start(desk: Desk) -> None:
    run = desk.removed_run()
    desk.errands.plan_undo(run, AccountOffer(desk.account))
    undo, preview, facts, found = desk.wait_for("planned")
    with desk.services.runs.read(run) as parent:
        assert undo.plan.links_to_send == parent.ledger.tally[Outcome.DELINKED] > 20
        assert (undo.parent_links, undo.unconfirmed) == (len(parent.links), 0)
    assert preview.count(LinkFate.WILL_BE_SENT) == undo.plan.links_to_send
    desk.errands.start(PlannedRun(undo.sheet, undo.plan, undo=undo, facts=facts), found)
    book, crm, _ = desk.wait_for("ready")
    with book:
        assert (book.facts.operation, book.facts.origin.run) == (Operation.RESTORE, run)
        desk.work(book, crm)
        assert book.ledger.tally[Outcome.RELINKED] == undo.plan.links_to_send


def test_a_run_that_is_given_up_while_it_is_made_is_let_go_of(desk: Desk) -> None:
    sheet = sheet_of(PAIRS)
    plan = make_plan(sheet.links)
    wish = PlannedRun(sheet, plan, facts=PlanFacts.of(plan))
    desk.errands.start(wish, desk.account)
    desk.errands.start(wish, desk.account)
    book, crm, _ = desk.wait_for("ready")
    book.close()
    crm.close()
    for one in desk.services.runs.summaries():
        with desk.services.runs.open(one.run):
            pass


def test_a_run_is_read_again(desk: Desk) -> None:
    run = desk.removed_run()
    desk.errands.verify(run, AccountOffer(desk.account))
    told, found, has_settled = desk.wait_for("verified")
    assert (told, len(found.gone), found.differences, has_settled) == (run, len(PAIRS), (), False)


def test_links_that_were_linked_again_are_retried_with_what_the_run_left(desk: Desk) -> None:
    run = desk.removed_run()
    with desk.services.runs.read(run) as parent:
        again = parent.ledger.with_outcome(Outcome.DELINKED)[3]
    desk.errands.prepare_retry(run, AccountOffer(desk.account), (again,))
    retry, _, _ = desk.wait_for("retry")
    assert (retry.plan.links_to_send, list(retry.sheet.links.related_ids)) == (1, [PAIRS[again][1]])


def test_a_reading_that_is_cancelled_tells_nothing_and_lets_go_of_the_run(desk: Desk) -> None:
    run = desk.removed_run()
    desk.errands.verify(run, AccountOffer(desk.account))
    desk.errands.stop_reading()
    desk.qtbot.wait(200)
    assert desk.listener.told == {}
    with desk.services.runs.open(run):
        pass


def test_what_cannot_be_done_is_told_with_its_step(desk: Desk) -> None:
    desk.errands.resume("20200101-000000-000aaaa", AccountOffer(desk.account))
    step, error = desk.wait_for("failed")
    assert (step, type(error)) == ("resume", RunNotFound)
