"""A token, a code and a client secret go to Zoho's exact hosts or nowhere, whoever names the address."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from desktop.crm.accounts_server import AccountsServer, Granted
from desktop.crm.client import open_crm
from desktop.crm.hosts import check_base_url, is_zoho
from desktop.crm.sign_in import _fits, connection_and_key
from desktop.domain.connections import DATA_CENTRES, Connection, Environment, centre_of_accounts, place_of_api
from desktop.domain.credentials import Key, Secret
from desktop.domain.errors import HostNotAllowed
from tests.crm.hostile_urls import hostile_urls
from tests.crm.zoho_stage import ACCOUNTS_URLS, API_URLS

HOSTILE = list(hostile_urls())
KEY = Key(Secret("1000.a.b"), Secret("1000.c.d"))
US = Connection("c", "us", "us", Environment.PRODUCTION, "https://www.zohoapis.com", "https://accounts.zoho.com")


class NoProxies:
    """Asked before every connection, so an address that it heard of would have been connected to."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, url: str) -> Mapping[str, str]:
        self.asked.append(url)
        return {}


def test_there_are_enough_hostile_addresses_and_every_honest_one_passes() -> None:
    assert len(HOSTILE) >= 200
    assert len(API_URLS) == 30 and len(ACCOUNTS_URLS) == 10
    for url in (*API_URLS, *ACCOUNTS_URLS):
        assert is_zoho(url) and check_base_url(US, url + "/") == url


def test_a_typed_or_stored_address_that_is_not_zohos_is_never_connected_to() -> None:
    proxies, refused = NoProxies(), 0
    for url in HOSTILE:
        for place in (replace(US, api_url=url), replace(US, api_url=url, accounts_url="")):
            try:
                open_crm(place, KEY, proxies=proxies)
            except HostNotAllowed:
                refused += 1
            else:
                assert url.startswith(("http://127.0.0.1", "http://localhost")) or url == "https://[::1]"
                assert place.accounts_url == "", "a loopback stands alone where it was typed"
    assert refused >= 2 * len(HOSTILE) - 4
    assert not proxies.asked


@pytest.mark.parametrize("typed", ["https://accounts.zoho.com", "http://127.0.0.1:9"])
def test_an_accounts_server_that_a_callback_names_is_never_asked(typed: str) -> None:
    proxies = NoProxies()
    place = replace(US, accounts_url=typed, api_url="http://127.0.0.1:9" if "127" in typed else US.api_url)
    for url in HOSTILE:
        if url in ("",):
            continue  # a callback that names none stays where it began
        assert not _fits(place, {"accounts-server": url}), url
        with pytest.raises(HostNotAllowed):
            AccountsServer(place, url, proxies)
    assert not proxies.asked


def test_an_api_address_in_an_answer_leads_nowhere_but_to_the_table() -> None:
    for url in HOSTILE:
        place, _ = connection_and_key(US, Granted(KEY, "https://accounts.zoho.eu", url))
        assert (place.api_url, place.accounts_url) == ("https://www.zohoapis.eu", "https://accounts.zoho.eu"), url


def test_a_refresh_goes_to_no_other_address_either() -> None:
    proxies = NoProxies()
    for url in HOSTILE:
        client = open_crm(replace(US, accounts_url=url), Key(refresh_token=Secret("1000.c.d")), proxies=proxies)
        with pytest.raises(HostNotAllowed):
            client.who_am_i()
        client.close()
    assert set(proxies.asked) == {US.api_url}, "the client was made, and the accounts server was not asked"


@pytest.mark.parametrize("url", API_URLS)
def test_an_api_host_is_no_accounts_server(url: str) -> None:
    assert not _fits(US, {"accounts-server": url}) and centre_of_accounts(url) is None
    found = place_of_api(url)
    assert found is not None and DATA_CENTRES[found[0].code].api_url(found[1]) == url
