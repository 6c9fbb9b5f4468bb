"""What a sheet is refused with, as people read it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.domain.errors import SheetError
from desktop.words import say_text


@contextmanager
def refuses(kind: type[SheetError], words: str) -> Iterator[None]:
    """The block raises this error, and its detail, said in English, matches these words."""
    with pytest.raises(kind) as caught:
        yield
    assert re.search(words, say_text(caught.value.detail)), say_text(caught.value.detail)
