"""Zoho CRM's related records, as far as this program needs them: remove links, put them back, read them, names, who is asking.

A call that changes links is one request or none: nothing here repeats, follows or guesses. Reads page on until they prove
something.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock, local

from desktop.crm.accounts_server import Proxies
from desktop.crm.addresses import delink_target, joined_ids, records_target, relink_target
from desktop.crm.answers import Item, parsed, raise_refusal, read_delink_answer, read_page, rejects_token
from desktop.crm.hosts import check_base_url, is_loopback
from desktop.crm.list_reading import ListReader
from desktop.crm.list_traffic import ListTraffic
from desktop.crm.proxies import system_proxies
from desktop.crm.relink_answers import read_relink_answer
from desktop.crm.session import Answer, Conversation, Deadlines
from desktop.crm.tokens import TokenSources
from desktop.domain.call_limits import MAX_IDS
from desktop.domain.connections import Account, Connection
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood, RequestRefused, TokenRejected
from desktop.domain.outcomes import CallAnswer, CopyAnswer, LinkFields, ReadAnswer
from desktop.domain.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import NEVER, OLDER_NAMES, Relation, is_api_name, own_fields

_MOST_IDS_OF_ANY_LENGTH = 95  # of 20 digits each they are just short enough
_NAME_FIELDS: Mapping[str, str] = {
    "Campaigns": "Campaign_Name",
    "Products": "Product_Name",
    "Leads": "Full_Name",
    "Contacts": "Full_Name",
    "Accounts": "Account_Name",
    "Deals": "Deal_Name",
    "Price_Books": "Price_Book_Name",
}


_OLDER_LISTS = frozenset(OLDER_NAMES.values())


class CrmClient:
    """One account. Any thread may call; each gets a conversation of its own."""

    def __init__(self, connection: Connection, key: Key, deadlines: Deadlines, proxies: Proxies, sources: TokenSources) -> None:
        """Raises HostNotAllowed when the connection leads elsewhere than to Zoho or a typed loopback."""
        self.connection = connection
        self._base_url = check_base_url(connection, connection.api_url)
        self._deadlines = deadlines
        self._sources = sources
        self._proxies = {} if is_loopback(self._base_url) else proxies(self._base_url)
        self._tokens = self._sources.of(self.connection, key)
        self._threads = local()
        self._conversations: list[Conversation] = []
        self._guard = Lock()
        self._lists = ListReader(connection.name, connection.api_version, lambda target: self._call("GET", target))
        self._traffic = ListTraffic()
        self._names: dict[Relation, Relation] = {}
        self._names_guard = Lock()

    def __repr__(self) -> str:
        return f"CrmClient({self.connection.name!r})"

    def use_key(self, key: Key) -> None:
        """Go on with another key, after the user signed in again; it may read more than the one before."""
        self._tokens = self._sources.of(self.connection, key)
        with self._names_guard:
            self._names.clear()

    def delink(self, batch: Batch) -> CallAnswer:
        """Send one removal: exactly one request, or none. Raises the CrmError leaves."""
        relation = self._sent_as(batch.call_relation)
        target = delink_target(self.connection.api_version, relation, batch.call_parent_id, batch.ids, _OLDER_LISTS)
        with self._traffic.changing(batch):
            answer = self._call("DELETE", target)
        return read_delink_answer(self.connection.name, answer, batch.ids)

    def relink(self, batch: Batch, fields: Mapping[RecordId, LinkFields]) -> CallAnswer:
        """Put links back, each with the fields of its own: exactly one request, or none. Raises the CrmError leaves."""
        relation = self._sent_as(batch.call_relation)
        target = relink_target(self.connection.api_version, relation, batch.call_parent_id, batch.ids, _OLDER_LISTS)
        names = own_fields(batch.call_relation)
        given = {far: {name: value for name, value in fields.get(far, {}).items() if value is not None} for far in batch.ids}
        data = [{"id": far} | {name: given[far][name] for name in names if name in given[far]} for far in batch.ids]
        with self._traffic.changing(batch):
            answer = self._call("PUT", target, json.dumps({"data": data}).encode())
        return read_relink_answer(self.connection.name, answer, batch.ids)

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
            why = "the list may hide records" if found.may_hide else "the list changed while it was read"
            raise AnswerNotUnderstood(self.connection.name, 200, why)
        return ReadAnswer(frozenset(found.links), found.credits_left, found.reads)

    def copy_of(self, batches: Sequence[Batch], reads_on: Callable[[], bool]) -> CopyAnswer:
        """The links of these batches of one list that exist now, with the fields of their own. Raises when nothing is proven.

        Several batches are paged for, as long as that takes no more calls than asking for each by its ids. Pages prove nothing
        of what they do not show (``whole`` is False) when a call that touches the list was on its way meanwhile.
        """
        relation = self._sent_as(batches[0].call_relation)
        if not self.reads_by_ids or len(batches) > 1:
            return self._paged(batches, relation, reads_on)
        page = self._lists.by_ids(batches[0], relation)
        if page.is_honoured:
            may_hide = page.may_hide and len(page.records) < len(batches[0])
            return CopyAnswer(page.records, not may_hide, page.credits_left, page.reads, may_hide)
        paged = self._paged(batches, relation, reads_on)
        return replace(paged, reads=paged.reads + page.reads)

    def _paged(self, batches: Sequence[Batch], relation: Relation, reads_on: Callable[[], bool]) -> CopyAnswer:
        wanted = frozenset(far for one in batches for far in one.ids)
        has_other_way = self.reads_by_ids and len(batches) > 1
        links: dict[RecordId, LinkFields] = {}
        reads, ended, may_hide, credits_left = 0, False, False, None
        with self._traffic.reading(batches[0]) as reading:
            for page in self._lists.pages(batches[0], relation):
                fresh = {far: fields for far, fields in page.records.items() if far in wanted and far not in links}
                links |= fresh
                reads, ended, credits_left = reads + page.reads, page.is_last, page.credits_left
                may_hide = may_hide or page.may_hide
                pays = len(fresh) >= MAX_IDS or not has_other_way
                if ended or len(links) == len(wanted) or not pays or not reads_on():
                    break
        missing = sorted(wanted - links.keys())
        if ended and missing and may_hide and reading.undisturbed:
            return CopyAnswer(links, False, credits_left, reads, may_hide=True)
        if ended and missing and reads > 1 and has_other_way:
            return self._looked_for(batches[0], relation, missing, CopyAnswer(links, True, credits_left, reads))
        return CopyAnswer(links, not missing or (ended and reading.undisturbed), credits_left, reads)

    def _looked_for(self, batch: Batch, relation: Relation, missing: list[RecordId], found: CopyAnswer) -> CopyAnswer:
        """What several pages did not show is asked for by ids: it slips by when somebody removes another record meanwhile."""
        for start in range(0, len(missing), _MOST_IDS_OF_ANY_LENGTH):
            part = replace(batch, ids=tuple(missing[start : start + _MOST_IDS_OF_ANY_LENGTH]))
            page = self._lists.by_ids(part, relation)
            reads = found.reads + page.reads
            if not page.is_honoured:
                return replace(found, whole=False, reads=reads)
            whole = found.whole and not (page.may_hide and len(page.records) < len(part))
            found = CopyAnswer({**found.links, **page.records}, whole, page.credits_left, reads, not whole)
        return found

    def hang_up(self) -> None:
        """Cut every call in flight and use no connection of before again."""
        with self._guard:
            for conversation in self._conversations:
                conversation.hang_up()

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Names of at most 100 records; those that do not exist are missing, those without a name have an empty one."""
        field = _NAME_FIELDS.get(module, "Name")
        query = {"ids": joined_ids(sorted(record_ids)), "fields": field, "converted": "both"}
        items, _ = read_page(self.connection.name, self._call("GET", records_target(self.connection.api_version, module, query)))
        names = {RecordId(_text(item, "id")): str(item.get(field) or "") for item in items}
        if "" in names:  # it may be any of the others, which would then seem not to exist
            raise AnswerNotUnderstood(self.connection.name, 200, "a record has no id")
        return names

    def who_am_i(self) -> Account:
        """Company and user of the token; what the token may not read stays empty."""
        user = next(self._settings("users?type=CurrentUser", "users"), {})
        org = next(self._settings("org", "org"), {})
        licence = org.get("license_details")
        return Account(
            company=_text(org, "company_name"),
            organisation_id=_text(org, "zgid") or _text(org, "id"),
            user=_text(user, "full_name"),
            email=_text(user, "email"),
            edition=_text(licence, "paid_type") if isinstance(licence, dict) else "",
            system=_text(org, "type"),
        )

    def related_lists(self, module: str) -> Sequence[Relation]:
        """Relations of a module that the organisation's metadata offers for removal."""
        found = []
        for item in self._lists_of(module, "&extra_properties=true"):
            operations = item.get("record_operations")
            allowed = isinstance(operations, dict) and operations.get("disassociate") is True
            name = _text(item, "api_name")
            if allowed and item.get("type") == "multiselectlookup" and is_api_name(name) and name.lower() not in NEVER:
                found.append(Relation(module, name))
        return found

    def try_module(self, module: str) -> None:
        """Read at most one id of a module: whether it may be read at all. Raises RequestRefused and the other leaves."""
        target = records_target(self.connection.api_version, module, {"fields": "id", "per_page": "1"})
        read_page(self.connection.name, self._call("GET", target))

    def visible_lists(self, module: str) -> frozenset[str] | None:
        """API names of the related lists that are not hidden; None where the token may not ask."""
        name = self.connection.name
        answer = self._call("GET", f"/crm/{self.connection.api_version}/settings/related_lists?module={module}")
        if answer.status == 204:
            return frozenset()
        body = parsed(name, answer)
        try:
            raise_refusal(name, answer, body)
        except RequestRefused:
            return None
        items = body.get("related_lists") if isinstance(body, dict) else None
        if not isinstance(items, list):
            raise AnswerNotUnderstood(name, answer.status, "it is not what was asked for")
        known = [item for item in items if isinstance(item, dict) and item.get("status", "visible") == "visible"]
        return frozenset(_text(item, "api_name") for item in known)

    def close(self) -> None:
        """Close all conversations."""
        with self._guard:
            for conversation in self._conversations:
                conversation.close()
            self._conversations.clear()

    def _sent_as(self, relation: Relation) -> Relation:
        """The relation by the name that this organisation's metadata gives its list; as it is where that cannot be read."""
        older = OLDER_NAMES.get(relation)
        if older is None:
            return relation
        with self._names_guard:
            if relation not in self._names:
                try:
                    lists = {_text(item, "api_name") for item in self._lists_of(relation.parent_module)}
                except (AnswerMissing, AnswerNotUnderstood):
                    return relation
                known = older if older.related_list in lists and relation.related_list not in lists else relation
                self._names[relation] = known
            return self._names[relation]

    def _lists_of(self, module: str, more: str = "") -> Iterator[Item]:
        return self._settings(f"settings/related_lists?module={module}{more}", "related_lists")

    def _settings(self, what: str, key: str) -> Iterator[Item]:
        """Items of a settings call; nothing where the token lacks the scope for it."""
        name = self.connection.name
        answer = self._call("GET", f"/crm/{self.connection.api_version}/{what}")
        if answer.status == 204:
            return
        try:
            body = parsed(name, answer)
            raise_refusal(name, answer, body)
        except RequestRefused:
            return
        items = body.get(key) if isinstance(body, dict) else None
        if not isinstance(items, list):
            raise AnswerNotUnderstood(name, answer.status, "it is not what was asked for")
        yield from (item for item in items if isinstance(item, dict))

    def _call(self, method: str, target: str, body: bytes | None = None) -> Answer:
        """One request; a read whose token was rejected is made again with a new one, anything else is given back.

        Raises TokenRejected (``renewed``) for a change of links that may be sent again: the run has to write down that it will.
        """
        tokens = self._tokens
        token = tokens.current()
        answer = self._conversation().call(method, target, token.reveal(), body)
        if not rejects_token(answer) or not tokens.renewed(token):
            return answer
        if method != "GET":
            raise TokenRejected(self.connection.name, renewed=True)
        return self._conversation().call(method, target, tokens.current().reveal())

    def _conversation(self) -> Conversation:
        conversation: Conversation | None = getattr(self._threads, "conversation", None)
        if conversation is None:
            conversation = Conversation(self.connection.name, self._base_url, self._deadlines, self._proxies)
            self._threads.conversation = conversation
            with self._guard:
                self._conversations.append(conversation)
        return conversation


def open_crm(
    connection: Connection,
    key: Key | str,
    *,
    deadlines: Deadlines | None = None,
    proxies: Proxies = system_proxies,
    sources: TokenSources | None = None,
) -> CrmClient:
    """A client for a connection, with its key or a bare access token; ``sources`` are shared by clients of one program.

    Raises HostNotAllowed.
    """
    known = key if isinstance(key, Key) else Key(Secret(key))
    return CrmClient(connection, known, deadlines or Deadlines(), proxies, sources or TokenSources(proxies))


def _text(item: Mapping[str, object], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
