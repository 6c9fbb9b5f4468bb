"""What a look found: the presence of each link, counts that fit, and how many reads a look may take."""

import pytest

from desktop.domain.connections import Account, Connection, Environment
from desktop.domain.findings import RECORDS_A_READ, Findings, Presence, reads_to_look
from desktop.domain.planning.plans import Plan, SideChoice, make_plan
from tests.domain.graphs import links_of

FOUND = Findings(bytearray([Presence.LINKED, Presence.NOT_LINKED, Presence.LINKED, Presence.UNCLEAR, Presence.NOT_ASKED]))


def test_every_link_is_counted_under_one_presence() -> None:
    assert [FOUND.of(link) for link in (0, 3)] == [Presence.LINKED, Presence.UNCLEAR]
    assert sum(FOUND.count(presence) for presence in Presence) == 5
    assert FOUND.links_with(Presence.LINKED, Presence.NOT_ASKED) == [0, 2, 4]
    assert FOUND.links_with() == [] == FOUND.links_with(Presence.NOT_FOUND)


def test_findings_that_name_no_account_speak_for_none() -> None:
    connection = Connection("id1", "eu", "eu", Environment.PRODUCTION, "https://www.zohoapis.eu", account=Account("ACME", "123"))
    assert not FOUND.speak_for(connection)
    assert Findings(bytearray(), asked_in=connection).speak_for(connection)


def test_the_seconds_of_a_read_count_the_lanes_that_read_at_once() -> None:
    assert FOUND.seconds_a_read is None
    assert Findings(bytearray(), reads=20, seconds=5.0, lanes=4).seconds_a_read == 1.0


@pytest.mark.parametrize(
    ("pairs", "reads"),
    [
        ([], 0),
        ([(0, 0)], 3),
        ([(0, n) for n in range(RECORDS_A_READ)], 3),
        ([(0, n) for n in range(RECORDS_A_READ + 1)], 4),
        ([(n, 0) for n in range(2)], 4),
    ],
)
def test_a_look_reads_each_call_and_the_names_of_both_ends(pairs: list[tuple[int, int]], reads: int) -> None:
    plan = make_plan(links_of(pairs), SideChoice.AS_SHEET) if pairs else Plan((), 0, 0)
    assert reads_to_look(plan) == reads
