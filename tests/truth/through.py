"""A CRM port that passes everything on to another one; tests override what they want to meddle with."""

from collections.abc import Callable, Collection, Mapping, Sequence

from desktop.domain.connections import Account, Connection
from desktop.domain.credentials import Key
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkFields, ReadAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.engine.ports import Crm


class Through:
    """Passes calls on to what it stands for. Any thread may call."""

    def __init__(self, crm: Crm) -> None:
        self.inner = crm

    @property
    def connection(self) -> Connection:
        return self.inner.connection

    def use_key(self, key: Key) -> None:
        self.inner.use_key(key)

    def delink(self, batch: Batch) -> CallAnswer:
        return self.inner.delink(batch)

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        return self.inner.relink(batch, fields)

    @property
    def reads_by_ids(self) -> bool:
        return self.inner.reads_by_ids

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        return self.inner.copy_of(batches, reads_on)

    def hang_up(self) -> None:
        self.inner.hang_up()

    def linked_of(self, batch: Batch) -> ReadAnswer:
        return self.inner.linked_of(batch)

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        return self.inner.names_of(module, record_ids)

    def who_am_i(self) -> Account:
        return self.inner.who_am_i()

    def related_lists(self, module: str) -> Sequence[Relation]:
        return self.inner.related_lists(module)

    def modules(self) -> Sequence[str]:
        return self.inner.modules()

    def try_module(self, module: str) -> None:
        self.inner.try_module(module)

    def visible_lists(self, module: str) -> frozenset[str] | None:
        return self.inner.visible_lists(module)

    def close(self) -> None:
        self.inner.close()
