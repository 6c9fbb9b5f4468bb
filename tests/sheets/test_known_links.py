"""Links are numbered alike, whether rows come one by one or in blocks."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.building import LinksBuilder
from desktop.domain.entries import KIND_DUPLICATE
from desktop.domain.records import RecordId
from desktop.domain.relations import parse_relation
from desktop.sheets.known_links import KnownLinks

RELATION = parse_relation("Campaigns/Contacts")
_ids = st.integers(0, 6).map(lambda number: RecordId(f"36523970000003270{number:02d}"))
_blocks = st.lists(st.lists(st.tuples(_ids, _ids), min_size=1, max_size=6), max_size=6)


@given(blocks=_blocks, by_row=st.sets(st.integers(0, 5)))
def test_a_link_has_the_number_of_its_first_row_among_new_ones(
    blocks: list[list[tuple[RecordId, RecordId]]], by_row: set[int]
) -> None:
    building = LinksBuilder()
    known_links = KnownLinks(RELATION, building)
    numbers: dict[tuple[RecordId, RecordId], int] = {}
    row = 2
    for place, block in enumerate(blocks):
        expected = [(numbers.setdefault(pair, len(numbers)), pair) for pair in block]
        if place in by_row:
            for number, (parent_id, related_id) in expected:
                number_found = known_links.find(parent_id, related_id)
                assert (known_links.add(parent_id, related_id, row) if number_found is None else number_found) == number
        else:
            before = len(building)
            got, kinds = known_links.add_rows(range(row, row + len(block)), *([pair[end] for pair in block] for end in (0, 1)))
            assert list(got) == [number for number, _ in expected]
            assert len(building) - before == len(block) - kinds.count(KIND_DUPLICATE)
        row += len(block)
    links = building.build()
    assert list(zip(links.parent_ids, links.related_ids, strict=True)) == list(numbers)
    assert len(links.first_rows) == len(links.relation_of) == len(numbers)
    assert list(links.first_rows) == sorted(links.first_rows)
