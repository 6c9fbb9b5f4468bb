"""Ctrl-C at any moment of a command: exit 130 and no traceback, or the command was over already."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.driving import ROOT, SAMPLE, TIMEOUT_S, delink, delink_afresh
from tests.thorough import IS_THOROUGH

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process group of POSIX")

# Before this line the interpreter is not ours.
_PRELUDE = "import sys; print('up', flush=True); from desktop.__main__ import main; sys.exit(main(sys.argv[1:]))"
_MOMENTS = 16 if IS_THOROUGH else 4
_COMMANDS = (
    ("--version",),
    ("runs",),
    ("check", str(SAMPLE)),
    ("run", str(SAMPLE), "--practice", "--yes"),
    ("verify",),
    ("results", "--output", "{home}/r.xlsx"),
)


def interrupted_after(seconds: float, home: Path, *arguments: str) -> tuple[int, str]:
    """Interrupt a command and all its children, as a terminal does."""
    command = [sys.executable, "-c", _PRELUDE, *arguments]
    program = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "DELINK_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert program.stdout is not None and program.stdout.readline() == "up\n"
    try:
        program.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGINT)
    out, err = program.communicate(timeout=TIMEOUT_S)
    return program.returncode, out + err


@pytest.mark.parametrize("command", _COMMANDS, ids=lambda command: command[0])
def test_an_interrupt_at_any_moment_shows_no_traceback(command: tuple[str, ...], tmp_path: Path) -> None:
    home = tmp_path / "home"
    words = [word.format(home=home) for word in command]
    delink(home, "run", str(SAMPLE), "--practice", "--yes")
    started = time.monotonic()
    delink_afresh(home, *words)
    whole_s = time.monotonic() - started
    for moment in range(_MOMENTS):
        code, told = interrupted_after(0.02 + whole_s * moment / _MOMENTS, home, *words)
        assert code in (0, 1, 130), (moment, code, told)
        assert not any(word in told for word in ("Traceback", "Exception ignored", "Warning", "went wrong")), told


def the_launcher(here: Path) -> str:
    """The command that a set-up makes, for a program that lies in ``here``."""
    script = (ROOT / "installer/setup/set_up.sh").read_text("utf-8")
    return script.split("<<LAUNCHER\n")[1].split("LAUNCHER\n")[0].replace("$here", str(here))


@pytest.mark.parametrize("way", ["launcher", "package"])
def test_an_interrupt_while_the_program_is_found_shows_no_traceback(way: str, tmp_path: Path) -> None:
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop/__init__.py").write_text("raise KeyboardInterrupt")
    start = the_launcher(tmp_path) if way == "launcher" else (ROOT / "installer/freeze/start.py").read_text("utf-8")
    (tmp_path / "start.py").write_text(start)
    ended = subprocess.run([sys.executable, tmp_path / "start.py"], capture_output=True, text=True, timeout=TIMEOUT_S)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


def test_an_interrupt_while_a_big_sheet_is_read_by_a_child_is_no_damaged_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "big.csv"
    lines = (f"3652397000000327{n % 900 + 100},36523970000{n:08d},{'x' * 60}" for n in range(150_000))
    sheet.write_text("\n".join(["Campaign Id,Contact Id,Note", *lines]), "utf-8")
    for seconds in (0.8, 1.3, 1.8):
        code, told = interrupted_after(seconds, tmp_path / "home", "check", str(sheet))
        assert code in (0, 130), told
        assert "Traceback" not in told and "damaged" not in told and "stopped" not in told
