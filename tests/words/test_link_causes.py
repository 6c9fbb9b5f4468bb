"""The words of causes that end links: each of these causes can end one, or be what a look afterwards found."""

from desktop.words.link_causes import LINK_CAUSES


def test_each_cause_can_end_a_link() -> None:
    assert all(cause.traits.ends for cause in LINK_CAUSES)
