"""What became of a run, in order: how many links a retry may have to send, and what happened at all."""

from desktop.application.run_results import RunResults
from desktop.domain.causes import NOT_WANTED, CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from tests.qt.staging import links_of

LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)
LEFT_OUT = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.LEFT_OUT)
UNANSWERED = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST)


def results(*outcomes: LinkOutcome, may_be_retried: bool = True) -> RunResults:
    counts: dict[tuple[Outcome, CauseCode], int] = {}
    for known in outcomes:
        counts[known.outcome, known.cause] = counts.get((known.outcome, known.cause), 0) + 1
    links = links_of([(1, number) for number in range(len(outcomes))])
    return RunResults(links, outcomes, counts, {}, may_be_retried)


def test_a_retry_takes_what_is_left_and_what_was_found_linked_each_once() -> None:
    shown = results(REMOVED, LOCKED, UNANSWERED, LEFT_OUT, REMOVED)
    assert shown.left() == 2
    assert shown.left([4]) == 3
    assert shown.left([1, 2, 4]) == 3, "those that are left anyway count once"


def test_a_run_that_was_taken_over_leaves_nothing() -> None:
    assert results(LOCKED, may_be_retried=False).left([0]) == 0


def test_an_outcome_counts_unless_its_cause_is_left_aside() -> None:
    assert results(LEFT_OUT).has(Outcome.NOT_ATTEMPTED)
    assert not results(LEFT_OUT).has(Outcome.NOT_ATTEMPTED, but=NOT_WANTED)
    assert not results(REMOVED).has(Outcome.REFUSED, Outcome.UNKNOWN)
