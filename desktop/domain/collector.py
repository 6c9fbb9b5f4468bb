"""Python's cyclic garbage collector, kept out of the way of work that makes millions of small objects."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
