"""Verify: what is linked now, what the run's record learns from it, and how few reads it takes."""

import pytest

from desktop.domain.causes import CauseCode
from desktop.domain.errors import TokenRejected
from desktop.domain.outcomes import Outcome
from desktop.domain.records import Link, RecordId
from desktop.domain.runs import RunState
from desktop.practice import PracticeCrm
from tests.undo.stage import CONTACTS, LINKS, Bench, links_of
from tests.undo.test_undo import causes

ALL = tuple(range(len(LINKS)))


def link_again(bench: Bench, link: Link) -> None:
    bench.change("UPDATE links SET linked = 1 WHERE id_a IN (?, ?) AND id_b IN (?, ?)", *[link.parent_id, link.related_id] * 2)


def reads(practice: PracticeCrm) -> int:
    return sum(call["method"] == "GET" and "3652397" in call["path"] for call in practice.state.calls())


def test_everything_is_gone_after_a_run_and_one_read_a_list_proves_it(bench: Bench, practice: PracticeCrm) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    before = reads(practice)
    found = bench.verify(run)
    assert (found.gone, found.still_linked, found.unknown, found.differences) == (ALL, (), (), ())
    assert reads(practice) - before == 3
    assert bench.ledger(run).reads == reads(practice), "the run's record counts them"


def test_what_somebody_linked_again_is_a_difference_and_stays_removed_in_the_record(bench: Bench) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    link_again(bench, LINKS[6])
    found = bench.verify(run)
    assert (found.still_linked, found.differences, len(found.gone)) == ((6,), (6,), len(LINKS) - 1)
    assert causes(bench, run) == [CauseCode.REMOVED] * len(LINKS)


def test_of_an_undo_it_says_which_links_are_not_back(bench: Bench) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    undo = bench.start_undo(run)
    bench.work(undo)
    assert bench.verify(undo).differences == ()
    bench.change("UPDATE links SET linked = 0 WHERE id_a = ? OR id_b = ?", *[LINKS[2].related_id] * 2)
    found = bench.verify(undo)
    assert (found.gone, found.differences, len(found.still_linked)) == ((2,), (2,), len(LINKS) - 1)


def test_what_an_undo_put_back_is_no_surprise(bench: Bench) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    bench.work(bench.start_undo(run, chosen=ALL[:4]))
    link_again(bench, LINKS[6])
    found = bench.verify(run)
    assert (found.back, found.unwanted, found.missing) == (ALL[:4], (6,), ())


def unconfirmed_run(bench: Bench, practice: PracticeCrm, applied: str) -> str:
    """A finished run whose answers were all lost, and whose reads after that too."""
    run = bench.start(LINKS)
    practice.faults.add([{"do": "fin", "apply": applied, "match": {"method": "DELETE"}, "times": 99}])
    for parent in {link.parent_id for link in LINKS}:  # the first read of each list is that of the safety copy
        practice.faults.add([{"do": "fin", "match": {"method": "GET", "path": parent, "skip": 1}, "times": 99}])
    ending = bench.work(run)
    practice.faults.clear()
    assert (ending.state, ending.tally[Outcome.UNKNOWN]) == (RunState.FINISHED, len(LINKS))
    return run


@pytest.mark.parametrize(
    ("applied", "outcome", "cause"),
    [("yes", Outcome.DELINKED, CauseCode.REMOVED_PROVEN), ("no", Outcome.REFUSED, CauseCode.STILL_LINKED)],
)
def test_what_was_not_confirmed_is_settled_in_the_runs_record(
    bench: Bench, practice: PracticeCrm, applied: str, outcome: Outcome, cause: CauseCode
) -> None:
    run = unconfirmed_run(bench, practice, applied)
    found = bench.verify(run)
    assert (found.gone if applied == "yes" else found.still_linked) == ALL
    assert causes(bench, run) == [cause] * len(LINKS)
    assert bench.services.runs.summaries()[0].tally[outcome] == len(LINKS)


def test_what_a_paused_run_would_send_again_stays_open(bench: Bench, practice: PracticeCrm) -> None:
    run = bench.start(LINKS)
    practice.faults.add([{"do": "fin", "apply": "no", "match": {"method": "DELETE"}}])
    practice.faults.add(
        [{"do": "status", "status": 401, "body": '{"code":"INVALID_TOKEN"}', "match": {"method": "DELETE"}, "times": 9}]
    )
    assert bench.work(run, lanes=1).state is RunState.PAUSED
    practice.faults.clear()
    unknown = bench.ledger(run).with_outcome(Outcome.UNKNOWN)
    found = bench.verify(run)
    assert unknown and set(unknown) <= set(found.still_linked)
    assert bench.ledger(run).with_outcome(Outcome.UNKNOWN) == unknown
    assert bench.work(run).tally[Outcome.DELINKED] == len(LINKS)


def test_reads_that_prove_nothing_leave_links_unknown(bench: Bench, practice: PracticeCrm) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    practice.faults.add([{"do": "fin", "match": {"method": "GET", "path": LINKS[0].parent_id}, "times": 9}])
    found = bench.verify(run)
    assert (found.unknown, found.gone) == (ALL[:4], ALL[4:])


def test_a_limit_is_waited_for_and_a_rejected_token_ends_it_with_what_was_read_kept(bench: Bench, practice: PracticeCrm) -> None:
    run = unconfirmed_run(bench, practice, "yes")
    practice.faults.add(
        [{"do": "status", "status": 429, "body": "{}", "match": {"method": "GET", "path": "3652397"}, "times": 2}]
    )
    refused = {"do": "status", "status": 401, "body": '{"code":"INVALID_TOKEN"}'}
    practice.faults.add([{**refused, "match": {"method": "GET", "path": LINKS[-1].parent_id}}])
    with pytest.raises(TokenRejected):
        bench.verify(run)
    assert len(bench.verify(run).gone) == len(LINKS)


def test_a_long_list_is_paged_through_where_that_takes_fewer_reads(bench: Bench, practice: PracticeCrm) -> None:
    links = links_of(CONTACTS, 1, 400)
    bench.seed(links)
    run = bench.start(links)
    bench.work(run)
    for link in links:
        link_again(bench, link)
    before = reads(practice)
    assert len(bench.verify(run).still_linked) == 400
    assert reads(practice) - before == 2


def test_a_parent_that_was_deleted_proves_nothing(bench: Bench) -> None:
    run = bench.start(LINKS)
    bench.work(run)
    bench.change("DELETE FROM records WHERE id = ?", LINKS[0].parent_id)
    assert bench.verify(run).unknown == ALL[:4]


def test_an_older_version_reads_whole_lists(practice: PracticeCrm) -> None:
    bench = Bench(practice, "v2.1")
    bench.seed(LINKS)
    run = bench.start(LINKS)
    bench.work(run)
    bench.seed([Link(CONTACTS, LINKS[0].parent_id, RecordId(f"36523970000007{n:05d}")) for n in range(3)])
    found = bench.verify(run)
    assert (found.gone, found.unknown) == (ALL, ())
