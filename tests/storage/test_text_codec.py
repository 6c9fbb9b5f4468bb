"""A text that a journal keeps comes back as it was; a sentence that a version of before kept stays as it is."""

from datetime import date

import pytest

from desktop.domain.texts import Text
from desktop.storage.text_codec import decode_text, encode_text


@pytest.mark.parametrize(
    "text",
    [
        Text("no-header-row"),
        Text("sheet-named", name='„Ä“ {"text":'),
        Text("outer", inner=Text("inner", n=3), names=("a", Text("b", share=0.5)), none=()),
        "Excel workbook, sheet “List”, header in row 4",
        "",
    ],
)
def test_what_was_kept_comes_back(text: Text | str) -> None:
    assert decode_text(encode_text(text)) == text


def test_a_sentence_is_kept_as_it_is_and_a_text_by_its_name() -> None:
    assert encode_text("Excel workbook") == "Excel workbook"
    assert encode_text(Text("header-in-row", row="4")) == '{"text":"header-in-row","facts":{"row":"4"}}'


def test_a_date_is_not_kept() -> None:
    with pytest.raises(TypeError, match="not kept"):
        encode_text(Text("since", day=date(2026, 12, 1)))


@pytest.mark.parametrize(
    "kept", ['{"text":"a"', '{"text":"a"}', '{"text":"a","facts":[]}', '{"text":"a","facts":{"b":null}}', '{"text":3,"facts":{}}']
)
def test_what_no_version_wrote_is_refused(kept: str) -> None:
    with pytest.raises(ValueError):
        decode_text(kept)
