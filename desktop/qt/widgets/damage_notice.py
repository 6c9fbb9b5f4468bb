"""What programs do to long numbers, said where such IDs were found: a line for each kind, and the explanation on request."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import Card, Glyph
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say, say_count


class DamageNotice(Card):
    """Hidden while no ID is damaged and none is held back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind="notice", name="panel_damaged")
        self.body.setContentsMargins(12, 6, 6, 6)
        self._damaged = PlainLabel(wraps=False)
        self._held_back = PlainLabel(wraps=False)
        self._more = Button(say("Why, and the way out"), "button_why_damaged", kind="quiet", glyph="info")
        self._more.setCheckable(True)
        self._more.toggled.connect(self._on_more)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(Glyph("warning", "unknown", 20))
        told = QVBoxLayout()
        told.addWidget(self._damaged)
        told.addWidget(self._held_back)
        row.addLayout(told, 1)
        row.addWidget(self._more)
        self.body.addLayout(row)
        self._why = PlainLabel(
            say(
                "A record ID has up to 19 digits, and Excel keeps only 15 of a number: 3652397000000925128 "
                "becomes 3652397000000920000. The last digits are gone and cannot be found again, and the "
                "rounded number may belong to another record. Other programs keep 16 or 17 digits: such an "
                "ID still looks whole, and only many of them in one column show that it may have been "
                "rounded. Export the records from Zoho once more (their IDs then start with zcrm_, which "
                "Excel leaves alone) and open that file here, not by double-click in Excel."
            )
        )
        self.body.addWidget(self._why)
        self._why.hide()

    def show_counts(self, damaged: int, suspicious: int) -> None:
        """So many entries are damaged, and so many links suspicious."""
        self.setVisible(damaged > 0 or suspicious > 0)
        self._damaged.setVisible(damaged > 0)
        self._damaged.setText(
            say_count("Excel has rounded {n} ID. It is never sent.", "Excel has rounded {n} IDs. They are never sent.", damaged)
        )
        self._held_back.setVisible(suspicious > 0)
        self._held_back.setText(
            say_count(
                "{n} ID may have been rounded by a program, or may be of another kind than the others.",
                "{n} IDs may have been rounded by a program, or may be of another kind than the others.",
                suspicious,
            )
        )

    @Slot()
    def _on_more(self) -> None:
        self._why.setVisible(self._more.isChecked())
