"""A look at the links of a CRM that takes few calls at once, or answers badly: it slows down, goes on, and counts truly."""

from desktop.domain.findings import Presence
from desktop.engine.checking import LinkCheck
from desktop.engine.clock import SystemClock
from tests.engine.narrow_crm import NarrowCrm, SleepyClock, SleepyCrm
from tests.engine.rehearsal import Rehearsal

LISTS = [(campaign, 0) for campaign in range(120)]


def test_a_look_keeps_within_what_the_crm_takes_at_once() -> None:
    stage = Rehearsal(LISTS)
    crm = NarrowCrm(stage)
    findings = LinkCheck(crm, SystemClock(), stage.book.links, stage.book.plan, lanes=20).run()
    assert findings.count(Presence.LINKED) == len(LISTS)
    assert crm.refused < len(LISTS) / 3, "without adapting, most reads of twenty lanes would be refused"
    assert findings.reads == crm.reads, "a refused read is a read"


def test_reads_that_proved_nothing_are_counted_and_their_links_are_unclear() -> None:
    stage = Rehearsal([(0, 0), (1, 0)])
    crm = NarrowCrm(stage)
    crm.unreadable = stage.book.links.parent_ids[0]
    findings = LinkCheck(crm, stage.clock, stage.book.links, stage.book.plan, lanes=1).run()
    assert [findings.of(link) for link in range(2)] == [Presence.UNCLEAR, Presence.LINKED]
    assert findings.reads == crm.reads == 4 + 1 + 2


def test_after_a_sleep_a_look_hangs_up_and_reads_again() -> None:
    stage, clock = Rehearsal([(0, 0), (1, 0)]), SleepyClock()
    crm = SleepyCrm(stage, clock)
    findings = LinkCheck(crm, clock, stage.book.links, stage.book.plan, lanes=1).run()
    assert findings.count(Presence.LINKED) == 2
    assert crm.hung_up == 1
