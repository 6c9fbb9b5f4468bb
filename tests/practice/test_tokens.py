"""Tokens of the practice CRM: how long they are valid, how many there may be, and what ends with what."""

from pathlib import Path

import pytest

from desktop.practice.state import State
from desktop.practice.tokens import IssuedTokens, TooManyTokens


class Hand:
    """A clock, in seconds since the epoch, that is set by hand."""

    now = 1e9


def tokens_of(hand: Hand, path: Path | None = None) -> IssuedTokens:
    return IssuedTokens(State(path), lambda: hand.now)


def header(token: str) -> str:
    return f"Zoho-oauthtoken {token}"


def test_a_token_is_good_until_its_life_is_over_and_under_its_own_scheme_only() -> None:
    hand = Hand()
    tokens = tokens_of(hand)
    token = tokens.new_access_token(tokens.refresh_token)
    assert tokens.is_valid(header(token)) and not tokens.is_valid(f"Bearer {token}") and not tokens.is_valid(token)
    hand.now += 3600
    assert not tokens.is_valid(header(token)) and tokens.is_valid(header(tokens.access_token))


def test_the_eleventh_in_ten_minutes_is_refused_for_its_own_refresh_token() -> None:
    hand = Hand()
    tokens = tokens_of(hand)
    other = tokens.new_refresh_token(["ZohoCRM.org.READ"])
    for _ in range(10):
        tokens.new_access_token(tokens.refresh_token)
    with pytest.raises(TooManyTokens):
        tokens.new_access_token(tokens.refresh_token)
    assert tokens.new_access_token(other)
    hand.now += 600
    assert tokens.new_access_token(tokens.refresh_token)


def test_the_sixteenth_alive_ends_the_oldest() -> None:
    hand = Hand()
    tokens = tokens_of(hand)
    made = []
    for _ in range(16):
        made.append(tokens.new_access_token(tokens.refresh_token))
        hand.now += 61
    assert [tokens.is_valid(header(token)) for token in made] == [False, *[True] * 15]


def test_the_21st_refresh_token_ends_the_oldest_with_its_access_tokens() -> None:
    tokens = tokens_of(Hand())
    first = tokens.new_refresh_token([])
    access = tokens.new_access_token(first)
    later = [tokens.new_refresh_token([]) for _ in range(20)]
    assert not tokens.is_refresh_token(first) and not tokens.is_valid(header(access))
    assert all(map(tokens.is_refresh_token, [*later, tokens.refresh_token]))


def test_a_token_has_the_scopes_of_its_sign_in_and_the_kept_one_all() -> None:
    tokens = tokens_of(Hand())
    scopes = ["ZohoCRM.org.READ", "ZohoCRM.modules.ALL"]
    assert tokens.scopes_of(header(tokens.new_access_token(tokens.new_refresh_token(scopes)))) == scopes
    assert tokens.scopes_of(header(tokens.access_token)) is None
    assert tokens.scopes_of(header(tokens.new_access_token(tokens.refresh_token))) is None
    assert tokens.scopes_of(header("1000.unheard.of")) is None


def test_a_revoked_token_is_gone_and_revoking_it_twice_is_an_error() -> None:
    tokens = tokens_of(Hand())
    refresh = tokens.new_refresh_token([])
    access = tokens.new_access_token(refresh)
    assert tokens.revoke(access) and tokens.is_refresh_token(refresh)
    access = tokens.new_access_token(refresh)
    assert tokens.revoke(refresh) and not tokens.is_valid(header(access))
    assert not tokens.revoke(refresh)


def test_the_credentials_stay_the_same_as_long_as_the_state_does(tmp_path: Path) -> None:
    made = [tokens_of(Hand(), tmp_path / "practice.sqlite") for _ in range(2)]
    first, second = ((tokens.client_id, tokens.client_secret, tokens.refresh_token, tokens.access_token) for tokens in made)
    assert first == second
    assert made[0].access_token != tokens_of(Hand()).access_token
