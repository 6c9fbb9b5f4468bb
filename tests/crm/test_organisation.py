"""What an organisation tells of itself: answers that are whole, refused, odd, or missing."""

import json
from collections.abc import Callable

import pytest

from desktop.crm.organisation import ListNames, OfferedLists, Organisation
from desktop.crm.session import Answer
from desktop.domain.errors import AnswerMissing, AnswerNotUnderstood
from desktop.domain.records import RecordId
from desktop.domain.relations import MODULES, Relation

DEALS, POTENTIALS = Relation("Products", "Deals"), Relation("Products", "Potentials")
NO_SCOPE = {"code": "OAUTH_SCOPE_MISMATCH", "status": "error", "message": "invalid oauth scope", "details": {}}


def told(body: object = None, status: int = 200) -> Callable[[str], Answer]:
    raw = b"" if body is None else json.dumps(body).encode()
    return lambda target: Answer(status, {"content-type": "application/json"}, raw)


def organisation(body: object = None, status: int = 200) -> Organisation:
    return Organisation("c", "v8", told(body, status))


def lists(*names: str, **more: object) -> dict[str, object]:
    return {"related_lists": [{"api_name": name, **more} for name in names]}


def test_only_lists_that_metadata_offers_for_removal_are_found_and_never_notes() -> None:
    removable = {"type": "multiselectlookup", "record_operations": {"disassociate": True}}
    assert organisation(lists("Own", "Notes", "own list", "", **removable)).related_lists("Leads") == (Relation("Leads", "Own"),)
    for other in (
        {"type": "default"},
        {"record_operations": {"disassociate": "true"}},
        {"record_operations": None},
        {"module": {"api_name": "Attachments"}},
        {"status": "user_hidden"},
    ):
        assert organisation(lists("Own", **{**removable, **other})).related_lists("Leads") == ()
    assert organisation(lists("Own", **removable)).related_lists("Notes") == ()
    assert organisation(NO_SCOPE, 401).related_lists("Leads") == ()


def test_the_modules_are_those_that_can_be_reached_or_the_known_ones_where_nobody_may_ask() -> None:
    told_of = [
        {"api_name": name, "api_supported": name != "Feeds"} for name in ("Leads", "Fairs", "Notes", "Feeds", "no name", "Leads")
    ]
    assert organisation({"modules": told_of}).modules() == ("Leads", "Fairs")
    assert organisation(NO_SCOPE, 401).modules() == tuple(MODULES)


def test_the_metadata_is_asked_once_for_lists_of_ones_own_and_never_for_others() -> None:
    asked = []

    def get(target: str) -> Answer:
        asked.append(target)
        return told(lists("Own", "Notes", type="multiselectlookup", record_operations={"disassociate": True}))(target)

    offered = OfferedLists(Organisation("c", "v8", get))
    own = Relation("Leads", "Own")
    for relation in (Relation("Campaigns", "Contacts"), Relation("Leads", "Notes"), Relation("Notes", "Own")):
        assert offered.beside(relation) == frozenset()
    assert not asked
    assert [offered.beside(one) for one in (own, Relation("Leads", "Other"))] == [{own}, {own}]
    assert len(asked) == 1
    offered.forget()
    assert offered.beside(own) == {own} and len(asked) == 2


def test_missing_scope_is_told_apart_from_hidden_lists() -> None:
    assert organisation(NO_SCOPE, 401).visible_lists("Leads") is None
    assert organisation(NO_SCOPE, 401).list_names("Leads") == frozenset()
    shown = {"related_lists": [{"api_name": "Open"}, {"api_name": "Closed", "status": "user_hidden"}]}
    assert organisation(shown).visible_lists("Leads") == frozenset({"Open"})
    assert organisation(status=204).visible_lists("Leads") == frozenset()


@pytest.mark.parametrize("body", [[], {}, {"related_lists": None}, {"related_lists": {"api_name": "X"}}])
def test_metadata_of_another_shape_is_not_understood(body: object) -> None:
    with pytest.raises(AnswerNotUnderstood):
        organisation(body).visible_lists("Leads")


def test_record_without_an_id_makes_the_names_unusable() -> None:
    one = RecordId("3652397000000925128")
    whole = {"data": [{"id": one, "Full_Name": None}], "info": {"more_records": False}}
    assert organisation(whole).names_of("Contacts", {one}) == {one: ""}
    with pytest.raises(AnswerNotUnderstood, match="record-without-id"):
        organisation({"data": [{"Full_Name": "Ann"}], "info": {"more_records": False}}).names_of("Contacts", {one})


def test_a_list_is_sent_by_its_older_name_where_the_organisation_has_no_other() -> None:
    assert ListNames(organisation(lists("Potentials"))).sent_as(DEALS) == POTENTIALS
    assert ListNames(organisation(lists("Potentials", "Deals"))).sent_as(DEALS) == DEALS
    assert ListNames(organisation(NO_SCOPE, 401)).sent_as(DEALS) == DEALS


def test_a_relation_with_one_name_asks_nothing() -> None:
    def nobody(target: str) -> Answer:
        raise AssertionError(target)

    contacts = Relation("Campaigns", "Contacts")
    assert ListNames(Organisation("c", "v8", nobody)).sent_as(contacts) == contacts


def test_the_names_of_lists_are_asked_for_once_and_anew_after_a_failure_or_another_key() -> None:
    asked: list[str] = []

    def get(target: str) -> Answer:
        asked.append(target)
        if len(asked) == 1:
            raise AnswerMissing("c", "the answer took too long")
        return told(lists("Potentials"))(target)

    names = ListNames(Organisation("c", "v8", get))
    assert names.sent_as(DEALS) == DEALS, "as it is, where nothing could be read"
    assert [names.sent_as(DEALS) for _ in range(2)] == [POTENTIALS] * 2
    assert len(asked) == 2
    names.forget()
    assert names.sent_as(DEALS) == POTENTIALS and len(asked) == 3
