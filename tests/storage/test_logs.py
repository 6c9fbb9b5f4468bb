"""The log: a line that cannot be written is no trouble of the user's."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.storage.logs import start_logging

FULL = Path("/dev/full")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for ours in set(root.handlers) - set(handlers):
        with contextlib.suppress(OSError):
            ours.close()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
def test_a_full_disk_shows_nobody_a_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "delink.log").symlink_to(FULL)
    start_logging(tmp_path)
    logging.getLogger("desktop").warning("no room for this")
    assert "Traceback" not in capfd.readouterr().err
