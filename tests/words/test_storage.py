"""What the program's own files and the keyring say of themselves."""

from desktop.words.storage import STORAGE
from tests.words.asking import never_asked_for


def test_every_sentence_is_asked_for() -> None:
    assert never_asked_for(set(STORAGE)) == set()
