"""A look counts for the account that was asked, and for fifteen minutes; a run that is given anything else believes nothing."""

from dataclasses import replace

import pytest

from desktop.application.new_runs import new_run
from desktop.compose import build_services
from desktop.domain.causes import CauseCode
from desktop.domain.connections import PRACTICE_NAME, Account, Connection, Environment, same_account, same_place
from desktop.domain.errors import LookElsewhere, LookOutdated
from desktop.domain.findings import LOOK_COUNTS_FOR_S, Findings, Presence
from desktop.domain.outcomes import Outcome
from desktop.domain.planning.plans import Plan, make_plan
from desktop.engine.checking import LinkCheck
from desktop.engine.looks import age_of, usable_findings
from tests.engine.rehearsal import JumpingClock, Rehearsal
from tests.truth.stage import sheet_of

ANN = Account("ACME Ltd", "665", "Ann Lee", "ann@acme.example")
PRODUCTION = Connection("p", "ACME", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", account=ANN)
SANDBOX = replace(PRODUCTION, id="s", environment=Environment.SANDBOX, api_url="https://sandbox.zohoapis.eu")
PAIRS = [("3652397000000327001", f"36523970000009251{n:02d}") for n in range(3)]
SHEET = sheet_of(PAIRS)


class SetClock(JumpingClock):
    """A clock whose wall part somebody sets."""

    def __init__(self) -> None:
        super().__init__()
        self.set_by_s = 0.0

    def now(self) -> float:
        return self.time + self.set_by_s


def found(*presence: Presence, asked_in: Connection | None = PRODUCTION, begun: float | None = 1000.0) -> Findings:
    """What a look found that began at second 1000 and took ten."""
    return Findings(bytearray(presence), at=1010.0, seconds=10.0, asked_in=asked_in, begun=begun)


ABSENT = found(Presence.LINKED, Presence.NOT_LINKED, Presence.NOT_FOUND)
THERE = found(Presence.LINKED, Presence.LINKED, Presence.UNCLEAR)


def without_absent() -> Plan:
    return make_plan(SHEET.links, numbers=[0])


def outcomes_of(findings: Findings, plan: Plan, connection: Connection, clock: JumpingClock) -> list[tuple[Outcome, CauseCode]]:
    """What is known of the links of a run of its own before its first call."""
    services = replace(build_services(), clock=clock)
    with new_run(services, SHEET, plan, connection, safety_copy=False, findings=findings) as book:
        return [(one.outcome, one.cause) for one in book.ledger.outcomes()]


def test_fresh_findings_of_the_same_account_end_absent_links() -> None:
    told = outcomes_of(ABSENT, without_absent(), PRODUCTION, JumpingClock())
    assert [outcome for outcome, _ in told] == [Outcome.NOT_ATTEMPTED, Outcome.NOT_LINKED, Outcome.NOT_LINKED]


@pytest.mark.parametrize(
    "elsewhere",
    [
        SANDBOX,
        replace(PRODUCTION, id="o", account=replace(ANN, organisation_id="999")),
        replace(PRODUCTION, account=replace(ANN, organisation_id="999")),
        replace(PRODUCTION, id="b", account=replace(ANN, email="ben@acme.example")),
        replace(PRODUCTION, id="n", account=Account()),
        Connection(PRACTICE_NAME, PRACTICE_NAME, "", Environment.PRACTICE, "http://127.0.0.1:4"),
    ],
    ids=["sandbox", "other organisation", "other organisation, same connection", "other user", "nobody knows", "practice"],
)
def test_findings_of_another_account_end_no_link(elsewhere: Connection) -> None:
    with pytest.raises(LookElsewhere):
        outcomes_of(replace(ABSENT, asked_in=elsewhere), without_absent(), PRODUCTION, JumpingClock())
    with pytest.raises(LookElsewhere):
        outcomes_of(ABSENT, without_absent(), elsewhere, JumpingClock())


def test_findings_without_account_or_time_end_no_link() -> None:
    with pytest.raises(LookElsewhere):
        outcomes_of(replace(ABSENT, asked_in=None), without_absent(), PRODUCTION, JumpingClock())
    with pytest.raises(LookOutdated):
        outcomes_of(replace(ABSENT, begun=None), without_absent(), PRODUCTION, JumpingClock())


def test_a_look_ends_no_link_after_fifteen_minutes_counted_from_its_first_read() -> None:
    clock = JumpingClock()
    clock.time += LOOK_COUNTS_FOR_S
    assert outcomes_of(ABSENT, without_absent(), PRODUCTION, clock)[1][0] is Outcome.NOT_LINKED
    clock.time += 1.0
    with pytest.raises(LookOutdated):
        outcomes_of(ABSENT, without_absent(), PRODUCTION, clock)


@pytest.mark.parametrize(("set_by_s", "counts"), [(-86_400.0, True), (60.0, True), (86_400.0, False)])
def test_set_clock_never_makes_findings_younger(set_by_s: float, counts: bool) -> None:
    clock = SetClock()
    clock.set_by_s = set_by_s
    assert (usable_findings(THERE, make_plan(SHEET.links), PRODUCTION, clock) is not None) is counts
    clock.time += LOOK_COUNTS_FOR_S + 1
    assert usable_findings(THERE, make_plan(SHEET.links), PRODUCTION, clock) is None


def test_sleep_counts_although_the_monotonic_clock_stood_still() -> None:
    clock = SetClock()
    clock.set_by_s = 3600.0
    assert age_of(ABSENT, clock) == 3600.0


@pytest.mark.parametrize("trouble", ["elsewhere", "old"])
def test_run_begins_without_findings_that_left_out_no_link(trouble: str) -> None:
    clock, connection = JumpingClock(), PRODUCTION
    if trouble == "old":
        clock.time += LOOK_COUNTS_FOR_S + 1
    else:
        connection = SANDBOX
    services = replace(build_services(), clock=clock)
    for findings, plan in ((THERE, make_plan(SHEET.links)), (ABSENT, make_plan(SHEET.links))):
        with new_run(services, SHEET, plan, connection, findings=findings) as book:
            assert not any(map(book.ledger.was_seen_linked, range(3)))
            assert book.ledger.unsent() == [0, 1, 2], "all of them are read by the safety copy before they are sent"


def test_a_look_says_which_account_was_asked_and_when_it_began() -> None:
    stage = Rehearsal([(0, 0), (1, 1)])
    links = stage.book.links
    findings = LinkCheck(stage.crm, JumpingClock(), links, stage.book.plan).run()
    assert findings.asked_in == stage.crm.connection
    assert findings.begun == 1000.0


def test_a_key_for_the_same_account_that_was_saved_anew_is_the_same_account() -> None:
    again = replace(PRODUCTION, id="q", name="ACME 2")
    assert same_account(PRODUCTION, again)
    assert same_account(PRODUCTION, replace(PRODUCTION, account=Account())), "the same saved connection"
    unknown = replace(again, account=Account())
    assert same_place(PRODUCTION, unknown) and not same_account(PRODUCTION, unknown)


def test_practice_is_the_same_account_at_whatever_port() -> None:
    one = Connection(PRACTICE_NAME, PRACTICE_NAME, "", Environment.PRACTICE, "http://127.0.0.1:4")
    assert same_account(one, replace(one, api_url="http://127.0.0.1:5"))
    assert not same_place(one, PRODUCTION)
