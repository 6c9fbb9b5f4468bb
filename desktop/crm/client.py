"""The client for Zoho CRM: removes links, puts them back, reads them, and reads names and who is asking.

A call that changes links makes exactly one request, or none: nothing here repeats it, follows a redirect or guesses. Reads go on
page by page until they prove something. How requests travel is decided by the transport that the client is given (transport.py).
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

_OLDER_LISTS = frozenset(OLDER_NAMES.values())  # built-in relations by the names that older organisations have for them


class CrmClient:
    """Speaks with one account. Any thread may call. The port (engine/ports.py) says what each method promises."""

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
        """Go on with another key, after the user signed in again."""
        self._calls.use_key(key)
        # The new key may see lists that the earlier one did not, or the other way round.
        self._list_names.forget()
        self._offered.forget()

    def delink(self, batch: Batch) -> CallAnswer:
        """Remove links with exactly one request, or none. Raises the leaves of CrmError."""
        relation = self._list_names.sent_as(batch.call_relation)
        target = delink_target(self._version, relation, batch.call_parent_id, batch.ids, self._confirmed(batch))
        with self._traffic.changing(batch):
            answer = self._calls.change("DELETE", target)
        return read_delink_answer(self._name, answer, batch.ids)

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        """Put links back, each with its own fields, with exactly one request, or none. Raises the leaves of CrmError."""
        relation = self._list_names.sent_as(batch.call_relation)
        target = relink_target(self._version, relation, batch.call_parent_id, batch.ids, self._confirmed(batch))
        names = own_fields(batch.call_relation)
        # Only fields that are known for the relation go out, and only with a value.
        given = {
            record_id: {name: value for name, value in fields.get(record_id, {}).items() if value is not None}
            for record_id in batch.ids
        }
        data = [
            {"id": record_id} | {name: given[record_id][name] for name in names if name in given[record_id]}
            for record_id in batch.ids
        ]
        with self._traffic.changing(batch):
            answer = self._calls.change("PUT", target, json.dumps({"data": data}).encode())
        return read_relink_answer(self._name, answer, batch.ids)

    def _confirmed(self, batch: Batch) -> frozenset[Relation]:
        """Return the relations that this account's metadata allows beside the built-in ones."""
        return _OLDER_LISTS | self._offered.beside(batch.call_relation)

    @property
    def reads_by_ids(self) -> bool:
        return self._lists.reads_by_ids

    def linked_of(self, batch: Batch) -> ReadAnswer:
        """Read which links of the batch exist now. Raises when nothing is proven.

        If the list cannot be asked for these ids, or ignores them, it is paged through to its end.
        """
        copy = self.copy_of((batch,), lambda: True)
        # A lost call is settled by this answer, so one that leaves some links open must not look like "gone".
        if not copy.whole:
            name = "list-may-hide-records" if copy.may_hide else "list-changed-meanwhile"
            raise AnswerNotUnderstood(self._name, 200, Text(name))
        return ReadAnswer(frozenset(copy.links), copy.credits_left, copy.reads)

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        """Read which links of these batches of one list exist, with their own fields. Raises when nothing is proven.

        ``whole`` is False in the answer if a link that it does not show may exist all the same.
        """
        return self._copies.copy_of(batches, self._list_names.sent_as(batches[0].call_relation), reads_on)

    def hang_up(self) -> None:
        """Cut every call in flight and drop every connection, after the computer slept."""
        self._calls.hang_up()
        self._offered.forget()  # somebody may have changed the organisation's lists during the sleep

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        return self._organisation.names_of(module, record_ids)

    def who_am_i(self) -> Account:
        return self._organisation.who_am_i()

    def related_lists(self, module: str) -> Sequence[Relation]:
        return self._organisation.related_lists(module)

    def modules(self) -> Sequence[str]:
        return self._organisation.modules()

    def try_module(self, module: str) -> None:
        self._organisation.try_module(module)

    def visible_lists(self, module: str) -> frozenset[str] | None:
        return self._organisation.visible_lists(module)

    def close(self) -> None:
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
    """Open a client for a connection, with its key or a bare access token. Raises HostNotAllowed.

    Pass the same ``sources`` to all clients of a program, so that they share access tokens. Without a ``transport``, requests
    go over HTTP.
    """
    whole_key = key if isinstance(key, Key) else Key(Secret(key))
    used_transport = transport or http_transport(connection, proxies, deadlines)
    return CrmClient(connection, whole_key, sources or TokenSources(proxies), used_transport)
