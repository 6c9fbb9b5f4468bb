"""The practice CRM as a process of its own: it prints where it is, serves, and ends on a signal."""

import signal
import subprocess
import sys

import pytest

from tests.house.sources import ROOT
from tests.patience import PATIENCE_S


@pytest.mark.skipif(sys.platform == "win32", reason="a signal that asks a process to end")
def test_it_prints_all_that_a_bench_needs_and_ends_on_a_signal() -> None:
    line = [sys.executable, "-m", "desktop.practice", "--cap", "3"]
    process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    printed = dict(process.stdout.readline().rstrip("\n").split(": ", 1) for _ in range(7))
    process.send_signal(signal.SIGTERM)
    _, complaints = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, complaints) == (0, "")
    assert printed["api_url"].startswith("http://127.0.0.1:") and printed["control_url"] == f"{printed['api_url']}/control"
    assert all(printed[key] for key in ("accounts_url", "access_token", "client_id", "client_secret", "control_secret"))
