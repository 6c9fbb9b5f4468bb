"""The program as it is started, in a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.compose import RESOURCES
from tests.patience import PATIENCE_S

ROOT = RESOURCES.parent


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_the_window_closes_when_the_system_wants_it_to(tmp_path: Path, sign: signal.Signals) -> None:
    home = tmp_path / "home"
    program = subprocess.Popen(
        [sys.executable, "-m", "desktop", "--practice", str(RESOURCES / "samples" / "spring-clean-up.xlsx")],
        cwd=ROOT,
        env={**os.environ, "DELINK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 20
        while not (home / "settings.json").exists():
            assert program.poll() is None and time.monotonic() < deadline
            time.sleep(0.05)
        program.send_signal(sign)
        _, said = program.communicate(timeout=PATIENCE_S)
        assert program.returncode == 0
        assert "Traceback" not in said
    finally:
        program.kill()
        program.communicate()
