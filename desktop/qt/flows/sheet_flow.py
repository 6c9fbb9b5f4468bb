"""The way of a sheet into the window: chosen, dropped, pasted, read, read otherwise, its problem rows saved.

Lives on the window's thread.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from desktop.application.settings import Values, remember, remembered_in
from desktop.domain.errors import RelationUnclear, SheetError, SheetUnreadable, SheetWithoutLinks
from desktop.domain.readings import ReadingChoice, SheetLinks
from desktop.domain.sheet_habits import RowsBefore
from desktop.qt.error_words import words_for
from desktop.qt.flows.account_flow import AccountFlow
from desktop.qt.how_read import HowRead
from desktop.qt.jobs.clean_up import CleanUp
from desktop.qt.jobs.row_counts import RowCounts
from desktop.qt.main_window import MainWindow, results_filter, sheet_filter
from desktop.qt.models.sheet_rows_model import RowStates
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.sheet_notices import other_worksheet_buttons
from desktop.words import say, say_count

_SAMPLE = "spring-clean-up.xlsx"
_MOST_TO_TRY = 2  # more of them beside the other ways on would not fit


class SheetFlowPorts(Protocol):
    """What the way of a sheet needs beside the reading itself."""

    @property
    def settings(self) -> Values: ...
    @property
    def samples_folder(self) -> Path: ...
    @property
    def keep_pasted(self) -> Callable[[str], Path]:
        """Pasted cells become a file of the program's own, to be read like any other; the next paste replaces it."""
        ...


class SheetFlow(QObject):
    """Created once a window. ``given_up`` when the reading was cancelled and there is no sheet.

    While a run has the window, no sheet is opened.
    """

    given_up = Signal()

    def __init__(
        self, ports: SheetFlowPorts, window: MainWindow, clean_up: CleanUp, accounts: AccountFlow, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ports, self._window, self._clean_up, self._accounts = ports, window, clean_up, accounts
        self._page = window.sheet
        self._path, self._choice = Path(), ReadingChoice()
        window.file_dropped.connect(self.open)
        window.cells_pasted.connect(self._on_cells_pasted)
        window.wants_file.connect(self._on_wants_file)
        window.welcome.drop_area.wants_file.connect(self._on_wants_file)
        window.welcome.drop_area.wants_sample.connect(self._on_wants_sample)
        self._counts = RowCounts(self)
        self._counts.values_counted.connect(self._page.show_values)
        self._counts.mark_found.connect(self._page.show_mark)
        self._page.wants_values.connect(self._on_wants_values)
        self._page.needs_no_values.connect(self._counts.give_up_values)
        self._page.wants_reading.connect(self._read)
        self._page.cancelled.connect(self._on_cancelled)
        self._page.wants_problems.connect(self._on_wants_problems)
        clean_up.sheet_read.connect(self._on_sheet_read)
        clean_up.rows_read.connect(self._on_rows_read)
        clean_up.problems_saved.connect(self._on_problems_saved)
        clean_up.failed.connect(self._on_failed)

    @Slot(object)
    def open(self, path: Path) -> None:
        """Read a file in the background, and show it."""
        if not self._window.turns_away():
            remember(self._ports.settings, last_folder=str(path.absolute().parent))
            self._path = path
            self._read(ReadingChoice())

    def is_sample(self, sheet: SheetLinks) -> bool:
        """True for the sample, which is for practice only."""
        return Path(sheet.path).parent == self._ports.samples_folder

    def let_go(self) -> None:
        """The window is gone: nothing is counted any more."""
        self._counts.give_up_all()

    @Slot(object)
    def _read(self, choice: ReadingChoice) -> None:
        self._choice = choice
        self._counts.give_up_all()
        self._window.show_page(self._page)
        self._page.show_working(say("Reading {name}…", name=self._path.name))
        self._clean_up.read_sheet(self._path, choice)

    @Slot(object, object, object)
    def _on_sheet_read(self, sheet: SheetLinks, states: RowStates, before: RowsBefore | None) -> None:
        self._page.show_sheet(sheet, states, before)
        self._counts.look_for_mark(sheet)
        if self._accounts.account is not None:
            self._clean_up.read_names(self._accounts.account)

    @Slot(int)
    def _on_wants_values(self, column: int) -> None:
        if self._page.sheet is not None:
            self._counts.count_values(self._page.sheet, column)

    @Slot(int)
    def _on_rows_read(self, rows: int) -> None:
        self._page.say_progress(say_count("Reading {name}: {n} row…", "Reading {name}: {n} rows…", rows, name=self._path.name))

    @Slot()
    def _on_cancelled(self) -> None:
        self._clean_up.give_up("sheet")
        if self._clean_up.sheet is not None:
            self._page.show_full()
        else:
            self.given_up.emit()

    @Slot()
    def _on_wants_problems(self) -> None:
        start_at = str(self._path.with_name(f"{self._path.stem}-problems.xlsx"))
        name, _ = QFileDialog.getSaveFileName(self._window, say("Save the problem rows"), start_at, results_filter())
        if name:
            self._clean_up.save_problem_rows(Path(name))

    @Slot(object, int)
    def _on_problems_saved(self, path: Path, lines: int) -> None:
        self._page.say_saved(say_count("{n} row saved as {name}.", "{n} rows saved as {name}.", lines, name=path.name))

    @Slot()
    def _on_wants_file(self) -> None:
        if self._window.turns_away():
            return
        folder = remembered_in(self._ports.settings).last_folder
        name, _ = QFileDialog.getOpenFileName(self._window, say("Choose a sheet"), folder, sheet_filter())
        if name:
            self.open(Path(name))

    @Slot(str)
    def _on_cells_pasted(self, text: str) -> None:
        if self._window.turns_away():
            return
        try:
            self._path = self._ports.keep_pasted(text)
        except SheetUnreadable as error:
            self._window.page.show_problem(words_for(error))
        else:
            self._read(ReadingChoice())

    @Slot()
    def _on_wants_sample(self) -> None:
        """The sample is for practice: its records are in no other CRM."""
        if not self._window.turns_away():
            self._accounts.practise()
            self.open(self._ports.samples_folder / _SAMPLE)

    @Slot(str, object)
    def _on_failed(self, step: str, error: Exception) -> None:
        if step == "problems":
            self._page.say_saved(words_for(error).why)
        elif step == "sheet":
            self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        words, how = words_for(error), HowRead.of_error(error, self._choice) if isinstance(error, SheetError) else None
        if isinstance(error, RelationUnclear):
            self._page.ask_relation(self._path.name, words, how, self._choice, error.possible)
            return
        self._page.show_refusal(self._path.name, words, how, self._ways_on(error))
        self._window.show_page(self._page)

    def _ways_on(self, error: Exception) -> list[Button]:
        """From a refused sheet: what may help, the sheet as it was before the last change, how to export."""
        ways = self._readings_to_try(error)[:_MOST_TO_TRY] if isinstance(error, SheetError) else []
        sheet = self._clean_up.sheet
        if sheet is not None and sheet is self._page.sheet and sheet.path == str(self._path.absolute()):
            back = Button(say("Back to the sheet as it was"), "button_reading_back", glyph="back")
            back.clicked.connect(self._on_back_to_sheet)
            ways.append(back)
        if isinstance(error, SheetWithoutLinks):
            ways.append(self._way_to_export())
        return ways

    def _readings_to_try(self, error: SheetError) -> list[Button]:
        """Another header, delimiter or worksheet, where something speaks for it; all others can be chosen below."""
        how = HowRead.of_error(error, self._choice)
        if how is None or not isinstance(error, SheetWithoutLinks):
            return []
        tries: list[tuple[Button, ReadingChoice]] = []
        for row in error.header_rows[:1]:
            text = say("Take row {row} as the header", row=row)
            tries.append((Button(text, "button_reading_header"), how.with_header(row)))
        if error.delimiter:
            text = say("Separate by “{delimiter}”", delimiter=error.delimiter)
            tries.append((Button(text, "button_reading_delimiter"), how.with_delimiter(error.delimiter)))
        for other, button in zip(error.others, other_worksheet_buttons(error.others), strict=True):
            button.set_kind("")
            tries.append((button, how.with_worksheet(other.name)))
        for button, choice in tries:
            button.setProperty("choice", choice)
            button.clicked.connect(self._on_try)
        return [button for button, _ in tries]

    @Slot()
    def _on_try(self) -> None:
        if (button := self.sender()) is not None:
            self._read(button.property("choice"))

    @Slot()
    def _on_back_to_sheet(self) -> None:
        if self._page.sheet is not None:
            self._choice = self._page.sheet.choice
            self._page.show_full()

    def _way_to_export(self) -> Button:
        button = Button(say("How to export with record IDs"), "button_how_to_export", glyph="info")
        button.clicked.connect(self._on_wants_export)
        return button

    @Slot()
    def _on_wants_export(self) -> None:
        self._window.wants_guide.emit("export")
