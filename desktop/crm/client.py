"""Zoho CRM's related records, as far as this program needs them: remove links, read links, names, and who is asking.

A removal is one request or none: nothing here repeats, follows or guesses. Reads page on until they prove something.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from threading import Lock, local

from desktop.crm.accounts_server import Proxies
from desktop.crm.addresses import delink_target, joined_ids, linked_target, records_target
from desktop.crm.answers import Item, ids_on, linked_among, parsed, raise_refusal, read_delink_answer, read_page, rejects_token
from desktop.crm.hosts import check_base_url, is_loopback
from desktop.crm.proxies import system_proxies
from desktop.crm.session import Answer, Conversation, Deadlines
from desktop.crm.tokens import TokenSources
from desktop.domain.connections import Account, Connection
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import AnswerNotUnderstood, RequestRefused, TokenRejected
from desktop.domain.outcomes import CallAnswer, ReadAnswer
from desktop.domain.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import NEVER, Relation

_PAGE_SIZE = 200
_MOST_PAGES = 2000
# Up to 2,000 rows may be asked for by page number; past them by the token of the page before.
_LAST_NUMBERED_PAGE = 10
_NAME_FIELDS: Mapping[str, str] = {
    "Campaigns": "Campaign_Name",
    "Products": "Product_Name",
    "Leads": "Full_Name",
    "Contacts": "Full_Name",
    "Accounts": "Account_Name",
    "Deals": "Deal_Name",
    "Price_Books": "Price_Book_Name",
}


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

    def __repr__(self) -> str:
        return f"CrmClient({self.connection.name!r})"

    def use_key(self, key: Key) -> None:
        """Go on with another key, after the user signed in again."""
        self._tokens = self._sources.of(self.connection, key)

    def delink(self, batch: Batch) -> CallAnswer:
        """Send one removal: exactly one request, or none. Raises the CrmError leaves."""
        target = delink_target(self.connection.api_version, batch.call_relation, batch.call_parent_id, batch.ids)
        return read_delink_answer(self.connection.name, self._call("DELETE", target), batch.ids)

    def linked_of(self, batch: Batch) -> ReadAnswer:
        """Which of the batch's links exist now. Raises when nothing is proven.

        Version 8 can be asked for exactly these ids; what it returns must all have been asked for, else the filter was
        not honoured and the list is paged through like with older versions. Converted and unapproved records are asked
        for by name, because a plain read hides them.
        """
        if self.connection.api_version == "v8":
            answer, items, info = self._page(batch, {"ids": joined_ids(batch.ids)})
            seen = ids_on(self.connection.name, items)
            if not seen - frozenset(batch.ids) and info.get("more_records") in (False, None) and "more_records" in info:
                return linked_among(batch.ids, seen, answer)
        return linked_among(batch.ids, self._all_linked(batch))

    def names_of(self, module: str, record_ids: Collection[RecordId]) -> Mapping[RecordId, str]:
        """Names of at most 100 records; ids without a name are missing."""
        field = _NAME_FIELDS.get(module, "Name")
        query = {"ids": joined_ids(sorted(record_ids)), "fields": field, "converted": "both"}
        items, _ = read_page(self.connection.name, self._call("GET", records_target(self.connection.api_version, module, query)))
        return {RecordId(str(item.get("id"))): str(item[field]) for item in items if item.get(field)}

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
        )

    def related_lists(self, module: str) -> Sequence[Relation]:
        """Relations of a module that the organisation's metadata offers for removal."""
        found = []
        for item in self._settings(f"settings/related_lists?module={module}", "related_lists"):
            operations = item.get("record_operations")
            allowed = isinstance(operations, dict) and operations.get("disassociate") is True
            name = _text(item, "api_name")
            if allowed and item.get("type") == "multiselectlookup" and name.lower() not in NEVER:
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

    def _all_linked(self, batch: Batch) -> frozenset[RecordId]:
        """Every id on the list, page by page. Raises AnswerNotUnderstood when the pages do not come to an end."""
        seen: frozenset[RecordId] = frozenset()
        query: dict[str, str] = {"page": "1"}
        for page in range(1, _MOST_PAGES):
            _, items, info = self._page(batch, query)
            fresh = ids_on(self.connection.name, items) - seen
            seen |= fresh
            more = info.get("more_records")
            if more is False:
                return seen
            if more is not True or not fresh:
                break
            token = _text(info, "next_page_token")
            query = {"page": str(page + 1)} if page < _LAST_NUMBERED_PAGE or not token else {"page_token": token}
        raise AnswerNotUnderstood(self.connection.name, 200, "the list did not come to an end")

    def _page(self, batch: Batch, query: dict[str, str]) -> tuple[Answer, list[Item], Mapping[str, object]]:
        version = self.connection.api_version
        known = {**query, "per_page": str(_PAGE_SIZE)}
        if version != "v2.1":
            known["fields"] = "id"
        if version == "v8":
            known |= {"converted": "both", "approved": "both"}
        answer = self._call("GET", linked_target(version, batch.call_relation, batch.call_parent_id, known))
        return answer, *read_page(self.connection.name, answer)

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

    def _call(self, method: str, target: str) -> Answer:
        """One request; a read whose token was rejected is made again with a new one, anything else is given back.

        Raises TokenRejected (``renewed``) for a removal that may be sent again: the run has to write down that it will.
        """
        tokens = self._tokens
        token = tokens.current()
        answer = self._conversation().call(method, target, token.reveal())
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
