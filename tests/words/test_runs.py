"""Why something cannot follow on a run."""

from desktop.words.runs import RUNS
from tests.words.asking import never_asked_for


def test_every_sentence_is_asked_for() -> None:
    assert never_asked_for(set(RUNS)) == set()
