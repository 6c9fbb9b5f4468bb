"""Check an update notice: only one that the makers of this program signed, whole and unchanged, is believed.

The file is a JSON object of two texts: ``notice``, itself a JSON object written out, and ``signature``, the Ed25519 signature
(RFC 8032, base64) of that text behind a fixed line, so that a signature made for anything else cannot be used.
"""

import base64
import binascii
import json
from typing import Any
from urllib.parse import urlsplit

from desktop.domain.updates import UpdateNotice, version_numbers

SIGNED_AS = b"Delink update notice\n"
PROGRAM = "Delink"
MOST_BYTES = 16 * 1024


class NoticeRejected(Exception):
    """The notice is not believed; the text says why, for the log."""


def read_notice(data: bytes, public_key: str) -> UpdateNotice:
    """Return the notice in ``data``. ``public_key`` is 32 bytes in base64. Raises NoticeRejected if anything is wrong."""
    if len(data) > MOST_BYTES:
        raise NoticeRejected("it is too large")
    envelope = _object(data, {"notice", "signature"})
    _check_signature(envelope["notice"], envelope["signature"], public_key)
    fields = _object(envelope["notice"].encode(), {"program", "version", "link"})
    if fields["program"] != PROGRAM:
        raise NoticeRejected("it speaks of another program")
    try:
        version_numbers(fields["version"])
    except ValueError as exc:
        raise NoticeRejected("its version cannot be read") from exc
    _check_link(fields["link"])
    return UpdateNotice(fields["version"], fields["link"])


def _object(data: bytes, names: set[str]) -> dict[str, str]:
    """Parse a JSON object that has exactly these names, with texts as values."""
    try:
        # Pairs instead of a dict, because a dict would hide a name that is given twice.
        pairs: Any = json.loads(data.decode("utf-8"), object_pairs_hook=list)
    except (ValueError, RecursionError) as exc:
        raise NoticeRejected("it is not JSON") from exc
    is_object = isinstance(pairs, list) and all(isinstance(pair, tuple) for pair in pairs)
    if not is_object or len(pairs) != len(names) or {name for name, _ in pairs} != names:
        raise NoticeRejected("it has other fields")
    if not all(isinstance(value, str) for _, value in pairs):
        raise NoticeRejected("a field is no text")
    return dict(pairs)


def _check_signature(notice: str, signature: str, public_key: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), SIGNED_AS + notice.encode())
    except (InvalidSignature, ValueError, binascii.Error) as exc:
        raise NoticeRejected("its signature does not fit") from exc


def _check_link(link: str) -> None:
    try:
        parts = urlsplit(link)
        well = parts.scheme == "https" and parts.hostname and parts.username is None and parts.port in (None, 443)
    except ValueError as exc:
        raise NoticeRejected("its link cannot be used") from exc
    if not well or not link.isascii() or not link.isprintable() or " " in link:
        raise NoticeRejected("its link cannot be used")
