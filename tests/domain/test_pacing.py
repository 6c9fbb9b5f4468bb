"""Lanes and waits: how fast the limit of a server is found and kept, and how long to wait for what."""

from heapq import heappop, heappush
from itertools import count, pairwise
from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.pacing import (
    MOST_LANES,
    RETRY_AFTER_CAP_S,
    LaneGovernor,
    LookAhead,
    asked_wait_s,
    backoff_s,
    lane_cap,
    lanes_asked_for,
)


class Server:
    """Takes ``cap`` calls at once for ``latency_s`` each and refuses the others as late; the clock is counted, not waited for.

    A call is up to ``way_s`` on its way there, and as long back.
    """

    def __init__(self, cap: int, latency_s: float = 0.2, way_s: float = 0.0, seed: int = 0) -> None:
        self.cap, self.latency_s, self.way_s = cap, latency_s, way_s
        self.refused = 0
        self.most = 0
        self.time = 0.0
        self._dice = Random(seed)

    def serve(self, governor: LaneGovernor, calls: int) -> float:
        """Seconds for so many calls; a refused one is sent again."""
        coming: list[tuple[float, int, str, float, bool]] = []
        left, flying, working, started_at = calls, 0, 0, self.time
        numbers = count()

        def comes(seconds: float, what: str, left_at: float, fits: bool) -> None:
            heappush(coming, (self.time + seconds, next(numbers), what, left_at, fits))

        while True:
            while left and flying < governor.lanes:
                comes(self._dice.random() * self.way_s, "there", self.time, False)
                left -= 1
                flying += 1
            self.most = max(self.most, flying)
            if not flying:
                return self.time - started_at
            self.time, _, what, left_at, fits = heappop(coming)
            match what:
                case "there":
                    comes(self.latency_s, "done", left_at, working < self.cap)
                    working += working < self.cap
                case "done":
                    working -= fits
                    comes(self._dice.random() * self.way_s, "back", left_at, fits)
                case "back":
                    flying -= 1
                    if fits:
                        governor.answered(left_at, self.time)
                    else:
                        self.refused += 1
                        left += 1
                        governor.refused_for_load(left_at, self.time)


@pytest.mark.parametrize(("cap", "most"), [(5, 1.02), (10, 1.02), (20, 1.0)])
def test_twenty_lanes_find_the_limit_of_the_server_and_lose_next_to_nothing(cap: int, most: float) -> None:
    server = Server(cap)
    seconds = server.serve(LaneGovernor(20, 20), 4000)
    assert seconds <= most * ceil(4000 / cap) * server.latency_s + 1e-6
    assert server.refused < 40


@pytest.mark.parametrize("cap", [5, 7, 10, 13, 16, 19])
@pytest.mark.parametrize("start", [5, 20])
@pytest.mark.parametrize("seed", range(5))
def test_calls_that_take_their_time_on_the_way_hide_the_limit_for_a_few_rounds_only(cap: int, start: int, seed: int) -> None:
    server = Server(cap, way_s=0.004, seed=seed)
    seconds = server.serve(LaneGovernor(20, start), 1500)
    # On average a call is four milliseconds on its two ways, in which none of the server's places is taken.
    assert seconds <= 1.04 * ceil(1500 / cap) * (server.latency_s + server.way_s)
    assert server.refused <= 25


@pytest.mark.parametrize("cap", [5, 10, 20])
def test_lanes_that_adapt_climb_from_five_within_a_few_rounds(cap: int) -> None:
    server = Server(cap)
    seconds = server.serve(LaneGovernor(20), 4000)
    assert seconds <= 1.03 * ceil(4000 / cap) * server.latency_s
    assert server.refused < 40


def test_once_found_the_limit_is_hardly_ever_run_into_and_never_by_more_than_one_call() -> None:
    server, governor = Server(7), LaneGovernor(20, 20)
    server.serve(governor, 500)
    server.refused = server.most = 0
    server.serve(governor, 20_000)  # ten minutes
    assert server.most <= 8
    assert server.refused <= 7


def test_a_limit_that_rises_is_found_again() -> None:
    server, governor = Server(5), LaneGovernor(20, 20)
    server.serve(governor, 1000)
    server.cap = 15
    server.serve(governor, 4000)
    assert 15 <= governor.lanes <= 16


def test_a_limit_that_falls_halves_the_lanes() -> None:
    governor = LaneGovernor(20)
    for second in range(500):
        governor.answered(float(second), float(second))
    assert governor.lanes == 20
    governor.refused_for_load(500.0, 501.0)
    assert governor.lanes == 10


def test_where_the_limit_has_risen_the_lanes_at_most_double_each_round_until_it_is_met() -> None:
    governor = LaneGovernor(20)
    for second in range(0, 20, 2):
        governor.refused_for_load(float(second), second + 1.0)
    levels = [governor.lanes]
    for second in range(100, 120):
        for _ in range(governor.lanes):
            governor.answered(float(second), second + 0.5)
        levels.append(governor.lanes)
    assert (levels[0], levels[-1]) == (1, 20)
    assert all(before <= after <= 2 * before for before, after in pairwise(levels))


def test_calls_that_were_on_their_way_together_halve_the_lanes_once() -> None:
    governor = LaneGovernor(20, 20)
    for _ in range(15):
        governor.refused_for_load(1.0, 2.0)
    assert governor.lanes == 10
    for round_ in range(2, 12):
        governor.refused_for_load(float(round_), round_ + 1.0)
    assert governor.lanes == 1


@given(st.integers(1, MOST_LANES), st.integers(1, MOST_LANES), st.lists(st.booleans(), max_size=400))
def test_lanes_stay_between_one_and_the_cap(cap: int, start: int, answers: list[bool]) -> None:
    governor = LaneGovernor(cap, start)
    for second, good in enumerate(answers):
        if good:
            governor.answered(float(second), float(second))
        else:
            governor.refused_for_load(second - 1.0, float(second))
        assert 1 <= governor.lanes <= cap


def test_the_cap_follows_the_edition_and_is_low_while_it_is_unknown() -> None:
    assert [lane_cap(one) for one in ("", "free", "Standard", "ENTERPRISE", "ultimate")] == [5, 5, 10, 20, MOST_LANES]


@pytest.mark.parametrize(
    ("wish", "edition", "lanes"), [(None, "free", None), (20, "free", 5), (3, "free", 3), (20, "", 20), (25, "enterprise", 20)]
)
def test_a_number_of_lanes_is_never_above_a_known_edition(wish: int | None, edition: str, lanes: int | None) -> None:
    assert lanes_asked_for(wish, edition) == lanes


@given(st.integers(1, 40), st.floats(0, 1, exclude_max=True))
def test_waits_stay_within_bounds(attempt: int, dice: float) -> None:
    assert 0 <= backoff_s(attempt, lambda: dice) <= 64


@pytest.mark.parametrize(("wish", "wait"), [(3.0, 3.0), (1e9, RETRY_AFTER_CAP_S), (float("inf"), RETRY_AFTER_CAP_S)])
def test_the_servers_wish_counts_up_to_a_cap(wish: float, wait: float) -> None:
    assert asked_wait_s(wish) == wait


@pytest.mark.parametrize("wish", [None, -5.0, 0.0, float("nan")])
def test_what_is_no_sensible_wish_does_not_count(wish: float | None) -> None:
    assert asked_wait_s(wish) is None


@pytest.mark.parametrize(
    ("commit_s", "call_s", "tasks"),
    [(0.0005, 0.02, 0), (0.004, 0.4, 0), (0.005, 0.05, 5), (0.015, 0.05, 15), (0.015, 0.4, 2), (0.5, 0.05, 20)],
)
def test_tasks_are_handed_out_ahead_where_the_disk_is_slow_against_a_call(commit_s: float, call_s: float, tasks: int) -> None:
    look_ahead = LookAhead()
    for _ in range(60):
        look_ahead.committed(commit_s)
        look_ahead.answered(call_s)
    assert look_ahead.tasks(20) == tasks
