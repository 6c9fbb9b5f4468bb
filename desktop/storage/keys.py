"""The key of a connection as the one text that the keyring holds: no more than is needed, and bound to its addresses.

The list of connections is a plain file that any program of the user can change. So the addresses that a key may travel to stand
beside it in the keyring too, and one that is asked for with others is not given.
"""

import json

from desktop.domain.connections import Connection
from desktop.domain.credentials import NO_SECRET, Client, Key, Secret
from desktop.domain.errors import KeyMissing
from desktop.domain.texts import Text


def encode_key(connection: Connection, key: Key) -> str:
    """A lasting key without the access token of the hour, or a pasted access token."""
    if key.lasts:
        fields = {
            "refresh_token": key.refresh_token.reveal(),
            "client_id": key.client.id,
            "client_secret": key.client.secret.reveal(),
        }
    else:
        fields = {"access_token": key.access_token.reveal()}
    return json.dumps({**fields, "for": _addresses(connection)}, separators=(",", ":"))


def decode_key(connection: Connection, text: str) -> Key:
    """The key of a text. Raises KeyMissing for one of other addresses, or of no version of the program."""
    try:
        fields = json.loads(text)
        bound_to, known = fields["for"], {name: Secret(str(value)) for name, value in fields.items() if name != "for"}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyMissing(Text("keyring-has-something-else")) from None
    if bound_to != _addresses(connection):
        raise KeyMissing(Text("keyring-has-other-addresses"))
    client = Client(known.get("client_id", NO_SECRET).reveal(), known.get("client_secret", NO_SECRET))
    return Key(known.get("access_token", NO_SECRET), known.get("refresh_token", NO_SECRET), client)


def _addresses(connection: Connection) -> list[str]:
    return [connection.api_url, connection.accounts_url]
