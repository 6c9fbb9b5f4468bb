"""Headers inside a list: repeated ones are skipped, others end it, and a row of words is neither."""

import pytest

from desktop.domain.entries import Rejection
from desktop.domain.readings import Cells, Columns, ReadingChoice
from desktop.domain.relations import parse_relation
from desktop.sheets.columns import Layout
from desktop.sheets.link_builder import LinkBuilder
from desktop.sheets.packed_rows import PackedRows
from desktop.words import say_text
from tests.sheets.making_sheets import CAMPAIGN, OTHER_CAMPAIGN, contact

HEADERS = ("Campaign Id", "Contact Id", "Note")
LINK = (CAMPAIGN, contact(1), "")


def _built(
    *rows: Cells, headers: Cells = HEADERS, header_row: int = 1, block: int = 1000, fill_down: bool = False
) -> LinkBuilder:
    layout = Layout(header_row, headers, Columns(0, 1), parse_relation("Campaigns/Contacts"))
    builder = LinkBuilder(layout, ReadingChoice(fill_down=fill_down))
    for start in range(0, len(rows), block):
        builder.add_block(header_row + 1 + start, PackedRows.of(rows[start : start + block]))
    builder.finish()
    return builder


@pytest.mark.parametrize(
    "row",
    [
        HEADERS,
        ("campaign id", " Contact  Id ", "NOTE"),
        ("Campaign Id", "Contact Id"),
        ("Campaign Id", "Contact Id", ""),
        ("Kampagnen-ID", "KontaktID", "Note"),
        ("Campaign", "Contact", ""),
    ],
)
def test_a_header_that_is_repeated_is_skipped_and_the_list_goes_on(row: Cells) -> None:
    built = _built(LINK, row, (CAMPAIGN, contact(2), ""))
    assert (len(built.links), built.blank, built.entries.rejected()) == (2, 1, {})
    assert [*map(say_text, built.notes())] == ["The header is repeated in row 3; it is skipped there."]


@pytest.mark.parametrize(
    "row",
    [
        ("Contact Id", "Campaign Id"),
        ("Product Id", "Lead Id", ""),
        ("Campaign Id", "Lead Id", "Note"),
        ("Campaign Id", "Contact Id", "Status"),
        ("Name", "Contact Id", "Campaign Id"),
        ("", "Campaign Id", "Contact Id"),
        ("Kontakt", "Kampagne", ""),
        ("データID", "キャンペーン名.id", "メール"),
        ("ID", "Name", ""),
    ],
)
def test_another_header_ends_the_list(row: Cells) -> None:
    built = _built(LINK, row, (OTHER_CAMPAIGN, contact(2), ""), ("", "", ""), ("", "", "x"), fill_down=True)
    assert len(built.links) == 1
    assert built.entries.rejected() == {Rejection.SECOND_TABLE: 3}
    assert built.blank == 1
    assert [entry.row for entry in built.entries] == [2, 3, 4, 6]
    assert [*map(say_text, built.notes())] == [
        "Another header stands in row 3; the rows below it are not read. Choose row 3 as the header row to read them."
    ]


@pytest.mark.parametrize(
    "row",
    [
        ("Spring", "", ""),
        ("Spring", "Fair", ""),
        ("Contacts", "", "Note"),
        ("Total", "80", ""),
        ("Campaign 2024", "Contact 7", ""),
        ("Campaign Spring", "Contact Ben", ""),
        ("Status", "Date", ""),
        ("Keep", "Contact", ""),
        ("Lead the way", "Contact us", ""),
        ("Leader", "Mobile", ""),
        (CAMPAIGN, "Contact Id", ""),
        ("Ann Contact", "ann@example.com", "Contact Id"),
    ],
)
def test_a_row_of_words_is_rejected_alone(row: Cells) -> None:
    built = _built(LINK, row, (CAMPAIGN, contact(2), ""))
    assert len(built.links) == 2
    assert Rejection.SECOND_TABLE not in built.entries.rejected()
    assert (len(built.entries), built.notes()) == (3, [])


def test_a_second_line_of_the_header_does_not_end_the_list() -> None:
    built = _built(("ID", "ID", ""), ("Kampagne", "Kontakt", "Bemerkung"), LINK)
    assert (len(built.links), built.entries.rejected()) == (1, {Rejection.NOT_AN_ID: 2})


def test_a_header_right_below_that_names_other_ends_begins_another_table() -> None:
    built = _built(("Contact Id", "Campaign Id", ""), LINK)
    assert (len(built.links), built.entries.rejected()) == (0, {Rejection.SECOND_TABLE: 2})


def test_without_a_header_the_first_titles_are_no_second_table() -> None:
    built = _built(("Contact Id", "Campaign Id"), LINK[:2], headers=("", ""), header_row=0)
    assert (len(built.links), built.entries.rejected()) == (1, {Rejection.NOT_AN_ID: 1})
    assert _built(LINK[:2], ("Contact Id", "Campaign Id"), headers=("", ""), header_row=0).entries.rejected() == {
        Rejection.SECOND_TABLE: 1
    }


@pytest.mark.parametrize("block", [1, 2, 3, 1000])
def test_the_list_goes_on_where_its_header_comes_again_after_another_table(block: int) -> None:
    other = ("Contact Id", "Campaign Id", "")
    rows = [LINK, other, (contact(5), CAMPAIGN, ""), HEADERS, (CAMPAIGN, contact(2), ""), HEADERS, HEADERS, HEADERS, other, LINK]
    built = _built(*rows, block=block)
    assert [built.links[number].related_id for number in range(len(built.links))] == [contact(1), contact(2)]
    assert (built.entries.rejected(), built.blank) == ({Rejection.SECOND_TABLE: 4}, 4)
    assert [*map(say_text, built.notes())] == [
        "Another header stands in row 3 (and 1 more); the rows below it are not read. "
        "Choose row 3 as the header row to read them.",
        "The header is repeated in rows 5, 7, 8 and 1 more; it is skipped there.",
    ]
    assert len(built.entries) + built.blank == len(rows)


def test_no_parent_is_filled_down_past_a_header() -> None:
    built = _built(LINK, HEADERS, ("", contact(2), ""), fill_down=True)
    assert (len(built.links), built.entries.rejected()) == (1, {Rejection.BLANK_PARENT: 1})


@pytest.mark.parametrize(
    "row",
    [
        ("", "Lead Id", ""),
        ("Foo", "Lead Id", ""),
        ("Campaign Id 2", "Lead Id 2", ""),
        ("Product Id", "", ""),
        ("معرف الحملة", "معرف العميل المتوقع", ""),
        ("Owner", "", "Product Id", "Contact Id"),
    ],
)
def test_titles_of_other_ids_in_one_end_or_beside_the_ends_begin_a_second_table(row: Cells) -> None:
    built = _built(LINK, row, (OTHER_CAMPAIGN, contact(2), ""))
    assert (len(built.links), built.entries.rejected()) == (1, {Rejection.SECOND_TABLE: 2})
