"""A look at the links of a CRM that takes few calls at once, or answers badly: it slows down, goes on, and counts truly."""

import threading
import time
from collections.abc import Callable, Sequence

from desktop.domain.errors import AnswerMissing, CrmBusy
from desktop.domain.findings import Presence
from desktop.domain.outcomes import CopyAnswer
from desktop.domain.plans import Batch
from desktop.domain.records import RecordId
from desktop.engine.checking import LinkCheck
from desktop.engine.clock import SystemClock
from tests.engine.rehearsal import FakeCrm, Rehearsal

LISTS = [(campaign, 0) for campaign in range(120)]


class Narrow(FakeCrm):
    """Refuses what goes past ``limit`` calls at once; every call takes a moment."""

    limit = 3

    def __init__(self, stage: Rehearsal) -> None:
        super().__init__(stage.book)
        self.flying = self.most = self.refused = self.reads = 0
        self._lock = threading.Lock()

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        with self._lock:
            self.flying += 1
            self.reads += 1
            over = self.flying > self.limit
            self.refused += over
        try:
            time.sleep(0.004)
            if over:
                raise CrmBusy("c")
            return super().copy_of(batches, reads_on)
        finally:
            with self._lock:
                self.flying -= 1

    def names_of(self, module: str, record_ids: object) -> dict[RecordId, str]:
        self.reads += 1
        return {RecordId(one): "" for one in record_ids}  # type: ignore[attr-defined]  # a collection of ids


def test_a_look_keeps_within_what_the_crm_takes_at_once() -> None:
    stage = Rehearsal(LISTS)
    crm = Narrow(stage)
    findings = LinkCheck(crm, SystemClock(), stage.book.links, stage.book.plan, lanes=20).run()
    assert findings.count(Presence.LINKED) == len(LISTS)
    assert crm.refused < len(LISTS) / 3, "without adapting, most reads of twenty lanes would be refused"
    assert findings.reads == crm.reads, "a refused read is a read"


def test_reads_that_proved_nothing_are_counted_and_their_links_are_unclear() -> None:
    stage = Rehearsal([(0, 0), (1, 0)])
    crm = Narrow(stage)
    crm.copy_script = [AnswerMissing("c", "cut")] * 4
    findings = LinkCheck(crm, stage.clock, stage.book.links, stage.book.plan, lanes=1).run()
    assert [findings.of(link) for link in range(2)] == [Presence.UNCLEAR, Presence.LINKED]
    assert findings.reads == crm.reads == 4 + 1 + 2
