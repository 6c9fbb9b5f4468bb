"""The rows for what became of links: each one ends a link, and every outcome has a cause."""

from desktop.domain.link_causes import LINK_CAUSES
from desktop.domain.outcome_codes import Outcome
from desktop.domain.run_causes import RUN_CAUSES


def test_every_outcome_can_be_explained() -> None:
    assert {outcome for row in LINK_CAUSES.values() for outcome in row.ends} == set(Outcome)


def test_no_cause_has_two_rows() -> None:
    assert not LINK_CAUSES.keys() & RUN_CAUSES.keys()
