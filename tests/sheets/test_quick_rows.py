"""Rows that are written quickly are the bytes that the library would write, whatever their cells hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.domain.outcomes import Outcome
from desktop.domain.result_tables import ResultColumn, ResultLine
from desktop.sheets.quick_rows import QuickRows
from desktop.sheets.results_workbook import ResultsWorkbook

ODD = [
    "", " ", " x", "x ", "a&b", "<b>", "a>b", '"', "'", "│", "a│ b", "_x0041_", "=1+1", "@x", "+1", "007", "\u00a0", "é", "😀",
    "\n", "a\tb", "\r", "\x00", "\ufffe", "<r>x</r>", "</t>", "]]>", "%s", "%", "{}", "\u202e", "554023000009110082",
]  # fmt: skip
CELLS = st.one_of(st.sampled_from(ODD), st.text(max_size=6))


@dataclass
class Table:
    """Lines of four cells, the last two of which are ours."""

    lines: Sequence[ResultLine]
    title = "All rows"
    headers = ("A & B", "B", "Outcome", "D")
    own = (ResultColumn.OUTCOME, ResultColumn.CODE)

    def __iter__(self) -> Iterator[ResultLine]:
        return iter(self.lines)

    def count(self) -> int:
        return len(self.lines)


def worksheets(lines: Sequence[ResultLine], path: Path, *, is_quick: bool) -> list[bytes]:
    with ResultsWorkbook(path, most_lines=40, is_quick=is_quick) as book:
        book.add_table(Table(lines))
    with ZipFile(path) as archive:
        names = sorted(name for name in archive.namelist() if name.startswith(("xl/worksheets", "xl/styles")))
        return [archive.read(name) for name in names]


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, st.sampled_from([*Outcome, None])), max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_quick_rows_are_the_bytes_that_the_library_writes(
    rows: list[tuple[str, str, str, str, Outcome | None]], tmp_path: Path
) -> None:
    lines = [ResultLine(row[:4], row[4]) for row in rows]
    quick, slow = (worksheets(lines, tmp_path / "results.xlsx", is_quick=is_quick) for is_quick in (True, False))
    assert quick == slow


@pytest.mark.parametrize("text", ODD)
def test_each_odd_text_is_written_as_the_library_writes_it(text: str, tmp_path: Path) -> None:
    lines = [ResultLine(cells, Outcome.REFUSED) for cells in ((text, "b", "c", "d"), ("a", text, text, ""), ("", "", "", text))]
    quick, slow = (worksheets(lines, tmp_path / "results.xlsx", is_quick=is_quick) for is_quick in (True, False))
    assert quick == slow


def test_a_text_near_the_longest_is_left_to_the_library(tmp_path: Path) -> None:
    lines = [ResultLine(("😀" * 20_000, "b", "c", "d"), None), ResultLine(("x" * 32_767, "b", "c", "d"), None)]
    quick, slow = (worksheets(lines, tmp_path / "results.xlsx", is_quick=is_quick) for is_quick in (True, False))
    assert quick == slow


def test_most_rows_of_people_are_quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this test the others would also pass if every row were left to the library."""
    answers: list[bool] = []

    class Watched(QuickRows):
        def write(self, row: int, cells: Sequence[str], column: int, special: object) -> bool:
            answers.append(super().write(row, cells, column, special))
            return answers[-1]

    monkeypatch.setattr("desktop.sheets.results_workbook.QuickRows", Watched)
    people = [("R&D <Berlin>", "Zoë Müller", "Removed", ""), ("=SUM(A1)", "100 %", "Refused", "a/b"), ("", "x", "", "")]
    worksheets([ResultLine(cells, Outcome.DELINKED) for cells in people], tmp_path / "results.xlsx", is_quick=True)
    assert answers == [True, True, True]


def test_a_text_like_the_xml_of_the_library_is_read_again_as_it_was(tmp_path: Path) -> None:
    text = "<r><t>x</t></r>"
    for is_quick in (True, False):
        worksheets([ResultLine((text, "a", "b", "c"), None)], tmp_path / "results.xlsx", is_quick=is_quick)
        made = load_workbook(tmp_path / "results.xlsx")
        assert made["All rows"]["A2"].value == text
