"""Scopes: exactly what the relations need."""

import pytest

from desktop.domain.relations import ALLOWED, Relation
from desktop.domain.scopes import ALL_RELATIONS, modules_of, scope_of, scopes_for

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
