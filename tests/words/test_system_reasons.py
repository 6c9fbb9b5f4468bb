"""Why the system did not let a file be read or written."""

from desktop.words.system_reasons import SYSTEM_REASONS
from tests.words.asking import never_asked_for


def test_every_sentence_is_asked_for() -> None:
    assert never_asked_for(set(SYSTEM_REASONS)) == set()
