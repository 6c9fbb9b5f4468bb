"""What became of a run, in order: how many links a retry may have to send, and what happened at all."""

from pathlib import Path

from desktop.application.result_files import ResultsRequest
from desktop.application.run_results import RunResults, save_results, see_run, write_results_again
from desktop.domain.causes import LEFT_BY_CHOICE, CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome
from tests.application.office import PAIRS, Office
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
    assert not results(LEFT_OUT).has(Outcome.NOT_ATTEMPTED, but=LEFT_BY_CHOICE)
    assert not results(REMOVED).has(Outcome.REFUSED, Outcome.UNKNOWN)


def test_a_run_on_disk_is_seen_with_its_counts_and_what_an_undo_may_put_back(office: Office) -> None:
    seen = see_run(office.services, office.removed())
    with seen.record:
        assert (seen.results.to_undo, seen.results.left(), seen.trouble) == (len(PAIRS), 0, "")
        assert list(seen.results.numbers[REMOVED.cause]) == list(range(len(PAIRS)))


def test_results_go_where_they_are_wished_for_and_a_place_that_refuses_is_told(office: Office, tmp_path: Path) -> None:
    run = office.removed()
    wished = tmp_path / "r.csv"
    seen = save_results(office.services, run, ResultsRequest(wished))
    with seen.record:
        assert (seen.workbook, wished.exists(), seen.trouble) == (wished, True, "")
    taken = tmp_path / "letters.csv"
    taken.write_text("not ours", encoding="utf-8")
    seen = save_results(office.services, run, ResultsRequest(taken))
    with seen.record:
        assert (seen.workbook, taken.read_text("utf-8")) == (wished, "not ours") and seen.trouble
    with save_results(office.services, run).record as record:
        assert record.results is not None and record.results != wished


def test_results_that_are_written_again_are_counted(office: Office, tmp_path: Path) -> None:
    told: list[int] = []
    run = office.removed()
    written = write_results_again(office.services, run, tmp_path / "r.csv", lambda record: lambda done, total: told.append(done))
    assert (written.rows, written.path) == (len(PAIRS), tmp_path / "r.csv")
