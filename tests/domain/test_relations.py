"""The allow-list: what may be removed, and what may never."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import RelationNotAllowed
from desktop.domain.relations import (
    ALLOWED,
    BUILT_IN,
    Relation,
    canonical_module,
    check_allowed,
    is_api_name,
    is_custom,
    label_of,
    parse_relation,
    related_module,
    reverse_of,
)
from desktop.words import say_text


def test_every_documented_relation_is_built_in() -> None:
    assert [row.relation.code for row in BUILT_IN] == [
        "Campaigns/Leads",
        "Campaigns/Contacts",
        "Products/Leads",
        "Products/Accounts",
        "Products/Contacts",
        "Products/Deals",
        "Products/Price_Books",
        "Appointments__s/Services__s",
    ]
    assert [say_text(label_of(row.relation)) for row in BUILT_IN][::7] == ["Leads from Campaigns", "Services from Appointments"]


def test_both_directions_are_allowed_where_a_reverse_exists() -> None:
    for row in BUILT_IN:
        assert check_allowed(row.relation) == row.relation
        if row.reverse is not None:
            assert check_allowed(row.reverse) == row.reverse
            assert reverse_of(row.reverse) == row.relation
    assert reverse_of(Relation("Appointments__s", "Services__s")) is None


@pytest.mark.parametrize(
    "text",
    [
        "Leads/Notes",
        "Leads/attachments",
        "Deals/Contact_Roles",
        "Contacts/Emails",
        "Notes/Leads",
        "Leads",
        "a/b/c",
        "",
        "Campaigns/Contacts/123",
        "../x",
        "Campaigns/Con tacts",
    ],
)
def test_what_deletes_data_or_names_nothing_is_never_a_relation(text: str) -> None:
    with pytest.raises(RelationNotAllowed):
        check_allowed(parse_relation(text))


def test_metadata_may_confirm_a_list_but_never_notes() -> None:
    own = Relation("Campaigns", "Vendors1")
    assert check_allowed(own, {own}) == own
    for name in ("Notes", "Attachments", "NOTES", "emails", "Contact_Roles"):
        for relation in (Relation("Leads", name), Relation(name, "Leads")):
            with pytest.raises(RelationNotAllowed):
                check_allowed(relation, {relation})


def test_what_a_list_of_ones_own_holds_is_not_known_by_its_name() -> None:
    assert is_custom(Relation("Campaigns", "Vendors1")) and related_module(Relation("Campaigns", "Vendors1")) is None
    assert not any(map(is_custom, ALLOWED)) and related_module(Relation("Contacts", "Campaigns")) == "Campaigns"


def test_potentials_is_the_old_name_of_deals() -> None:
    assert parse_relation("Products/Potentials") == Relation("Products", "Deals")
    assert canonical_module("PriceBooks") == "Price_Books"


NAMES = st.text() | st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{0,9}", fullmatch=True)


@given(NAMES, NAMES)
def test_nothing_off_the_list_passes(parent: str, related: str) -> None:
    try:
        relation = Relation(parent, related)
    except ValueError:
        assert not (is_api_name(parent) and is_api_name(related))
        return
    if relation not in ALLOWED:
        with pytest.raises(RelationNotAllowed):
            check_allowed(relation)
