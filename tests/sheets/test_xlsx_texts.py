"""What cells show is the same one by one and many at once."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import SheetUnsafe
from desktop.sheets import raw_runs
from desktop.sheets.open_xml import Package
from desktop.sheets.xlsx_dates import Dates
from desktop.sheets.xlsx_texts import LONGEST_TEXT, TOO_LONG, CellTexts, read_texts
from tests.thorough import examples

_DATES = Dates({"1"}, {"2"}, from_1904=False)
_numbers = st.one_of(
    st.from_regex(r"-?[0-9]{1,22}", fullmatch=True),
    st.from_regex(r"[0-9]{1,5}\.[0-9]{1,4}", fullmatch=True),
    st.sampled_from(["", " ", "1E+18", "3.652397E+18", "999999999999999", "1000000000000000", "45292"]),
)


@examples(400)
@given(
    values=st.lists(_numbers, max_size=6),
    kind=st.sampled_from(["n", "str", "b", "e", "d", "inlineStr"]),
    style=st.sampled_from(["", "0", "1", "2"]),
)
def test_many_cells_show_the_same_as_one_by_one(values: list[str], kind: str, style: str) -> None:
    texts = CellTexts([], lambda: _DATES)
    assert texts.all_shown(kind, style, values) == [texts.shown(kind, style, value, "") for value in values]


def test_formats_are_looked_up_only_for_a_number_that_may_be_a_date() -> None:
    asked: list[bool] = []
    texts = CellTexts(["a"], lambda: asked.append(True) or _DATES)  # type: ignore[func-returns-value]  # None, then the dates
    assert texts.all_shown("n", "1", ["3652397000000925128", "12345678"]) == ["3652397000000925128", "12345678"]
    assert texts.all_shown("n", "", ["45292"]) == ["45292"]
    assert texts.all_shown("s", "1", ["0"]) == ["a"]
    assert not asked
    assert texts.all_shown("n", "1", ["45292"]) == ["2024-01-01"]
    assert asked == [True]


def read(parts: str) -> list[str]:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="a">{parts}</sst>')
    with ZipFile(file) as archive:
        return read_texts(Path("list.xlsx"), Package(archive), "xl/sharedstrings.xml")


def test_shared_texts_keep_their_numbers_whichever_way_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = "".join(f"<si><t>{number}</t></si>" for number in range(9000))
    odd = "<si><t>漢</t><rPh sb='0' eb='1'><t>かん</t></rPh></si>"
    escaped = "<si><t>a_x000D_b</t></si>"
    expected = [*map(str, range(9000)), "漢", *map(str, range(9000)), "a\rb", *map(str, range(9000))]
    assert read(parts + odd + parts + escaped + parts) == expected
    monkeypatch.setattr(raw_runs, "SHORTEST_PIECE", 10**9)
    assert read(parts + odd + parts + escaped + parts) == expected


def test_a_text_that_no_cell_can_hold_is_refused() -> None:
    assert len(read(f"<si><t>{'x' * LONGEST_TEXT}</t></si>")[0]) == LONGEST_TEXT
    with pytest.raises(SheetUnsafe) as caught:
        read(f"<si><t>{'x' * (LONGEST_TEXT + 1)}</t></si>")
    assert caught.value.detail == TOO_LONG
