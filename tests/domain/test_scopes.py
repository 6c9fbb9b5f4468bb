"""Scopes: exactly what the relations need."""

import pytest

from desktop.domain.relations import ALLOWED, Relation
from desktop.domain.scopes import ALL_RELATIONS, is_extra, lacking, modules_of, scope_of, scopes_for

BOTH_ENDS = [
    "ZohoCRM.modules.products.READ", "ZohoCRM.modules.products.DELETE", "ZohoCRM.modules.products.UPDATE",
    "ZohoCRM.modules.pricebooks.READ", "ZohoCRM.modules.pricebooks.DELETE", "ZohoCRM.modules.pricebooks.UPDATE",
    "ZohoCRM.settings.modules.READ", "ZohoCRM.settings.related_lists.READ", "ZohoCRM.users.READ", "ZohoCRM.org.READ",
]  # fmt: skip


def test_a_relation_asks_for_its_two_modules_and_nothing_else() -> None:
    assert list(scopes_for([Relation("Products", "Price_Books")])) == BOTH_ENDS
    assert set(scopes_for([Relation("Price_Books", "Products")])) == set(BOTH_ENDS)


@pytest.mark.parametrize("relation", sorted(ALLOWED))
def test_nothing_is_asked_for_all_modules_or_all_rights(relation: Relation) -> None:
    asked = scopes_for([relation])
    assert len(asked) == len(set(asked)) == 10
    assert not [one for one in asked if one.endswith(".ALL") or one.count(".") < 2]
    assert {scope_of(end, "DELETE") for end in modules_of([relation])} <= set(asked)


def test_names_are_those_of_zohos_pages() -> None:
    assert scope_of("Appointments__s", "READ") == "ZohoCRM.modules.appointments.READ"
    assert modules_of(ALL_RELATIONS) == ("Campaigns", "Leads", "Contacts", "Products", "Accounts", "Deals", "Price_Books")


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        (BOTH_ENDS, []),
        (["ZohoCRM.modules.ALL", "ZohoCRM.settings.ALL", "ZohoCRM.users.ALL", "ZohoCRM.org.all"], []),
        (["zohocrm.modules.all", "ZohoCRM.settings.READ", "ZohoCRM.users.READ", "ZohoCRM.org.READ"], []),
        (["ZohoCRM.modules.READ", "ZohoCRM.modules.DELETE", "ZohoCRM.modules.WRITE", *BOTH_ENDS[6:]], []),
        (["ZohoCRM.modules.products.ALL", "ZohoCRM.modules.Price_Books.ALL", *BOTH_ENDS[6:]], []),
        ([one for one in BOTH_ENDS if not one.endswith("DELETE")], [BOTH_ENDS[1], BOTH_ENDS[4]]),
        (["ZohoCRM.modules.products.ALL", *BOTH_ENDS[6:]], BOTH_ENDS[3:6]),
        (["ZohoCRM.modules.productsold.ALL", "ZohoBooks.modules.ALL"], BOTH_ENDS),
    ],
)
def test_what_was_granted_is_held_against_what_is_needed(granted: list[str], missing: list[str]) -> None:
    assert list(lacking(granted, BOTH_ENDS)) == missing


def test_a_removal_needs_reading_and_deleting_and_can_do_without_the_rest() -> None:
    assert [one for one in BOTH_ENDS if not is_extra(one)] == [one for one in BOTH_ENDS[:6] if not one.endswith("UPDATE")]
