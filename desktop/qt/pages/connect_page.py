"""Connect: where the account is and the key to it. The key goes to the system's keyring, or stays in memory, and the page
says which."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.application.signing_in import Permissions, SignInRequest
from desktop.domain.connections import DATA_CENTRES, RETURN_ADDRESSES, Connection
from desktop.domain.relations import Relation
from desktop.domain.texts import Text
from desktop.qt.pages.page import FooterSpec, Page
from desktop.qt.widgets.buttons import Button
from desktop.qt.widgets.console_steps import ConsoleSteps
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import PlainLabel, caption_label
from desktop.qt.widgets.saved_connections import SavedConnections
from desktop.qt.widgets.sign_in_form import SignInForm
from desktop.qt.widgets.sign_in_wait import SignInWait
from desktop.words import say, say_text
from desktop.words.explanations import Explanation
from desktop.words.joining import sentences, side_by_side


class ConnectPage(Page):
    """``wants_connect`` (SignInRequest) when the user is done; ``wants_search`` (the same) to look for a token's data centre.

    ``wants_console`` (address) opens Zoho's API console, ``wants_leave`` signs the present account out.
    """

    wants_connect = Signal(object)
    wants_search = Signal(object)
    wants_console = Signal(str)
    wants_leave = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_connect",
            say("Connect to Zoho CRM"),
            say("Needed once, before links can be removed. Your sheet stays open meanwhile."),
            parent,
        )
        self._is_connected = False
        self._last_request: SignInRequest | None = None
        self._message = ""
        self.saved = SavedConnections()
        self.form = SignInForm()
        self.steps = ConsoleSteps(RETURN_ADDRESSES)
        self._who = self._make_who()
        self._wait = SignInWait()
        self.working_body.addWidget(self._wait)
        self._reason = Card(kind="notice", name="card_reason")
        self._reason_text = PlainLabel()
        self._reason.body.addWidget(self._reason_text)
        self._lay_out()
        self.say_why("")
        self.form.changed.connect(self._on_changed)
        self.form.way_changed.connect(self._on_way_changed)
        self.steps.wants_console.connect(self._on_wants_console)
        self._on_way_changed()

    def show_connected(
        self,
        connection: Connection | None,
        *,
        in_keyring: bool,
        kept_in: Text | str = "",
        trouble: Text | str = "",
        permissions: Permissions | None = None,
    ) -> None:
        """The account card: who, where, where the key is kept (or what is wrong with the keyring), and what it may do."""
        self._is_connected = connection is not None
        self._who.setVisible(self._is_connected)
        if connection is not None:
            self._last_request = None
            account = connection.account
            edition = account.edition.replace("_", " ").capitalize()
            who = side_by_side(account.company, account.user, account.email, edition)
            self._who_text.setText(who or say("The account's name may not be read with this token."))
            where = say("{place}.", place=connection.label)
            self._where_text.setText(sentences(where, _where_the_key_is(in_keyring, kept_in, trouble)))
            self._show_permissions(connection, permissions)
        self.show_full()

    def say_why(self, reason: str) -> None:
        """Why somebody is asked to sign in just now; empty: no other reason than the usual one."""
        self._reason_text.setText(reason)
        self._reason.setVisible(bool(reason))

    def show_working(self, words: str, *, can_cancel: bool = True) -> None:
        """Show, after a moment, that work is going on."""
        self._wait.hide()
        super().show_working(words, can_cancel=can_cancel)

    def show_wait(self, address: str, code: str) -> None:
        """The sign-in waits for the user, in the browser or (with a code) on another device."""
        if code:
            self.say_progress(say("Open this page on any device and type the code. Delink looks every 30 seconds."))
        else:
            self.say_progress(say("Sign in on the page that opens in your browser, then come back here. It waits five minutes."))
        self._wait.show_place(address, code)

    def show_problem(self, cause: Explanation, ways: Sequence[QWidget] = ()) -> None:
        """What went wrong; the way on leads back to the form where there is no better one."""
        again = Button(say("Back to the sign-in"), "button_try_sign_in")
        again.clicked.connect(self.show_full)
        super().show_problem(cause, ways or (again,))

    def show_relations(self, relations: Sequence[Relation]) -> None:
        """The relations that the open sheet needs."""
        if relations:
            self.steps.choose_relations(relations)

    def show_rejected(self) -> None:
        """A pasted token that was not accepted, and the way to tell a wrong data centre from one that is over."""
        search = Button(say("Look for its data centre"), "button_find_data_centre", glyph="search")
        search.clicked.connect(self._on_search)
        again = Button(say("Try another one"), "button_try_again")
        again.clicked.connect(self.show_full)
        what = say(
            "“Look for its data centre” shows the token to Zoho's other environments and data centres, "
            "all of them Zoho's own (without China's, which somebody else runs), to see whether one of "
            "them knows it."
        )
        why = say("It has expired, was revoked, was not copied whole, or belongs to another data centre; nothing was stored.")
        self.show_problem(Explanation(say("Zoho does not accept this token"), why, what), (search, again))

    def can_search(self) -> bool:
        """True after a pasted token, which says nothing of the place that it is for."""
        return self._last_request is not None and bool(self._last_request.secret)

    def first_focus(self) -> QWidget:
        """The first field that waits to be filled in."""
        return self.form.first_empty()

    def footer(self) -> FooterSpec:
        if self._is_connected and self.form.is_empty():
            return FooterSpec(say("Continue"), enabled=self.is_full)
        return FooterSpec(say("Connect"), enabled=self.is_full and self.form.is_complete())

    def primary(self) -> bool:
        """The primary button; False when the page is done and the window shall go on."""
        if self._is_connected and self.form.is_empty():
            return False
        self._last_request = request = self.form.take_request(self.steps.relations())
        self.wants_connect.emit(request)
        return True

    def _make_who(self) -> Card:
        card = Card(say("Connected"), name="card_connected")
        self._who_text = PlainLabel()
        self._where_text = PlainLabel(kind="secondary")
        self._may_text = PlainLabel()
        self._may_text.setObjectName("label_permissions")
        self._copy_message = Button(say("Copy a message to your administrator"), "button_copy_admin_message", glyph="copy")
        self._copy_message.clicked.connect(self._on_copy_message)
        leave = Button(say("Sign out and forget the key"), "button_leave", glyph="bin")
        leave.clicked.connect(self.wants_leave)
        buttons = QHBoxLayout()
        for button in (self._copy_message, leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for label in (self._who_text, self._where_text, self._may_text):
            card.body.addWidget(label)
        card.body.addLayout(buttons)
        card.hide()
        return card

    def _show_permissions(self, connection: Connection, permissions: Permissions | None) -> None:
        self._may_text.setVisible(permissions is not None)
        self._copy_message.setVisible(permissions is not None and not permissions.is_enough)
        if permissions is None:
            return
        self._may_text.setText(sentences(*map(say_text, permissions.sentences()), self._outlook(permissions)))
        self._message = say_text(permissions.for_administrator(connection))

    def _outlook(self, permissions: Permissions) -> str:
        """What is known of removals, which no read can try."""
        if not permissions.is_enough:
            return ""
        if permissions.rights_are_told:
            return say(
                "The key may read both ends of these links, and Zoho gave it the right to remove them. "
                "Whether the user's profile allows it shows with the first one."
            )
        return say("The key may read both ends of these links. Whether it may remove them shows with the first one.")

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(12)
        column.addWidget(self._reason)
        column.addWidget(self._who)
        column.addWidget(self.saved)
        account, console = Card(say("Account")), Card(say("What to click in Zoho"))
        account.body.addWidget(self.form)
        account.body.addWidget(caption_label(say("Secrets go to your computer's keyring and to Zoho, nowhere else.")))
        account.body.addStretch(1)
        console.body.addWidget(self.steps)
        console.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(account, 2)
        row.addWidget(console, 3)
        column.addLayout(row)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        self.body.addWidget(scroll, 1)

    @Slot()
    def _on_changed(self) -> None:
        self.footer_changed.emit()

    @Slot()
    def _on_way_changed(self) -> None:
        self.steps.show_way(self.form.way)

    @Slot()
    def _on_wants_console(self) -> None:
        self.wants_console.emit(DATA_CENTRES[self.form.data_centre].console_url)

    @Slot()
    def _on_search(self) -> None:
        if self._last_request is not None:
            self.wants_search.emit(self._last_request)

    @Slot()
    def _on_copy_message(self) -> None:
        QApplication.clipboard().setText(self._message)


def _where_the_key_is(in_keyring: bool, kept_in: str | Text, trouble: str | Text) -> str:
    if in_keyring and kept_in:
        return say("The key is kept in {keyring}.", keyring=kept_in)
    if in_keyring:
        return say("The key is kept in this computer's keyring.")
    if trouble:
        return say(
            "The key is kept only until you close this window: no safe keyring could be used ({trouble}).", trouble=trouble
        )
    return say("The key is kept only until you close this window: it is not stored.")
