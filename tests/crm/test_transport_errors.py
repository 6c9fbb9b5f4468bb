"""What the library raises becomes one of our two errors, by what has left this computer."""

import inspect
import ssl
from typing import Any

import pytest
import requests.exceptions
import urllib3.exceptions

from desktop.crm.proxies import Proxy
from desktop.crm.transport_errors import as_ours, words_for
from desktop.domain.errors import AnswerMissing, CrmUnreachable
from desktop.domain.texts import Text
from desktop.words import say_text

PROXY = Proxy("http", "proxy.example:3128", has_login=False)


@pytest.mark.parametrize("module", [requests.exceptions, urllib3.exceptions])
def test_every_exception_of_the_library_has_words(module: Any) -> None:
    kinds = [one for _, one in inspect.getmembers(module, inspect.isclass) if issubclass(one, Exception)]
    for kind in kinds:
        if issubclass(kind, Warning):
            continue
        error = kind.__new__(kind)
        assert words_for(error)
        assert isinstance(as_ours("c", error, bytes_sent=True, expired=False), AnswerMissing)
        assert isinstance(as_ours("c", error, bytes_sent=False, expired=False), CrmUnreachable)


def told_unreachable(error: BaseException, **more: Any) -> str:
    found = as_ours("c", error, bytes_sent=False, expired=False, **more)
    assert isinstance(found, CrmUnreachable)
    return say_text(found.detail)


def test_failure_without_a_proxy_may_mention_automatic_configuration() -> None:
    assert "the server refused the connection; ask IT" in told_unreachable(ConnectionRefusedError(), advice=lambda: "ask IT")
    assert "ask IT" not in told_unreachable(ConnectionRefusedError(), advice=lambda: "ask IT", proxy=PROXY)
    assert "ask IT" not in told_unreachable(ssl.SSLError(), advice=lambda: "ask IT"), "a certificate is no missing way"


def test_timeout_before_anything_left_is_blamed_on_the_proxy() -> None:
    assert "nothing came through the proxy proxy.example:3128 in time" in told_unreachable(TimeoutError(), proxy=PROXY)


def test_most_telling_cause_behind_other_exceptions_wins() -> None:
    outer = requests.exceptions.ConnectionError()
    outer.__cause__ = ConnectionResetError()
    outer.__cause__.__context__ = outer  # a ring ends too
    assert words_for(outer) == Text("connection-cut")
    outer.args = (urllib3.exceptions.ReadTimeoutError(None, "", ""),)  # type: ignore[arg-type]  # the pool is not looked at
    assert words_for(outer) == Text("answer-took-too-long")


def test_unknown_exception_still_gets_a_sentence() -> None:
    assert words_for(ValueError("https://a.example/?token=1000.x")) == Text("connection-failed")
