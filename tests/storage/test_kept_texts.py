"""A text in a file, by its name and its facts."""

import json
from datetime import UTC, date, datetime

import pytest

from desktop.domain.texts import Text
from desktop.storage.kept_texts import decode_text, encode_text

EVERY_FACT = Text(
    "side-by-side",
    first=Text("sheet-named", name="Liste"),
    rows=5000,
    share=0.5,
    names=("A", Text("b"), 3),
    day=date(2026, 12, 1),
    at=datetime(2026, 12, 1, 5, 30, tzinfo=UTC),
)


@pytest.mark.parametrize("text", [EVERY_FACT, Text("a"), "Excel workbook, sheet “List”", ""])
def test_a_text_comes_back_as_it_was(text: Text | str) -> None:
    assert decode_text(json.loads(json.dumps(encode_text(text)))) == text


def test_words_of_an_older_file_are_read_as_they_are() -> None:
    assert decode_text("Excel workbook, sheet “List”, header in row 4") == "Excel workbook, sheet “List”, header in row 4"


@pytest.mark.parametrize(
    "value", [5, None, ["a"], {}, {"text": 5, "facts": {}}, {"text": "a"}, {"text": "a", "facts": {"n": None}}]
)
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        decode_text(value)
