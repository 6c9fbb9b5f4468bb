"""Lay out the first page of the results: headings, labels and facts, one below the other."""

from typing import Any

from desktop.domain.result_tables import Section, SummaryPage
from desktop.sheets.clean_text import clean
from desktop.sheets.own_results import worksheet_name
from desktop.sheets.results_workbook import ResultsWorkbook


def write_summary(workbook: ResultsWorkbook, page: SummaryPage) -> None:
    """Add the page to the workbook, as its first worksheet."""
    styles = _Styles(workbook)
    sheet = workbook.add_page(worksheet_name(page.title), one_page=True)
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, 1, 70)
    sheet.write_string(0, 0, page.heading, styles.title)
    row = 2
    for section in page.sections:
        row = styles.write_section(sheet, row, section) + 1
    workbook.rows[-1] = 1 + sum(1 + len(section.facts) for section in page.sections)


class _Styles:
    """The formats of the page."""

    def __init__(self, workbook: ResultsWorkbook) -> None:
        self.title = workbook.format(bold=True, font_size=18)
        self._section = workbook.format(bold=True, font_size=12, bottom=1, bottom_color="#7C8591")
        self._label = workbook.format(font_color="#505A66", valign="top")
        self._value = workbook.format(num_format="@", valign="top", text_wrap=True)
        self._number = workbook.format(num_format="#,##0", align="left")

    def write_section(self, sheet: Any, row: int, section: Section) -> int:
        """Write a heading and its facts, beginning at this row; returns the first row below them."""
        sheet.write_string(row, 0, section.heading, self._section)
        sheet.write_blank(row, 1, None, self._section)
        for place, (label, value) in enumerate(section.facts, start=row + 1):
            sheet.write_string(place, 0, label, self._label)
            if isinstance(value, int):
                sheet.write_number(place, 1, value, self._number)
            else:
                sheet.write_string(place, 1, clean(value), self._value)
        return row + 1 + len(section.facts)
