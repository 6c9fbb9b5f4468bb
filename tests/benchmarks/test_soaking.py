"""A long run stays as small and as quick as it began."""

import pytest

from tests.benchmarks.soaking import LEAST_CALLS_PER_S, MOST_GROWTH, soak


def hold_to_the_limits(links: int) -> None:
    told = soak(links)
    assert told.growth <= MOST_GROWTH
    assert len(told.threads) == 1
    assert told.calls_per_s >= LEAST_CALLS_PER_S


def test_a_short_soak_keeps_to_the_limits() -> None:
    hold_to_the_limits(20_000)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_hundred_thousand_links_keep_to_the_limits() -> None:
    hold_to_the_limits(100_000)
