"""The records with the most links, each with what became of them."""

from desktop.domain.causes import CauseCode
from desktop.domain.outcomes import REMOVED, LinkOutcome, Outcome, Tally
from desktop.domain.parent_tallies import MOST_PARENTS, largest_parents
from tests.qt.staging import links_of, parent_id

LOCKED = LinkOutcome(Outcome.REFUSED, CauseCode.RECORD_LOCKED)


def test_the_largest_come_first_with_their_outcomes_apart() -> None:
    links = links_of([(1, 1), (2, 2), (2, 3), (2, 4)])
    largest = largest_parents(links, [REMOVED, REMOVED, LOCKED, REMOVED])
    assert [(one.parent, one.link, one.tally) for one in largest] == [
        (parent_id(2), 1, Tally({Outcome.DELINKED: 2, Outcome.REFUSED: 1})),
        (parent_id(1), 0, Tally({Outcome.DELINKED: 1})),
    ]


def test_at_most_ten_are_named() -> None:
    links = links_of([(number, number) for number in range(12)])
    assert len(largest_parents(links, [REMOVED] * 12)) == MOST_PARENTS
