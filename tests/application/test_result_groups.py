"""The groups of a run's results: problems first, what needs nothing last, and one sum of it all."""

from dataclasses import replace

from desktop.application.result_groups import ResultVerdict, groups_of, verdict_of
from desktop.application.run_results import RunResults
from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from tests.qt.staging import links_of

LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)
LOST = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST)
LEFT_OUT = LinkOutcome(Outcome.NOT_ATTEMPTED, CauseCode.LEFT_OUT)
ABSENT = LinkOutcome(Outcome.NOT_LINKED, CauseCode.RELATION_NOT_FOUND)


def results(*outcomes: LinkOutcome, asked: int, may_be_retried: bool = True) -> RunResults:
    counts: dict[tuple[Outcome, CauseCode], int] = {}
    for known in outcomes:
        counts[known.outcome, known.cause] = counts.get((known.outcome, known.cause), 0) + 1
    links = links_of([(1, number) for number in range(len(outcomes))])
    return RunResults(links, outcomes, counts, {}, may_be_retried, asked=asked)


SHOWN = results(*[REMOVED] * 4, ABSENT, LOCKED, LOST, LOST, LEFT_OUT, asked=7)


def test_what_needs_somebody_comes_first_and_the_largest_of_it_at_the_top() -> None:
    assert [group.cause for group in groups_of(SHOWN)] == [
        CauseCode.ANSWER_LOST,
        CauseCode.RECORD_LOCKED,
        CauseCode.LEFT_OUT,
        CauseCode.RELATION_NOT_FOUND,
        CauseCode.REMOVED,
    ]
    assert [group.needs_you for group in groups_of(SHOWN)] == [True, True, False, False, False]


def test_the_verdict_counts_to_the_number_that_was_typed() -> None:
    assert verdict_of(SHOWN) == ResultVerdict(asked=7, done=4, need_you=3, were_so=1)
    assert not verdict_of(SHOWN).is_clean
    assert verdict_of(results(REMOVED, ABSENT, LEFT_OUT, asked=2)).is_clean


def test_a_run_that_a_retry_took_over_needs_nobody() -> None:
    assert verdict_of(replace(SHOWN, may_be_retried=False)).is_clean
    assert not any(group.needs_you for group in groups_of(replace(SHOWN, may_be_retried=False)))
