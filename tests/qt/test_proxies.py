"""Proxies as Qt finds them."""

import sys

import pytest

from desktop.qt.proxies import find_proxies

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own settings answer")


@pytest.mark.parametrize(
    ("variable", "expected"),
    [
        ("http://proxy.example:3128", "http://proxy.example:3128"),
        ("http://ann:p%40ss@proxy.example:3128", "http://ann:p%40ss@proxy.example:3128"),
        ("socks5://proxy.example:1080", "socks5://proxy.example:1080"),
        ("", None),
    ],
)
def test_a_proxy_of_the_system_is_found(monkeypatch: pytest.MonkeyPatch, variable: str, expected: str | None) -> None:
    monkeypatch.setenv("https_proxy", variable)
    monkeypatch.setenv("http_proxy", variable)
    find = find_proxies()
    assert find is not None
    assert find("https://www.zohoapis.com").get("https") == expected


def test_an_exception_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "zohoapis.com")
    find = find_proxies()
    assert find is not None and find("https://www.zohoapis.com") == {}
