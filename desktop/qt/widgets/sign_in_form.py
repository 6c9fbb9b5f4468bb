"""How to sign in: data centre, environment, the way, and the fields that it needs. Secrets are masked, and leave with it."""

import uuid

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.application.signing_in import SignInRequest, Way
from desktop.domain.connections import DATA_CENTRES, Connection, Environment
from desktop.domain.credentials import NO_SECRET, Client, Secret
from desktop.words import say
from desktop.words.labels import data_centre_label

_BY_CLIENT = (Way.BROWSER, Way.DEVICE, Way.SELF_CLIENT)
OFFERED_WAYS = (*_BY_CLIENT, Way.TOKEN)
"""A refresh token that is there already is for scripts, so the window does not ask for one."""


class SignInForm(QWidget):
    """``changed`` after every change; ``way_changed`` when another way was chosen."""

    changed = Signal()
    way_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._centre, self._environment, self._way = QComboBox(), QComboBox(), QComboBox()
        for combo, name, title in (
            (self._centre, "combo_data_centre", say("Data centre")),
            (self._environment, "combo_environment", say("Environment")),
            (self._way, "combo_way", say("Way to sign in")),
        ):
            combo.setObjectName(name)
            combo.setAccessibleName(title)
        self._fill()
        self._client_id = self._field("input_client_id", say("Client ID"), "1000.…", masked=False)
        self._client_secret = self._field("input_client_secret", say("Client secret"), say("Paste the client secret here"))
        self._code = self._field("input_grant_code", say("Code"), say("Paste the code here; it works for three minutes"))
        self._token = self._field("input_access_token", say("Access token"), say("Paste the access token here"))
        self._lay_out()
        self._way.currentIndexChanged.connect(self._on_way_changed)
        self._on_way_changed()

    @property
    def way(self) -> Way:
        return Way(self._way.currentData())

    @property
    def data_centre(self) -> str:
        """The code of the data centre that is chosen."""
        return str(self._centre.currentData())

    def choose_way(self, way: Way) -> None:
        """Choose a way to sign in, and show its fields."""
        self._way.setCurrentIndex(self._way.findData(str(way)))

    def first_empty(self) -> QWidget:
        """Where the keyboard begins: the first field that waits to be filled in."""
        return next((field for field in self._fields() if not field.text()), self._way)

    def is_complete(self) -> bool:
        """True when every field of the way is filled in."""
        return all(field.text().strip() for field in self._fields())

    def is_empty(self) -> bool:
        """True when no secret is in a field."""
        return not any(field.text().strip() for field in (self._client_secret, self._code, self._token))

    def take_request(self, relations: tuple[str, ...]) -> SignInRequest:
        """What was filled in; the secrets leave the fields with it."""
        secret = {Way.TOKEN: self._token, Way.SELF_CLIENT: self._code}.get(self.way)
        client = Client("", NO_SECRET)
        if self.way in _BY_CLIENT:
            client = Client(self._client_id.text().strip(), Secret(self._client_secret.text().strip()))
        request = SignInRequest(
            self.way,
            self._place(relations),
            client,
            Secret(secret.text().strip()) if secret is not None else NO_SECRET,
        )
        for field in (self._client_secret, self._code, self._token):
            field.clear()
        return request

    def _place(self, relations: tuple[str, ...]) -> Connection:
        centre, environment = DATA_CENTRES[self.data_centre], Environment(self._environment.currentData())
        addresses = centre.api_url(environment), centre.accounts_url
        return Connection(uuid.uuid4().hex, centre.code, centre.code, environment, *addresses, relations=relations)

    def _fill(self) -> None:
        for centre in DATA_CENTRES.values():
            facts = {"centre": data_centre_label(centre), "host": centre.accounts_host}
            text = (
                say("{centre}: {host}", **facts) if centre.confirmed else say("{centre}: {host} (not confirmed by Zoho)", **facts)
            )
            self._centre.addItem(text, centre.code)
        labels = (say("Production: real data"), say("Sandbox"), say("Developer"))
        for label, environment in zip(labels, ("production", "sandbox", "developer"), strict=True):
            self._environment.addItem(label, environment)
        for label, way in (
            (say("Browser: sign in once, it lasts"), Way.BROWSER),
            (say("Another device: type a code there, it lasts"), Way.DEVICE),
            (say("Self Client: a code from Zoho's API console, it lasts"), Way.SELF_CLIENT),
            (say("Access token: works for an hour"), Way.TOKEN),
        ):
            self._way.addItem(label, str(way))
        self.choose_way(Way.TOKEN)

    def _field(self, name: str, title: str, hint: str, *, masked: bool = True) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.setPlaceholderText(hint)
        field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # what Zoho gives is read so in every language
        if masked:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.textChanged.connect(self.changed)
        return field

    def _fields(self) -> list[QLineEdit]:
        match self.way:
            case Way.TOKEN:
                return [self._token]
            case Way.SELF_CLIENT:
                return [self._client_id, self._client_secret, self._code]
        return [self._client_id, self._client_secret]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._form.setVerticalSpacing(8)
        self._form.addRow(say("&Data centre"), self._centre)
        self._form.addRow(say("&Environment"), self._environment)
        self._form.addRow(say("&Way to sign in"), self._way)
        self._form.addRow(say("Client &ID"), self._client_id)
        self._form.addRow(say("Client &secret"), self._client_secret)
        self._form.addRow(say("C&ode"), self._code)
        self._form.addRow(say("&Access token"), self._token)
        layout.addLayout(self._form)

    @Slot()
    def _on_way_changed(self) -> None:
        needed = self._fields()
        for field in (self._client_id, self._client_secret, self._code, self._token):
            self._form.setRowVisible(field, field in needed)
        self.way_changed.emit()
        self.changed.emit()
