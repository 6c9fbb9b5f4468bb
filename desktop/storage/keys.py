"""Encodes the key of a connection as one text for the keyring: no more than is needed, and bound to its addresses.

The list of connections is a plain file that any program of the user can change. If an attacker changed an address there, the key
would be sent to it. So the keyring also holds the addresses that a key may travel to, and the key is not given out for others.
"""

import json

from desktop.domain.connections import Connection
from desktop.domain.credentials import NO_SECRET, Client, Key, Secret
from desktop.domain.errors import KeyMissing
from desktop.domain.texts import Text


def encode_key(connection: Connection, key: Key) -> str:
    """Encode a lasting key without its access token, or an access token that was pasted."""
    if key.lasts:
        # An access token lives for an hour only and can be made again. The fewer secrets are kept, the better, and the store of
        # Windows takes no more than 1,280 characters.
        fields = {
            "refresh_token": key.refresh_token.reveal(),
            "client_id": key.client.id,
            "client_secret": key.client.secret.reveal(),
        }
    else:
        fields = {"access_token": key.access_token.reveal()}
    return json.dumps({**fields, "for": _addresses(connection)}, separators=(",", ":"))


def decode_key(connection: Connection, text: str) -> Key:
    """Decode a key. Raises KeyMissing if it was stored for other addresses, or the text is not in our format."""
    try:
        fields = json.loads(text)
        bound_to, secrets = fields["for"], {name: Secret(str(value)) for name, value in fields.items() if name != "for"}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyMissing(Text("keyring-has-something-else")) from None  # the cause would quote the secret
    if bound_to != _addresses(connection):
        raise KeyMissing(Text("keyring-has-other-addresses"))
    client = Client(secrets.get("client_id", NO_SECRET).reveal(), secrets.get("client_secret", NO_SECRET))
    return Key(secrets.get("access_token", NO_SECRET), secrets.get("refresh_token", NO_SECRET), client)


def _addresses(connection: Connection) -> list[str]:
    return [connection.api_url, connection.accounts_url]
