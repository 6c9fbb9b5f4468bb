"""A plain list and an export with one column more are read without a choice in every language of the table."""

import pytest

from desktop.domain.header_words import HEADER_WORDS
from desktop.domain.module_words import MODULE_WORDS
from desktop.domain.readings import Cells, ReadingChoice
from desktop.domain.relations import BUILT_IN, Relation
from desktop.sheets.columns import find_layout
from tests.sheets.making_sheets import CAMPAIGN, contact

LANGUAGES = tuple(HEADER_WORDS)
RELATIONS = tuple(row.relation for row in BUILT_IN)


def _word(words: str) -> str:
    return words.split(",")[0]


@pytest.mark.parametrize("relation", RELATIONS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_columns_of_ids_are_recognised_by_their_headers(language: str, relation: Relation) -> None:
    name_of_id, modules = _word(HEADER_WORDS[language].ids), MODULE_WORDS[language]
    parent, related = (f"{_word(modules[module])} {name_of_id}" for module in (relation.parent_module, relation.related_list))
    layout = find_layout([(related, parent), (contact(1), CAMPAIGN), (contact(2), CAMPAIGN)], ReadingChoice())
    assert (layout.relation, layout.columns.parent, layout.columns.related) == (relation, 1, 0)


@pytest.mark.parametrize("relation", RELATIONS, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_module_of_an_export_is_recognised_by_its_owner_column(language: str, relation: Relation) -> None:
    words, modules = HEADER_WORDS[language], MODULE_WORDS[language]
    own, name_of_id = _word(modules[relation.related_list]), _word(words.ids)
    headers: Cells = (
        f"{name_of_id} {_word(words.records)}",
        f"{own} {_word(words.owners)}.id",
        f"{own} {_word(words.owners)}",
        f"{_word(words.kin)}.id",
        f"{_word(modules[relation.parent_module])} {name_of_id}",
    )
    rows = [(contact(n), contact(500), "Ann", contact(501), CAMPAIGN) for n in range(3)]
    layout = find_layout([headers, *rows], ReadingChoice())
    assert (layout.relation, layout.columns.parent, layout.columns.related) == (relation, 4, 0)
