"""Proxies that refuse, want a login, hang, or are of a kind that cannot be used: one sentence with their place, no token."""

import socket
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from desktop.crm import proxies as system
from desktop.crm.accounts_server import AccountsServer
from desktop.crm.client import open_crm
from desktop.crm.proxies import automatic_configuration, proxy_of, system_proxies, with_socks
from desktop.crm.session import Deadlines
from desktop.domain.connections import Connection, Environment
from desktop.domain.credentials import Client, Key, Secret
from desktop.domain.errors import CrmUnreachable
from desktop.words.errors import explain_error
from tests.crm.certificates import Authority
from tests.crm.proxy_stage import Behaviour, ProxyStage, answering, babbling, bloated, cutting, dripping, silent
from tests.crm.zoho_stage import ZohoStage

TOKEN = "1000.canary.of-the-proxies"
SECRET = "canary-secret-of-the-client"
LOGIN = "canary-login-of-the-proxy"
QUICK = Deadlines(connect_s=0.6, read_s=0.6, total_s=1.5)
ZOHO = "https://www.zohoapis.com"
US = Connection("c", "us", "us", Environment.PRODUCTION, ZOHO, "https://accounts.zoho.com")

BEHAVIOURS: dict[str, tuple[Behaviour, str]] = {
    "407, Basic": (
        answering("407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="x"'),
        "wants a user name and a password",
    ),
    "407, NTLM and Negotiate": (
        answering("407 Proxy Authentication Required", "Proxy-Authenticate: Negotiate", "Proxy-Authenticate: NTLM"),
        "wants a Windows login (NTLM or Kerberos), which Delink cannot give",
    ),
    "407, Digest": (
        answering("407 Proxy Authentication Required", 'Proxy-Authenticate: Digest realm="x", nonce="y"'),
        "wants a login of its own, which Delink cannot give",
    ),
    "407, unnamed": (answering("407 Who are you"), "wants a login of its own, which Delink cannot give"),
    "403": (answering("403 Forbidden"), "does not let Zoho's addresses through (403)"),
    "502": (answering("502 Bad Gateway"), "could not reach Zoho (502)"),
    "504": (answering("504 Gateway Timeout"), "could not reach Zoho (504)"),
    "302 to a login page": (answering("302 Found", "Location: http://127.0.0.1:9/login"), "could not reach Zoho (302)"),
    "silence": (silent, "did not answer"),
    "drip": (dripping, "did not answer"),
    "hangs up": (cutting, "gave no answer that makes sense"),
    "no proxy": (babbling, "gave no answer that makes sense"),
    "headers without end": (bloated, "gave no answer that makes sense"),
}


def failed_ways(proxies: Mapping[str, str]) -> list[str]:
    """What a call and a sign-in say that go through these proxies."""
    client = open_crm(US, Key.pasted(TOKEN), deadlines=QUICK, proxies=lambda _: proxies)
    said = []
    with pytest.raises(CrmUnreachable) as caught:
        client.who_am_i()
    said.append(explain_error(caught.value).in_one_line())
    client.close()
    with pytest.raises(CrmUnreachable) as caught, AccountsServer(US, US.accounts_url, lambda _: proxies, QUICK) as accounts:
        accounts.key_for_code(Client("id", Secret(SECRET)), Secret(TOKEN))
    said.append(explain_error(caught.value).in_one_line())
    return said


@pytest.mark.parametrize("name", list(BEHAVIOURS))
def test_a_proxy_that_opens_no_way_is_named_in_one_sentence_and_hears_no_secret(name: str) -> None:
    behave, words = BEHAVIOURS[name]
    with ProxyStage(behave) as proxy:
        started = time.monotonic()
        said = failed_ways({"https": f"http://{proxy.place}"})
        assert time.monotonic() - started < 2 * (QUICK.total_s + 2), "it does not hang"
        for sentence in said:
            assert (
                f"the proxy {proxy.place} {words}" in sentence
                and sentence.startswith("No connection to Zoho could be made")
                and "nothing was sent" in sentence
            )
        told = b"".join(proxy.told)
        assert told.startswith(b"CONNECT www.zohoapis.com:443 HTTP/1.1\r\n") and b"CONNECT accounts.zoho.com:443" in told
        assert not [one for one in (TOKEN, SECRET) if one.encode() in told]


def test_a_proxy_that_is_gone_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"
    for sentence in failed_ways({"https": f"http://{place}"}):
        assert f"the proxy {place} cannot be reached" in sentence


def test_a_login_that_is_set_is_given_to_the_proxy_and_shown_to_nobody() -> None:
    behave, _ = BEHAVIOURS["407, Basic"]
    with ProxyStage(behave) as proxy:
        for sentence in failed_ways({"https": f"http://ann:{LOGIN}@{proxy.place}"}):
            assert f"the proxy {proxy.place} did not accept the user name and password" in sentence and LOGIN not in sentence
        assert all(b"Proxy-Authorization: Basic " in one for one in proxy.told)


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks4", "socks4a", "socks"])
@pytest.mark.parametrize("name", ["https", "all"])
def test_socks_proxy_is_never_bypassed(scheme: str, name: str) -> None:
    with ProxyStage(silent) as proxy:
        for sentence in failed_ways({name: f"{scheme}://ann:{LOGIN}@{proxy.place}"}):
            assert f"the proxy {proxy.place} is a SOCKS proxy, which Delink cannot use" in sentence
            assert "HTTPS_PROXY" in sentence and LOGIN not in sentence
        assert proxy.told == []


@pytest.mark.parametrize("set_to", ["ftp://x:1", "quic://x:1", "http://x:port", "http://", "http://[::1", "://", "http://:3128"])
def test_misspelled_proxy_is_never_bypassed(set_to: str) -> None:
    for sentence in failed_ways({"https": set_to}):
        assert "is written in a way that Delink cannot use" in sentence


def test_a_proxy_without_scheme_or_port_is_taken_as_people_write_it() -> None:
    for set_to, place in (("proxy.example:3128", "proxy.example:3128"), ("http://proxy.example", "proxy.example")):
        found = proxy_of(ZOHO, {"https": set_to})
        assert found is not None and (found.place, found.objection) == (place, None)
    assert proxy_of(ZOHO, {"http": "http://proxy.example:3128"}) is None
    assert proxy_of(ZOHO, {}) is None and proxy_of(ZOHO, {"https": ""}) is None


def test_behind_a_good_proxy_a_certificate_is_still_judged_and_the_proxy_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "b").mkdir()
    with ZohoStage(tmp_path) as stage:
        monkeypatch.setenv("SSL_CERT_FILE", str(Authority(tmp_path / "b", "Another").file))
        said = failed_ways(stage.proxies(""))
        assert all("authority that this computer does not know (behind the proxy 127.0.0.1:" in one for one in said)
        assert stage.heard == []


# What the system says


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own settings answer")
def test_the_systems_proxies_and_their_exceptions_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    assert system_proxies(ZOHO)["https"] == "http://proxy.example:3128"
    monkeypatch.setenv("no_proxy", ".zohoapis.com")
    assert system_proxies(ZOHO) == {}


@pytest.mark.parametrize(
    ("platform", "proxies", "scheme"),
    [
        ("win32", {"socks": "socks://socks.example:1080"}, "socks5"),
        ("darwin", {"socks": "http://socks.example:1080"}, "socks5"),
        ("win32", {"socks": "socks://socks.example:1080", "https": "http://socks.example:1080"}, "http"),
        ("linux", {"socks": "socks://socks.example:1080"}, ""),
    ],
)
def test_a_systems_socks_proxy_is_for_what_has_none_of_its_own(platform: str, proxies: dict[str, str], scheme: str) -> None:
    found = proxy_of(ZOHO, with_socks(proxies, platform))
    assert (found.scheme, found.place) == (scheme, "socks.example:1080") if found is not None else scheme == ""


@pytest.fixture
def asked_anew() -> None:
    automatic_configuration.cache_clear()


def settings_that_say(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "gsettings"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's own settings answer")
@pytest.mark.parametrize(
    ("script", "is_automatic"),
    [("echo \"'auto'\"", True), ("echo \"'none'\"", False), ("exit 1", False), ("exec sleep 30", False)],
)
def test_automatic_configuration_is_mentioned_when_no_way_out_was_found(
    asked_anew: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, is_automatic: bool
) -> None:
    monkeypatch.setattr(system, "_LOOK_S", 0.5)
    settings_that_say(tmp_path, script, monkeypatch)
    client = open_crm(US, Key.pasted(TOKEN), deadlines=QUICK, proxies=lambda _: {})
    monkeypatch.setattr(socket, "getaddrinfo", unknown_name)
    with pytest.raises(CrmUnreachable) as caught:
        client.who_am_i()
    client.close()
    sentence = explain_error(caught.value).in_one_line()
    assert "the name of the server is not known" in sentence
    assert ("automatic configuration (PAC)" in sentence) is is_automatic and ("HTTPS_PROXY" in sentence) is is_automatic
    automatic_configuration.cache_clear()


def unknown_name(*args: object, **kwargs: object) -> list[Callable[[], None]]:
    raise socket.gaierror(-2, "Name or service not known")
