"""Two columns judged in bulk give the same as each of their texts judged by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.records import judge_text
from desktop.sheets.id_columns import SharedTexts

_bare = st.sampled_from(["3652397000000327001", "3652397000000327018", "36523970000009", "1234567890"])
_odd = st.sampled_from(
    [
        "",
        "x",
        "123456789",
        "1" * 21,
        "３６５２３９７０００００",
        "zcrm_",
        "zcrm_zcrm_1234567890",
        "12345 67890",
        "123456789\n",
        "1\n234567890",
    ]
)
_AROUND = ("{}", "zcrm_{}", " {}\u00a0", "'{}", "' {} '", "' ' {}", "'zcrm_{}", "zcrm_ {}", "zcrm_'{}", "ZCRM_{}", "\u200b{}")
_wrapped = st.builds(str.format, st.sampled_from([*_AROUND, '="{}"', "{}\n", "\x1c{}"]), _bare)
_texts = st.one_of(_bare, _wrapped, _odd)
_columns = st.one_of(*(st.lists(st.tuples(kind, kind), min_size=1, max_size=8) for kind in (_bare, _texts)))


@given(rows=_columns)
def test_plain_ids_are_those_that_judging_finds(rows: list[tuple[str, str]]) -> None:
    columns = SharedTexts().columns_of([row[0] for row in rows], [row[1] for row in rows])
    odd = columns.odd_places()
    assert list(zip(columns.parents, columns.related, strict=True)) == rows
    for place, row in enumerate(rows):
        judged = [judge_text(text) for text in row]
        if place in odd:
            assert None in (columns.parent_ids[place], columns.related_ids[place]) or judged[0].record_id == judged[1].record_id
            continue
        plain = columns.part(place, place + 1)
        assert tuple(judgement.record_id for judgement in judged) == tuple(ids[0] for ids in plain.ids())
        assert plain.cleaned() == bytes([row != tuple(judgement.record_id for judgement in judged)])
        assert all(judgement.module is None for judgement in judged)


@pytest.mark.parametrize("texts", [["a", "b", "c"], ["a"] * 40, ["a", "b"] * 40_000, [f"{n}" for n in range(60_000)] * 2])
def test_shared_texts_are_equal_to_those_that_came(texts: list[str]) -> None:
    shared = SharedTexts()
    assert shared.columns_of(texts, texts[::-1]).related == texts[::-1]
    assert shared.columns_of(texts, texts).parents == texts


def test_texts_that_repeat_are_one() -> None:
    texts = ["".join(("36523970000", f"00{n % 3}0000000"[:8])) for n in range(60)]
    assert len(set(map(id, SharedTexts().columns_of(texts, texts).parents))) == 3
