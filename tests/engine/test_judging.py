"""What an answer means, where no whole run shows it."""

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import CopyAnswer, LinkOutcome, Outcome
from desktop.domain.runs import Copied, Intent, Settled
from desktop.engine.judging import judge
from desktop.engine.workload import Task, TaskKind
from tests.engine.rehearsal import Rehearsal


def test_a_link_that_was_sent_before_is_not_called_absent_by_a_later_copy() -> None:
    batch = Rehearsal([(0, 0), (0, 1)]).book.plan.batches[0]
    lost = (0, LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST))
    ledger = Ledger(2).replay([Copied((0, 1), {}, 1.0), Intent(batch, 2.0), Settled(batch.number, (lost,), 3.0)])
    settled = judge(Task(TaskKind.COPY, batch), CopyAnswer({}), ledger, 4.0).changes[-1]
    assert isinstance(settled, Settled)
    assert [outcome.cause for _, outcome in settled.outcomes] == [CauseCode.REMOVED_PROVEN, CauseCode.ABSENT_BEFORE]
