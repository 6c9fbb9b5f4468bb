"""Every cause of what became of links has words, and there are none without a cause."""

from desktop.domain.link_causes import LINK_CAUSES
from desktop.words import link_causes as words


def test_every_row_has_its_words() -> None:
    assert words.LINK_CAUSES.keys() == LINK_CAUSES.keys()
