"""Files that mean harm are refused in one sentence or read correctly; the benchmark shows how long they take."""

from pathlib import Path

import pytest

from desktop.domain.errors import SheetError
from desktop.sheets.links_sheet import open_sheet
from desktop.words.errors import explain_error
from tests.benchmarks.hostile_files import HOSTILE
from tests.sheets.making_sheets import CAMPAIGN, balances, contact

_BIG = (
    "text of 600 MB",
    "zip bomb of 1.5 GB",
    ".csv of 4,000,000 rows",
    ".csv with 900 MB of zero bytes",
    ".csv in UTF-16, a line of 380 MB",
)
_READ_RIGHT = ("200,000 nested elements", "4,000,000 spaces behind a formula", "an empty row 999,999,999")


@pytest.mark.parametrize("what", [pytest.param(name, marks=[pytest.mark.slow] * (name in _BIG)) for name in HOSTILE])
def test_a_hostile_file_ends_in_a_sentence(tmp_path: Path, what: str) -> None:
    path = HOSTILE[what](tmp_path)
    if what in _READ_RIGHT:
        sheet = open_sheet(path)
        assert [(link.parent_id, link.related_id) for link in map(sheet.links.__getitem__, range(len(sheet.links)))] == [
            (CAMPAIGN, contact(1))
        ]
        assert balances(sheet)
        return
    with pytest.raises(SheetError) as caught:
        open_sheet(path)
    sentence = explain_error(caught.value).in_one_line()
    assert sentence.endswith("nothing was sent.")
    assert len(sentence.replace(str(path), "").split()) < 40
