"""No secret stands in a text that is written down, in whatever spelling, and other words stay."""

import base64
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.credentials import Client, Key, Secret, live_secrets
from desktop.domain.redaction import redacted, told_by_server

SECRET = "kJ9/+shh=secret.of-the.client"


def spellings(secret: str) -> list[str]:
    return [
        secret,
        quote(secret, safe=""),
        secret[:12],
        *(base64.b64encode(pad + secret.encode()).decode() for pad in (b"", b"a", b"ab")),
    ]


@pytest.mark.parametrize("spelling", spellings(SECRET))
def test_a_secret_that_lives_is_taken_out_in_every_spelling(spelling: str) -> None:
    secret = Secret(SECRET)
    text = redacted(f"before {spelling} after")
    assert text.startswith("before ") and text.endswith(" after") and "***" in text
    assert spelling[4:-4] not in text
    assert secret.reveal() == SECRET


def test_of_two_equal_secrets_the_second_is_known_when_the_first_is_gone() -> None:
    first, second = Secret("twice-the-same-secret"), Secret("twice-the-same-secret")
    del first
    assert second.reveal() in live_secrets()
    assert "twice" not in redacted("a twice-the-same-secret b")
    del second
    assert "twice-the-same-secret" not in live_secrets()


@given(
    st.text("0123456789abcdef", min_size=16, max_size=40),
    st.sampled_from(["{}", "x={}", "a{}b", "{}%20", '"{}"', "%3D{}", "D{}"]),
)
def test_what_looks_like_a_token_is_taken_out_wherever_it_stands(digits: str, around: str) -> None:
    token = f"1000.{digits}.{digits}"
    assert token not in redacted(around.format(token)) and digits not in redacted(around.format(token))


@pytest.mark.parametrize(
    "text",
    [
        "DELETE /crm/v8/Campaigns/3652397000000327001/Contacts: 200 in 12 ms",
        "Run 20261124-120000-000aaaa starts on ACME, EU, production",
        "relation not found",
        "1000 links, 37 campaigns",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redacted(text) == text and told_by_server(text) == text


def test_keys_and_clients_mask_themselves_in_every_way_of_printing() -> None:
    key = Key(Secret("access-token-text"), Secret("refresh-token-text"), Client("1000.ID", Secret("client-secret-text")), 3600)
    shown = f"{key} {key!r} {key.client!s} {[key]} {(key.client,)}"
    assert not [word for word in ("access-token-text", "refresh-token-text", "client-secret-text") if word in shown]
