"""Why a file cannot be read as a sheet of links: every sentence is asked for by the program, with the facts that it names."""

import pytest

from desktop.words.language import Plural
from desktop.words.sheets import SHEETS
from tests.words.asking import asked_for, facts_in, spoken_of


@pytest.mark.parametrize(("name", "sentence"), SHEETS.items())
def test_every_sentence_is_asked_for_with_its_facts(name: str, sentence: str | Plural) -> None:
    assert name in spoken_of()
    assert all(facts is None or facts == facts_in(sentence) for facts in asked_for().get(name, []))


@pytest.mark.parametrize("sentence", SHEETS.values())
def test_a_number_is_named_in_both_its_forms(sentence: str | Plural) -> None:
    if isinstance(sentence, Plural):
        assert facts_in(sentence.one) == facts_in(sentence.many)
