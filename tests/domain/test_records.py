"""What counts as an ID, and how far it is trusted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.records import Verdict, is_blank, is_record_id, judge_number, judge_text

GOOD = "3652397000000925128"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (GOOD, Verdict.FINE),
        ("4000000039247", Verdict.FINE),
        (f"zcrm_{GOOD}", Verdict.CLEANED),
        (f"ZCRM_{GOOD}", Verdict.CLEANED),
        (f"  {GOOD}\t", Verdict.CLEANED),
        (f"\u00a0{GOOD}\u200b", Verdict.CLEANED),
        (f"'{GOOD}", Verdict.CLEANED),
        (f'"{GOOD}"', Verdict.CLEANED),
        (f'="{GOOD}"', Verdict.CLEANED),
        (f"https://crm.zoho.eu/crm/org20099/tab/Contacts/{GOOD}", Verdict.CLEANED),
        ("3652397000000920000", Verdict.FINE),
        (f"\u2067{GOOD}\u2069", Verdict.CLEANED),
        (f"\u061c{GOOD}\u180e", Verdict.CLEANED),
        (f"\ufe0f{GOOD}\u2066", Verdict.CLEANED),
        (f"\u2068'\u200bzcrm_{GOOD}'\u00ad", Verdict.CLEANED),
        (f"https://crm.zoho.eu/crm/org20099/tab/Contacts/{GOOD}?layout=1", Verdict.CLEANED),
    ],
)
def test_an_id_is_found_and_judged(text: str, verdict: Verdict) -> None:
    judged = judge_text(text)
    assert judged.verdict is verdict
    assert judged.record_id is not None and judged.record_id in text


@pytest.mark.parametrize("text", ["3.65E+18", "3,6524E+18", "3.6524e18", f"{GOOD}.0", f"{GOOD},00"])
def test_what_went_through_a_rounded_number_is_damaged(text: str) -> None:
    assert judge_text(text).record_id is None
    assert judge_text(text).verdict is Verdict.DAMAGED


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ben",
        "ben@example.com",
        "123456789",
        "1" * 21,
        "３６５２３９７０００００９２５１２８",
        "٣٦٥٢٣٩٧٠٠٠",
        "1_000_000_000",
        "-4000000039247",
        "+4000000039247",
        "3652 3970 0000 0925",
        "²³⁴⁵⁶⁷⁸⁹⁰¹",
        *(f"{GOOD[:9]}{mark}{GOOD[9:]}" for mark in "\u200b\u00ad\u2069\ufeff\u200e\u061c\u180e\ufe0f\u00a0\n-"),
        *(f"https://crm.zoho.eu/crm/tab/Contacts/{GOOD[:10]}{mark}{GOOD[10:]}" for mark in "\u200b\u00ad ?/#"),
        f"https://crm.zoho.eu/crm/tab/Contacts/{GOOD},https://crm.zoho.eu/crm/tab/Contacts/{GOOD[:-1]}7",
        f"https://crm.zoho.eu/crm/tab/Campaigns/{GOOD}/tab/Contacts/{GOOD[:-1]}7",
        f'="{GOOD[:9]}"&"{GOOD[9:]}"',
        f"zcrm_{GOOD[:9]}\u200b{GOOD[9:]}",
        "3,652,397,000",
        "TRUE",
        "1" * 5000,
    ],
)
def test_everything_else_is_no_id(text: str) -> None:
    assert judge_text(text).record_id is None
    assert judge_text(text).verdict is None


@pytest.mark.parametrize(
    ("literal", "record_id", "verdict"),
    [
        ("4000000039247", "4000000039247", Verdict.FINE),
        ("123456789012345", "123456789012345", Verdict.FINE),
        ("1.23456789012E+11", "123456789012", Verdict.FINE),
        (GOOD, GOOD, Verdict.FINE),
        ("3652397000000920000", "3652397000000920000", Verdict.FINE),
        ("3652397000000920000.0", None, Verdict.DAMAGED),
        ("365239700000092E4", None, Verdict.DAMAGED),
        ("3.6523970000009251E+18", None, Verdict.DAMAGED),
        (f"{GOOD}.0", None, Verdict.DAMAGED),
        ("123456789012.5", None, None),
        ("12", None, None),
        ("1e400", None, None),
        ("nan", None, None),
    ],
)
def test_a_numeric_cell_is_judged_by_its_stored_literal(literal: str, record_id: str | None, verdict: Verdict | None) -> None:
    judged = judge_number(literal)
    assert (judged.record_id, judged.verdict) == (record_id, verdict)


@given(st.text())
def test_an_id_that_is_found_stands_in_the_text_digit_for_digit(text: str) -> None:
    judged = judge_text(text)
    if judged.record_id is not None:
        assert is_record_id(judged.record_id)
        assert judged.record_id in text


@given(st.from_regex(r"[0-9]{1,25}(\.[0-9]{0,4})?([eE]\+?[0-9]{1,3})?", fullmatch=True))
def test_a_number_never_gives_an_id_with_other_digits(literal: str) -> None:
    judged = judge_number(literal)
    if judged.record_id is not None and len(judged.record_id) > 15:
        assert judged.record_id == literal.partition(".")[0]


@pytest.mark.parametrize("text", ["", " ", "\u00a0", "\u200b\ufeff", "\n\t"])
def test_what_shows_nothing_is_blank(text: str) -> None:
    assert is_blank(text)
