"""The words of causes that concern a run as a whole: no cause has words in both tables, and together they have all."""

from desktop.domain.cause_codes import CauseCode
from desktop.words.link_causes import LINK_CAUSES
from desktop.words.run_causes import RUN_CAUSES


def test_every_cause_has_words_in_one_of_the_two_tables() -> None:
    assert not LINK_CAUSES.keys() & RUN_CAUSES.keys()
    assert LINK_CAUSES.keys() | RUN_CAUSES.keys() == set(CauseCode)
