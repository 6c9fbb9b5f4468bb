"""Text of others is shown as one line in which nothing is hidden."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.visible import visible, visible_in_json


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J\x1b[31mred", "\\x1b[2J\\x1b[31mred"),
        ("a\nINFO forged\r\tb", "a\\nINFO forged\\r\\tb"),
        ("\x9b2J\x07\x7f", "\\x9b2J\\x07\\x7f"),
        ("\u202egnp.exe\u2066\u061c", "\\u202egnp.exe\\u2066\\u061c"),
        ("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"),
        ("\udce9.csv", "\\udce9.csv"),
        ("a\u200b\ufeff\xad", "a\\u200b\\ufeff\\xad"),
        ("\U000e0041", "\\U000e0041"),
        ("Ünïcödé 名前 العربية 👩\u200d👧 “x”", "Ünïcödé 名前 العربية 👩\u200d👧 “x”"),
    ],
)
def test_what_would_not_be_seen_is_named(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(text=st.text())
def test_no_control_character_is_left_in_any_text(text: str) -> None:
    kinds = {unicodedata.category(sign) for sign in visible(text)}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not {unicodedata.bidirectional(sign) for sign in visible(text)} & {
        "LRE",
        "RLE",
        "LRO",
        "RLO",
        "PDF",
        "LRI",
        "RLI",
        "FSI",
    }


@given(value=st.dictionaries(st.text(), st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Cf", "Cc"])))))
def test_json_keeps_its_value(value: dict[str, str]) -> None:
    text = visible_in_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(text) == json.loads(json.dumps(value))
    assert visible(text) == text
