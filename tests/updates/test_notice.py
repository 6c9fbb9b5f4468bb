"""Only a whole, unchanged notice with our signature is believed; the script that makes the real ones makes these."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.updates import UpdateNotice, version_numbers
from desktop.updates.notice import MOST_BYTES, SIGNED_AS, NoticeRejected, read_notice
from tests.house.sources import ROOT

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
LINK = "https://delink.example/download"
FIELDS = {"program": "Delink", "version": "1.2.10", "link": LINK}


def envelope(notice: str, *, key: Ed25519PrivateKey = KEY, behind: bytes = SIGNED_AS) -> bytes:
    signature = base64.b64encode(key.sign(behind + notice.encode())).decode()
    return json.dumps({"notice": notice, "signature": signature}).encode()


def signed(**changed: object) -> bytes:
    return envelope(json.dumps({**FIELDS, **changed}))


def tampered(old: str, new: str) -> bytes:
    """Return a notice that was changed after it was signed."""
    data = signed().decode()
    assert data.count(old) == 1
    return data.replace(old, new).encode()


def test_an_honest_notice_is_read() -> None:
    assert read_notice(signed(), PUBLIC) == UpdateNotice("1.2.10", LINK)


def with_signature(signature: object) -> bytes:
    return json.dumps({**json.loads(signed()), "signature": signature}).encode()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(tampered("1.2.10", "9.2.10"), id="another version"),
        pytest.param(tampered("delink.example", "delink.evil"), id="another link"),
        pytest.param(envelope(json.dumps(FIELDS), key=Ed25519PrivateKey.generate()), id="another key"),
        pytest.param(envelope(json.dumps(FIELDS), behind=b""), id="a signature for something else"),
        pytest.param(with_signature(base64.b64encode(bytes(64)).decode()), id="an empty signature"),
        pytest.param(with_signature(json.loads(signed())["signature"][:-4]), id="a cut signature"),
        pytest.param(with_signature(None), id="no signature"),
        pytest.param(json.dumps({"notice": json.dumps(FIELDS)}).encode(), id="an unsigned notice"),
        pytest.param(json.dumps(FIELDS).encode(), id="a bare notice"),
        pytest.param(signed()[:-10], id="a cut file"),
        pytest.param(signed().replace(b"}", b', "signature": "x"}', 1), id="a field twice"),
        pytest.param(b" " * MOST_BYTES + signed(), id="too large"),
        pytest.param(b"[" * 10_000, id="deeply nested"),
        pytest.param(b"\xff\xfe", id="no text"),
    ],
)
def test_a_tampered_notice_is_refused(data: bytes) -> None:
    with pytest.raises(NoticeRejected):
        read_notice(data, PUBLIC)


@pytest.mark.parametrize(
    "changed",
    [
        {"program": "Other"},
        {"version": "1.2"},
        {"version": "1.2.3-rc1"},
        {"version": "١.٢.٣"},
        {"version": 1},
        {"link": "http://delink.example/"},
        {"link": "javascript:alert(1)"},
        {"link": "file:///etc/passwd"},
        {"link": "https://ann@delink.example/"},
        {"link": "https://delink.example:8443/"},
        {"link": "https:///download"},
        {"link": "https://delink.example/a b"},
        {"link": "https://dеlink.example/"},  # a Cyrillic letter
        {"run": "setup.exe"},
    ],
)
def test_even_a_signed_notice_says_only_what_it_may(changed: dict[str, object]) -> None:
    with pytest.raises(NoticeRejected):
        read_notice(signed(**changed), PUBLIC)


@pytest.mark.parametrize("key", ["", "no base64!", base64.b64encode(bytes(31)).decode()])
def test_without_a_good_key_nothing_is_believed(key: str) -> None:
    with pytest.raises(NoticeRejected):
        read_notice(signed(), key)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_notice_are_rejected_with_our_error(data: bytes) -> None:
    with pytest.raises(NoticeRejected):
        read_notice(data, PUBLIC)


@given(st.integers(0, len(signed()) - 1), st.integers(1, 255))
def test_no_flipped_byte_changes_what_a_notice_says(place: int, by: int) -> None:
    """A byte may be changed without harm only where JSON has the same meaning in two spellings."""
    data = bytearray(signed())
    data[place] ^= by
    try:
        assert read_notice(bytes(data), PUBLIC) == UpdateNotice("1.2.10", LINK)
    except NoticeRejected:
        pass


def test_the_script_of_the_release_makes_what_the_program_reads(tmp_path: Path) -> None:
    script, key, out = ROOT / "installer/release/sign_notice.py", tmp_path / "key.pem", tmp_path / "notice.json"
    made = subprocess.run([sys.executable, script, "make-key", key], capture_output=True, text=True, check=True)
    assert key.stat().st_mode & 0o077 == 0
    subprocess.run([sys.executable, script, "sign", key, "2.0.0", LINK, out], check=True)
    assert read_notice(out.read_bytes(), made.stdout.strip()) == UpdateNotice("2.0.0", LINK)
    again = subprocess.run([sys.executable, script, "make-key", key], capture_output=True, text=True, check=False)
    assert again.returncode != 0, "a key is never written over"


def test_versions_compare_as_numbers() -> None:
    assert version_numbers("1.10.0") > version_numbers("1.9.9")
    for bad in ("", "1", "1.2", "1.2.3.4", "v1.2.3", "1.2.x", "１.2.3", "12345.0.0"):
        with pytest.raises(ValueError):
            version_numbers(bad)
