"""What keeps Zoho out of reach."""

from desktop.words.crm import CRM
from tests.words.asking import never_asked_for


def test_every_sentence_is_asked_for() -> None:
    assert never_asked_for(set(CRM)) == set()
