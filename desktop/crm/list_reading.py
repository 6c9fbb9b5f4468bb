"""Reads of a related list: exactly some records by their ids, or all of it page by page. A read changes nothing.

Where the CRM refuses one of the parameters that it need not have (its refusal names it), the read is made again without it,
and so are all later ones. Where converted or unapproved records cannot be asked for, a list may hide some: then nothing that it
does not show is proven to be gone.

A record that comes without an id may be any of those that are not shown, so that it hides them too.

What a read may prove: with the filter by ids (version 8), that every id it does not show is not linked, if the answer is
whole and shows only ids that were asked for; without it, the same once the last page was read. Converted and unapproved
records are asked for by name, because a plain read hides them. Sources: Zoho's page "Get related records" and its
specification of version 8.
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
PAGE_SIZE = 200
_MOST_PAGES = 2000
# Up to 2,000 rows may be asked for by page number; past them by the token of the page before.
_LAST_NUMBERED_PAGE = 10

# What a read can do without, each at a price; a list can also be read without the filter by ids.
_OPTIONAL = frozenset({"converted", "approved", "per_page", "fields"})


@dataclass(frozen=True, slots=True)
class Page:
    """Records of a list with their links' own fields; ``is_last``: the list has no further ones.

    ``is_honoured``: only what was asked for is shown, and all of it; else nothing is proven. ``reads`` are the calls that it
    took, with those whose parameters were refused.
    """

    records: Mapping[RecordId, LinkFields]
    is_last: bool
    credits_left: int | None
    may_hide: bool = False
    reads: int = 1
    is_honoured: bool = True


class _Calls:
    """The calls that one read makes, counted."""

    def __init__(self, get: Callable[[str], Answer]) -> None:
        self._get = get
        self.made = 0

    def get(self, target: str) -> Answer:
        """Make one call."""
        self.made += 1
        return self._get(target)


class ListReader:
    """Reads lists over the calls of a client. Any thread."""

    def __init__(self, connection: str, version: str, get: Callable[[str], Answer]) -> None:
        """``get`` makes one GET of a path and query; ``connection`` is the name for errors."""
        self._connection = connection
        self._version = version
        self._get = get
        self._left_out: set[str] = set()

    @property
    def reads_by_ids(self) -> bool:
        """True when a list can be asked for exactly some records."""
        return self._version == VERSION_WITH_IDS and "ids" not in self._left_out

    def by_ids(self, batch: Batch, relation: Relation, of_list: Sequence[RecordId] = ()) -> Page:
        """Which of the batch's records, or of these others, are on its list, if the filter by ids is honoured."""
        calls, ids = _Calls(self._get), of_list or batch.ids
        try:
            answer, items, info = self._page(calls, batch, relation, {"ids": joined_ids(ids)})
        except RequestRefused as exc:
            if _is_about_a_parameter(exc):
                if exc.refusal.parameter == "ids":
                    self._left_out.add("ids")
                # The address is right, so it is the filter that this CRM does not take.
                return Page({}, is_last=False, credits_left=None, reads=calls.made, is_honoured=False)
            raise
        page = self._read(answer, items, relation, is_last=info.get("more_records") is False)
        return replace(page, reads=calls.made, is_honoured=page.is_last and not page.records.keys() - set(ids))

    def pages(self, batch: Batch, relation: Relation) -> Iterator[Page]:
        """The whole list, page by page. Raises AnswerNotUnderstood when it does not come to an end."""
        seen: set[RecordId] = set()
        query: dict[str, str] = {"page": "1"}
        for number in range(1, _MOST_PAGES):
            calls = _Calls(self._get)
            answer, items, info = self._page(calls, batch, relation, query)
            more = info.get("more_records")
            page = self._read(answer, items, relation, is_last=more is False)
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

    def _read(self, answer: Answer, items: Sequence[Item], relation: Relation, *, is_last: bool) -> Page:
        names = own_fields(relation)
        records: dict[RecordId, LinkFields] = {}
        may_hide = self._may_hide(relation)
        for item in items:
            if known := text_of(item.get("id")):
                records[RecordId(known)] = {name: plain_value(item[name]) for name in names if name in item}
            else:
                may_hide = True
        return Page(records, is_last, credits_left(answer), may_hide)

    def _may_hide(self, relation: Relation) -> bool:
        """Whether the list may hold records that the CRM did not show, because it refused the parameter that asks for them."""
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
                if name not in _OPTIONAL or parameters == {**query, **self._parameters(relation, name)}:
                    raise
                self._left_out.add(name)

    def _parameters(self, relation: Relation, refused: str = "") -> Mapping[str, str]:
        """What every read asks for, as far as the CRM has not refused it; the links' own fields are a part of ``fields``."""
        out = {*self._left_out, refused}
        known = {} if "per_page" in out else {"per_page": str(PAGE_SIZE)}
        if self._version != "v2.1":
            known["fields"] = ",".join(("id", *(() if "fields" in out else own_fields(relation))))
        if self._version == VERSION_WITH_IDS:
            known |= {name: "both" for name in ("converted", "approved") if name not in out}
        return known


def _is_about_a_parameter(error: RequestRefused) -> bool:
    """True where the address and the rights are right, so that it is a parameter that the CRM does not take."""
    return isinstance(error.refusal, Refusal) and error.refusal.scope in (RefusalScope.CALL, RefusalScope.IDS)
