"""Links as edges: ends are numbered side by side, and a sharing counts what is decided and what is open."""

from desktop.domain.planning import link_graph
from desktop.domain.planning.link_graph import OPEN, LinkGraph, Sharing, number_ends

# Links a–x, a–y, b–y: parents a 0, b 1; related x 2, y 3.
GRAPH = LinkGraph([0, 0, 1], [2, 3, 3], [100, 100, 100, 2])


def test_equal_records_have_one_number_in_the_order_in_which_they_come() -> None:
    assert number_ends(["b", "a", "b", "c"], 5) == ([5, 6, 5, 7], 8)
    assert number_ends([], 5) == ([], 5)


def test_numbers_go_on_from_one_portion_to_the_next() -> None:
    many = [number % 30_000 for number in range(link_graph._PORTION * 3)]
    assert number_ends(many, 0) == (many, 30_000)


def test_a_link_is_known_at_both_of_its_ends() -> None:
    assert [list(links) for links in GRAPH.links_at] == [[0, 1], [2], [0], [1, 2]]
    assert [GRAPH.both[link] - GRAPH.parents[link] for link in range(3)] == [2, 3, 3]
    assert GRAPH.parent_ends == 2
    assert [GRAPH.others_of(0)[link] for link in GRAPH.links_at[0]] == [2, 3]
    assert [GRAPH.others_of(3)[link] for link in GRAPH.links_at[3]] == [0, 1]
    assert LinkGraph([], [], []).parent_ends == 0


def test_in_the_beginning_every_link_is_open() -> None:
    sharing = Sharing(GRAPH)
    assert (sharing.end_of, sharing.load, sharing.waiting) == ([OPEN] * 3, [0] * 4, [2, 1, 1, 2])
    assert sharing.open_links(0) == [0, 1]
    sharing.end_of[0], sharing.waiting[0] = 2, 1
    assert sharing.open_links(0) == [1]


def test_slack_is_what_the_last_call_of_an_end_has_room_for() -> None:
    sharing = Sharing(LinkGraph([0], [1], [100, 95]))
    for load, slack in ((0, 0), (1, 99), (100, 0), (101, 99)):
        sharing.load[0] = load
        assert sharing.slack(0) == slack
    sharing.load[1] = 96
    assert sharing.slack(1) == 94


def test_an_end_is_large_while_open_links_make_it_more_than_one_call() -> None:
    sharing = Sharing(GRAPH)
    assert list(sharing.large_ends()) == [0, 0, 0, 0], "two links just fit into the last end's call"
    sharing.load[3] = 1
    assert list(sharing.large_ends()) == [0, 0, 0, 1]
    sharing.waiting[3] = 0
    assert list(sharing.large_ends()) == [0, 0, 0, 0], "nothing is left to decide there"
