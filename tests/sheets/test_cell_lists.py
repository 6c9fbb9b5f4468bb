"""Which cells are lists of IDs: each part is an ID of the column's kind, else the whole cell is one rejected entry."""

from collections.abc import Sequence

import pytest

from desktop.domain.entries import NO_LINK, Rejection
from desktop.domain.readings import Cells, Columns, ReadingChoice
from desktop.domain.relations import parse_relation
from desktop.sheets.cell_lists import pieces_of
from desktop.sheets.columns import Layout
from desktop.sheets.link_builder import LinkBuilder
from desktop.sheets.packed_rows import PackedRows
from tests.sheets.making_sheets import CAMPAIGN, contact

PHONE, STAMP = "4915155501000", "20260105120000"
OLDER = "365239700000910133"


def build(*blocks: Sequence[Cells]) -> LinkBuilder:
    builder = LinkBuilder(Layout(1, (), Columns(0, 1), parse_relation("Campaigns/Contacts")), ReadingChoice())
    number = 2
    for rows in blocks:
        builder.add_block(number, PackedRows.of(rows))
        number += len(rows)
    builder.finish()
    return builder


def related(*cells: str) -> list[Cells]:
    return [(CAMPAIGN, cell) for cell in cells]


def sent(built: LinkBuilder) -> list[str]:
    return [built.links.related_ids[number] for number in built.links.sendable()]


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        (contact(1), [contact(1)]),
        (f"{contact(1)}, {contact(2)};{contact(3)}", [contact(1), contact(2), contact(3)]),
        (f"{contact(1)}\n{contact(2)} | zcrm_{contact(3)}\t", [contact(1), contact(2), f"zcrm_{contact(3)}"]),
        (f"{contact(1)}\uff0c{contact(2)}\uff1b{contact(3)}\u3001{contact(4)}\u060c{contact(5)}", [*map(contact, range(1, 6))]),
        (f"  {contact(1)}  ", [f"  {contact(1)}  "]),
        (f"{contact(1)},", [contact(1)]),
        ("Ortiz, Ben", ["Ortiz", "Ben"]),
        ("", [""]),
        (" , ", [" , "]),
    ],
)
def test_a_cell_is_taken_apart_at_what_separates_a_list(cell: str, pieces: list[str]) -> None:
    assert pieces_of(cell) == pieces


@pytest.mark.parametrize("separator", [", ", ";", "|", "\n", " ", "\u00a0", "\uff0c", "\r\n"])
@pytest.mark.parametrize("other", ["{}", "zcrm_{}", "'{}'", "\u200b{}", "https://crm.zoho.eu/crm/org1/tab/Contacts/{}"])
def test_ids_in_one_cell_are_links_each(separator: str, other: str) -> None:
    built = build(related(f"{contact(1)}{separator}{other.format(contact(2))}"))
    assert sent(built) == [contact(1), contact(2)]


@pytest.mark.parametrize(
    "other",
    [
        PHONE,
        "+4915155501000",
        STAMP,
        "2026-01-05",
        "Ben",
        "3.65E+18",
        f"{contact(2)}.0",
        contact(2)[:10],
        contact(2)[9:],
        contact(2)[:9],
        "4876876000000111222",
        "#N/A",
        "0",
    ],
)
@pytest.mark.parametrize("cell", ["{id} {other}", "{other}\n{id}", "{id}, {id}; {other}"])
@pytest.mark.parametrize("singles", [0, 1, 30])
def test_an_id_beside_something_else_is_rejected_with_all_of_its_text(other: str, cell: str, singles: int) -> None:
    text = cell.format(id=contact(1), other=other)
    built = build(related(*(contact(number) for number in range(2, 2 + singles)), text))
    assert built.entries.rejected() == {Rejection.NOT_AN_ID: 1}
    entry = built.entries[len(built.entries) - 1]
    assert (entry.related_text, entry.link) == (text, NO_LINK)
    assert contact(1) not in built.links.related_ids


@pytest.mark.parametrize("other", [PHONE, STAMP, contact(1)[:10]])
def test_something_else_beside_the_id_in_every_row_is_rejected_in_every_row(other: str) -> None:
    cells = [f"{contact(number)} {int(other) + number}" for number in range(50)]
    built = build(related(*cells))
    assert built.entries.rejected() == {Rejection.NOT_AN_ID: 50}
    assert len(built.links) == 0


@pytest.mark.parametrize("digits", [15, 17, 18, 19, 20])
@pytest.mark.parametrize("break_", [" ", "\n", "-", "\u00a0", "\u200b", "\u00ad", ",", "; ", "\r\n", ".", "'"])
def test_a_broken_id_is_never_shortened(digits: int, break_: str) -> None:
    """The ID is broken at each place, in every row or in one of many."""
    wholes = [f"3652397{number:0{digits - 7}d}" for number in range(251281, 251311)]
    for at in range(1, digits):
        cells = [record_id[:at] + break_ + record_id[at:] for record_id in wholes]
        broken = build(related(*cells))
        assert (len(broken.links), sum(broken.entries.rejected().values())) == (0, len(cells)), at
        one_of_many = build(related(*wholes[1:], cells[0]))
        assert sent(one_of_many) == wholes[1:]
        assert sum(one_of_many.entries.rejected().values()) == 1


def test_older_and_newer_ids_of_one_account_stand_in_one_list() -> None:
    for singles in ([], [contact(1)], [OLDER], [contact(1), OLDER]):
        built = build(related(*singles, f"{OLDER[:-1]}7, {contact(7)}"))
        assert sent(built)[-2:] == [f"{OLDER[:-1]}7", contact(7)]


def test_one_telephone_number_by_itself_does_not_turn_the_lists_away() -> None:
    built = build(related(PHONE, *(f"{contact(number)}, {contact(number + 100)}" for number in range(30))))
    assert len(built.links) == 61
    assert sent(built) == [str(related_id) for related_id in built.links.related_ids if related_id != PHONE]


def test_lists_of_telephone_numbers_are_held_back() -> None:
    built = build(related(*(f"{PHONE[:-2]}{number:02d}, {PHONE[:-2]}{number + 40:02d}" for number in range(10, 20))))
    assert len(built.links) == 20
    assert sent(built) == []


def test_lists_of_another_kind_in_the_first_rows_are_held_back_when_the_rest_of_the_column_is_known() -> None:
    phones = [f"{PHONE[:-4]}{number:04d}, {PHONE[:-4]}{number + 5000:04d}" for number in range(1000, 1040)]
    rest = [contact(number) for number in range(200)]
    built = build(related(*phones), related(*rest))
    assert len(built.links) == 280
    assert sent(built) == rest


def test_the_kind_is_learned_from_single_ids_far_above_the_first_list() -> None:
    built = build(related(*map(contact, range(50))), related(f"{PHONE} {PHONE[:-1]}7"))
    assert built.entries.rejected() == {Rejection.NOT_AN_ID: 1}


@pytest.mark.parametrize("cell", [f"{contact(1)},", f" {contact(1)} ; ", f"| {contact(1)}\n"])
def test_a_separator_without_a_second_part_is_taken_off(cell: str) -> None:
    assert sent(build(related(cell))) == [contact(1)]


def test_text_with_a_separator_keeps_all_of_it_when_it_is_rejected() -> None:
    built = build(related("Ben,", "Ortiz, Ben", "3.65E+18,"))
    assert [(entry.related_text, entry.rejection) for entry in built.entries] == [
        ("Ben,", Rejection.NOT_AN_ID),
        ("Ortiz, Ben", Rejection.NOT_AN_ID),
        ("3.65E+18", Rejection.DAMAGED),
    ]


@pytest.mark.parametrize("form", ['["{}","{}"]', "[{}, {}]", "['{}', '{}']", ' [ "{}" , "{}" ] '])
def test_a_list_of_json_or_python_gives_its_ids(form: str) -> None:
    assert sent(build(related(form.format(contact(1), contact(2))))) == [contact(1), contact(2)]
    assert sent(build(related(f'["{contact(1)}"]'))) == [contact(1)]


@pytest.mark.parametrize(
    "cell", ["[]", f'["{contact(1)}","x"]', f"[{contact(1)},{contact(2)}", f"[[{contact(1)}],[{contact(2)}]]"]
)
def test_a_list_of_other_things_gives_nothing(cell: str) -> None:
    assert sent(build(related(cell))) == []
