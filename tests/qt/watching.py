"""Both model testers of pytest-qt at once, and what a view asks of its model."""

from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.modeltest import ModelTester

Watched = QAbstractItemModel
TEXT = Qt.ItemDataRole.DisplayRole
ICON = Qt.ItemDataRole.DecorationRole
TIP = Qt.ItemDataRole.ToolTipRole


def keep_checking(tester: ModelTester, model: Watched) -> None:
    """Qt's own tester and the one in Python, now and after every signal of the model."""
    tester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here
    assert tester._qt_tester is not None
    tester.check(model, force_py=True)  # type: ignore[no-untyped-call]


def text(model: Watched, row: int, column: int, parent: QModelIndex | None = None) -> str:
    return str(model.data(model.index(row, column, parent or QModelIndex()), TEXT))


def column(model: Watched, number: int) -> list[str]:
    return [text(model, row, number) for row in range(model.rowCount())]


def indexes(model: Watched, parent: QModelIndex | None = None) -> Iterator[QModelIndex]:
    """Every cell, those below others too."""
    above = parent or QModelIndex()
    # The columnCount of a list is private, and 1.
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
    for row in range(model.rowCount(above)):
        yield from (model.index(row, number, above) for number in range(columns))
        yield from indexes(model, model.index(row, 0, above))


def says_in_words_what_it_shows_in_colour(model: Watched) -> bool:
    cells = [cell for cell in indexes(model) if cell.data(ICON) is not None]
    return bool(cells) and all(str(cell.data(TEXT) or "").strip() for cell in cells)


def paint(view: QAbstractItemView) -> None:
    """Once, now; no event loop runs and no time passes."""
    view.resize(900, 600)
    view.show()
    view.grab()
    QApplication.sendPostedEvents()
