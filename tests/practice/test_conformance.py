"""The practice CRM's answers have the shapes that Zoho documents: a test that passes against it says something about Zoho.

A shape is written as an example: a dictionary names its required keys (``?`` before one that may be missing), a list holds the
shape of each item, and anything else is the type of a value.
"""

import json
from typing import Any

import pytest

from desktop.practice import PracticeCrm
from tests.practice.test_practice_crm import LIST, A, B, P, call, crm, server

__all__ = ["crm", "server"]

TEXT = str
ID = "digits"
ITEM = {"code": TEXT, "details": {"?id": ID, "?api_name": TEXT, "?json_path": TEXT}, "message": TEXT, "status": TEXT}
ERROR = {"code": TEXT, "details": dict, "message": TEXT, "status": TEXT}
INFO = {"per_page": int, "count": int, "page": int, "more_records": bool, "?next_page_token": (str, type(None))}
RELATED_LIST = {
    "id": ID, "api_name": TEXT, "name": TEXT, "display_label": TEXT, "module": {"api_name": TEXT}, "type": TEXT, "status": TEXT,
    "href": TEXT, "connectedmodule": (str, type(None)), "linkingmodule": (str, type(None)), "?record_operations": dict,
}  # fmt: skip
ORG = {
    "id": ID, "zgid": ID, "company_name": TEXT, "country_code": TEXT, "primary_email": TEXT,
    "license_details": {"paid_type": TEXT, "users_license_purchased": TEXT},
}  # fmt: skip


def fits(value: Any, shape: Any) -> bool:
    """True if a value has the shape; a key that the shape does not name is against it."""
    if shape == ID:
        return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 20
    if isinstance(shape, dict):
        required = {key for key in shape if not key.startswith("?")}
        shapes = {key.removeprefix("?"): value for key, value in shape.items()}
        is_right = isinstance(value, dict) and required <= value.keys() <= shapes.keys()
        return is_right and all(fits(member, shapes[key]) for key, member in value.items())
    if isinstance(shape, list):
        return isinstance(value, list) and bool(value) and all(fits(item, shape[0]) for item in value)
    return isinstance(value, shape)


CASES = [
    ("DELETE", f"{LIST}?ids={A}", None, 200, {"data": [ITEM]}),
    ("DELETE", f"{LIST}?ids={A},{P}", None, 207, {"data": [ITEM]}),
    ("DELETE", f"{LIST}?ids={P}", None, 400, {"data": [ITEM]}),
    ("DELETE", LIST, None, 400, ERROR),
    ("DELETE", f"{LIST}?ids=zcrm_1", None, 400, ERROR),
    ("DELETE", f"{LIST}?ids={','.join([A] * 101)}", None, 400, ERROR),
    ("DELETE", f"/crm/v8/Campaigns/{B}/Contacts?ids={A}", None, 400, ERROR),
    ("DELETE", f"/crm/v8/Campaigns/{P}/Wrong?ids={A}", None, 400, ERROR),
    ("PUT", LIST, {"data": [{"id": A, "Member_Status": "Sent"}]}, 200, {"data": [ITEM]}),
    ("PUT", LIST, {"data": [{"id": A}, {"id": "3652397000000777777"}]}, 207, {"data": [ITEM]}),
    ("GET", f"{LIST}?fields=id,Member_Status", None, 200, {"data": [{"id": ID, "Member_Status": TEXT}], "info": INFO}),
    ("GET", f"{LIST}?fields=id&ids={A},{P}&converted=both&approved=both", None, 200, {"data": [{"id": ID}], "info": INFO}),
    ("GET", LIST, None, 400, ERROR),
    ("GET", f"{LIST}?fields=id&per_page=201", None, 400, ERROR),
    ("GET", f"{LIST}?fields=id&per_page=many", None, 400, ERROR),
    ("GET", f"{LIST}?fields=id&page=0", None, 400, ERROR),
    ("GET", f"/crm/v8/Contacts?fields=id&ids={A}", None, 200, {"data": [{"id": ID}], "info": INFO}),
    ("GET", "/crm/v8/org", None, 200, {"org": [ORG]}),
    ("GET", "/crm/v8/users?type=CurrentUser", None, 200, {"users": [{"id": ID, "full_name": TEXT, "email": TEXT}]}),
    ("GET", "/crm/v8/settings/related_lists?module=Campaigns", None, 200, {"related_lists": [RELATED_LIST]}),
    ("GET", "/crm/v8/no/such/way/at/all", None, 404, ERROR),
]


@pytest.mark.parametrize(("method", "target", "body", "status", "shape"), CASES)
def test_an_answer_has_the_documented_shape(
    crm: PracticeCrm,
    method: str,
    target: str,
    body: Any,
    status: int,
    shape: Any,
) -> None:
    got, answer, _ = call(crm, method, target, body)
    assert (got, fits(answer, shape)) == (status, True), json.dumps(answer)[:600]


def test_the_metadata_say_what_a_list_allows_only_on_request(crm: PracticeCrm) -> None:
    target = "/crm/v8/settings/related_lists?module=Campaigns&extra_properties=true"
    lists = call(crm, "GET", target)[1]["related_lists"]
    assert all(each["record_operations"]["disassociate"] for each in lists)


def test_a_token_is_given_for_a_multipart_form_too(crm: PracticeCrm) -> None:
    fields = {
        "grant_type": "refresh_token",
        "client_id": crm.client_id,
        "client_secret": crm.client_secret,
        "refresh_token": crm.refresh_token,
    }
    parts = [f'--x1\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    status, answer, _ = call(crm, "POST", "/oauth/v2/token", ("".join(parts) + "--x1--\r\n").encode())
    assert (status, "access_token" in answer) == (200, True)


def test_a_shape_that_is_not_the_documented_one_is_found() -> None:
    assert fits({"code": "A", "details": {}, "message": "", "status": "error"}, ERROR)
    assert not fits({"code": "A", "details": {}, "message": ""}, ERROR)
    assert not fits({"code": "A", "details": {}, "message": "", "status": "error", "more": 1}, ERROR)
    assert not fits({"id": 5}, {"id": ID})
