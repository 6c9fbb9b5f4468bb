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


def test_a_message_cannot_forge_a_line(tmp_path: Path) -> None:
    path = start_logging(tmp_path)
    log = logging.getLogger("desktop")
    log.warning("a %s", "b\n2026-01-01 INFO forged\x1b[2J\u202e")
    try:
        raise ValueError("c\n2026-01-01 INFO forged\x1b")
    except ValueError:
        log.exception("d\re")
    lines = path.read_text("utf-8").split("\n")
    assert not any(line.startswith("2026-01-01 INFO forged") for line in lines)
    assert "b\\n2026-01-01 INFO forged\\x1b[2J\\u202e" in lines[0] and "d\\re" in lines[1]
    assert any(line.startswith("  ValueError: c") for line in lines) and not any("\x1b" in line for line in lines)
