"""Reads a related list: certain records by their ids, or all of it page by page. A read changes nothing.

What a read may prove: with the filter by ids (version 8), that every id which it does not show is not linked, if the answer is
whole and shows only ids that were asked for. Without the filter it proves the same once the last page was read.

A plain read hides converted and unapproved records, so these are asked for by a parameter. If the CRM refuses a parameter that
it need not have, and names it, the read is made again without it, and so are all later ones. If that was one of those for
converted or unapproved records, the list may hide some: then nothing that it does not show is proven to be gone. A record that
comes without an id may be any of those that are not shown, so it hides them, too.

Sources: Zoho's page "Get related records" and its specification of version 8.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.crm.addresses import joined_ids, linked_target
from desktop.crm.answers import Item, credits_left, plain_value, read_page, text_of
from desktop.crm.session import Answer
from desktop.domain.errors import AnswerNotUnderstood, RequestRefused
from desktop.domain.outcomes import LinkFields, Refusal, RefusalScope
from desktop.domain.planning.plans import Batch
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation, own_fields
from desktop.domain.texts import Text

VERSION_WITH_IDS = "v8"
PAGE_SIZE = 200  # the most that Zoho gives
_MOST_PAGES = 2000  # 400,000 records; a server that says "more" for ever must not keep a read for ever
# Zoho takes page numbers for the first 2,000 records; further pages are asked for by the token of the page before.
_LAST_NUMBERED_PAGE = 10

# The parameters that a read can do without, each at a price. The filter by ids is not one of them: without it, the read would
# show other records than were asked for.
_OPTIONAL = frozenset({"converted", "approved", "per_page", "fields"})


@dataclass(frozen=True, slots=True)
class ListPage:
    """Records of a list, with their links' own fields.

    ``is_last`` says that the list has no further ones; ``may_hide``, that it may have records which it does not show. If
    ``is_honoured`` is False, the page shows something else than was asked for and proves nothing. ``reads`` counts the calls
    that it took, including those whose parameters were refused.
    """

    records: Mapping[RecordId, LinkFields]
    is_last: bool
    credits_left: int | None
    may_hide: bool = False
    reads: int = 1
    is_honoured: bool = True


class _Calls:
    """Counts the calls that one read makes."""

    def __init__(self, get: Callable[[str], Answer]) -> None:
        self._get = get
        self.made = 0

    def get(self, target: str) -> Answer:
        self.made += 1
        return self._get(target)


class ListReader:
    """Reads lists over the calls of a client. Any thread may call."""

    def __init__(self, connection: str, version: str, get: Callable[[str], Answer]) -> None:
        """``get`` makes one GET of a path and query; ``connection`` is the connection's name, for errors."""
        self._connection = connection
        self._version = version
        self._get = get
        self._left_out: set[str] = set()  # parameters that this CRM has refused

    @property
    def reads_by_ids(self) -> bool:
        """True if a list can be asked for certain records by their ids."""
        return self._version == VERSION_WITH_IDS and "ids" not in self._left_out

    def by_ids(self, batch: Batch, relation: Relation, of_list: Sequence[RecordId] = ()) -> ListPage:
        """Read which records of the batch, or of ``of_list`` if given, are on the list. Look at ``is_honoured`` of the page."""
        calls, ids = _Calls(self._get), of_list or batch.ids
        try:
            answer, items, info = self._page(calls, batch, relation, {"ids": joined_ids(ids)})
        except RequestRefused as exc:
            if _is_about_a_parameter(exc):
                if exc.refusal.parameter == "ids":
                    self._left_out.add("ids")
                # The address and the rights are right, so it is the filter that this CRM does not take.
                return ListPage({}, is_last=False, credits_left=None, reads=calls.made, is_honoured=False)
            raise
        page = self._read(answer, items, relation, is_last=info.get("more_records") is False)
        return replace(page, reads=calls.made, is_honoured=page.is_last and not page.records.keys() - set(ids))

    def pages(self, batch: Batch, relation: Relation) -> Iterator[ListPage]:
        """Yield the whole list, page by page. Raises AnswerNotUnderstood if it does not come to an end."""
        seen: set[RecordId] = set()
        query: dict[str, str] = {"page": "1"}
        for number in range(1, _MOST_PAGES):
            calls = _Calls(self._get)
            answer, items, info = self._page(calls, batch, relation, query)
            more = info.get("more_records")
            # Only an explicit False proves the end: if more_records is missing, the list may go on.
            page = self._read(answer, items, relation, is_last=more is False)
            # A page without a new record would be read again and again.
            if not page.is_last and (more is not True or not page.records.keys() - seen):
                break
            yield replace(page, reads=calls.made)
            if page.is_last:
                return
            seen |= page.records.keys()
            token = info.get("next_page_token")
            numbered = number < _LAST_NUMBERED_PAGE or not isinstance(token, str) or not token
            query = {"page": str(number + 1)} if numbered else {"page_token": str(token)}
        raise AnswerNotUnderstood(self._connection, 200, Text("list-has-no-end"))

    def _read(self, answer: Answer, items: Sequence[Item], relation: Relation, *, is_last: bool) -> ListPage:
        names = own_fields(relation)
        records: dict[RecordId, LinkFields] = {}
        may_hide = self._may_hide(relation)
        for item in items:
            if record_id := text_of(item.get("id")):
                records[RecordId(record_id)] = {name: plain_value(item[name]) for name in names if name in item}
            else:
                may_hide = True
        return ListPage(records, is_last, credits_left(answer), may_hide)

    def _may_hide(self, relation: Relation) -> bool:
        """True if the CRM refused a parameter without which the list does not show all of its records."""
        # Only leads can be converted.
        return "approved" in self._left_out or ("converted" in self._left_out and relation.related_list == "Leads")

    def _page(
        self, calls: _Calls, batch: Batch, relation: Relation, query: Mapping[str, str]
    ) -> tuple[Answer, list[Item], Mapping[str, object]]:
        while True:
            parameters = {**query, **self._parameters(relation)}
            answer = calls.get(linked_target(self._version, relation, batch.call_parent_id, parameters))
            try:
                return answer, *read_page(self._connection, answer)
            except RequestRefused as exc:
                name = exc.refusal.parameter if _is_about_a_parameter(exc) else ""
                # If leaving the parameter out changes nothing, the read would be refused in the same way for ever.
                if name not in _OPTIONAL or parameters == {**query, **self._parameters(relation, name)}:
                    raise
                self._left_out.add(name)

    def _parameters(self, relation: Relation, refused: str = "") -> Mapping[str, str]:
        """Return the parameters of every read, without those that the CRM has refused."""
        left_out = {*self._left_out, refused}
        parameters = {} if "per_page" in left_out else {"per_page": str(PAGE_SIZE)}
        # Later versions refuse a read without ``fields``, so only the links' own fields can be left out of it.
        if self._version != "v2.1":
            parameters["fields"] = ",".join(("id", *(() if "fields" in left_out else own_fields(relation))))
        if self._version == VERSION_WITH_IDS:
            parameters |= {name: "both" for name in ("converted", "approved") if name not in left_out}
        return parameters


def _is_about_a_parameter(error: RequestRefused) -> bool:
    """True if only a parameter can be wrong, because the refusal concerns neither the address nor the rights."""
    return isinstance(error.refusal, Refusal) and error.refusal.scope in (RefusalScope.CALL, RefusalScope.IDS)
