"""Millions of small objects: Python's cyclic garbage collector kept out of their way, and letting go of them by portions.

To switch the collector is to change the whole interpreter, which rules should not do. It stands here all the same, because
reading a sheet, loading a journal and making a plan need it alike, and this is the only room that all three may import.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PORTION = 20_000
_MANY = 50_000


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


def set_aside(objects: int) -> None:
    """After so many objects were made that stay for long: where they are many, the collector never looks at them again.

    A look at a million keeps the interpreter lock for a tenth of a second. They are freed like all others once nobody has
    them; only a cycle among what lives now would stay, and what is loaded has none.
    """
    if objects >= _MANY:
        gc.freeze()


def let_go(*lists: list[Any]) -> None:
    """Empty long lists of objects that nobody else has, a portion at a time: freed at once they would hold up all threads."""
    for one in lists:
        while one:
            del one[-_PORTION:]
