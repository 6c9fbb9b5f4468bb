"""Variables that would make OpenSSL load the code of others are removed, and nothing else is."""

import os
import sys

import pytest

from desktop.system.foreign_code import leave_out_foreign_code


def test_every_variable_that_names_code_is_gone_and_all_others_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENSSL_CONF", "OPENSSL_CONF_INCLUDE", "OPENSSL_MODULES", "OPENSSL_ENGINES"):
        monkeypatch.setenv(name, "/elsewhere/theirs")
    monkeypatch.setenv("SSL_CERT_FILE", "/elsewhere/company.pem")
    leave_out_foreign_code()
    left = {name for name in os.environ if name.startswith("OPENSSL_")}
    assert left <= ({"OPENSSL_CONF"} if sys.platform == "win32" else set())
    assert os.environ["SSL_CERT_FILE"] == "/elsewhere/company.pem", "a company's own certificates are no code"


def test_on_windows_an_empty_configuration_takes_the_place_of_one_that_any_program_could_write(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("OPENSSL_CONF", "C:\\theirs\\openssl.cnf")
    leave_out_foreign_code()
    assert os.environ["OPENSSL_CONF"] == os.devnull


def test_a_computer_without_such_variables_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("OPENSSL_CONF", "OPENSSL_MODULES"):
        monkeypatch.delenv(name, raising=False)
    before = dict(os.environ)
    leave_out_foreign_code()
    assert dict(os.environ) == before
