"""A sheet is opened as the user most likely means it, and what else the file holds is told.

Of several worksheets the one that was in front when the file was saved is read, if it holds record IDs; else the first
that does. The others that hold record IDs are named with the links that each would give, because the list that somebody
means may be one sheet further.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import RelationUnclear, SheetError, SheetWithoutLinks
from desktop.domain.readings import (
    FIND_OUT,
    Cancelled,
    OtherWorksheet,
    Progress,
    Propose,
    Reading,
    ReadingChoice,
    ReadSheet,
    SheetLinks,
    check_rows_are_chosen,
)
from desktop.domain.row_choices import HiddenRows
from desktop.domain.sheet_habits import RowsBefore
from desktop.domain.texts import Text

_MOST_WORKSHEETS = 20
_LARGEST_COUNTED_BYTES = 40 * 1024 * 1024


class OpenSheet(Protocol):
    """Reads a sheet to the end. Raises the SheetError leaves and RelationNotAllowed."""

    def __call__(self, path: Path, choice: ReadingChoice = ...) -> SheetLinks: ...


class OpenPorts(Protocol):
    """What it takes to open a sheet as a choice says."""

    @property
    def open_sheet(self) -> OpenSheet: ...


class SheetMemory(Protocol):
    """Reads a sheet the way one with the same headers was read before. For the window: scripts must stay predictable."""

    def open(self, path: Path, choice: ReadingChoice, progress: Progress = ..., cancelled: Cancelled = ...) -> SheetLinks:
        """Like OpenSheet; where the choice says nothing, what was chosen before is proposed."""
        ...

    def remember(self, sheet: SheetLinks) -> None:
        """Keep columns, relation, encoding, delimiter and which rows were meant for these headers. Quick."""
        ...

    def rows_before(self, sheet: SheetLinks) -> RowsBefore | None:
        """Which rows were meant of the last sheet with these headers: to be offered, never applied by itself. Quick."""
        ...


class MemoryPorts(Protocol):
    """What it takes to open a sheet as one like it was opened before."""

    @property
    def sheet_memory(self) -> SheetMemory: ...


def open_as_told(ports: OpenPorts, path: Path, choice: ReadingChoice) -> SheetLinks:
    """Read a sheet as the choice says and as no other sheet was read. Raises what reading raises, and HiddenRowsOpen."""
    return check_rows_are_chosen(ports.open_sheet(path, choice))


def open_whole(ports: OpenPorts, path: Path) -> SheetLinks:
    """Read all rows of a sheet, whatever is hidden: for the practice CRM, where nothing can be lost."""
    return ports.open_sheet(path, ReadingChoice(hidden_rows=HiddenRows.READ))


def open_as_before(
    ports: MemoryPorts,
    path: Path,
    choice: ReadingChoice,
    on_progress: Progress = lambda _: None,
    cancelled: Cancelled = lambda: False,
) -> tuple[SheetLinks, RowsBefore | None]:
    """Read a sheet; what the choice leaves open is read as in the last sheet with these headers.

    Which rows were meant of that one is returned to be offered. Raises the SheetError leaves and RelationNotAllowed.
    """
    sheet = ports.sheet_memory.open(path, choice, on_progress, cancelled)
    return sheet, ports.sheet_memory.rows_before(sheet)


def remember_reading(ports: MemoryPorts, sheet: SheetLinks) -> None:
    """The next sheet with these headers is read like this one. Quick."""
    ports.sheet_memory.remember(sheet)


class SheetOpening:
    """Opens sheets; ``read`` reads one worksheet of a file as a choice says. Any thread."""

    def __init__(self, read: ReadSheet) -> None:
        self._read = read

    def __call__(
        self,
        path: Path,
        choice: ReadingChoice = FIND_OUT,
        progress: Progress = lambda _: None,
        cancelled: Cancelled = lambda: False,
        propose: Propose = lambda _, __: None,
    ) -> SheetLinks:
        """Read a sheet to the end. Raises what ``read`` raises; then ``reading`` of the error tells the other worksheets."""
        try:
            sheet = self._read(path, choice, progress, cancelled, propose)
        except SheetWithoutLinks as exc:
            sheet = self._other_with_links(path, choice, exc, progress, cancelled, propose)
        if cancelled():
            return sheet
        return replace(sheet, others=tuple(self._others(path, sheet.reading, choice, cancelled)))

    def _other_with_links(
        self,
        path: Path,
        choice: ReadingChoice,
        error: SheetWithoutLinks,
        progress: Progress,
        cancelled: Cancelled,
        propose: Propose,
    ) -> SheetLinks:
        """The first other worksheet that holds links, if the user named none. Raises SheetWithoutLinks, naming the others."""
        if error.reading is None or error.reading.is_own_results:
            raise error
        if choice.sheet_name is not None:
            others = list(self._others(path, error.reading, choice, cancelled))
            raise _naming(others, error) from error
        for name in _other_names(error.reading):
            try:
                sheet = self._read(path, replace(choice, sheet_name=name), progress, cancelled, propose)
            except SheetWithoutLinks:
                continue
            passed_over = error.reading.sheet_name or ""
            note = Text("another-worksheet-read", passed_over=passed_over, detail=error.detail, name=name)
            return replace(sheet, reading=replace(sheet.reading, notes=(*sheet.reading.notes, note)))
        raise error

    def _others(self, path: Path, reading: Reading, choice: ReadingChoice, cancelled: Cancelled) -> Iterator[OtherWorksheet]:
        """The visible worksheets beside the one that was read that hold record IDs."""
        if reading.is_own_results:
            return
        is_counted = path.stat().st_size <= _LARGEST_COUNTED_BYTES
        for name in _other_names(reading):
            if not is_counted:
                yield OtherWorksheet(name, None)
                continue
            try:
                links = len(self._read(path, _as_new(choice, name), lambda _: None, cancelled, lambda _, __: None).links)
            except RelationUnclear:
                yield OtherWorksheet(name, None)
            except SheetError:
                continue
            else:
                if links:
                    yield OtherWorksheet(name, links)


def _naming(others: Sequence[OtherWorksheet], error: SheetWithoutLinks) -> SheetWithoutLinks:
    """The same error that also names the other worksheets that hold record IDs."""
    if not others:
        return error
    counted = tuple(
        Text("in-quotes", text=one.name) if one.links is None else Text("worksheet-with-links", name=one.name, links=one.links)
        for one in others
    )
    detail = Text("ids-on-other-worksheets", found=error.detail, count=len(others), worksheets=counted)
    named = SheetWithoutLinks(error.path, detail, error.header_rows, error.delimiter)
    named.reading, named.top, named.others = error.reading, error.top, tuple(others)
    return named


def _as_new(choice: ReadingChoice, name: str) -> ReadingChoice:
    """The choice for another worksheet: which links are meant stays, what was said about rows and columns does not."""
    return ReadingChoice(relation=choice.relation, sheet_name=name, fill_down=choice.fill_down)


def _other_names(reading: Reading) -> list[str]:
    visible = [sheet.name for sheet in reading.worksheets if not sheet.hidden and sheet.name != reading.sheet_name]
    return visible[:_MOST_WORKSHEETS]
