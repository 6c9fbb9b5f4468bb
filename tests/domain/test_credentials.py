"""A secret gives its text to nobody by accident, and is known to those who take it out of other texts while it lives."""

import copy
import gc
import json
import pickle
from threading import Event, Thread

import pytest

from desktop.domain.credentials import NO_SECRET, Client, Key, Secret, live_secrets

TEXT = "1000.a-secret-that-only-this-test-knows"


def test_no_way_of_printing_shows_the_text() -> None:
    secret = Secret(TEXT)
    key = Key(secret, Secret(TEXT + "2"), Client("1000.CLIENT", Secret(TEXT + "3")))
    for shown in (f"{secret}", f"{secret!r}", f"{key}", f"{[secret]}", "%s" % secret):  # noqa: UP031 (the log formats so)
        assert TEXT not in shown
    assert secret.reveal() == TEXT


def test_a_secret_is_not_written_down_by_any_library() -> None:
    for write in (pickle.dumps, copy.deepcopy, json.dumps):
        with pytest.raises(TypeError):
            write(Secret(TEXT))


def test_secrets_compare_by_their_texts() -> None:
    assert Secret(TEXT) == Secret(TEXT) != Secret("other")
    assert Secret(TEXT) != TEXT and len({Secret(TEXT), Secret(TEXT)}) == 1
    assert Secret(TEXT) and not NO_SECRET and Secret("é\u0142") == Secret("é\u0142")


def test_a_secret_is_known_as_long_as_one_of_its_kind_lives() -> None:
    first, second = Secret(TEXT), Secret(TEXT)
    del first
    gc.collect()
    assert TEXT in live_secrets(), "the second is as secret as the first"
    del second
    gc.collect()
    assert TEXT not in live_secrets()


def test_all_are_known_while_other_threads_make_and_drop_some() -> None:
    held, is_over = Secret(TEXT), Event()

    def make_and_drop() -> None:
        while not is_over.is_set():
            assert Secret("1000.of-another-thread")

    others = [Thread(target=make_and_drop) for _ in range(2)]
    for one in others:
        one.start()
    try:
        assert all(held.reveal() in live_secrets() for _ in range(300))
    finally:
        is_over.set()
        for one in others:
            one.join()


def test_longer_secrets_come_first_so_that_none_is_taken_out_in_part() -> None:
    held = [Secret(TEXT), Secret(TEXT + "-and-more")]
    texts = [text for text in live_secrets() if text.startswith(TEXT)]
    assert texts == [TEXT + "-and-more", TEXT] and len(held) == 2


def test_a_pasted_token_does_not_last_and_a_refresh_token_does() -> None:
    assert not Key.pasted(TEXT).lasts and Key.pasted(TEXT).access_token.reveal() == TEXT
    assert Key(refresh_token=Secret(TEXT)).lasts
    assert Key.pasted(TEXT) == Key.pasted(TEXT)
