"""Cells that are pasted are read like those of a file."""

from pathlib import Path

import pytest

from desktop.compose import build_services
from desktop.domain.readings import FIND_OUT
from desktop.storage.secrets import MemorySecrets
from tests.sheets.making_sheets import CAMPAIGN, contact

_HEADERS = "Campaign Id\tContact Id\tName"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("after", ["", "\0"])
def test_marks_in_pasted_cells_are_text_and_cells_with_line_breaks_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str, after: str
) -> None:
    monkeypatch.setenv("DELINK_HOME", str(tmp_path))
    services = build_services(MemorySecrets())
    names = ['"Spring" Fair', '"A', '"B', '5" pipe', '"two\nlines, ""quoted"""', "half \ud83d"]
    rows = [_HEADERS, *(f"{CAMPAIGN}\t{contact(number)}\t{name}" for number, name in enumerate(names))]
    path = services.keep_pasted(end.join(rows) + end + after)
    sheet = services.open_sheet(path, FIND_OUT)
    assert [sheet.links[number].related_id for number in range(6)] == [contact(number) for number in range(6)]
    shown = [row.cells[2] for row in sheet.rows]
    assert shown == ['"Spring" Fair', '"A', '"B', '5" pipe', 'two\nlines, "quoted"', "half ?"]
