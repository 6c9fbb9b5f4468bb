"""The signing step for Windows, with a certificate made for the test, on the smallest file that Windows accepts as a program."""

import os
import struct
import subprocess
from pathlib import Path

import pytest

from tests.house.sources import ROOT

SIGN = ROOT / "installer/windows/sign.sh"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Make a PE32+ file for x86-64 with one section of code that returns at once, by Microsoft's PE format."""
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    coff = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0x200, 0, 0, 0x1000, 0x1000)
    optional += struct.pack("<QIIHHHHHHIIIIHH", 0x140000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, 0x200, 0, 3, 0)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16) + bytes(16 * 8)
    section = struct.pack("<8sIIIIIIHHI", b".text", 1, 0x1000, 0x200, 0x200, 0, 0, 0, 0, 0x60000020)
    path = tmp_path / "program.exe"
    path.write_bytes((dos + coff + optional + section).ljust(0x200, b"\0") + b"\xc3".ljust(0x400, b"\0"))
    return path


def sign(program: Path, **environment: str) -> str:
    done = subprocess.run([SIGN, program], env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return done.stdout


def test_without_a_certificate_nothing_is_signed_and_a_line_says_so(program: Path) -> None:
    before = program.read_bytes()
    assert "nothing is signed" in sign(program)
    assert program.read_bytes() == before


@pytest.mark.slow
def test_with_a_certificate_the_program_bears_its_signature(program: Path, tmp_path: Path) -> None:
    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=tmp_path, check=True, capture_output=True)

    openssl(
        *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Delink test"),
        *("-addext", "extendedKeyUsage=codeSigning", "-keyout", "key.pem", "-out", "certificate.pem"),
    )
    openssl("pkcs12", "-export", "-inkey", "key.pem", "-in", "certificate.pem", "-out", "sign.pfx", "-passout", "pass:word")
    (tmp_path / "password").write_text("word")
    assert str(program) in sign(
        program, DELINK_SIGN_PFX=str(tmp_path / "sign.pfx"), DELINK_SIGN_PASSWORD_FILE=str(tmp_path / "password")
    )
    verify: list[str | Path] = ["osslsigncode", "verify", "-CAfile", tmp_path / "certificate.pem", "-in"]
    assert subprocess.run([*verify, program], capture_output=True, check=False).returncode == 0
    data = bytearray(program.read_bytes())
    data[0x200] ^= 1
    program.write_bytes(data)
    assert subprocess.run([*verify, program], capture_output=True, check=False).returncode != 0
