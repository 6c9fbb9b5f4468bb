"""Access tokens are counted for all programs of a user, through restarts and crashes, and no key is written down."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.compose import RESOURCES
from desktop.storage.run_lock import try_lock
from desktop.storage.token_times import MOST_IN_WINDOW, WINDOW_S, TokenTimes
from tests.patience import PATIENCE_S

ROOT = RESOURCES.parent
NOW = 1_800_000_000.0


class Clock:
    """Two clocks that are set by hand, as programs on one computer have them."""

    def __init__(self) -> None:
        self.now, self.monotonic = NOW, 50.0

    def counted_in(self, path: Path) -> TokenTimes:
        return TokenTimes(path, lambda: self.now, lambda: self.monotonic)

    def pass_by(self, seconds: float) -> None:
        self.now += seconds
        self.monotonic += seconds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "token-times.json"


def test_the_eleventh_in_ten_minutes_waits_for_room_of_the_first(path: Path) -> None:
    clock = Clock()
    times = clock.counted_in(path)
    for _ in range(MOST_IN_WINDOW):
        assert times.count_token("a") == 0
        clock.pass_by(10)
    assert times.count_token("a") == WINDOW_S - 100
    assert times.count_token("b") == 0, "another key has a count of its own"
    clock.pass_by(WINDOW_S - 100)
    assert times.count_token("a") == 0 and times.count_token("a") == 10


def test_a_program_that_starts_later_knows_what_others_asked_for(path: Path) -> None:
    clock = Clock()
    for _ in range(MOST_IN_WINDOW):
        assert clock.counted_in(path).count_token("a") == 0
    assert clock.counted_in(path).count_token("a") == WINDOW_S
    clock.pass_by(WINDOW_S + 1)
    assert clock.counted_in(path).count_token("b") == 0
    assert json.loads(path.read_text("utf-8")) == {"b": [clock.now]}, "what is over is not kept"
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0


def test_token_that_was_not_asked_for_is_taken_out_of_the_count(path: Path) -> None:
    clock = Clock()
    times = clock.counted_in(path)
    for _ in range(30):
        assert times.count_token("a") == 0
        times.uncount_token("a")
    times.uncount_token("a")
    assert json.loads(path.read_text("utf-8")) == {}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"a": 1}', '{"a": ["x"]}', "[" * 90_000, '{"a": [1e999]}', "\x00"])
def test_a_damaged_file_counts_as_none_and_is_mended(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    clock = Clock()
    assert clock.counted_in(path).count_token("a") == 0
    assert json.loads(path.read_text("utf-8")) == {"a": [NOW]}


@pytest.mark.parametrize("jump_s", [-86_400.0, -WINDOW_S, 3600.0])
def test_set_clock_locks_nobody_out_and_own_tokens_still_count(path: Path, jump_s: float) -> None:
    clock = Clock()
    times = clock.counted_in(path)
    for _ in range(MOST_IN_WINDOW):
        times.count_token("a")
    clock.now += jump_s
    assert clock.counted_in(path).count_token("a") == 0, "a later start may ask; Zoho itself says no if it is too soon"
    assert times.count_token("a") == WINDOW_S


def test_without_a_file_the_program_counts_its_own(tmp_path: Path) -> None:
    clock = Clock()
    times = clock.counted_in(tmp_path / "no such folder" / "token-times.json")
    for _ in range(MOST_IN_WINDOW):
        assert times.count_token("a") == 0
    assert times.count_token("a") == WINDOW_S
    times.uncount_token("a")
    assert times.count_token("a") == 0


TAKE_MANY = """
import sys
from pathlib import Path
from desktop.storage.token_times import TokenTimes
times = TokenTimes(Path(sys.argv[1]))
sys.stdin.readline()
print(sum(times.count_token("a") == 0 for _ in range(12)), flush=True)
sys.stdin.readline()
"""


def test_two_programs_at_once_get_ten_together_and_one_that_was_killed_counts(path: Path) -> None:
    command = [sys.executable, "-c", TAKE_MANY, str(path)]
    programs = [subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    got = [int(program.stdout.readline()) for program in programs if program.stdout is not None]
    for program in programs:
        program.kill()
        program.communicate(timeout=PATIENCE_S)
    assert sum(got) == MOST_IN_WINDOW, got
    assert 0 < TokenTimes(path).count_token("a") <= WINDOW_S


def test_a_program_that_holds_the_file_too_long_is_not_waited_for(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    path.write_text("{}", "utf-8")

    def hurried() -> float:
        clock.monotonic += 1
        return clock.monotonic

    with path.open("r+") as other:
        try_lock(other.fileno())
        times = TokenTimes(path, lambda: clock.now, hurried)
        assert times.count_token("a") == 0
    assert "Another program holds token-times.json" in caplog.text
    assert path.read_text("utf-8") == "{}", "what others hold is not written to"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_on_a_full_disk_the_program_counts_its_own(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clock, path = Clock(), tmp_path / "token-times.json"
    path.symlink_to("/dev/full")
    times = clock.counted_in(path)
    assert [times.count_token("a") for _ in range(MOST_IN_WINDOW + 1)] == [*[0.0] * MOST_IN_WINDOW, WINDOW_S]
    assert "could not be written down" in caplog.text
