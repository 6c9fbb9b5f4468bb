"""Everything that stands behind the port of the CRM, each on a stage that can be steered and looked into in the same way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Protocol

from desktop.crm.client import open_crm
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, Environment
from desktop.domain.errors import (
    AnswerMissing,
    AnswerNotUnderstood,
    CrmBusy,
    CrmError,
    RequestRefused,
    TokenRejected,
)
from desktop.domain.outcomes import Refusal, RefusalScope
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.runs import Intent
from desktop.engine.ports import Crm
from desktop.practice import PracticeCrm
from tests.crm.test_client import PATIENT, post
from tests.engine.narrow_crm import NarrowCrm
from tests.engine.rehearsal import FakeCrm, Rehearsal, applied_then
from tests.truth.through import Through

Pair = tuple[RecordId, RecordId]


class Stage(Protocol):
    """``crm`` has every link of ``rehearsal`` when the play begins, and both records of each."""

    rehearsal: Rehearsal

    @property
    def crm(self) -> Crm: ...

    def linked(self) -> set[Pair]:
        """Which links of the rehearsal are there now."""
        ...

    def delete(self, record: RecordId, module: str) -> None:
        """The record exists no more."""
        ...

    def meet(self, error: type[CrmError], method: str, *, applied: bool = False) -> None:
        """The next call of this HTTP method meets this error, after it took effect or without that."""
        ...

    def may_send(self, batch: Batch) -> None:
        """A call for this batch is about to be made."""
        ...

    def requests(self, method: str) -> int:
        """How many calls of this HTTP method reached the CRM."""
        ...


class HttpStage:
    """The client of the program over real sockets, with the practice CRM behind them."""

    def __init__(self, practice: PracticeCrm, rehearsal: Rehearsal, wrapped: Callable[[Crm], Crm] = lambda crm: crm) -> None:
        post(practice, "reset")
        self.practice, self.rehearsal = practice, rehearsal
        connection = Connection("c", "c", "", Environment.PRACTICE, practice.api_url, practice.accounts_url)
        self.crm = wrapped(open_crm(connection, practice.access_token, deadlines=PATIENT, proxies=lambda _: {}))
        links = rehearsal.book.links
        self._pairs = set(zip(links.parent_ids, links.related_ids, strict=True))
        practice.seed([("Campaigns", "Contacts", *pair) for pair in self._pairs], share=False)

    def linked(self) -> set[Pair]:
        ends = {(one["id_a"], one["id_b"]) for one in self.practice.state.links() if one["linked"]}
        return {pair for pair in self._pairs if pair in ends or pair[::-1] in ends}

    def delete(self, record: RecordId, module: str) -> None:
        with self.practice.state.transaction() as db:
            db.execute("DELETE FROM records WHERE id = ? AND module = ?", (record, module))

    def meet(self, error: type[CrmError], method: str, *, applied: bool = False) -> None:
        self.practice.faults.add([{"match": {"method": method}, "apply": "yes" if applied else "no", **_FAULTS[error]}])

    def may_send(self, batch: Batch) -> None:
        """Nobody is asked for leave."""

    def requests(self, method: str) -> int:
        return sum(call["method"] == method for call in self.practice.state.calls())


_REFUSED = '{"code":"%s","details":{},"message":"no","status":"error"}'
_FAULTS: Mapping[type[CrmError], Mapping[str, Any]] = {
    CrmBusy: {"do": "status", "status": 429, "body": "{}"},
    TokenRejected: {"do": "status", "status": 401, "body": _REFUSED % "INVALID_TOKEN"},
    RequestRefused: {"do": "status", "status": 403, "body": _REFUSED % "NO_PERMISSION"},
    AnswerMissing: {"do": "fin"},
    AnswerNotUnderstood: {"do": "status", "status": 502, "body": "<p>no</p>", "type": "text/html"},
}
_NO_PERMISSION = Refusal(RefusalScope.RUN, CauseCode.NO_PERMISSION, 403, "NO_PERMISSION", "no")
_ERRORS: Mapping[type[CrmError], CrmError] = {
    CrmBusy: CrmBusy("c"),
    TokenRejected: TokenRejected("c"),
    RequestRefused: RequestRefused("c", _NO_PERMISSION),
    AnswerMissing: AnswerMissing("c", "cut"),
    AnswerNotUnderstood: AnswerNotUnderstood("c", 502, "a page"),
}
ERRORS = tuple(_ERRORS)


class FakeStage:
    """A stage on which the CRM is a fake in memory."""

    def __init__(self, rehearsal: Rehearsal, crm: FakeCrm) -> None:
        self.rehearsal, self.crm, self._fake = rehearsal, crm, crm

    def linked(self) -> set[Pair]:
        return set(self._fake.linked)

    def delete(self, record: RecordId, module: str) -> None:
        self._fake.deleted.add(record)

    def meet(self, error: type[CrmError], method: str, *, applied: bool = False) -> None:
        fake, met = self._fake, _ERRORS[error]
        if method == "GET":
            fake.copy_script, fake.read_script, fake.name_script = [met], [met], [met]
        else:
            fake.script = [applied_then(met) if applied else met]

    def may_send(self, batch: Batch) -> None:
        self.rehearsal.book.commit([Intent(batch, 0.0)])

    def requests(self, method: str) -> int:
        fake = self._fake
        return len(fake.copied) + len(fake.looked) + len(fake.named) if method == "GET" else len(fake.sent)


MAKERS: Mapping[str, Callable[[PracticeCrm, Rehearsal], Stage]] = {
    "client": HttpStage,
    "through": lambda practice, rehearsal: HttpStage(practice, rehearsal, Through),
    "fake": lambda _, rehearsal: FakeStage(rehearsal, rehearsal.crm),
    "narrow": lambda _, rehearsal: FakeStage(rehearsal, NarrowCrm(rehearsal)),
}


@contextmanager
def stage_of(kind: str, practice: PracticeCrm, pairs: Sequence[tuple[int, int]]) -> Iterator[Stage]:
    """A stage with these links; ``kind`` is one of MAKERS, some of which play on the practice CRM."""
    stage = MAKERS[kind](practice, Rehearsal(pairs))
    with closing(stage.crm):
        yield stage
