"""A workbook of results as it is written: calm, frozen headers, outcomes in words and colour, every cell dead text.

Rows go to the disk as they come, so a full worksheet costs no more memory than a small one.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from desktop.domain.outcomes import Outcome
from desktop.sheets.results_lines import Lines, ResultLine
from desktop.sheets.results_target import RUN_PROPERTY

# A worksheet has 1,048,576 rows, the first of which is the header.
MOST_LINES = 1_048_575
_TELL_EVERY = 1000

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
_COLOURED = ("Outcome", "Problem", "In Zoho now")
_OWN_WIDTHS = {
    "What to do": 84,
    "Row": 8,
    "Outcome": 24,
    "Problem": 16,
    "In Zoho now": 18,
    "Parent name": 30,
    "Related name": 30,
    "Cause": 36,
    "Code": 24,
    "Run": 22,
    "Time": 24,
}
_WIDE, _SOURCE_WIDTH = 60, 24
_A4 = 9


class ResultsWorkbook:
    """Owns the library's workbook; a context manager that closes it, or lets go of it when writing failed.

    ``rows`` are the rows of each worksheet in order, headers included, as the file must hold them.
    """

    def __init__(self, path: Path, most_lines: int = MOST_LINES, *, run: str = "") -> None:
        """``run`` becomes a document property, by which the file is known as our own results of that run."""
        from xlsxwriter import Workbook

        self._file = _Target(path)
        self._workbook: Any = Workbook(self._file, {"constant_memory": True, "tmpdir": str(path.parent)})
        self._workbook.use_zip64()  # a full worksheet of long texts is more than 2 GB before it is packed
        if run:
            self._workbook.set_custom_property(RUN_PROPERTY, run)
        self._most_lines = most_lines
        self.rows: list[int] = []
        edge = {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1}
        self._header = self.format(**edge, bg_color="#EEF1F5", bottom_color="#7C8591")
        self._own_header = self.format(**edge, bg_color="#DCE9F7", bottom_color="#0B5CAD")
        self._text = self.format(num_format="@", valign="top")
        self._outcomes = {
            outcome: self.format(num_format="@", bold=True, font_color=colour, valign="top")
            for outcome, colour in _COLOURS.items()
        }

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
        """A format of this workbook, by the library's property names."""
        return self._workbook.add_format(properties)

    def add_page(self, title: str, *, one_page: bool = False) -> Any:
        """An empty worksheet, ready to print: upright on one page, or landscape on as many as it takes."""
        sheet = self._workbook.add_worksheet(title)
        if not one_page:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, int(one_page))
        sheet.set_footer("&L&A&RPage &P of &N")
        self.rows.append(0)
        return sheet

    def add_table(
        self, title: str, lines: Lines, source: Iterator[ResultLine], progress: Callable[[int], None] = lambda _: None
    ) -> int:
        """A worksheet with these lines, and a further one each time one is full; returns how many lines there were."""
        count, part, coloured = 0, 1, _coloured_column(lines)
        sheet = self._start(title, lines)
        for line in source:
            if self.rows[-1] > self._most_lines:
                self._finish(sheet, lines)
                part += 1
                sheet = self._start(f"{title} {part}", lines)
            self._write(sheet, line, coloured)
            count += 1
            if count % _TELL_EVERY == 0:
                progress(count)
        self._finish(sheet, lines)
        return count

    def _start(self, title: str, lines: Lines) -> Any:
        sheet = self.add_page(title)
        first_own = len(lines.headers) - len(lines.own)
        widths = [_SOURCE_WIDTH] * first_own + [_OWN_WIDTHS.get(header, _WIDE) for header in lines.own]
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 30)
        for column, header in enumerate(lines.headers):
            sheet.write_string(0, column, header, self._own_header if column >= first_own else self._header)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        self.rows[-1] = 1
        return sheet

    def _write(self, sheet: Any, line: ResultLine, coloured: int) -> None:
        """Every cell is a string cell: no number, no formula, no link."""
        row, text, write = self.rows[-1], self._text, sheet.write_string
        for column, cell in enumerate(line.cells):
            if cell:
                write(row, column, cell, self._outcomes[line.outcome] if column == coloured else text)
        self.rows[-1] += 1

    def _finish(self, sheet: Any, lines: Lines) -> None:
        last_row, last_column = max(self.rows[-1] - 1, 1), len(lines.headers) - 1
        sheet.autofilter(0, 0, last_row, last_column)
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last_column)}{last_row + 1}"})


class _Target(io.FileIO):
    """The file as the library's zip archive sees it; once a write has failed, later ones are forgotten.

    WORKAROUND: an archive that could not be written tries again when it is collected, and says so on standard error.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path, "w+")
        self._failed = False

    def write(self, contents: Any) -> int:
        """Write all of it. Raises OSError, once."""
        size = memoryview(contents).nbytes
        if self._failed:
            return size
        try:
            done = 0
            while done < size:
                done += super().write(memoryview(contents)[done:]) or 0
        except OSError:
            self._failed = True
            raise
        return size

    def seek(self, offset: int, whence: int = 0) -> int:
        """Where the file is still written, as always."""
        return 0 if self._failed else super().seek(offset, whence)

    def tell(self) -> int:
        """Where the file is still written, as always."""
        return 0 if self._failed else super().tell()

    def flush(self) -> None:
        """Nothing is held back here."""

    def forget(self) -> None:
        """From now on what is written goes nowhere."""
        self._failed = True

    def close(self) -> None:
        """Left to :meth:`end`: an archive that is collected later still wants the file."""

    def end(self) -> None:
        """Close the file."""
        self.forget()
        super().close()


def _coloured_column(lines: Lines) -> int:
    return len(lines.headers) - len(lines.own) + next(n for n, header in enumerate(lines.own) if header in _COLOURED)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
