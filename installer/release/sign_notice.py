"""Make the key of the update notices, or sign a notice.

sign_notice.py make-key KEY_FILE                      prints the public key for resources/updates.json; keep KEY_FILE secret
sign_notice.py sign KEY_FILE VERSION LINK OUT_FILE    OUT_FILE then goes to the address that resources/updates.json names
"""

import base64
import json
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from desktop.updates.notice import PROGRAM, SIGNED_AS, read_notice


def main(argv: list[str]) -> int:
    """Run one of the two commands."""
    match argv:
        case ["make-key", file]:
            print(make_key(Path(file)))
        case ["sign", file, version, link, out]:
            Path(out).write_bytes(signed(Path(file), version, link))
        case _:
            print(__doc__)
            return 2
    return 0


def make_key(file: Path) -> str:
    """Write a new secret key, readable by its owner only; returns the public one in base64."""
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        written.write(secret)
    return public_key(key)


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the public key as resources/updates.json holds it."""
    return base64.b64encode(key.public_key().public_bytes_raw()).decode()


def signed(file: Path, version: str, link: str) -> bytes:
    """Return the file to publish, after reading it back the way the program will."""
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"{file} holds another kind of key")
    notice = json.dumps({"program": PROGRAM, "version": version, "link": link})
    signature = base64.b64encode(key.sign(SIGNED_AS + notice.encode())).decode()
    data = json.dumps({"notice": notice, "signature": signature}).encode()
    read_notice(data, public_key(key))
    return data


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
