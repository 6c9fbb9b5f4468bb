"""Write a workbook of results: frozen headers, outcomes in words and colour, every cell dead text.

Rows go to the disk as they come, so a full worksheet needs no more memory than a small one.
"""

import io
import itertools
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.domain.outcomes import Outcome
from desktop.domain.result_tables import ResultColumn, ResultLine, ResultTable, ResultWords
from desktop.sheets.clean_text import clean_row
from desktop.sheets.document_properties import RUN_PROPERTY, properties_of
from desktop.sheets.own_results import worksheet_name
from desktop.sheets.quick_rows import QuickRows

# A worksheet has 1,048,576 rows, the first of which is the header.
MOST_LINES = 1_048_575
_REPORT_EVERY = 1000

# The words carry the meaning; the colours only help the eye. Text on white, at least 4.5 : 1.
_COLOURS: dict[Outcome | None, str] = {
    Outcome.DELINKED: "#18703A",
    Outcome.NOT_LINKED: "#505A66",
    Outcome.REFUSED: "#B3261E",
    Outcome.UNKNOWN: "#8A5A00",
    Outcome.NOT_ATTEMPTED: "#5B6570",
    Outcome.RELINKED: "#18703A",
    Outcome.ALREADY_LINKED: "#505A66",
    None: "#B3261E",
}
_COLOURED = (ResultColumn.OUTCOME, ResultColumn.PROBLEM, ResultColumn.FOUND)
_OWN_WIDTHS = {
    ResultColumn.WHAT_TO_DO: 84,
    ResultColumn.ROW: 8,
    ResultColumn.OUTCOME: 24,
    ResultColumn.PROBLEM: 16,
    ResultColumn.FOUND: 18,
    ResultColumn.PARENT_NAME: 30,
    ResultColumn.RELATED_NAME: 30,
    ResultColumn.CAUSE: 36,
    ResultColumn.CODE: 24,
    ResultColumn.RUN: 22,
    ResultColumn.TIME: 24,
    ResultColumn.ADDRESS: 60,
}
_SOURCE_WIDTH = 24
_NO_WORDS = ResultWords()
_A4 = 9


class ResultsWorkbook:
    """Owns the library's workbook. As a context manager it closes the workbook, or abandons it if writing failed.

    ``rows`` are the rows of each worksheet in order, headers included, as the file must hold them.
    """

    def __init__(
        self,
        path: Path,
        footer: str = "",
        most_lines: int = MOST_LINES,
        *,
        run: str = "",
        words: ResultWords = _NO_WORDS,
        right_to_left: bool = False,
        is_quick: bool = True,
    ) -> None:
        """``footer`` has ``{page}`` and ``{pages}`` where the numbers go.

        ``run`` and ``words`` become document properties, by which the file is recognised as our results of that run in any
        language.
        """
        from xlsxwriter import Workbook

        self._file = _Target(path)
        self._workbook: Any = Workbook(self._file, {"constant_memory": True, "tmpdir": str(path.parent)})
        self._workbook.use_zip64()  # a full worksheet of long texts is more than 2 GB before it is packed
        if run:
            self._workbook.set_custom_property(RUN_PROPERTY, run)
        for name, value in properties_of(words):
            self._workbook.set_custom_property(name, value)
        self._footer = footer.replace("&", "&&").replace("{page}", "&P").replace("{pages}", "&N")
        self._most_lines, self._is_quick, self._right_to_left = most_lines, is_quick, right_to_left
        self.rows: list[int] = []
        edge = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
        self._header = self.format(**edge, bg_color="#EEF1F5", bottom_color="#7C8591")
        self._own_header = self.format(**edge, bg_color="#DCE9F7", bottom_color="#0B5CAD")
        self._text = self.format(num_format="@", valign="top")
        self._outcomes = {
            outcome: self.format(num_format="@", bold=True, font_color=colour, valign="top")
            for outcome, colour in _COLOURS.items()
        }
        # The library numbers its formats as they are first used. Numbered here, they are the same in every workbook, and so
        # are its bytes, however the rows are written.
        for cell_format in (self._header, self._own_header, self._text, *self._outcomes.values()):
            cell_format._get_xf_index()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        from xlsxwriter.exceptions import FileCreateError, XlsxWriterException

        try:
            if kind is None:
                self._workbook.close()
            else:
                self._file.forget()
                with suppress(OSError, XlsxWriterException):
                    self._workbook.close()
        except FileCreateError as exc:
            raise OSError(*getattr(exc.args[0], "args", exc.args)) from exc
        finally:
            self._file.end()
            for sheet in self._workbook.worksheets():
                with suppress(OSError):
                    sheet._opt_close()  # WORKAROUND: a close that failed leaves the library's temporary files open

    def format(self, **properties: object) -> Any:
        """Add a format, described by the library's property names."""
        return self._workbook.add_format(properties)

    def add_page(self, name: str, *, one_page: bool = False) -> Any:
        """Add an empty worksheet, ready to print: upright on one page, or landscape on as many as it takes."""
        sheet = self._workbook.add_worksheet(self._free_name(name))
        # WORKAROUND: the library takes a text that begins with <r> and ends with </r> for XML of its own, and Excel would then
        # call the workbook damaged. We write no text with formats inside, so every text is escaped.
        sheet._xml_rich_inline_string = lambda text, attributes: sheet._xml_inline_string(text, False, attributes)
        if self._right_to_left:
            sheet.right_to_left()
        if not one_page:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, int(one_page))
        sheet.set_footer(f"&L&A&R{self._footer}")
        self.rows.append(0)
        return sheet

    def _free_name(self, name: str) -> str:
        # A translation may call two worksheets alike, and the library refuses a second one of the same name.
        used_names = {sheet.name.casefold() for sheet in self._workbook.worksheets()}
        numbered_names = (f"{name} ({number})" for number in itertools.count(2))
        return next(free for free in itertools.chain((name,), numbered_names) if free.casefold() not in used_names)

    def add_table(self, table: ResultTable, progress: Callable[[int], None] = lambda _: None) -> int:
        """Add a worksheet with the lines of a table, and a further one each time one is full; returns the number of lines."""
        count, part, coloured = 0, 1, _coloured_column(table)
        name = worksheet_name(table.title)
        sheet, quick = self._start(name, table)
        for line in table:
            if self.rows[-1] > self._most_lines:
                self._finish(sheet, quick, table)
                part += 1
                sheet, quick = self._start(f"{name} {part}", table)
            self._write(sheet, quick, line, coloured)
            count += 1
            if count % _REPORT_EVERY == 0:
                progress(count)
        self._finish(sheet, quick, table)
        return count

    def _start(self, name: str, table: ResultTable) -> tuple[Any, QuickRows]:
        sheet = self.add_page(name)
        first_own = len(table.headers) - len(table.own)
        widths = [_SOURCE_WIDTH] * first_own + [_OWN_WIDTHS[column] for column in table.own]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 30)
        for column, header in enumerate(clean_row(table.headers)):
            sheet.write_string(0, column, header, self._own_header if column >= first_own else self._header)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self.rows[-1] = 1
        return sheet, QuickRows(sheet, self._text)

    def _write(self, sheet: Any, quick: QuickRows, line: ResultLine, coloured: int) -> None:
        """Write every cell as a string cell: no number, no formula, no link."""
        row, special = self.rows[-1], self._outcomes[line.outcome]
        if not (self._is_quick and quick.write(row, line.cells, coloured, special)):
            for column, cell in enumerate(clean_row(line.cells)):
                if cell:
                    sheet.write_string(row, column, cell, special if column == coloured else self._text)
        self.rows[-1] += 1

    def _finish(self, sheet: Any, quick: QuickRows, table: ResultTable) -> None:
        quick.end()
        last_row, last_column = max(self.rows[-1] - 1, 1), len(table.headers) - 1
        sheet.autofilter(0, 0, last_row, last_column)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last_column)}{last_row + 1}"})


class _Target(io.FileIO):
    """The file as the library's zip archive sees it; once a write has failed, later ones are ignored.

    WORKAROUND: an archive that could not be written tries again when it is collected, and complains on standard error.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "w+")
        self._failed = False

    def write(self, contents: Any) -> int:
        """Write all of it. Raises OSError, but only once."""
        size = memoryview(contents).nbytes
        if self._failed:
            return size
        try:
            written = 0
            while written < size:
                written += super().write(memoryview(contents)[written:]) or 0
        except OSError:
            self._failed = True
            raise
        return size

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self._failed else super().seek(offset, whence)

    def tell(self) -> int:
        return 0 if self._failed else super().tell()

    def flush(self) -> None:
        """Do nothing: this file holds nothing back."""

    def forget(self) -> None:
        """Ignore all further writes, so that closing a workbook that failed cannot fail again."""
        self._failed = True

    def close(self) -> None:
        """Do nothing: an archive that is collected later still needs the file. :meth:`end` closes it."""

    def end(self) -> None:
        self.forget()
        super().close()


def _coloured_column(table: ResultTable) -> int:
    return len(table.headers) - len(table.own) + next(place for place, column in enumerate(table.own) if column in _COLOURED)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
