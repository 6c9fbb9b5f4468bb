"""Reads of a CRM that refuses one of the parameters: the read goes again without it, and proves only what it can."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from desktop.crm.list_reading import ListReader
from desktop.crm.session import Answer
from desktop.domain.errors import AnswerNotUnderstood, RequestRefused
from desktop.domain.planning.plans import Batch, Side
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation

P, A, B = (RecordId(f"36523970000009{n:05d}") for n in (1, 2, 3))
CONTACTS, LEADS = Relation("Campaigns", "Contacts"), Relation("Campaigns", "Leads")
JSON = {"content-type": "application/json"}


class Picky:
    """A list with record A on it; refuses any read that has the parameter ``refused``."""

    def __init__(self, refused: str, details: bool = True, code: str = "INVALID_DATA") -> None:
        self.refused, self.code = refused, code
        self.details = {"param_name": refused} if details else {}
        self.asked: list[dict[str, str]] = []
        self.more: object = False

    def get(self, target: str) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
        self.asked.append(query)
        if self.refused in query or (self.refused == "Member_Status" and "Member_Status" in query["fields"]):
            told = {"code": self.code, "details": self.details, "message": f"unknown {self.refused}", "status": "error"}
            return Answer(400, JSON, json.dumps(told).encode())
        shown = {"data": [{"id": A, "Member_Status": "Sent"}], "info": {"more_records": self.more}}
        return Answer(200, JSON, json.dumps(shown).encode())


def batch(relation: Relation = CONTACTS) -> Batch:
    return Batch(0, relation, Side.PARENT, P, (A, B), (0, 1))


def reader(crm: Picky) -> ListReader:
    return ListReader("c", "v8", crm.get)


@pytest.mark.parametrize(("refused", "relation", "may_hide", "details"), [
    ("approved", CONTACTS, True, True),
    ("approved", CONTACTS, True, False),
    ("converted", CONTACTS, False, True),
    ("converted", LEADS, True, True),
    ("per_page", CONTACTS, False, True),
    ("per_page", CONTACTS, False, False),
])  # fmt: skip
def test_a_refused_parameter_is_left_out_from_then_on(refused: str, relation: Relation, may_hide: bool, details: bool) -> None:
    crm = Picky(refused, details)
    lists = reader(crm)
    page = lists.by_ids(batch(relation), relation)
    assert (set(page.records), page.may_hide, page.is_honoured, page.reads) == ({A}, may_hide, True, 2)
    assert lists.by_ids(batch(relation), relation).reads == 1
    assert [refused in query for query in crm.asked] == [True, False, False]
    others = {"approved", "converted", "per_page", "ids", "fields"} - {refused}
    assert all(others <= query.keys() for query in crm.asked), "only what was refused is left out"


def test_a_refused_filter_by_ids_is_not_asked_for_again() -> None:
    lists = reader(crm := Picky("ids"))
    assert not lists.by_ids(batch(), CONTACTS).is_honoured
    assert not lists.reads_by_ids
    assert [set(page.records) for page in lists.pages(batch(), CONTACTS)] == [{A}]
    assert ["ids" in query for query in crm.asked] == [True, False]


def test_every_call_that_left_is_counted() -> None:
    crm = Picky("approved")
    refusals = iter(("approved", "ids", "nothing"))

    def get(target: str) -> Answer:
        answer = crm.get(target)
        if answer.status == 400:
            crm.refused = next(refusals)
            crm.details = {"param_name": crm.refused}
        return answer

    next(refusals)
    lists = ListReader("c", "v8", get)
    page = lists.by_ids(batch(), CONTACTS)
    assert (page.is_honoured, page.reads, len(crm.asked)) == (False, 2, 2)
    assert [page.reads for page in lists.pages(batch(), CONTACTS)] == [1] and len(crm.asked) == 3


@pytest.mark.parametrize("nameless", [{}, {"id": None}, {"id": ""}, {"id": {"no": "text"}}])
def test_a_record_without_an_id_hides_what_is_not_shown_and_leaves_what_is(nameless: dict[str, object]) -> None:
    shown = json.dumps({"data": [{"id": A}, nameless], "info": {"more_records": False}}).encode()
    lists = ListReader("c", "v8", lambda _: Answer(200, JSON, shown))
    for page in (lists.by_ids(batch(), CONTACTS), *lists.pages(batch(), CONTACTS)):
        assert (set(page.records), page.may_hide, page.is_honoured) == ({A}, True, True)


def test_where_the_fields_of_a_link_are_refused_its_record_is_read_without_them() -> None:
    crm = Picky("Member_Status")
    crm.details = {"param_name": "fields"}
    page = reader(crm).by_ids(batch(), CONTACTS)
    assert page.is_honoured and set(page.records) == {A}
    assert crm.asked[-1]["fields"] == "id"


def test_a_parent_that_was_converted_is_no_refusal_of_the_parameter() -> None:
    crm = Picky("converted", details=False)
    crm.refused = "ids"
    answers = [Answer(400, JSON, b'{"code":"INVALID_DATA","details":{},"message":"id already converted","status":"error"}')]
    lists = ListReader("c", "v8", lambda target: answers.pop() if answers else crm.get(target))
    with pytest.raises(RequestRefused):
        lists.by_ids(batch(LEADS), LEADS)
    list(lists.pages(batch(LEADS), LEADS))
    assert "converted" in crm.asked[-1]


def test_any_other_refusal_is_raised() -> None:
    with pytest.raises(RequestRefused):
        list(reader(Picky("page")).pages(batch(), CONTACTS))


@pytest.mark.parametrize("more", [None, "false", 0])
def test_only_more_records_false_ends_a_list(more: object) -> None:
    crm = Picky("nothing")
    crm.more = more
    assert not reader(crm).by_ids(batch(), CONTACTS).is_honoured
    with pytest.raises(AnswerNotUnderstood):
        list(reader(crm).pages(batch(), CONTACTS))
