"""Links are found by row, by a part of an ID, and by a part of a name."""

import pytest

from desktop.application.row_search import links_matching
from tests.qt.staging import links_of, parent_id, related_id

LINKS = links_of([(1, 1), (1, 2), (2, 3)])
NAMES = {related_id(2): "Åsa Vogt", parent_id(2): "Spring Fair"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", [0, 1, 2]),
        ("  ", [0, 1, 2]),
        ("4", [2]),
        (related_id(1), [0]),
        (parent_id(1), [0, 1]),
        ("åSA", [1]),
        ("fair", [2]),
        ("nobody", []),
    ],
)
def test_what_is_typed_names_links(text: str, wanted: list[int]) -> None:
    assert list(links_matching(LINKS, range(3), text, NAMES)) == wanted
