"""The log: a line that cannot be written is no trouble of the user's."""

import contextlib
import faulthandler
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from desktop.storage.logs import start_logging, watch_for_crashes

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


def test_a_second_start_logs_to_the_new_place_alone(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        path = start_logging(tmp_path / name, verbose=name == "second")
        logging.getLogger("desktop").debug("a detail")
        logging.getLogger("desktop").warning("for %s", name)
    assert (tmp_path / "first" / "delink.log").read_text("utf-8").count("\n") == 1
    assert path.read_text("utf-8").count("\n") == 2, "a verbose one has details too"
    assert logging.getLogger("urllib3").level == logging.INFO, "its details name addresses"


def test_a_folder_that_is_not_there_leaves_the_log_silent(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path / "nowhere")
    logging.getLogger("desktop").warning("for nobody")
    assert "for nobody" not in capfd.readouterr().err and list(tmp_path.iterdir()) == []


@pytest.fixture
def crashes_go_to(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[TextIO]]:
    """Where the lines of a crash would go; pytest itself watches for them in these tests, and keeps its own limits."""
    resource = pytest.importorskip("resource", reason="Windows leaves no picture of the memory")
    before, files = resource.getrlimit(resource.RLIMIT_CORE), list[TextIO]()
    monkeypatch.setattr(faulthandler, "enable", files.append)
    yield files
    resource.setrlimit(resource.RLIMIT_CORE, before)
    for file in files:
        file.close()


def test_crash_leaves_lines_of_code_and_no_core_dump(tmp_path: Path, crashes_go_to: list[TextIO]) -> None:
    resource = pytest.importorskip("resource")
    watch_for_crashes(tmp_path)
    assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    (file,) = crashes_go_to
    assert Path(file.name) == tmp_path / "crash.txt"


def test_without_a_folder_crashes_are_not_watched(tmp_path: Path, crashes_go_to: list[TextIO]) -> None:
    watch_for_crashes(tmp_path / "nowhere")
    assert crashes_go_to == []
