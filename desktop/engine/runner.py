"""The run's coordinator: the one loop that owns the journal, feeds the lanes, and decides when to wait, pause or end.

No outcome is lost because things happen in this order:

1. A removal leaves only after its intent is committed, and its outcome is shown only after that is committed, too.
   Intents for all free lanes and outcomes of all lanes that came back share one commit.
2. With a safety copy, links are read first. The commit that holds a removal's intent holds that copy, too, or an earlier
   commit does. Copies run ahead of the removals, in the same lanes.
3. judging.py says what an answer means, workload.py which task is next, agenda.py what is left to do, and domain/pacing.py
   how long to wait. A run that puts links back goes the same way, with another call (operating.py).
4. A removal whose answer was lost is read about 5 s later; what is still there is sent again (3 sends at most).
   When nothing else is left, every link that was ever unknown is read once more, at least 120 s after its loss if it
   would otherwise end refused, unknown or still linked, because a call may take effect late.
5. A pause and a stop let the calls in flight finish. What does not come back in time stays intended on disk, and the
   next start reads it before anything is sent.

A runner works on one thread, the run's own. Reads outside a run follow the same policy (patience.py) in another way;
patient_lists.py says why a run does not read as they do.
"""

import logging
from collections.abc import Sequence

from desktop.domain.causes import CauseCode
from desktop.domain.errors import JournalUnwritable
from desktop.domain.pacing import FIRST_LANES, LONG_SLEEP_S, read_again_after_s
from desktop.domain.runs import Change, Ending, Intent, Returned, RunEvent, Settled, check_same_place
from desktop.engine.agenda import Agenda, reopened
from desktop.engine.control import Mailbox, RunControl
from desktop.engine.decisions import (
    Answered,
    Decision,
    Fail,
    Halve,
    OtherSide,
    Pause,
    ReadAgain,
    ReadLater,
    ReadOtherwise,
    RefusedRunWide,
    SendAgain,
    SendCopied,
    Step,
    StopReversing,
    Wait,
)
from desktop.engine.directions import LearnedDirections, Probes
from desktop.engine.lanes import Answer, Arrival, Lanes
from desktop.engine.objections import Objections
from desktop.engine.operating import operating_on
from desktop.engine.patience import Patience
from desktop.engine.ports import Clock, Crm, RunJournal, RunListener
from desktop.engine.refusals_in_a_row import RefusalsInARow
from desktop.engine.standing import Standing
from desktop.engine.telling import ProgressReporter
from desktop.engine.waking import CHECK_CLOCK_EVERY_S, SleepDetector
from desktop.engine.workload import Task, TaskKind, Workload

_log = logging.getLogger(__name__)


class Runner:
    """Carries out what is left of a run. Without a number of ``lanes`` they adapt between 5 and ``lane_cap``.

    With ``hold_on_pause``, :meth:`run` waits in a pause until the control resumes or stops it; otherwise it returns.
    The run pauses when the CRM says that fewer than ``credits_floor`` of the day's credits are left. ``learned`` knows from
    which ends the CRM takes calls; without it, the run finds out anew. With ``partial_undo`` the user accepted that the
    safety copy may lack the links' own fields.
    """

    def __init__(
        self,
        journal: RunJournal,
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
        self._journal = journal
        self._crm = crm
        self._clock = clock
        self._control = control
        self._hold_on_pause = hold_on_pause
        self._objections = Objections(journal.facts.operation, credits_floor, partial_undo=partial_undo)
        self._patience = Patience(clock, lanes, lane_cap)
        self.pace, self._backoff = self._patience.pace, self._patience.backoff
        self._mailbox: Mailbox[Arrival[Task, Answer]] = Mailbox(clock)
        self._lanes = Lanes(self._do_task, self._mailbox, clock, lambda: not (control.pausing or control.stopping))
        self._operating = operating_on(journal)
        copied = self._operating.read_before(journal.ledger)
        # Batches that were cut or regrouped got numbers past those of the plan, and no number may be used twice in a journal.
        next_batch = max(journal.plan.calls, journal.ledger.next_batch)
        self._probes = Probes(journal.ledger, journal.links.relations, learned)
        self._workload = Workload(
            journal.links, next_batch, copied, by_ids=crm.reads_by_ids, as_sheet=journal.ledger.as_sheet, gate=self._probes
        )
        self._agenda = Agenda(journal, clock, self._workload)
        self._sleep_detector = SleepDetector(clock)
        self._reporter = ProgressReporter(journal, clock, listener, self._backoff, self._lanes, self.pace)
        self._unwritten: list[Change] = []  # what came back since the last commit; the next one takes it along
        self._standing = Standing(journal, clock, control, self._reporter)
        self._refusals = RefusalsInARow()

    def run(self) -> Ending:
        """Work until the run is finished, stopped, or (without ``hold_on_pause``) paused.

        Raises RunElsewhere if the CRM is not the run's own, JournalUnwritable if not even the start can be written, and
        any fault of the program that a lane met, once everything that is known is on disk.
        """
        self._control.watch(self._mailbox.wake)
        with self._lanes:
            self._start()
            while True:
                match self._standing.next_event():
                    case RunEvent.STOP:
                        return self._stop()
                    case RunEvent.PAUSE if not self._pause():
                        return self._ending()
                    case None if self._turn() and self._finish():
                        return self._ending()

    def _start(self) -> None:
        facts = self._journal.facts
        # First of all, because in another account every link would be read as gone.
        check_same_place(facts, self._crm.connection)
        self._operating.prepare()
        self._standing.write_start(self._agenda.changes_at_start(self._clock.now()))
        _log.info("Run %s starts (%s, %s)", facts.run, facts.connection.data_centre, facts.connection.environment)
        self._reporter.start_measuring()
        self._agenda.queue_start()

    # One turn: fill the lanes, write, send, wait, judge.

    def _turn(self) -> bool:
        """Do one turn; True when nothing is left to do."""
        self._notice_sleep()
        if self._write(self._take_tasks()):
            self._receive(self._seconds_to_wait())
        # A fault in the lane that came back last leaves nothing to do, either, but then the run has not finished.
        return self._standing.fault is None and self._idle() and not self._next_stage()

    def _notice_sleep(self) -> None:
        jump_s = self._sleep_detector.hang_up_after_sleep(self._crm)
        # After a long sleep the run asks before it goes on: much may have changed, and nobody may expect it to work.
        if abs(jump_s) > LONG_SLEEP_S:
            self._standing.pause_for = CauseCode.CLOCK_JUMPED

    def _take_tasks(self) -> list[Task]:
        tasks, now = list[Task](), self._clock.monotonic()
        if self._backoff.is_on or self._standing.pause_for is not None:
            self._recall()
            return tasks
        self._backoff.waiting_for = None
        while self._lanes.handed_out + len(tasks) < self.pace.room and (task := self._workload.next_task(now)) is not None:
            tasks.append(task)
        return tasks

    def _recall(self) -> None:
        for task in reversed(self._lanes.recall()):
            self._workload.put_back(task)
            if task.kind is TaskKind.SEND:
                # Its intent is on disk already. Without this note the links would count as perhaps sent, and be read first.
                self._unwritten.append(Returned(task.batch.number, left=False, at=self._clock.now()))

    def _write(self, tasks: Sequence[Task] = ()) -> bool:
        """Commit what came back together with the intents of ``tasks``, then hand these out; False if the disk refuses."""
        sends = [task for task in tasks if task.kind is TaskKind.SEND]
        now = self._clock.now()
        changes = [*self._unwritten, *(Intent(task.batch, now) for task in sends)]
        try:
            if changes:
                with self.pace.committing():
                    self._journal.commit(changes)
        except JournalUnwritable:
            # Without its intent on disk nothing may leave. What is unwritten is kept and goes into the next commit.
            for task in tasks:
                self._workload.put_back(task)
            self._standing.pause_for = CauseCode.DISK_FULL
            return False
        self._unwritten = []
        self._lanes.submit(tasks, self.pace.lanes)  # before the listener is called: calls take longer than anything else
        if changes:
            self._reporter.report(changes)
        return True

    def _receive(self, seconds: float | None) -> None:
        for arrival in self._mailbox.collect(seconds):
            self._lanes.note_arrival()
            self.pace.call_took(arrival.seconds)
            self._workload.note_returned(arrival.task)
            self._standing.pause_for = (
                self._objections.pause_cause_after(arrival.task, arrival.result) or self._standing.pause_for
            )
            self._reporter.credits_left = self._objections.credits_left
            decision = self._operating.judge(arrival.task, arrival.result, self._journal.ledger, self._clock.now())
            self._carry_out(arrival.task, decision)

    def _seconds_to_wait(self) -> float:
        """Return how long the loop may wait for its lanes before it has something else to do."""
        if self._unwritten or self._idle() or self._standing.pause_for is not None:
            return 0.0
        if self._lanes.handed_out >= self.pace.room:
            return CHECK_CLOCK_EVERY_S
        due = self._backoff.until if self._backoff.is_on else self._workload.next_due()
        # Never longer than this, because only the loop notices that the computer slept.
        return CHECK_CLOCK_EVERY_S if due is None else min(CHECK_CLOCK_EVERY_S, max(0.0, due - self._clock.monotonic()))

    def _idle(self) -> bool:
        return not self._lanes.handed_out and not len(self._workload) and not self._unwritten

    # The next two run on the threads of the lanes.

    def _do_task(self, task: Task) -> Answer:
        match task.kind:
            case TaskKind.SEND:
                return self._operating.send(self._crm, task.batch)
            case TaskKind.COPY:
                return self._crm.copy_of(task.batches, self._reads_on)
        return self._crm.linked_of(task.batch)

    def _reads_on(self) -> bool:
        return not self._control.pausing and not self._control.stopping

    # What follows an answer.

    def _carry_out(self, task: Task, decision: Decision) -> None:
        self._unwritten.extend(decision.changes)
        for step in decision.steps:
            self._take_step(step, task)
        self._unwritten.extend(self._probes.note_decision(task, decision, self._workload, self._clock.now()))

    def _take_step(self, step: Step, task: Task) -> None:
        workload = self._workload
        match step:
            case Answered(to_removal):
                self._patience.answered(task.started_at)
                if to_removal:
                    self._refusals.clear()
            case SendCopied(parts):
                # What was read comes to the disk with the intents of these removals at the latest.
                workload.note_read(link for _, links in parts for link in links)
                batches = (batch if len(links) == len(batch) else workload.part(batch, links) for batch, links in parts)
                workload.queue_calls(batches, first=True)
            case ReadOtherwise(batches):
                workload.read_otherwise(task)
                workload.queue_calls(batches, first=True)
            case Halve(batch):
                workload.queue_calls(workload.halves(batch), first=True)
            case OtherSide(turned):
                workload.turn_to_sheet_side(turned)
            case StopReversing(relation):
                workload.give_up_reversing(relation)
            case SendAgain(batch, links):
                workload.queue_calls([workload.part(batch, links)], first=True)
            case ReadLater(batch, links, after_s):
                self._agenda.queue_read_back(batch, links, after_s)
            case RefusedRunWide(pause_for):
                self._standing.pause_for = self._refusals.count_refusal(pause_for) or self._standing.pause_for
            case Wait():
                self._try_later(step)
            case ReadAgain(unproven, give_up):
                self._read_again(unproven, give_up)
            case Pause(cause, then):
                self._standing.pause_for = cause
                if then is not None:
                    workload.queue_at(self._clock.monotonic(), then)
            case Fail(error):
                self._standing.fault = self._standing.fault or error

    def _read_again(self, task: Task, give_up: Settled | None) -> None:
        """Make a read again, or give it up: then what it was to copy is not sent, and what was lost stays unknown."""
        if (after_s := read_again_after_s(task.tries + 1)) is not None:
            self._workload.queue_at(self._clock.monotonic() + after_s, task.again())
            return
        self._unwritten.extend([give_up] if give_up else [])
        self._unwritten.extend(self._probes.note_read_over(task, self._workload, self._clock.now()))

    def _try_later(self, wait: Wait) -> None:
        """Send nothing for a while, then this task first; pause if waiting was in vain too often."""
        if self._patience.must_wait(wait.cause, wait.task.started_at, wait.asked_s, wait.trouble):
            self._workload.queue_at(self._backoff.until, wait.task)
            self._reporter.report()
        else:
            self._standing.pause_for = wait.cause
            self._workload.queue_at(self._clock.monotonic(), wait.task)

    # Stages, pauses and ends.

    def _next_stage(self) -> bool:
        """Queue what comes when nothing is left: the links after the first ones, then the last reads. False if all is done."""
        if self._agenda.queue_rest():
            self._standing.pause_for = CauseCode.FIRST_LINKS_DONE
            return True
        more, waits = self._agenda.queue_last_read_backs()
        if waits:
            self._backoff.show_wait_for_read(self._workload.next_due() or 0.0)
            self._reporter.report()
        self._standing.pause_for = self._standing.pause_for if more else self._refusals.pause_cause_at_end()
        return more or self._standing.pause_for is not None

    def _finish(self) -> bool:
        """Write that the run is over; False if the disk refuses it."""
        if not self._standing.change_state(RunEvent.FINISH, self._unwritten):
            self._standing.pause_for = CauseCode.DISK_FULL
            return False
        return True

    def _pause(self) -> bool:
        """Let the calls in flight finish and wait until somebody resumes the run; False if run() is to return."""
        cause = self._standing.pause_for or CauseCode.ASKED
        if cause is not CauseCode.ASKED:
            self._control.pause()  # before the listener hears of it: if it resumes at once, that must come after this
        self._drain()
        if self._standing.fault is not None:
            return True  # the run ends with the fault, of which nobody would hear in a pause
        self._standing.change_state(RunEvent.PAUSE, self._unwritten, cause)
        if not self._hold_on_pause:
            return False
        if self._control.wait_for_resume():
            self._go_on_after(cause)
        return True

    def _go_on_after(self, cause: CauseCode) -> None:
        self._standing.pause_for = None
        self._objections.note_resumed_after(cause)
        self._refusals.clear()
        self._backoff.clear()
        again = reopened(self._journal.ledger, self._clock.now())
        self._unwritten.extend(again)
        self._agenda.queue_reopened(again)
        # A pause may last for days: links that were read before it and not sent are read anew.
        self._workload.reset_copied(self._operating.read_before(self._journal.ledger))
        self._sleep_detector.jump_s()  # forgets a sleep during the pause, when nothing was in flight
        self._standing.change_state(RunEvent.RESUME, self._unwritten)
        self._reporter.start_measuring()

    def _stop(self) -> Ending:
        self._drain()
        self._standing.change_state(RunEvent.STOP, self._unwritten)
        if self._standing.fault is not None:
            raise self._standing.fault
        return self._ending()

    def _drain(self) -> None:
        """Wait for what is in flight and write it; after a stop for no longer than its grace."""
        started = self._clock.monotonic()
        self._recall()
        while self._lanes.handed_out:
            self._notice_sleep()
            seconds = CHECK_CLOCK_EVERY_S
            if self._control.stopping and self._control.grace_s is not None:
                seconds = min(seconds, started + self._control.grace_s - self._clock.monotonic())
                if seconds <= 0:
                    break
            self._receive(seconds)
            self._write()
        self._write()

    def _ending(self) -> Ending:
        ledger = self._journal.ledger
        return Ending(self._standing.state, self._standing.cause, ledger.tally_at_rest, ledger.calls, ledger.reads)
