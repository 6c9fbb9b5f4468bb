"""The collector: off while millions of objects are made, not looking at them afterwards; lists let go of by portions."""

import gc
from collections.abc import Iterator

import pytest

from desktop.domain.collector import let_go, set_aside, without_collector


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.enable()


def test_it_is_off_within_and_on_again_whatever_happens() -> None:
    with pytest.raises(KeyError), without_collector():
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()


def test_who_had_it_off_keeps_it_off() -> None:
    gc.disable()
    with without_collector():
        pass
    assert not gc.isenabled()


def test_only_what_is_large_is_set_aside_and_it_is_freed_all_the_same() -> None:
    set_aside(1000)
    assert not gc.get_freeze_count()
    many = [[number] for number in range(60_000)]
    set_aside(len(many))
    frozen = gc.get_freeze_count()
    assert frozen > 60_000
    del many
    assert gc.get_freeze_count() < frozen - 50_000


def test_lists_are_let_go_of_to_the_last_object() -> None:
    lists = [list(range(50_001)), [], [1]]
    let_go(*lists)
    assert lists == [[], [], []]
