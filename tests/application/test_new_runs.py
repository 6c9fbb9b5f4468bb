"""What is known of a run's links before it begins: held back, left out, or found absent by a look."""

from desktop.application.new_runs import first_changes, links_left_out
from desktop.domain.causes import CauseCode
from desktop.domain.findings import Findings, Presence
from desktop.domain.ledger import Ledger
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import make_plan
from tests.application.office import PAIRS
from tests.truth.stage import sheet_of

SHEET = sheet_of(PAIRS[:3])


def test_what_was_seen_absent_is_settled_from_the_start_and_the_rest_has_its_own_cause() -> None:
    findings = Findings(bytearray([Presence.LINKED, Presence.LINKED, Presence.NOT_LINKED]))
    plan = make_plan(SHEET.links, numbers=[0])
    ledger = Ledger(3).replay(first_changes(SHEET, plan, findings, 5.0))
    assert (ledger.outcome(2).outcome, ledger.outcome(2).cause) == (Outcome.NOT_LINKED, CauseCode.ABSENT_BEFORE)
    assert (ledger.outcome(1).outcome, ledger.outcome(1).cause) == (Outcome.NOT_ATTEMPTED, CauseCode.LEFT_OUT)
    assert ledger.was_seen_linked(0) and ledger.reads == 0


def test_a_link_that_was_not_ticked_is_left_out_unless_it_is_known_to_be_absent() -> None:
    plan = make_plan(SHEET.links, numbers=[0])
    assert links_left_out(SHEET, plan) == {CauseCode.HELD_BACK: [], CauseCode.LEFT_OUT: [1, 2]}
    assert links_left_out(SHEET, plan, absent=[2]) == {CauseCode.HELD_BACK: [], CauseCode.LEFT_OUT: [1]}
