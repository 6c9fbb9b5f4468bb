"""The run's coordinator: the one loop that owns the journal, feeds the lanes, and decides when to wait, pause or end.

The order of things is what keeps every outcome:

1. A removal leaves only after its intent is committed; its outcome is shown only after that is committed too.
   Intents of all free lanes and outcomes of all lanes that came back share one commit.
2. What an answer means stands in judging.py; what waits, in workload.py; how long, in domain/pacing.py.
3. A removal whose answer was lost is read about 5 s later; what is still there is sent again (3 sends at most).
   When nothing else is left, every link that was ever unknown is read once more, at least 120 s after its loss if it
   would otherwise end refused, unknown or still linked: a call may take effect late.
4. A pause and a stop let the calls in flight finish. What does not come back in time stays intended on disk, and the
   next start reads it before anything is sent.

A runner works on one thread, the run's own.
"""

import logging
from collections.abc import Iterable

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalUnwritable
from desktop.domain.ledger import UNANSWERED, Loss
from desktop.domain.outcomes import CallAnswer, Outcome, ReadAnswer
from desktop.domain.pacing import FIRST_LANES, READ_AFTER_LOSS_S, RUN_WIDE_REFUSALS_BEFORE_PAUSE, SECOND_READ_AFTER_S
from desktop.domain.plans import Batch
from desktop.domain.progress import ProgressMeter
from desktop.domain.runs import (
    Change,
    Ending,
    Intent,
    Moment,
    Reopened,
    Returned,
    RunEvent,
    RunState,
    Settled,
    StateChange,
    after,
)
from desktop.engine.control import Mailbox, RunControl
from desktop.engine.holding import Hold
from desktop.engine.judging import RUN_WIDE_CAUSES, Verdict, judge
from desktop.engine.lanes import Arrival, Lanes
from desktop.engine.pace import Pace
from desktop.engine.ports import Clock, Crm, RunBook, RunListener
from desktop.engine.workload import Task, Work, Workload, lost_calls, remaining_batches

_log = logging.getLogger(__name__)

_READ_TRIES = 3
_SETTLED = (Outcome.DELINKED, Outcome.NOT_LINKED, Outcome.REFUSED)


class Runner:
    """Carries out what is left of a run. ``lanes`` None: adapt between 5 and ``lane_cap``.

    With ``hold_on_pause`` a pause waits inside :meth:`run` for the control's resume or stop; without it, run returns.
    """

    def __init__(
        self,
        book: RunBook,
        crm: Crm,
        clock: Clock,
        control: RunControl,
        listener: RunListener,
        lanes: int | None = None,
        lane_cap: int = FIRST_LANES,
        hold_on_pause: bool = True,
    ) -> None:
        self._book = book
        self._crm = crm
        self._clock = clock
        self._control = control
        self._listener = listener
        self._hold_on_pause = hold_on_pause
        self.pace = Pace(clock, lanes, lane_cap)
        self._mailbox: Mailbox[Arrival] = Mailbox(clock)
        self._lanes = Lanes(self._work, self._mailbox, lambda: not (control.pausing or control.stopping))
        self._workload = Workload(book.links, max(book.plan.calls, book.ledger.next_batch))
        self._meter = ProgressMeter(book.plan.links_to_send, self._done())
        self._unwritten: list[Change] = []
        self._rest: list[Batch] = []
        self._last_looked: set[int] = set()
        self._state = RunState.RUNNING
        self._cause: CauseCode | None = None
        self._pause_cause: CauseCode | None = None
        self._fault: Exception | None = None
        self._hold = Hold(clock)
        self._run_wide_refusals = 0
        self._credits_left: int | None = None

    def run(self) -> Ending:
        """Work until the run is finished, stopped, or (without ``hold_on_pause``) paused.

        Raises JournalUnwritable when not even the start can be written, and whatever fault of the program a lane met,
        after everything known is on disk.
        """
        self._control.watch(self._mailbox.wake)
        with self._lanes:
            self._begin()
            while True:
                if self._control.stopping or self._fault is not None:
                    return self._stop()
                if self._control.pausing:
                    self._pause_cause = self._pause_cause or CauseCode.ASKED
                if self._pause_cause is not None:
                    if not self._pause(self._pause_cause):
                        return self._ending()
                    continue
                self._turn()
                if self._idle() and not self._next_stage():
                    self._change_state(RunEvent.FINISH)
                    return self._ending()

    # The start: what an earlier program left open, what is still to be sent.

    def _begin(self) -> None:
        ledger, now = self._book.ledger, self._clock.now()
        if ledger.changed_at:
            after(RunState.INTERRUPTED if ledger.state is RunState.RUNNING else ledger.state, RunEvent.RESUME)
        changes: list[Change] = [
            Settled(batch.number, tuple((link, UNANSWERED) for link in batch.link_numbers), now)
            for batch in ledger.open_batches()
        ]
        if ledger.state is not RunState.FINISHED:
            changes.extend(self._reopened(now))
        self._book.commit([*changes, StateChange(RunState.RUNNING, None, now)])
        _log.info("Run %s starts on %s", self._book.facts.run, self._book.facts.connection.label)
        self._listener.state_changed(RunState.RUNNING, None)
        self._meter.start(self._clock.monotonic())
        self._queue_unsent()
        unknown = set(ledger.with_outcome(Outcome.UNKNOWN))
        self._queue_looks(Work.LOOK, {link: loss for link, loss in ledger.lost().items() if link in unknown}, READ_AFTER_LOSS_S)

    def _queue_unsent(self) -> None:
        plan, ledger = self._book.plan, self._book.ledger
        head = plan.pause_after or 0
        if CauseCode.FIRST_LINKS_DONE in ledger.paused_for:
            head = 0
        numbers = iter(self._workload.new_number, None)
        unsent = ledger.unsent()
        batches = list(remaining_batches(plan.batches[:head], unsent, numbers))
        rest = list(remaining_batches(plan.batches[head:], unsent, numbers))
        self._rest = rest if head else []
        self._workload.send(batches if head else rest)

    def _queue_looks(self, work: Work, losses: dict[int, Loss], after_s: float) -> None:
        """One read for the lost links of each batch, ``after_s`` seconds after their loss."""
        now, monotonic = self._clock.now(), self._clock.monotonic()
        for loss, links in lost_calls(losses):
            due = monotonic + min(after_s, max(0.0, loss.at + after_s - now))
            self._workload.at(due, Task(work, self._workload.part(loss.batch, links)))

    # One turn: fill the lanes, write, send, wait, judge.

    def _turn(self) -> None:
        tasks = self._take_tasks()
        if self._write(tasks):
            self._lanes.submit(tasks, self.pace.lanes)
            self._receive(self._patience())

    def _take_tasks(self) -> list[Task]:
        tasks: list[Task] = []
        now = self._clock.monotonic()
        if self._hold.is_on:
            self._recall()
            return tasks
        self._hold.waiting_for = None
        while self._lanes.out + len(tasks) < self.pace.room and (task := self._workload.take(now)) is not None:
            tasks.append(task)
        return tasks

    def _recall(self) -> None:
        """Take back what waits for a lane; its intent is on disk, so it is noted that it never left."""
        for task in reversed(self._lanes.recall()):
            self._workload.put_back(task)
            if task.work is Work.SEND:
                self._unwritten.append(Returned(task.batch.number, left=False, at=self._clock.now()))

    def _write(self, tasks: Iterable[Task] = ()) -> bool:
        """Commit what came back together with the intents of what is about to leave; False when the disk refuses."""
        sends = [task for task in tasks if task.work is Work.SEND]
        now = self._clock.now()
        changes = [*self._unwritten, *(Intent(task.batch, now) for task in sends)]
        if not changes:
            return True
        try:
            with self.pace.committing():
                self._book.commit(changes)
        except JournalUnwritable:
            for task in tasks:
                self._workload.put_back(task)
            self._pause_cause = CauseCode.DISK_FULL
            return False
        self._unwritten = []
        self._tell(changes)
        return True

    def _receive(self, seconds: float | None) -> None:
        for arrival in self._mailbox.take(seconds):
            self._lanes.landed()
            self.pace.call_took(arrival.seconds)
            self._workload.done(arrival.task)
            if isinstance(arrival.result, CallAnswer | ReadAnswer) and arrival.result.credits_left is not None:
                self._credits_left = arrival.result.credits_left
            verdict = judge(arrival.task, arrival.result, self._book.ledger, self._clock.now())
            self._unwritten.extend(verdict.changes)
            self._follow(arrival.task, verdict)

    def _patience(self) -> float | None:
        """Seconds until the loop has something to do even if no lane comes back; None: only a lane can help."""
        if self._unwritten or self._idle():
            return 0.0
        if self._lanes.out >= self.pace.room:
            return None
        due = self._workload.next_due()
        if self._hold.is_on:
            due = self._hold.until
        return None if due is None else max(0.0, due - self._clock.monotonic())

    def _idle(self) -> bool:
        return not self._lanes.out and not len(self._workload) and not self._unwritten

    def _work(self, task: Task) -> CallAnswer | ReadAnswer:
        """On a lane's thread."""
        return self._crm.delink(task.batch) if task.work is Work.SEND else self._crm.linked_of(task.batch)

    # What follows from a verdict.

    def _follow(self, task: Task, verdict: Verdict) -> None:
        if verdict.good:
            self.pace.answered()
            self._hold.answered()
        if verdict.call_answered:
            self._run_wide_refusals = 0
        self._queue_follow_ups(verdict)
        if verdict.run_wide_refusal:
            self._run_wide_refusals += 1
            if self._run_wide_refusals >= RUN_WIDE_REFUSALS_BEFORE_PAUSE:
                self._pause_cause = CauseCode.REFUSED_THREE_TIMES
        if verdict.try_again is not None:
            self._try_again(verdict.try_again, verdict)
        self._pause_cause = verdict.pause or self._pause_cause
        self._fault = self._fault or verdict.fault

    def _queue_follow_ups(self, verdict: Verdict) -> None:
        workload = self._workload
        if verdict.halve is not None:
            workload.send(workload.halves(verdict.halve), first=True)
        if verdict.turn is not None:
            workload.send(workload.on_sheet_side(verdict.turn), first=True)
            if verdict.turn_all:
                workload.give_up_reversing(verdict.turn.relation)
        if verdict.send_again is not None:
            workload.send([workload.part(*verdict.send_again)], first=True)
        if verdict.look_at is not None:
            due = self._clock.monotonic() + READ_AFTER_LOSS_S
            workload.at(due, Task(Work.LOOK, workload.part(*verdict.look_at)))

    def _try_again(self, task: Task, verdict: Verdict) -> None:
        if verdict.busy is not None:
            self.pace.refused_for_load(task.started_at)
            self._try_later(task, CauseCode.LIMIT_REACHED, verdict.busy.retry_after_s)
        elif verdict.unreachable:
            self._try_later(task, CauseCode.OFFLINE)
        elif verdict.pause is None and task.tries >= _READ_TRIES:
            return  # this read proves nothing; its links stay unknown until the last look or the next start
        else:
            wait_s = 0.0 if verdict.pause is not None else READ_AFTER_LOSS_S
            self._workload.at(self._clock.monotonic() + wait_s, task.again())

    def _try_later(self, task: Task, cause: CauseCode, wish_s: float | None = None) -> None:
        """Send nothing for a while, this task first then; pause when that was in vain too often."""
        if self._hold.extend(cause, task.started_at, wish_s):
            self._workload.at(self._hold.until, task)
            self._tell(())
        else:
            self._pause_cause = cause
            self._workload.at(self._clock.monotonic(), task)

    # Stages, pauses and ends.

    def _next_stage(self) -> bool:
        """When nothing is left to do: the rest after the first links, then the last looks. False when all is done."""
        if self._rest:
            self._workload.send(self._rest)
            self._rest = []
            self._pause_cause = CauseCode.FIRST_LINKS_DONE
            return True
        return self._queue_last_looks()

    def _queue_last_looks(self) -> bool:
        ledger = self._book.ledger
        soon: dict[int, Loss] = {}
        late: dict[int, Loss] = {}
        for link, loss in ledger.lost().items():
            outcome = ledger.outcome(link).outcome
            if link not in self._last_looked and outcome is not Outcome.DELINKED:
                (soon if outcome is Outcome.NOT_LINKED else late)[link] = loss
        self._last_looked.update(soon, late)
        self._queue_looks(Work.LAST_LOOK, soon, 0.0)
        self._queue_looks(Work.LAST_LOOK, late, SECOND_READ_AFTER_S)
        if late:
            self._hold.waiting_for = CauseCode.ANSWER_LOST
            self._tell(())
        return bool(soon or late)

    def _pause(self, cause: CauseCode) -> bool:
        """Let the calls in flight finish and wait for the word to go on; False when run() shall return."""
        self._drain()
        self._change_state(RunEvent.PAUSE, cause)
        if not self._hold_on_pause:
            return False
        if cause is not CauseCode.ASKED:
            self._control.pause()
        if not self._control.wait_for_resume():
            return True
        self._pause_cause = None
        self._run_wide_refusals = 0
        self._hold.clear()
        self._reopen()
        self._change_state(RunEvent.RESUME)
        self._meter.start(self._clock.monotonic())
        return True

    def _reopen(self) -> None:
        reopened = self._reopened(self._clock.now())
        self._unwritten.extend(reopened)
        links = [link for change in reopened for link in change.links]
        again = remaining_batches(self._book.plan.batches, links, iter(self._workload.new_number, None)) if links else ()
        self._workload.send(again, first=True)

    def _reopened(self, now: float) -> list[Reopened]:
        """Links that were refused for a reason that concerns every call; it is believed to be put right."""
        ledger = self._book.ledger
        refused = [link for link in ledger.with_outcome(Outcome.REFUSED) if ledger.outcome(link).cause in RUN_WIDE_CAUSES]
        return [Reopened(tuple(refused), now)] if refused else []

    def _stop(self) -> Ending:
        self._drain()
        self._change_state(RunEvent.STOP)
        if self._fault is not None:
            raise self._fault
        return self._ending()

    def _drain(self) -> None:
        """Take back and write what is in flight; after a stop no longer than its grace."""
        started = self._clock.monotonic()
        self._recall()
        while self._lanes.out:
            seconds = None
            if self._control.stopping and self._control.grace_s is not None:
                seconds = started + self._control.grace_s - self._clock.monotonic()
                if seconds <= 0:
                    break
            self._receive(seconds)
            self._write()
        self._write()

    def _change_state(self, event: RunEvent, cause: CauseCode | None = None) -> None:
        """Write the new state (a disk that refuses even that must not hide it) and tell it."""
        self._state, self._cause = after(self._state, event), cause
        try:
            self._book.commit([*self._unwritten, StateChange(self._state, cause, self._clock.now())])
            self._unwritten = []
        except JournalUnwritable:
            self._cause = CauseCode.DISK_FULL
        _log.info("Run %s is %s %s", self._book.facts.run, self._state, self._cause or "")
        self._listener.state_changed(self._state, self._cause)

    def _ending(self) -> Ending:
        ledger = self._book.ledger
        return Ending(self._state, self._cause, ledger.tally, ledger.calls, ledger.reads)

    def _done(self) -> int:
        return sum(self._book.ledger.tally[outcome] for outcome in _SETTLED)

    def _tell(self, changes: Iterable[Change]) -> None:
        changes = tuple(changes)
        ledger, now = self._book.ledger, self._clock.monotonic()
        answered = sum(1 for change in changes if isinstance(change, Settled) and change.batch is not None)
        progress = self._meter.reached(self._done(), now, answered=answered)
        self._listener.recorded(
            Moment(
                changes,
                ledger.tally,
                ledger.calls,
                ledger.reads,
                self._lanes.flying,
                self.pace.lanes,
                progress.done,
                progress.total,
                progress.links_per_s,
                progress.seconds_left,
                self._credits_left,
                self._hold.waiting_for,
                self._hold.seconds_left,
            )
        )
