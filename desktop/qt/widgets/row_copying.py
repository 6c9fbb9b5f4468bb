"""The chosen rows of a table as text on the clipboard, a portion at a time: the window moves while a million are copied."""

import time
from collections.abc import Iterator
from heapq import merge
from operator import itemgetter

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionRange,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    SignalInstance,
    Slot,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication

from desktop.qt.models.cells import ID_ROLE

_AT_ONCE_S = 0.02

_Place = tuple[int, ...]


class RowCopier(QObject):
    """Copies the rows of its view. Few are on the clipboard at once; for many the pointer shows that it takes a while.

    A copy that goes on is given up for a later one, and when its rows are no longer what they were.
    """

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self._portions: list[str] = []
        self._rows: Iterator[str] = iter(())
        self._model: QAbstractItemModel | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def copy(self) -> None:
        """Whole IDs, columns separated by tabs, in the order in which the rows stand."""
        self.stop()
        model, chosen = self._view.model(), self._view.selectionModel()
        if model is None or chosen is None or not chosen.hasSelection():
            return
        self._model = model
        for moving in _moving(model):
            moving.connect(self.stop)
        self._rows = _lines(model, chosen.selection())
        self._view.viewport().setCursor(Qt.CursorShape.BusyCursor)
        self._timer.start()
        self._go_on()

    @Slot()
    def stop(self) -> None:
        """Give up what is not on the clipboard yet."""
        if self._model is not None:
            for moving in _moving(self._model):
                moving.disconnect(self.stop)
            self._view.viewport().unsetCursor()
        self._timer.stop()
        self._model, self._rows, self._portions = None, iter(()), []

    @Slot()
    def _go_on(self) -> None:
        end, lines, is_over = time.monotonic() + _AT_ONCE_S, list[str](), True
        for line in self._rows:
            lines.append(line)
            if time.monotonic() > end:
                is_over = False
                break
        if lines:
            self._portions.append("\n".join(lines))
        if is_over:
            QApplication.clipboard().setText("\n".join(self._portions))
            self.stop()


def _moving(model: QAbstractItemModel) -> tuple[SignalInstance, ...]:
    """What tells that rows will not stand where they stood; rows that are added at the end leave the others alone."""
    return model.modelAboutToBeReset, model.rowsAboutToBeRemoved, model.layoutAboutToBeChanged


def _lines(model: QAbstractItemModel, chosen: QItemSelection) -> Iterator[str]:
    done: _Place = ()
    for place, above in merge(*[_places(one) for one in chosen.toList()], key=itemgetter(0)):
        if place != done:  # ranges may overlap
            cells = [model.index(place[-1], column, above) for column in range(model.columnCount(above))]
            yield "\t".join([str(model.data(cell, ID_ROLE) or model.data(cell) or "") for cell in cells])
        done = place


def _places(chosen: QItemSelectionRange) -> Iterator[tuple[_Place, QModelIndex]]:
    above = chosen.parent()
    first = _place(above)
    for row in range(chosen.top(), chosen.bottom() + 1):
        yield (*first, row), above


def _place(index: QModelIndex) -> _Place:
    """Where a row stands in the view: its parents' rows, then its own; nothing for no row."""
    return (*_place(index.parent()), index.row()) if index.isValid() else ()
