"""The connections that are saved on this computer: choose, use and test, rename, sign out. Asks in place before signing out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.domain.connections import Connection
from desktop.qt.place_words import environment_name
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say
from desktop.words.joining import side_by_side

_MOST_ROWS = 4


class SavedConnections(Card):
    """``wants_use`` (connection), ``wants_rename`` (connection, name), ``wants_sign_out`` (connection). Hidden when empty."""

    wants_use = Signal(object)
    wants_rename = Signal(object, str)
    wants_sign_out = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(say("Saved on this computer"), parent, name="card_saved")
        self._connections: list[Connection] = []
        self._present = ""
        self._choose_present = False
        self._list = QListWidget()
        self._list.setObjectName("list_connections")
        self._list.setAccessibleName(say("Saved connections"))
        self._list.setProperty("kind", "runs")
        self._list.currentRowChanged.connect(self._on_chosen)
        self._list.itemActivated.connect(self._on_use)
        self.body.addWidget(self._list)
        self._use = Button(say("Use and test"), "button_use_connection", glyph="plug")
        self._use.clicked.connect(self._on_use)
        self._rename = Button(say("Rename…"), "button_rename_connection")
        self._rename.clicked.connect(self._on_rename)
        self._sign_out = Button(say("Sign out…"), "button_sign_out")
        self._sign_out.clicked.connect(self._on_sign_out)
        self._buttons = _row(self._use, self._rename, self._sign_out)
        self._name = QLineEdit()
        self._name.setObjectName("input_connection_name")
        self._name.setAccessibleName(say("Name of the connection"))
        self._name.returnPressed.connect(self._on_renamed)
        self._renamed = Button(say("Rename"), "button_rename_sure", kind="primary")
        self._renamed.clicked.connect(self._on_renamed)
        self._keep_name = Button(say("Keep the name"), "button_keep_name")
        self._keep_name.clicked.connect(self._on_kept)
        self._naming = _row(self._name, self._renamed, self._keep_name)
        question = say("Its key is ended at Zoho and forgotten here. Runs stay, and go on once you sign in again.")
        self._signed_out = Button(say("Sign out"), "button_sign_out_sure", kind="danger")
        self._signed_out.clicked.connect(self._on_signed_out)
        self._stay = Button(say("Stay signed in"), "button_stay_signed_in")
        self._stay.clicked.connect(self._on_kept)
        self._asking = _row(PlainLabel(question), self._signed_out, self._stay)
        for row in (self._buttons, self._naming, self._asking):
            self.body.addWidget(row)
        self.show_connections(())

    def show_connections(self, connections: Sequence[Connection]) -> None:
        """Replace the list by the connections that are saved now."""
        chosen = self._chosen()
        follow = self._choose_present and any(one.id == self._present for one in connections)
        self._choose_present = self._choose_present and not follow
        self._show(connections, self._present if follow or chosen is None else chosen.id)

    def show_present(self, connection_id: str) -> None:
        """The one that the window works with now (empty: none, or one that is not saved); it is marked and chosen."""
        self._present, self._choose_present = connection_id, True  # a new one is listed a moment later
        self._show(self._connections, connection_id)

    def _show(self, connections: Sequence[Connection], chosen: str) -> None:
        self._connections = list(connections)
        self._list.clear()
        for connection in connections:
            account = connection.account
            who = side_by_side(*dict.fromkeys((connection.name, account.company, account.email)))
            facts = {
                "who": who,
                "data_centre": connection.data_centre.upper(),
                "environment": environment_name(connection.environment),
            }
            text = say("{who}  ({data_centre}, {environment})", **facts)
            item = QListWidgetItem(side_by_side(text, say("in use")) if connection.id == self._present else text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text())
            self._list.addItem(item)
        ids = [one.id for one in connections]
        self._list.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        rows = min(max(1, len(connections)), _MOST_ROWS)
        self._list.setFixedHeight(rows * (self._list.fontMetrics().height() + 12) + 6)
        self.setVisible(bool(connections))
        self._on_kept()

    def _chosen(self) -> Connection | None:
        row = self._list.currentRow()
        return self._connections[row] if 0 <= row < len(self._connections) else None

    def _show_row(self, shown: QWidget) -> None:
        for row in (self._buttons, self._naming, self._asking):
            row.setVisible(row is shown)

    @Slot(int)
    def _on_chosen(self, row: int) -> None:
        self._on_kept()

    @Slot()
    def _on_kept(self) -> None:
        self._show_row(self._buttons)

    @Slot()
    def _on_use(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.wants_use.emit(chosen)

    @Slot()
    def _on_rename(self) -> None:
        if (chosen := self._chosen()) is not None:
            self._name.setText(chosen.name)
            self._show_row(self._naming)
            self._name.setFocus()
            self._name.selectAll()

    @Slot()
    def _on_renamed(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.wants_rename.emit(chosen, self._name.text().strip())

    @Slot()
    def _on_sign_out(self) -> None:
        self._show_row(self._asking)
        self._stay.setFocus()

    @Slot()
    def _on_signed_out(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.wants_sign_out.emit(chosen)


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for widget in widgets:
        layout.addWidget(widget, 1 if isinstance(widget, PlainLabel | QLineEdit) else 0)
    if not any(isinstance(widget, PlainLabel | QLineEdit) for widget in widgets):
        layout.addStretch(1)
    return row
