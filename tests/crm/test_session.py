"""One conversation over HTTP: what a request carries, and that it is one."""

from desktop.crm.session import Conversation, TokenAuth
from tests.crm.test_transport import QUICK, TOKEN, Listening


def test_the_token_masks_itself() -> None:
    assert "secret" not in repr(TokenAuth("secret"))


def test_a_body_goes_out_once_as_the_json_that_it_is() -> None:
    with Listening() as server:
        conversation = Conversation("c", f"http://127.0.0.1:{server.port}", QUICK, {})
        conversation.call("PUT", "/crm/v8/Campaigns/1/Contacts", TOKEN, b'{"data": []}')
        conversation.call("DELETE", "/crm/v8/Campaigns/1/Contacts?ids=2", TOKEN)
        conversation.close()
    put, delete = server.heard
    assert put.count("Content-Type: application/json\n") == put.count("Content-Length: 12\n") == 1
    assert f"Authorization: Zoho-oauthtoken {TOKEN}\n" in put and put.endswith('\n\n{"data": []}')
    assert "Content-Type" not in delete
