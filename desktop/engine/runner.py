"""The run's coordinator: the one loop that owns the journal, feeds the lanes, and decides when to wait, pause or end.

The order of things is what keeps every outcome:

1. A removal leaves only after its intent is committed; its outcome is shown only after that is committed too.
   Intents of all free lanes and outcomes of all lanes that came back share one commit.
2. With a safety copy, links are read first; the commit that holds a removal's intent holds that copy too, or an earlier
   one does. Copies run ahead of the removals, in the same lanes.
3. What an answer means stands in judging.py; what waits, in workload.py; what is left to do, in agenda.py; how long,
   in domain/pacing.py. A run that puts links back goes the same way, with another call that purposes.py names.
4. A removal whose answer was lost is read about 5 s later; what is still there is sent again (3 sends at most).
   When nothing else is left, every link that was ever unknown is read once more, at least 120 s after its loss if it
   would otherwise end refused, unknown or still linked: a call may take effect late.
5. A pause and a stop let the calls in flight finish. What does not come back in time stays intended on disk, and the
   next start reads it before anything is sent.

A runner works on one thread, the run's own.
"""

import logging
from collections.abc import Sequence

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalUnwritable
from desktop.domain.pacing import FIRST_LANES, LONG_SLEEP_S, READ_AFTER_LOSS_S
from desktop.domain.runs import Change, Ending, Intent, Returned, RunEvent, RunState, after
from desktop.engine.agenda import Agenda, reopened
from desktop.engine.ages import state_now
from desktop.engine.control import Mailbox, RunControl
from desktop.engine.directions import LearnedDirections, Probes
from desktop.engine.holding import Hold
from desktop.engine.lanes import Answer, Arrival, Lanes
from desktop.engine.objections import Objections
from desktop.engine.pace import Pace
from desktop.engine.ports import Clock, Crm, RunBook, RunListener
from desktop.engine.purposes import purpose_of
from desktop.engine.refusals_in_a_row import RefusalsInARow
from desktop.engine.telling import Teller
from desktop.engine.verdicts import Verdict
from desktop.engine.waking import LOOK_EVERY_S, ClockWatch
from desktop.engine.workload import Task, Work, Workload

_log = logging.getLogger(__name__)

_READ_TRIES = 3


class Runner:
    """Carries out what is left of a run. ``lanes`` None: adapt between 5 and ``lane_cap``.

    With ``hold_on_pause`` a pause waits inside :meth:`run` for the control's resume or stop; without it, run returns.
    The run pauses when the CRM says that fewer than ``credits_floor`` of the day's credits are left. ``learned`` are the
    ends from which the CRM is known to take calls; without it, the run finds out anew. ``partial_undo``: the user accepted
    that the safety copy may lack what links have of their own.
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
        credits_floor: int | None = None,
        learned: LearnedDirections | None = None,
        partial_undo: bool = False,
    ) -> None:
        self._book = book
        self._crm = crm
        self._clock = clock
        self._control = control
        self._hold_on_pause = hold_on_pause
        self._objections = Objections(book.facts.kind, credits_floor, partial_undo=partial_undo)
        self.pace = Pace(clock, lanes, lane_cap)
        self._mailbox: Mailbox[Arrival] = Mailbox(clock)
        self._lanes = Lanes(self._work, self._mailbox, lambda: not (control.pausing or control.stopping))
        self._purpose = purpose_of(book)
        copied = self._purpose.known_before(book.ledger)
        next_batch = max(book.plan.calls, book.ledger.next_batch)
        self._probes = Probes(book.ledger, book.links.relations, learned)
        self._workload = Workload(
            book.links, next_batch, copied, by_ids=crm.reads_by_ids, as_sheet=book.ledger.as_sheet, gate=self._probes
        )
        self._agenda = Agenda(book, clock, self._workload)
        self._hold = Hold(clock)
        self._watch = ClockWatch(clock)
        self._teller = Teller(book, clock, listener, self._hold, self._lanes, self.pace)
        self._unwritten: list[Change] = []
        self._state = RunState.RUNNING
        self._cause: CauseCode | None = None
        self._pause_cause: CauseCode | None = None
        self._fault: Exception | None = None
        self._refusals = RefusalsInARow()

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
                # A fault in the lane that came back last leaves nothing to do either, but the run is not over then.
                if self._fault is None and self._idle() and not self._next_stage() and self._finish():
                    return self._ending()

    def _begin(self) -> None:
        ledger, now = self._book.ledger, self._clock.now()
        self._purpose.begin()
        if ledger.changed_at:
            after(RunState.INTERRUPTED if ledger.state is RunState.RUNNING else ledger.state, RunEvent.RESUME)
        self._book.commit([*self._agenda.left_behind(now), state_now(self._clock, RunState.RUNNING)])
        place = self._book.facts.connection
        _log.info("Run %s starts (%s, %s)", self._book.facts.run, place.data_centre, place.environment)
        self._teller.state(RunState.RUNNING, None)
        self._teller.start()
        self._agenda.queue_start()

    # One turn: fill the lanes, write, send, wait, judge.

    def _turn(self) -> None:
        self._notice_sleep()
        tasks = self._take_tasks()
        if self._write(tasks):
            self._receive(self._patience())

    def _notice_sleep(self) -> None:
        """Connections from before a sleep are dead: cut the calls in flight, whose fate is then read."""
        jump_s = self._watch.jump_s()
        if jump_s:
            _log.warning("The clock jumped by %.0f s; %d calls in flight are given up", jump_s, self._lanes.flying)
            self._crm.hang_up()
        if abs(jump_s) > LONG_SLEEP_S:
            self._pause_cause = CauseCode.CLOCK_JUMPED

    def _take_tasks(self) -> list[Task]:
        tasks, now = list[Task](), self._clock.monotonic()
        if self._hold.is_on or self._pause_cause is not None:
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

    def _write(self, tasks: Sequence[Task] = ()) -> bool:
        """Commit what came back together with the intents of what leaves after it; False when the disk refuses."""
        sends = [task for task in tasks if task.work is Work.SEND]
        now = self._clock.now()
        changes = [*self._unwritten, *(Intent(task.batch, now) for task in sends)]
        try:
            if changes:
                with self.pace.committing():
                    self._book.commit(changes)
        except JournalUnwritable:
            for task in tasks:
                self._workload.put_back(task)
            self._pause_cause = CauseCode.DISK_FULL
            return False
        self._unwritten = []
        self._lanes.submit(tasks, self.pace.lanes)  # before anybody is told: the lanes are what takes time
        if changes:
            self._teller.tell(changes)
        return True

    def _receive(self, seconds: float | None) -> None:
        for arrival in self._mailbox.take(seconds):
            self._lanes.landed()
            self.pace.call_took(arrival.seconds)
            self._workload.done(arrival.task)
            self._pause_cause = self._objections.to(arrival.task, arrival.result) or self._pause_cause
            self._teller.credits_left = self._objections.credits_left
            verdict = self._purpose.judge(arrival.task, arrival.result, self._book.ledger, self._clock.now())
            self._unwritten.extend(verdict.changes)
            self._follow(arrival.task, verdict)

    def _patience(self) -> float:
        """Seconds until the loop has something to do even if no lane comes back."""
        if self._unwritten or self._idle() or self._pause_cause is not None:
            return 0.0
        if self._lanes.out >= self.pace.room:
            return LOOK_EVERY_S
        due = self._hold.until if self._hold.is_on else self._workload.next_due()
        return LOOK_EVERY_S if due is None else min(LOOK_EVERY_S, max(0.0, due - self._clock.monotonic()))

    def _idle(self) -> bool:
        return not self._lanes.out and not len(self._workload) and not self._unwritten

    def _work(self, task: Task) -> Answer:
        """On a lane's thread."""
        match task.work:
            case Work.SEND:
                return self._purpose.send(self._crm, task.batch)
            case Work.COPY:
                return self._crm.copy_of(task.batches, self._reads_on)
        return self._crm.linked_of(task.batch)

    def _reads_on(self) -> bool:
        """On a lane's thread: whether a copy may turn the next page."""
        return not self._control.pausing and not self._control.stopping

    # What follows from a verdict.

    def _follow(self, task: Task, verdict: Verdict) -> None:
        if verdict.good:
            self.pace.answered(task.started_at)
            self._hold.answered()
        if verdict.call_answered:
            self._refusals.clear()
        self._queue_copied(task, verdict)
        self._queue_follow_ups(verdict)
        if verdict.run_wide_refusal:
            self._pause_cause = self._refusals.refused(verdict.pause_for) or self._pause_cause
        if verdict.try_again is not None:
            self._try_again(verdict.try_again, verdict)
        self._unwritten.extend(self._probes.judged(task, verdict, self._workload, self._clock.now()))
        self._pause_cause = verdict.pause or self._pause_cause
        self._fault = self._fault or verdict.fault

    def _queue_copied(self, task: Task, verdict: Verdict) -> None:
        """Links that were read may be sent; what was read comes to the disk with their intent at the latest."""
        workload = self._workload
        for _, links in verdict.send_on:
            workload.copied(links)
        if verdict.copy_on:
            workload.read_otherwise(task)
            workload.send(verdict.copy_on, first=True)
        sends = (batch if len(links) == len(batch) else workload.part(batch, links) for batch, links in verdict.send_on)
        workload.send(sends, first=True)

    def _queue_follow_ups(self, verdict: Verdict) -> None:
        workload = self._workload
        if verdict.halve is not None:
            workload.send(workload.halves(verdict.halve), first=True)
        if verdict.turn is not None:
            workload.turn(verdict.turn)
            if verdict.turn_all:
                workload.give_up_reversing(verdict.turn.batch.relation)
        if verdict.send_again is not None:
            workload.send([workload.part(*verdict.send_again)], first=True)
        if verdict.look_at is not None:
            self._agenda.queue_look(*verdict.look_at, verdict.look_after_s)

    def _try_again(self, task: Task, verdict: Verdict) -> None:
        if verdict.busy is not None:
            self.pace.refused_for_load(task.started_at)
            self._try_later(task, CauseCode.LIMIT_REACHED, verdict.busy.retry_after_s)
        elif verdict.unreachable is not None:
            self._hold.trouble = verdict.unreachable.detail
            self._try_later(task, CauseCode.OFFLINE)
        elif verdict.pause is None and task.tries >= _READ_TRIES:
            # This read proves nothing. Links that it was to copy are not sent; lost ones stay unknown until the last look.
            self._unwritten.extend([verdict.give_up] if verdict.give_up else [])
            self._unwritten.extend(self._probes.gave_up(task, self._workload, self._clock.now()))
        else:
            wait_s = 0.0 if verdict.pause is not None else READ_AFTER_LOSS_S
            self._workload.at(self._clock.monotonic() + wait_s, task.again())

    def _try_later(self, task: Task, cause: CauseCode, wish_s: float | None = None) -> None:
        """Send nothing for a while, this task first then; pause when that was in vain too often."""
        if self._hold.extend(cause, task.started_at, wish_s):
            self._workload.at(self._hold.until, task)
            self._teller.tell()
        else:
            self._pause_cause = cause
            self._workload.at(self._clock.monotonic(), task)

    # Stages, pauses and ends.

    def _next_stage(self) -> bool:
        """When nothing is left to do: the rest after the first links, then the last looks. False when all is done."""
        if self._agenda.queue_rest():
            self._pause_cause = CauseCode.FIRST_LINKS_DONE
            return True
        more, waits = self._agenda.queue_last_looks()
        if waits:
            self._hold.wait_for_look(self._workload.next_due() or 0.0)
            self._teller.tell()
        self._pause_cause = self._pause_cause if more else self._refusals.at_end()
        return more or self._pause_cause is not None

    def _finish(self) -> bool:
        """Over is only what is over on the disk; False when that refuses."""
        is_written = self._change_state(RunEvent.FINISH)
        self._pause_cause = self._pause_cause if is_written else CauseCode.DISK_FULL
        return is_written

    def _pause(self, cause: CauseCode) -> bool:
        """Let the calls in flight finish and wait for the word to go on; False when run() shall return."""
        if cause is not CauseCode.ASKED:
            self._control.pause()  # before anybody is told: whoever resumes at once must not be overheard
        self._drain()
        if self._fault is not None:
            return True  # and the run ends with it: nobody would be told of it in a pause
        self._change_state(RunEvent.PAUSE, cause)
        if not self._hold_on_pause:
            return False
        if not self._control.wait_for_resume():
            return True
        self._pause_cause = None
        self._objections.went_on_after(cause)
        self._refusals.clear()
        self._hold.clear()
        again = reopened(self._book.ledger, self._clock.now())
        self._unwritten.extend(again)
        self._agenda.queue_again(again)
        self._workload.know(self._purpose.known_before(self._book.ledger))
        self._watch.jump_s()  # a sleep during the pause is none of the run's
        self._change_state(RunEvent.RESUME)
        self._teller.start()
        return True

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
            self._notice_sleep()
            seconds = LOOK_EVERY_S
            if self._control.stopping and self._control.grace_s is not None:
                seconds = min(seconds, started + self._control.grace_s - self._clock.monotonic())
                if seconds <= 0:
                    break
            self._receive(seconds)
            self._write()
        self._write()

    def _change_state(self, event: RunEvent, cause: CauseCode | None = None) -> bool:
        """Write the new state and tell it, also when the disk refuses it: that must not hide a pause or a stop.

        False when the disk refuses; a run that is to finish then stays as it is.
        """
        state = after(self._state, event)
        changes = [*self._unwritten, state_now(self._clock, state, cause)]
        written = True
        try:
            self._book.commit(changes)
            self._unwritten = []
        except JournalUnwritable:
            if event is RunEvent.FINISH:
                return False
            written, cause = False, CauseCode.DISK_FULL
        self._state, self._cause = state, cause
        _log.info("Run %s is %s %s", self._book.facts.run, self._state, self._cause or "")
        if written:
            self._teller.tell(changes)
        self._teller.state(self._state, self._cause)
        return written

    def _ending(self) -> Ending:
        ledger = self._book.ledger
        return Ending(self._state, self._cause, ledger.tally_at_rest, ledger.calls, ledger.reads)
