"""Zoho CRM's related records, as far as this program needs them: remove links, put them back, read them, names, who is asking.

A call that changes links is one request or none: nothing here repeats, follows or guesses. Reads page on until they prove
something. How requests travel is the business of the transport that the client is given (transport.py).
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence

from desktop.crm.account_calls import AccountCalls, Sources
from desktop.crm.accounts_server import Proxies
from desktop.crm.addresses import delink_target, relink_target
from desktop.crm.answers import read_delink_answer
from desktop.crm.link_copies import LinkCopies
from desktop.crm.list_reading import ListReader
from desktop.crm.list_traffic import ListTraffic
from desktop.crm.organisation import ListNames, OfferedLists, Organisation
from desktop.crm.proxies import system_proxies
from desktop.crm.relink_answers import read_relink_answer
from desktop.crm.session import Deadlines
from desktop.crm.tokens import TokenSources
from desktop.crm.transport import Transport, http_transport
from desktop.domain.connections import Account, Connection
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import AnswerNotUnderstood
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkFields, ReadAnswer
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import OLDER_NAMES, Relation, own_fields
from desktop.domain.texts import Text

_OLDER_LISTS = frozenset(OLDER_NAMES.values())


class CrmClient:
    """One account. Any thread may call. What each method promises stands at the port (engine/ports.py)."""

    def __init__(self, connection: Connection, key: Key, sources: Sources, transport: Transport) -> None:
        self.connection = connection
        self._name, self._version = connection.name, connection.api_version
        self._calls = AccountCalls(connection, key, sources, transport)
        self._traffic = ListTraffic()
        self._lists = ListReader(self._name, self._version, self._calls.get)
        self._copies = LinkCopies(self._lists, self._traffic)
        self._organisation = Organisation(self._name, self._version, self._calls.get)
        self._list_names = ListNames(self._organisation)
        self._offered = OfferedLists(self._organisation)

    def __repr__(self) -> str:
        return f"CrmClient({self._name!r})"

    def use_key(self, key: Key) -> None:
        """Go on with another key, after the user signed in again; it may read more than the one before."""
        self._calls.use_key(key)
        self._list_names.forget()
        self._offered.forget()

    def delink(self, batch: Batch) -> CallAnswer:
        """Send one removal: exactly one request, or none. Raises the CrmError leaves."""
        relation = self._list_names.sent_as(batch.call_relation)
        target = delink_target(self._version, relation, batch.call_parent_id, batch.ids, self._confirmed(batch))
        with self._traffic.changing(batch):
            answer = self._calls.change("DELETE", target)
        return read_delink_answer(self._name, answer, batch.ids)

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        """Put links back, each with the fields of its own: exactly one request, or none. Raises the CrmError leaves."""
        relation = self._list_names.sent_as(batch.call_relation)
        target = relink_target(self._version, relation, batch.call_parent_id, batch.ids, self._confirmed(batch))
        names = own_fields(batch.call_relation)
        given = {far: {name: value for name, value in fields.get(far, {}).items() if value is not None} for far in batch.ids}
        data = [{"id": far} | {name: given[far][name] for name in names if name in given[far]} for far in batch.ids]
        with self._traffic.changing(batch):
            answer = self._calls.change("PUT", target, json.dumps({"data": data}).encode())
        return read_relink_answer(self._name, answer, batch.ids)

    def _confirmed(self, batch: Batch) -> frozenset[Relation]:
        """What this account's metadata allows beside the built-in relations."""
        return _OLDER_LISTS | self._offered.beside(batch.call_relation)

    @property
    def reads_by_ids(self) -> bool:
        """True when a list can be asked for exactly some records."""
        return self._lists.reads_by_ids

    def linked_of(self, batch: Batch) -> ReadAnswer:
        """Which of the batch's links exist now. Raises when nothing is proven.

        Where the list cannot be asked for exactly these ids, or does not honour that, it is paged through to its end.
        """
        found = self.copy_of((batch,), lambda: True)
        if not found.whole:
            name = "list-may-hide-records" if found.may_hide else "list-changed-meanwhile"
            raise AnswerNotUnderstood(self._name, 200, Text(name))
        return ReadAnswer(frozenset(found.links), found.credits_left, found.reads)

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        """The links of these batches of one list that exist now, with the fields of their own. Raises when nothing is proven.

        Pages prove nothing of what they do not show (``whole`` is False) when a call that touches the list was on its way
        meanwhile.
        """
        return self._copies.copy_of(batches, self._list_names.sent_as(batches[0].call_relation), reads_on)

    def hang_up(self) -> None:
        """Cut every call in flight and use no connection of before again."""
        self._calls.hang_up()
        self._offered.forget()

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Names of at most 100 records; those that do not exist are missing, those without a name have an empty one."""
        return self._organisation.names_of(module, record_ids)

    def who_am_i(self) -> Account:
        """Company and user of the token; what the token may not read stays empty."""
        return self._organisation.who_am_i()

    def related_lists(self, module: str) -> Sequence[Relation]:
        """Relations of a module that the organisation's metadata offers for removal."""
        return self._organisation.related_lists(module)

    def modules(self) -> Sequence[str]:
        """API names of the modules whose records can be reached."""
        return self._organisation.modules()

    def try_module(self, module: str) -> None:
        """Read at most one id of a module: whether it may be read at all. Raises RequestRefused and the other leaves."""
        self._organisation.try_module(module)

    def visible_lists(self, module: str) -> frozenset[str] | None:
        """API names of the related lists that are not hidden; None where the token may not ask."""
        return self._organisation.visible_lists(module)

    def close(self) -> None:
        """Close all conversations."""
        self._calls.close()


def open_crm(
    connection: Connection,
    key: Key | str,
    *,
    deadlines: Deadlines | None = None,
    proxies: Proxies = system_proxies,
    sources: Sources | None = None,
    transport: Transport | None = None,
) -> CrmClient:
    """A client for a connection, with its key or a bare access token; ``sources`` are shared by clients of one program.

    Without a ``transport`` it is HTTP. Raises HostNotAllowed.
    """
    known = key if isinstance(key, Key) else Key(Secret(key))
    way = transport or http_transport(connection, proxies, deadlines)
    return CrmClient(connection, known, sources or TokenSources(proxies), way)
