"""The addresses that change links: whatever goes in, nothing else comes out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.crm.addresses import delink_target, records_target, relink_target
from desktop.crm.hosts import check_base_url, is_loopback, is_zoho
from desktop.domain.connections import API_VERSIONS, DATA_CENTRES, Connection, Environment
from desktop.domain.errors import HostNotAllowed, RelationNotAllowed
from desktop.domain.records import RecordId
from desktop.domain.relations import ALLOWED, Relation
from tests.thorough import examples

SHAPE = re.compile(
    r"/crm/v[0-9](\.[0-9])?/([A-Za-z_]\w*)/[0-9]{10,20}/([A-Za-z_]\w*)\?ids=[0-9]{10,20}(,[0-9]{10,20})*", re.ASCII
)
P, A = RecordId("3652397000000327001"), RecordId("3652397000000925128")


@pytest.mark.parametrize("relation", sorted(ALLOWED))
@pytest.mark.parametrize("version", API_VERSIONS)
def test_every_relation_can_be_addressed_in_every_version(relation: Relation, version: str) -> None:
    target = delink_target(version, relation, P, [A])
    assert target == f"/crm/{version}/{relation.parent_module}/{P}/{relation.related_list}?ids={A}"


TEXTS = st.text(max_size=30) | st.sampled_from(
    ["Notes", "Attachments", "..", "", "%2e%2e", "Leads/1", "Campaigns", "Contacts", "1?x", "３６５２３９７０００", P + "/Notes"]
)
IDS = st.text(max_size=25) | st.sampled_from([P, A, "", "0", P + "\n", " " + A])


@examples(400)
@given(TEXTS, TEXTS, IDS, st.lists(IDS, max_size=4), TEXTS | st.sampled_from(API_VERSIONS))
def test_nothing_but_a_removal_of_an_allowed_relation_can_be_addressed(
    module: str, related: str, parent: str, ids: list[str], version: str
) -> None:
    try:
        target = delink_target(version, Relation(module, related), RecordId(parent), [RecordId(one) for one in ids])
    except (RelationNotAllowed, ValueError):
        return
    match = SHAPE.fullmatch(target)
    assert match and Relation(match[2], match[3]) in ALLOWED


@examples(400)
@given(TEXTS, TEXTS, IDS, st.lists(IDS, max_size=4), TEXTS | st.sampled_from(API_VERSIONS))
def test_what_puts_links_back_goes_to_the_very_path_of_a_removal(
    module: str, related: str, parent: str, ids: list[str], version: str
) -> None:
    try:
        relation = Relation(module, related)
    except ValueError:
        return
    arguments = (version, relation, RecordId(parent), [RecordId(one) for one in ids])
    try:
        target = relink_target(*arguments)
    except (RelationNotAllowed, ValueError):
        with pytest.raises((RelationNotAllowed, ValueError)):
            delink_target(*arguments)
        return
    assert target == delink_target(*arguments).partition("?")[0]


@given(st.lists(st.from_regex(r"[0-9]{10,20}", fullmatch=True), min_size=0, max_size=130))
def test_call_over_its_limits_is_refused(ids: list[str]) -> None:
    try:
        target = delink_target("v8", Relation("Campaigns", "Contacts"), P, [RecordId(one) for one in ids])
    except ValueError:
        assert not ids or len(ids) > 100 or len(",".join(ids)) > 2000 or len(set(ids)) < len(ids)
        return
    assert len(target.partition("ids=")[2]) <= 2000


def test_a_list_that_metadata_confirmed_is_addressed_but_never_notes() -> None:
    own = Relation("Campaigns", "Own_List")
    assert delink_target("v8", own, P, [A], {own}).startswith(f"/crm/v8/Campaigns/{P}/Own_List?")
    notes = Relation("Leads", "Notes")
    with pytest.raises(RelationNotAllowed):
        delink_target("v8", notes, P, [A], {notes})


@pytest.mark.parametrize(
    ("version", "relation", "parent", "ids", "why"),
    [
        ("v9", Relation("Campaigns", "Contacts"), P, [A], "not a version"),
        ("v8", Relation("Campaigns", "Contacts"), RecordId(f"{P}/Notes"), [A], "not a record id"),
        ("v8", Relation("Campaigns", "Contacts"), P, [A, A], "twice"),
        ("v8", Relation("Campaigns", "Contacts"), P, [], "1 to 100"),
        ("v8", Relation("Campaigns", "Contacts"), P, [RecordId(f"{A},{A}")], "1 to 100"),
        ("v8", Relation("Campaigns", "Contacts"), P, [RecordId(f"{n:020d}") for n in range(10**19, 10**19 + 96)], "2,000"),
    ],
)
def test_each_refusal_of_an_address_says_why(
    version: str, relation: Relation, parent: RecordId, ids: list[RecordId], why: str
) -> None:
    for target in (delink_target, relink_target):
        with pytest.raises(ValueError, match=why):
            target(version, relation, parent, ids)


@pytest.mark.parametrize("module", ["", "Leads/1", "../org", "Leads?x", "Léads", "x" * 101])
def test_no_read_of_records_goes_to_what_is_no_module(module: str) -> None:
    with pytest.raises(ValueError, match="not a module"):
        records_target("v8", module, {})


def connection(api_url: str, accounts_url: str = "") -> Connection:
    return Connection("c", "c", "", Environment.PRODUCTION, api_url, accounts_url)


def test_zohos_hosts_are_known_in_every_environment() -> None:
    for centre in DATA_CENTRES.values():
        assert is_zoho(centre.accounts_url)
        for environment in (Environment.PRODUCTION, Environment.SANDBOX, Environment.DEVELOPER):
            assert is_zoho(centre.api_url(environment))


HOSTILE = [
    "http://www.zohoapis.com", "https://www.zohoapis.com.evil.example", "https://www.zohoapis.com:444", "https://WWW.zohoapis.com",
    "https://www.zohoapis.com.", "https://user@www.zohoapis.com", "https://evil.example/www.zohoapis.com", "https://www.zohoapis.com/x",
    "https://www.zohoapis.com\\@evil.example", "https://www.zohoapis.com%2eevil.example", "https://www.zohoapis.com#x", "https://zohoapis.com",
    "https://www.zohoapis.com?x", "//www.zohoapis.com", "www.zohoapis.com", "", "https://", "ftp://www.zohoapis.com", "https://www.zohoapıs.com",
    "https://10.0.0.1", "http://127.0.0.1.evil.example", "http://127.0.0.1@evil.example", "http://localhost.evil.example", "http://[::1",
    "http://127.0.0.2", "http://0.0.0.0", "http://127.1", "http://2130706433", "http://127.0.0.1:99999", "http://127.0.0.1/path",
    "file:///etc/passwd", "javascript:alert(1)", "https://www.zohoapis.com\n", " https://www.zohoapis.com",
]  # fmt: skip


@pytest.mark.parametrize("url", HOSTILE)
def test_nothing_else_gets_a_token(url: str) -> None:
    with pytest.raises(HostNotAllowed):
        check_base_url(connection(url), url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost:1", "https://[::1]:8443", "http://127.0.0.1"])
def test_a_loopback_is_allowed_where_the_user_typed_it_for_both_addresses(url: str) -> None:
    assert is_loopback(url)
    assert check_base_url(connection(url, url), url + "/") == url
    with pytest.raises(HostNotAllowed):
        check_base_url(connection(url, "https://accounts.zoho.eu"), url)
    with pytest.raises(HostNotAllowed):
        check_base_url(connection("https://www.zohoapis.eu", "https://accounts.zoho.eu"), url)
