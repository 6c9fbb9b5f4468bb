"""What relations and records are called: every label is asked for by the program, with the facts that it names."""

import pytest

from desktop.words.language import Plural
from desktop.words.relations import RELATIONS
from tests.words.asking import asked_for, facts_in, spoken_of


@pytest.mark.parametrize(("name", "sentence"), RELATIONS.items())
def test_every_sentence_is_asked_for_with_its_facts(name: str, sentence: str | Plural) -> None:
    assert name in spoken_of()
    assert all(facts is None or facts == facts_in(sentence) for facts in asked_for().get(name, []))


@pytest.mark.parametrize("sentence", RELATIONS.values())
def test_a_number_is_named_in_both_its_forms(sentence: str | Plural) -> None:
    if isinstance(sentence, Plural):
        assert facts_in(sentence.one) == facts_in(sentence.many)
