"""What a token may do: the practice CRM is as strict as Zoho, area by area and verb by verb."""

import pytest

from desktop.practice.rules import Request
from desktop.practice.scopes import has_scope

LIST = "/crm/v8/Campaigns/1/Contacts"


@pytest.mark.parametrize(
    ("method", "path", "scope", "may"),
    [
        ("DELETE", LIST, "ZohoCRM.modules.campaigns.DELETE", True),
        ("DELETE", LIST, "zohocrm.MODULES.Campaigns.all", True),
        ("DELETE", LIST, "ZohoCRM.modules.ALL", True),
        ("DELETE", LIST, "ZohoCRM.modules.campaigns.READ", False),
        ("DELETE", LIST, "ZohoCRM.modules.contacts.DELETE", False),
        ("GET", LIST, "ZohoCRM.modules.campaigns.DELETE", False),
        ("GET", LIST, "ZohoCRM.modules.READ", True),
        ("PUT", LIST, "ZohoCRM.modules.campaigns.UPDATE", True),
        ("PATCH", LIST, "ZohoCRM.modules.campaigns.UPDATE", False),
        ("PATCH", LIST, "ZohoCRM.modules.campaigns.ALL", True),
        ("DELETE", "/crm/v8/Price_Books/1/Products", "ZohoCRM.modules.pricebooks.DELETE", True),
        ("DELETE", "/crm/v8/Appointments__s/1/Services__s", "ZohoCRM.modules.appointments.DELETE", True),
        ("GET", "/crm/v8/org", "ZohoCRM.org.READ", True),
        ("GET", "/crm/v8/org", "ZohoCRM.users.ALL", False),
        ("GET", "/crm/v8/users?type=CurrentUser", "ZohoCRM.users.READ", True),
        ("GET", "/crm/v8/settings/related_lists?module=Leads", "ZohoCRM.settings.related_lists.READ", True),
        ("GET", "/crm/v8/settings/modules", "ZohoCRM.settings.related_lists.READ", False),
        ("GET", "/crm/v8/settings/modules", "ZohoCRM.settings.ALL", True),
        ("GET", "/crm", "ZohoCRM.org.READ", False),
    ],
)
def test_a_scope_covers_its_own_calls_alone(method: str, path: str, scope: str, may: bool) -> None:
    assert has_scope([scope], Request(method, path)) is may
    assert has_scope(["ZohoCRM.users.DELETE", scope], Request(method, path)) is may


def test_a_token_without_scopes_is_refused_everywhere() -> None:
    assert not has_scope([], Request("GET", LIST))
