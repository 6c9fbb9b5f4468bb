"""What to click in Zoho's API console for a way to sign in, with the scopes and addresses to paste there."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QComboBox, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.application.signing_in import Way
from desktop.domain.relations import Relation, label_of, parse_relation
from desktop.domain.scopes import ALL_RELATIONS, scopes_for
from desktop.qt.theme import fixed_font
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.frames import clear_layout
from desktop.qt.widgets.labels import PlainLabel
from desktop.words import say, say_text

_SCOPE_LINES = 5


class ConsoleSteps(QWidget):
    """``return_addresses`` are those that a browser client has to list. ``wants_console`` asks for the console's page."""

    wants_console = Signal()

    def __init__(self, return_addresses: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._return_addresses = return_addresses
        self._relation = QComboBox()
        self._relation.setObjectName("combo_scopes_for")
        self._relation.setAccessibleName(say("Scopes for"))
        self._relation.addItem(say("All kinds of links"), ())
        for relation in ALL_RELATIONS:
            self._relation.addItem(say_text(label_of(relation)), (relation.code,))
        self._relation.currentIndexChanged.connect(self._on_relation_changed)
        self._steps = QGridLayout()
        self._steps.setHorizontalSpacing(8)
        self._steps.setVerticalSpacing(6)
        self._steps.setColumnStretch(1, 1)
        self._scopes = QPlainTextEdit()
        self._scopes.setObjectName("text_scopes")
        self._scopes.setAccessibleName(say("Scopes"))
        self._scopes.setReadOnly(True)
        self._scopes.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._scopes.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self._scopes.setTabChangesFocus(True)
        self._scopes.setFont(fixed_font())
        self._scopes.setFixedHeight(self._scopes.fontMetrics().lineSpacing() * _SCOPE_LINES + 18)
        self._lay_out()
        self._on_relation_changed()

    def show_way(self, way: Way) -> None:
        console = say("Open Zoho's API console with the button below. Sign in to Zoho there.")
        copied = say("Copy the client ID and the client secret from the client's page into the fields at the left.")
        paste_scopes = say(
            "Paste the scopes below there. Choose 3 minutes, write a note of any kind, press Create, and choose "
            "your organisation."
        )
        steps = {
            Way.BROWSER: (
                console,
                say(
                    "Get started, then “Server-based Applications”: a name, any home page, and the three addresses to return to."
                ),
                copied,
                say("Connect: your browser opens Zoho's page. Choose the organisation, then Accept."),
            ),
            Way.DEVICE: (
                console,
                say("Get started, then “Non-browser Applications”: give it a name and create it."),
                copied,
                say("Connect: Delink shows an address and a code. Type the code there, on any device, then Accept."),
            ),
            Way.SELF_CLIENT: (
                console,
                say("Get started, then “Self Client”: create it, and open its tab “Generate Code”."),
                paste_scopes,
                say(
                    "Copy the client ID and secret from its tab “Client Secret”, and the code, into the fields. Connect at once."
                ),
            ),
            Way.TOKEN: (
                say("Ask whoever looks after Zoho for an access token with the scopes below."),
                say("Paste it at the left. It works for about an hour; then you are asked for another one."),
            ),
        }[way]
        clear_layout(self._steps)
        for row, step in enumerate(steps):
            number, words = PlainLabel(say("{step}.", step=row + 1), wraps=False), PlainLabel(step)
            number.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setObjectName("label_console_step")
            self._steps.addWidget(number, row, 0)
            self._steps.addWidget(words, row, 1)
        self._addresses.setVisible(way is Way.BROWSER)
        self._console.setVisible(way is not Way.TOKEN)

    def choose_relations(self, relations: Sequence[Relation]) -> None:
        """The relations of the sheet that is open."""
        codes = tuple(dict.fromkeys(relation.code for relation in relations))
        offered = [tuple(self._relation.itemData(place)) for place in range(self._relation.count())]
        if codes not in offered:
            self._relation.addItem(say("The links of this sheet"), codes)
            offered.append(codes)
        self._relation.setCurrentIndex(offered.index(codes))

    def relations(self) -> tuple[str, ...]:
        """Codes of the relations that the scopes are for; empty: all."""
        return tuple(self._relation.currentData())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._steps)
        buttons = QHBoxLayout()
        self._console = Button(say("Open the API console"), "button_open_console", glyph="open")
        self._console.clicked.connect(self.wants_console)
        self._addresses = Button(say("Copy the return addresses"), "button_copy_addresses", glyph="copy")
        self._addresses.clicked.connect(self._on_copy_addresses)
        buttons.addWidget(self._console)
        buttons.addWidget(self._addresses)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        row = QHBoxLayout()
        row.addWidget(PlainLabel(say("Scopes for"), wraps=False))
        row.addWidget(self._relation, 1)
        copy = Button(say("Copy the scopes"), "button_copy_scopes", glyph="copy")
        copy.clicked.connect(self._on_copy_scopes)
        row.addWidget(copy)
        layout.addLayout(row)
        layout.addWidget(self._scopes)

    @Slot()
    def _on_relation_changed(self) -> None:
        relations = [parse_relation(code) for code in self.relations()] or list(ALL_RELATIONS)
        self._scopes.setPlainText(",".join(scopes_for(relations)))

    @Slot()
    def _on_copy_scopes(self) -> None:
        QApplication.clipboard().setText(self._scopes.toPlainText())

    @Slot()
    def _on_copy_addresses(self) -> None:
        QApplication.clipboard().setText("\n".join(self._return_addresses))
