"""A look before the removal, over real HTTP: what exists, what does not, with the fewest reads; nothing is changed."""

from collections.abc import Iterator, Sequence

import pytest

from desktop.crm.client import CrmClient, open_crm
from desktop.crm.session import Deadlines
from desktop.domain.building import LinksBuilder
from desktop.domain.causes import CauseCode
from desktop.domain.connections import Connection, Environment
from desktop.domain.entries import Links
from desktop.domain.errors import CrmBusy, RequestRefused, TokenRejected
from desktop.domain.findings import Presence, reads_to_look
from desktop.domain.planning.plans import Plan, SideChoice, make_plan
from desktop.domain.records import RecordId
from desktop.domain.relations import Relation
from desktop.engine.checking import LinkCheck
from desktop.engine.patient_lists import ReadingCancelled
from desktop.practice import PracticeCrm
from tests.engine.rehearsal import JumpingClock

CONTACTS = Relation("Campaigns", "Contacts")
LEADS = Relation("Campaigns", "Leads")


def campaign(number: int) -> RecordId:
    return RecordId(f"36523970000003{number:05d}")


def contact(number: int) -> RecordId:
    return RecordId(f"36523970000009{number:05d}")


def links_of(pairs: Sequence[tuple[int, int]], leads: Sequence[tuple[int, int]] = ()) -> Links:
    links = LinksBuilder()
    for relation, ends in ((CONTACTS, pairs), (LEADS, leads)):
        for parent, related in ends:
            links.add(relation, campaign(parent), contact(related), len(links) + 2)
    return links.build()


@pytest.fixture
def practice() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


def client_of(practice: PracticeCrm, version: str = "v8") -> CrmClient:
    connection = Connection("c", "c", "", Environment.PRACTICE, practice.api_url, practice.accounts_url, api_version=version)
    return open_crm(connection, practice.access_token, deadlines=Deadlines(2, 2, 2), proxies=lambda _: {})


def seed(practice: PracticeCrm, pairs: Sequence[tuple[int, int]]) -> None:
    practice.seed([("Campaigns", "Contacts", campaign(parent), contact(related)) for parent, related in pairs], share=False)


def plan_of(links: Links) -> Plan:
    return make_plan(links, SideChoice.AS_SHEET)


def check(practice: PracticeCrm, links: Links, version: str = "v8") -> LinkCheck:
    return LinkCheck(client_of(practice, version), JumpingClock(), links, plan_of(links))


@pytest.mark.parametrize("version", ["v8", "v7", "v2.1"])
def test_each_link_is_found_linked_absent_or_unknown(practice: PracticeCrm, version: str) -> None:
    seed(practice, [(1, 1), (1, 2), (2, 3), (2, 4)])
    links = links_of([(1, 1), (1, 3), (1, 99), (2, 3), (9, 1)])
    findings = check(practice, links, version).run()
    expected = [Presence.LINKED, Presence.NOT_LINKED, Presence.NOT_FOUND, Presence.LINKED, Presence.NOT_FOUND]
    assert [findings.of(link) for link in range(5)] == expected
    assert set(findings.names) == {campaign(1), campaign(2), contact(1), contact(3)}
    assert all(findings.names.values())
    counts = practice.state.counts()
    assert (counts["removals"], counts["puts"], counts["destructive"], counts["links_now"]) == (0, 0, 0, 4)


def test_converted_and_unapproved_records_are_asked_for(practice: PracticeCrm) -> None:
    seed(practice, [(1, 1), (1, 2)])
    with practice.state.transaction() as db:
        db.execute("UPDATE records SET kind = 'converted' WHERE id = ?", (contact(1),))
        db.execute("UPDATE records SET kind = 'unapproved' WHERE id = ?", (contact(2),))
    assert check(practice, links_of([(1, 1), (1, 2)])).run().count(Presence.LINKED) == 2


def test_only_planned_links_are_read(practice: PracticeCrm) -> None:
    seed(practice, [(1, 1), (2, 2)])
    links = links_of([(1, 1), (2, 2)])
    findings = LinkCheck(client_of(practice), JumpingClock(), links, make_plan(links, numbers=[1])).run()
    assert [findings.of(0), findings.of(1)] == [Presence.NOT_ASKED, Presence.LINKED]


def test_a_long_list_is_paged_where_that_takes_fewer_reads_and_asked_by_ids_where_not(practice: PracticeCrm) -> None:
    seed(practice, [(1, n) for n in range(400)] + [(2, n) for n in range(1000)])
    dense, sparse = links_of([(1, n) for n in range(400)]), links_of([(2, 5 * n) for n in range(200)])
    before = practice.state.counts()["reads"]
    assert check(practice, dense).run().count(Presence.LINKED) == 400
    paged = practice.state.counts()["reads"] - before
    assert check(practice, sparse).run().count(Presence.LINKED) == 200
    asked = practice.state.counts()["reads"] - before - paged
    assert (paged, asked) == (2, 3), "two pages for four hundreds; one page shows that two reads by ids are better"


def test_the_forecast_holds_and_progress_reaches_its_end(practice: PracticeCrm) -> None:
    seed(practice, [(n % 7, n) for n in range(300)])
    links, told = links_of([(n % 7, n) for n in range(300)]), list[tuple[int, int]]()
    LinkCheck(client_of(practice), JumpingClock(), links, plan_of(links), lambda *one: told.append(one)).run()
    assert told[-1][0] <= reads_to_look(plan_of(links)) == told[0][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_a_busy_crm_is_asked_again_and_an_unreadable_answer_leaves_the_links_unclear(practice: PracticeCrm) -> None:
    seed(practice, [(1, 1), (2, 2)])
    practice.faults.add([{"match": {"method": "GET"}, "do": "status", "status": 429, "times": 3, "body": "{}"}])
    assert check(practice, links_of([(1, 1)])).run().count(Presence.LINKED) == 1
    page = {"match": {"method": "GET", "path": f"/Campaigns/{campaign(1)}/"}, "do": "status", "status": 502, "times": 99}
    practice.faults.add([page])
    findings = check(practice, links_of([(1, 1), (2, 2)])).run()
    assert [findings.of(0), findings.of(1)] == [Presence.UNCLEAR, Presence.LINKED]


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(401, "INVALID_TOKEN", TokenRejected), (403, "NO_PERMISSION", RequestRefused), (429, "TOO_MANY_REQUESTS", CrmBusy)],
)
def test_trouble_that_every_read_would_meet_ends_the_check(
    practice: PracticeCrm, status: int, code: str, error: type[Exception]
) -> None:
    seed(practice, [(n, n) for n in range(20)])
    body = f'{{"code":"{code}","details":{{}},"message":"no","status":"error"}}'
    practice.faults.add([{"match": {"method": "GET"}, "do": "status", "status": status, "times": 999, "body": body}])
    with pytest.raises(error):
        check(practice, links_of([(n, n) for n in range(20)])).run()


@pytest.mark.parametrize("code", ["NO_PERMISSION", "INVALID_MODULE", "SOMETHING_ELSE"])
def test_a_list_that_is_refused_leaves_its_own_links_unclear(practice: PracticeCrm, code: str) -> None:
    seed(practice, [(n, n) for n in range(12)])
    body = f'{{"code":"{code}","details":{{}},"message":"no","status":"error"}}'
    fault = {"match": {"method": "GET", "path": f"/{campaign(3)}/"}, "do": "status", "status": 403, "times": 99, "body": body}
    practice.faults.add([fault])
    findings = check(practice, links_of([(n, n) for n in range(12)])).run()
    assert [link for link in range(12) if findings.of(link) is not Presence.LINKED] == [3]
    assert findings.of(3) is Presence.UNCLEAR and len(findings.refused) == 1


def test_a_relation_that_is_refused_leaves_the_other_one_readable_and_is_not_asked_for_again_and_again(
    practice: PracticeCrm,
) -> None:
    seed(practice, [(n, n) for n in range(3)])
    links = links_of([(n, n) for n in range(3)], leads=[(n, n) for n in range(60)])
    body = '{"code":"NO_PERMISSION","details":{},"message":"no","status":"error"}'
    fault = {"match": {"method": "GET", "path": "/Leads?"}, "do": "status", "status": 403, "times": 999, "body": body}
    practice.faults.add([fault])
    findings = check(practice, links).run()
    assert findings.count(Presence.LINKED) == 3 and findings.count(Presence.UNCLEAR) == 60
    assert findings.refused == (CauseCode.READ_REFUSED,) and findings.reads < 25


def test_names_that_may_not_be_read_leave_absent_links_absent(practice: PracticeCrm) -> None:
    seed(practice, [(1, 1)])
    body = '{"code":"NO_PERMISSION","details":{},"message":"no","status":"error"}'
    practice.faults.add([{"match": {"method": "GET", "path": "/v8/Contacts?"}, "do": "status", "status": 403, "body": body}])
    findings = check(practice, links_of([(1, 1), (1, 99)])).run()
    assert [findings.of(0), findings.of(1)] == [Presence.LINKED, Presence.NOT_LINKED]


def test_cancelled_check_returns_no_findings(practice: PracticeCrm) -> None:
    look = check(practice, links_of([(1, 1)]))
    look.cancel()
    with pytest.raises(ReadingCancelled):
        look.run()
