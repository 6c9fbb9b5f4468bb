"""A verification on a CRM that takes few calls at once, and on a computer that sleeps meanwhile."""

from dataclasses import replace

from desktop.domain.connections import Account
from desktop.domain.runs import Sighted
from desktop.engine.clock import SystemClock
from desktop.engine.control import RunControl
from desktop.engine.settle import verify
from tests.engine.narrow_crm import NarrowCrm, SleepyClock, SleepyCrm
from tests.engine.rehearsal import CONNECTION, Rehearsal

LISTS = [(campaign, campaign) for campaign in range(120)]
ALL = tuple(range(len(LISTS)))
ENTERPRISE = replace(CONNECTION, account=Account(edition="enterprise"))


def reads_written(stage: Rehearsal) -> int:
    return sum(change.reads for change in stage.book.changes if isinstance(change, Sighted))


def test_a_verification_keeps_within_what_the_crm_takes_at_once() -> None:
    stage = Rehearsal(LISTS)
    crm = NarrowCrm(stage)
    crm.connection = ENTERPRISE
    found = verify(stage.book, crm, SystemClock(), RunControl())
    assert found.still_linked == ALL
    assert crm.refused < len(LISTS) / 3, "without adapting, most reads would be refused"
    assert reads_written(stage) == crm.reads, "a refused read is a read"


def test_a_verification_goes_as_fast_as_the_edition_allows() -> None:
    stage = Rehearsal(LISTS)
    crm = NarrowCrm(stage)
    crm.connection, crm.limit = ENTERPRISE, 20
    assert verify(stage.book, crm, SystemClock(), RunControl()).still_linked == ALL
    assert 5 < crm.most <= 20 and not crm.refused


def test_after_a_sleep_a_verification_hangs_up_and_reads_again() -> None:
    stage = Rehearsal([(0, 0), (1, 0)])
    clock = SleepyClock()
    crm = SleepyCrm(stage, clock)
    assert verify(stage.book, crm, clock, RunControl()).still_linked == (0, 1)
    assert crm.hung_up == 1
