"""What a key may not do."""

from desktop.words.permissions import PERMISSIONS
from tests.words.asking import never_asked_for


def test_every_sentence_is_asked_for() -> None:
    assert never_asked_for(set(PERMISSIONS)) == set()
