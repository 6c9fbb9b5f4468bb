"""Check the words with which a sheet is refused."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.errors import SheetError
from desktop.words import say_text


@contextmanager
def refuses(kind: type[SheetError], words: str) -> Iterator[None]:
    """Assert that the block raises this error, and that its detail in English matches these words."""
    with pytest.raises(kind) as caught:
        yield
    assert re.search(words, say_text(caught.value.detail)), say_text(caught.value.detail)
