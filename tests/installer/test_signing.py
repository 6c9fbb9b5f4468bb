"""The signing step for Windows, with a certificate made for the test, on a real Windows program."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from pip._vendor import distlib

from tests.house.sources import ROOT

SIGN = ROOT / "installer/windows/sign.sh"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A small program of another package."""
    return Path(shutil.copy(Path(distlib.__file__).with_name("t64.exe"), tmp_path / "program.exe"))


def sign(program: Path, **environment: str) -> str:
    done = subprocess.run([SIGN, program], env={**os.environ, **environment}, capture_output=True, text=True, check=True)
    return done.stdout


def test_without_a_certificate_nothing_is_signed_and_it_is_said(program: Path) -> None:
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
    data[0x400] ^= 1
    program.write_bytes(data)
    assert subprocess.run([*verify, program], capture_output=True, check=False).returncode != 0
