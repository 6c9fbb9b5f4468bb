"""Read a sheet the way one with the same headers was read before; the rules stand in :mod:`sheet_habits`.

Only for the window: a script must not depend on what somebody once chose on a screen.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Protocol

from desktop.domain.errors import SheetChoiceWrong
from desktop.domain.readings import Cells, ReadingChoice, ReadSheet, SheetLinks
from desktop.domain.sheet_habits import (
    RowsBefore,
    columns_to_remember,
    digest_of_headers,
    digest_of_line,
    format_to_remember,
    rows_before,
    rows_to_remember,
    with_columns,
    with_format,
)
from desktop.sheets.columns import HEADER_ROWS

_KEY = "sheets/habits"
_MOST_KEPT = 200
_LONGEST_LINE = 64 * 1024


class Store(Protocol):
    """Keeps small values (JSON types)."""

    def get(self, key: str, default: object = None) -> object: ...
    def set(self, key: str, value: object) -> None: ...


class SheetMemory:
    """Proposes what was chosen before, wherever the choice at hand says nothing.

    Any thread may use it; if two remember at the same moment, one may be lost.
    """

    def __init__(self, store: Store, open_sheet: ReadSheet) -> None:
        self._store = store
        self._open_sheet = open_sheet

    def open(
        self,
        path: Path,
        choice: ReadingChoice,
        progress: Callable[[int], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SheetLinks:
        """Like ``open_sheet``, and raises the same. The choice of the returned sheet includes what was proposed."""
        proposed = self._with_format(path.absolute(), choice)
        try:
            return self._open_sheet(path, proposed, progress, cancelled, self._with_columns)
        except SheetChoiceWrong:
            if proposed == choice:
                raise
            return self._open_sheet(path, choice, progress, cancelled, self._with_columns)

    def remember(self, sheet: SheetLinks) -> None:
        """Remember how this sheet was read, for the next one with its headers."""
        habits = self._all()
        if sheet.reading.header_row and (digest := digest_of_headers(sheet.headers)) is not None:
            habits.pop(digest, None)
            habits[digest] = columns_to_remember(sheet) | rows_to_remember(sheet)
            if (text_format := format_to_remember(sheet.choice)) is not None:
                lines = _first_lines(Path(sheet.path))[sheet.reading.header_row - 1 : sheet.reading.header_row]
                habits.update({name: text_format for line in lines if (name := digest_of_line(line)) is not None})
            self._store.set(_KEY, dict(list(habits.items())[-_MOST_KEPT:]))

    def rows_before(self, sheet: SheetLinks) -> RowsBefore | None:
        """Return which rows were meant in the last sheet with these headers: to be offered, never to be applied."""
        digest = digest_of_headers(sheet.headers) if sheet.reading.header_row else None
        return rows_before(self._all().get(digest or ""), len(sheet.headers))

    def _all(self) -> dict[str, object]:
        habits = self._store.get(_KEY)
        return dict(habits) if isinstance(habits, dict) else {}

    def _with_format(self, path: Path, choice: ReadingChoice) -> ReadingChoice:
        habits = self._all()
        if habits and choice.encoding is None and choice.delimiter is None:
            for line in _first_lines(path):
                if (proposed := with_format(choice, habits.get(digest_of_line(line) or ""))) is not None:
                    return proposed
        return choice

    def _with_columns(self, rows: Sequence[Cells], choice: ReadingChoice) -> ReadingChoice | None:
        """Return what was remembered for one of the first rows; None if the user named a column or a relation."""
        if (choice.relation, choice.parent_column, choice.related_column) != (None, None, None):
            return None
        habits = self._all()
        for number, row in enumerate(rows[:HEADER_ROWS] if habits else (), start=1):
            if choice.header_row in (None, number) and (digest := digest_of_headers(row)) in habits:
                return with_columns(choice, habits[digest], number)
        return None


def _first_lines(path: Path) -> list[bytes]:
    """Return the first lines as bytes; none if the file cannot be read, which reading it will report."""
    try:
        if not path.is_file():  # opening a pipe would wait for whoever fills it
            return []
        with path.open("rb") as file:
            return list(islice(iter(lambda: file.readline(_LONGEST_LINE), b""), HEADER_ROWS))
    except (OSError, ValueError):
        return []
