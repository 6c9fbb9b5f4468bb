"""What the user needs while a sign-in waits: the page to go to, and the code to type there."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget

from desktop.qt.theme import fixed_font, scaled
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say


class SignInWait(QWidget):
    """Hidden until :meth:`show_place`. The address is one that the sign-in itself checked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = QLineEdit()
        self._address.setObjectName("input_sign_in_address")
        self._address.setAccessibleName(say("Address of the sign-in page"))
        self._address.setReadOnly(True)
        self._address.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._open = Button(say("Open the page"), "button_open_sign_in_page", glyph="open")
        self._open.clicked.connect(self._on_open)
        copy_address = Button(say("Copy the address"), "button_copy_sign_in_address", glyph="copy")
        copy_address.clicked.connect(self._on_copy_address)
        self._code = PlainLabel(wraps=False)
        self._code.setObjectName("label_user_code")
        large = scaled(PlainLabel(), 1.6, strong=True).font()
        large.setFamilies(fixed_font().families())
        self._code.setFont(large)
        self._copy_code = Button(say("Copy the code"), "button_copy_user_code", glyph="copy")
        self._copy_code.clicked.connect(self._on_copy_code)
        self._code_title = PlainLabel(say("Code"), wraps=False)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 4, 0, 8)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(8)
        layout.setColumnStretch(1, 1)
        for row, widgets in enumerate(
            (
                (PlainLabel(say("Page"), wraps=False), self._address, self._open, copy_address),
                (self._code_title, self._code, self._copy_code),
            )
        ):
            for column, widget in enumerate(widgets):
                layout.addWidget(widget, row, column)
        self.hide()

    def show_place(self, address: str, code: str) -> None:
        """An address and, for another device, a code."""
        self._address.setText(address)
        self._address.setCursorPosition(0)
        self._code.setText(code)
        for widget in (self._code_title, self._code, self._copy_code):
            widget.setVisible(bool(code))
        self.show()

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address.text()))

    @Slot()
    def _on_copy_address(self) -> None:
        QApplication.clipboard().setText(self._address.text())

    @Slot()
    def _on_copy_code(self) -> None:
        QApplication.clipboard().setText(self._code.text())
