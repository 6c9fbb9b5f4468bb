"""What every test gets: a scrubbed environment, fresh folders, no network but loopback, Qt without a screen."""

import gc
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.thorough import share_of

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["DELINK_LANGUAGE"] = "en"  # whatever the computer that tests run on speaks
os.environ["WAKEPY_FAKE_SUCCESS"] = "1"  # the computer that tests run on may sleep
for _name in list(os.environ):
    if _name.lower().endswith("_proxy") or _name in (
        "PYTHON_KEYRING_BACKEND",
        "REQUESTS_CA_BUNDLE",
        "SSL_CERT_FILE",
        "DELINK_HOME",
    ):
        del os.environ[_name]

# A shell's background job ignores Ctrl-C, and so would all programs that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=share_of(60))
settings.load_profile("ours")


# Hardly anything that is made while tests are collected is let go again, so that the collector would look in vain.
gc.disable()


# Whose tests take seconds, mostly of waiting. Begun at the end they would leave the other workers with nothing to do.
_LONG = ("tests/end_to_end/", "tests/truth/", "tests/cli/", "tests/test_self_check.py", "tests/house/test_setup_scripts.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests first, and as they stood among each other; a worker that is done takes over from the end of another's list."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end. Without this, each full turn of the collector would look at all of them."""
    gc.collect()
    gc.freeze()
    gc.enable()


_LOOPBACKS = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the program's files in a folder of this test."""
    monkeypatch.setenv("DELINK_HOME", str(tmp_path / "delink-home"))


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that would leave this computer fails."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOOPBACKS:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield
