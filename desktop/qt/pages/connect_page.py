"""Connect: where the account is and the key to it. The key goes to the system's keyring, or stays in memory, and the page
says which."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.qt.pages.page import FooterWish, Page
from desktop.qt.widgets.frames import Card
from desktop.qt.widgets.labels import PlainLabel, caption_label

_FORM_WIDTH = 640


class ConnectPage(Page):
    """``wants_connect`` (data centre, environment, token) when the user is done; the token leaves the field with it."""

    wants_connect = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            "page_connect",
            self.tr("Connect to Zoho CRM"),
            self.tr("Needed once, before links can be removed. Your sheet stays open meanwhile."),
            parent,
        )
        card = Card(self.tr("Account"))
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        self._centre = QComboBox()
        self._centre.setObjectName("combo_data_centre")
        self._centre.setAccessibleName(self.tr("Data centre"))
        for centre in DATA_CENTRES.values():
            note = "" if centre.confirmed else self.tr(" (not confirmed by Zoho)")
            self._centre.addItem(f"{centre.label}: {centre.accounts_host}{note}", centre.code)
        self._environment = QComboBox()
        self._environment.setObjectName("combo_environment")
        self._environment.setAccessibleName(self.tr("Environment"))
        labels = (self.tr("Production: real data"), self.tr("Sandbox"), self.tr("Developer"))
        for label, environment in zip(labels, ("production", "sandbox", "developer"), strict=True):
            self._environment.addItem(label, environment)
        self._token = QLineEdit()
        self._token.setObjectName("input_access_token")
        self._token.setAccessibleName(self.tr("Access token"))
        self._token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token.setPlaceholderText(self.tr("Paste the access token here"))
        self._token.textChanged.connect(self._on_changed)
        form.addRow(self.tr("&Data centre"), self._centre)
        form.addRow(self.tr("&Environment"), self._environment)
        form.addRow(self.tr("&Access token"), self._token)
        card.body.addLayout(form)
        hint = self.tr("An access token works for about an hour. Your administrator can make one in Zoho's API console.")
        card.body.addWidget(caption_label(hint))
        card.setMaximumWidth(_FORM_WIDTH)
        self.body.addWidget(card)
        self._who = Card(self.tr("Connected"), name="card_connected")
        self._who_text = PlainLabel()
        self._where_text = PlainLabel(kind="secondary")
        self._who.body.addWidget(self._who_text)
        self._who.body.addWidget(self._where_text)
        self._who.setMaximumWidth(_FORM_WIDTH)
        self._who.hide()
        self.body.addWidget(self._who)
        self.body.addStretch(1)
        self._is_connected = False

    def show_connected(self, connection: Connection | None, *, in_keyring: bool) -> None:
        """The account card: who, where, and where the key is kept."""
        self._is_connected = connection is not None
        self._who.setVisible(self._is_connected)
        if connection is not None:
            account = connection.account
            who = " · ".join(part for part in (account.company, account.user, account.email) if part)
            self._who_text.setText(who or self.tr("The account's name may not be read with this token."))
            kept = self.tr("The key is kept in this computer's keyring.")
            memory = self.tr("This computer has no safe keyring, so the key is kept only until you close this window.")
            self._where_text.setText(f"{connection.label}. {kept if in_keyring else memory}")
        self.show_full()

    def footer(self) -> FooterWish:
        """Connect, or go on when connected."""
        if self._is_connected and not self._token.text():
            return FooterWish(self.tr("Continue"))
        return FooterWish(self.tr("Connect"), enabled=self.is_full and bool(self._token.text().strip()))

    def primary(self) -> bool:
        """The primary button; False when the page is done and the window shall go on."""
        token = self._token.text().strip()
        if not token:
            return False
        self._token.clear()
        self.wants_connect.emit(self._centre.currentData(), str(Environment(self._environment.currentData())), token)
        return True

    @Slot()
    def _on_changed(self) -> None:
        self.footer_changed.emit()
