"""The ledger: a replay of changes that always knows what became of every link."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.causes import CauseCode
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome, Tally
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.domain.runs import Change, Copied, Intent, Reopened, Returned, RunState, Settled, Sighted, StateChange

LOST = LinkOutcome(Outcome.UNKNOWN, CauseCode.ANSWER_LOST)
REFUSED = LinkOutcome(Outcome.REFUSED, CauseCode.NO_PERMISSION)


def batch(number: int, links: tuple[int, ...]) -> Batch:
    ids = tuple(RecordId(f"365239700{link:010d}") for link in links)
    return Batch(number, Relation("Campaigns", "Contacts"), Side.PARENT, RecordId("3652397000000327001"), ids, links)


def test_an_open_call_is_unknown_until_it_is_answered() -> None:
    ledger = Ledger(3).replay([Intent(batch(0, (0, 1)), 1.0)])
    assert [one.outcome for one in ledger.outcomes()] == [Outcome.UNKNOWN, Outcome.UNKNOWN, Outcome.NOT_ATTEMPTED]
    assert ledger.unsent() == [2]
    ledger.apply(Settled(0, ((0, REMOVED), (1, LOST)), 2.0))
    assert ledger.outcome(0) == REMOVED
    assert ledger.lost()[1].at == 2.0
    assert ledger.open_batches() == []


def test_a_returned_call_did_nothing_and_may_be_sent_again() -> None:
    ledger = Ledger(2).replay([Intent(batch(0, (0, 1)), 1.0), Returned(0, False, 2.0)])
    assert ledger.unsent() == [0, 1]
    assert (ledger.calls, ledger.sends(0)) == (0, 0)
    ledger.replay([Intent(batch(0, (0, 1)), 3.0), Returned(0, True, 4.0)])
    assert (ledger.calls, ledger.sends(0)) == (1, 0)


def test_what_a_read_saw_is_remembered() -> None:
    ledger = Ledger(2).replay([Sighted((1,), (0,), 1.0)])
    assert ledger.was_seen_linked(1) and not ledger.was_seen_linked(0)
    assert ledger.reads == 1


def test_what_was_copied_is_known_and_counts_as_seen() -> None:
    ledger = Ledger(3).replay([Copied((0, 1), {0: {"Member_Status": "Sent"}}, 1.0, 4), Sighted((2,), (), 2.0, 3)])
    assert [ledger.has_copy(link) for link in range(3)] == [True, True, False]
    assert all(ledger.was_seen_linked(link) for link in range(3))
    assert (ledger.copies, ledger.reads, ledger.untouched) == (2, 7, 3)


def test_untouched_links_are_those_without_any_outcome() -> None:
    ledger = Ledger(2).replay([Intent(batch(0, (0, 1)), 1.0), Settled(0, ((0, REFUSED), (1, LOST)), 2.0)])
    assert ledger.untouched == 0
    ledger.apply(Reopened((0,), 3.0))
    assert ledger.untouched == 1


def test_refused_links_can_be_opened_again() -> None:
    ledger = Ledger(1).replay([Intent(batch(0, (0,)), 1.0), Settled(0, ((0, REFUSED),), 2.0), Reopened((0,), 3.0)])
    assert ledger.unsent() == [0]
    assert ledger.tally == Tally({Outcome.NOT_ATTEMPTED: 1})


def test_pauses_are_remembered() -> None:
    ledger = Ledger(1).replay(
        [StateChange(RunState.PAUSED, CauseCode.FIRST_LINKS_DONE, 1.0), StateChange(RunState.RUNNING, None, 2.0)]
    )
    assert ledger.state is RunState.RUNNING
    assert CauseCode.FIRST_LINKS_DONE in ledger.paused_for


@st.composite
def histories(draw: st.DrawFn) -> tuple[int, list[Change]]:
    links = draw(st.integers(1, 12))
    changes: list[Change] = []
    for number in range(draw(st.integers(0, 12))):
        chosen = tuple(draw(st.lists(st.integers(0, links - 1), unique=True, min_size=1)))
        changes.append(Intent(batch(number, chosen), float(number)))
        what = draw(st.sampled_from(["settle", "lose", "return", "nothing"]))
        if what == "settle":
            kind = draw(st.sampled_from([REMOVED, REFUSED]))
            changes.append(Settled(number, tuple((link, kind) for link in chosen), float(number)))
        elif what == "lose":
            changes.append(Settled(number, tuple((link, LOST) for link in chosen), float(number)))
        elif what == "return":
            changes.append(Returned(number, draw(st.booleans()), float(number)))
    return links, changes


@given(histories())
def test_the_tally_always_counts_every_link_once(history: tuple[int, list[Change]]) -> None:
    links, changes = history
    ledger = Ledger(links)
    for change in changes:
        ledger.apply(change)
        assert ledger.tally.total == links
        assert all(count >= 0 for count in ledger.tally.counts.values())
    flying = {link for one in ledger.open_batches() for link in one.link_numbers}
    told = Tally.of(outcome.outcome for link, outcome in enumerate(ledger.outcomes()) if link not in flying)
    assert told[Outcome.DELINKED] == sum(1 for link in range(links) if link not in flying and ledger.outcome(link) == REMOVED)
