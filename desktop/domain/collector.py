"""Millions of small objects: Python's cyclic garbage collector kept out of their way, and letting go of them by portions."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PORTION = 20_000


@contextmanager
def without_collector() -> Iterator[None]:
    """Millions of small objects without a cycle: the cyclic collector would only look at them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def count_as_old() -> None:
    """Lists that are made now may grow to millions: the collector, once it is on again, looks into young objects first.

    That look keeps the interpreter lock for a tenth of a second; an old list is looked into when the program has doubled.
    """
    gc.collect(1)


def let_go(*lists: list[Any]) -> None:
    """Empty long lists of objects that nobody else has, a portion at a time: freed at once they would hold up all threads."""
    for one in lists:
        while one:
            del one[-_PORTION:]
