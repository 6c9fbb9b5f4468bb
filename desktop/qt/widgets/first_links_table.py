"""The table of the links that were tried first, shown while the run waits for the word to go on."""

from PySide6.QtWidgets import QWidget

from desktop.qt.models.first_links_model import OUTCOME, PARENT, PARENT_NAME, RELATED, RELATED_NAME, ROW, FirstLinksModel
from desktop.qt.widgets.tables import IdDelegate, TableView, set_widths


class FirstLinksTable(TableView):
    """A table of the first links. It owns its model, ``first``."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self.first = FirstLinksModel(self)
        self.setModel(self.first)
        digit = self.fontMetrics().horizontalAdvance("0")
        widths = {ROW: 8, OUTCOME: 20, PARENT_NAME: 24, PARENT: 22, RELATED_NAME: 24, RELATED: 22}
        set_widths(self, {column: width * digit for column, width in widths.items()})
        for column in (PARENT, RELATED):
            self.setItemDelegateForColumn(column, IdDelegate(self))
