"""Every cause of what concerns a run as a whole has words, and there are none without a cause."""

from desktop.domain.run_causes import RUN_CAUSES
from desktop.words import run_causes as words


def test_every_row_has_its_words() -> None:
    assert words.RUN_CAUSES.keys() == RUN_CAUSES.keys()
