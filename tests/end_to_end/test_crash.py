"""A crash of the real window while it holds keys: what it leaves on the disk names lines of code, and no secret."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.compose import RESOURCES
from desktop.practice import PracticeCrm
from tests.cli.canaries import found_in, held, secrets_of
from tests.cli.test_canary import connect
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.secret_service
ROOT = RESOURCES.parent
# The window as desktop.app opens it; in place of its event loop it waits for the key and then reads where nothing is.
CRASHING = """
import ctypes, hashlib, resource, sys, time
from desktop.compose import build_services, watch_this_program_for_crashes
from desktop.qt.application import make_application, make_window

services = build_services()
watch_this_program_for_crashes()
app = make_application()
window, journey = make_window(services, is_practice=False)
window.show()
journey.begin(None)
while journey.accounts.account is None:
    app.processEvents()
    time.sleep(0.01)
key = journey.accounts.account.key
connection = journey.accounts.account.connection
crm = services.open_crm(connection, key)
assert crm.who_am_i().company
print(hashlib.sha256(key.refresh_token.reveal().encode()).hexdigest(), resource.getrlimit(resource.RLIMIT_CORE)[0], flush=True)
ctypes.string_at(0)
"""


@pytest.fixture
def crm() -> Iterator[PracticeCrm]:
    with PracticeCrm() as crm:
        yield crm


@pytest.mark.skipif(sys.platform == "win32", reason="core dumps are of POSIX")
def test_a_window_that_crashes_with_a_key_in_its_memory_leaves_none_of_it(crm: PracticeCrm, tmp_path: Path) -> None:
    import hashlib
    import resource

    home, here, temporary = tmp_path / "home", tmp_path / "here", tmp_path / "tmp"
    here.mkdir()
    temporary.mkdir()
    code = connect(home, crm)
    crashed = subprocess.run(
        [sys.executable, "-X", "frozen_modules=off", "-c", CRASHING],
        cwd=here,
        env={**os.environ, "DELINK_HOME": str(home), "TMPDIR": str(temporary), "PYTHONPATH": str(ROOT), "DELINK_VERBOSE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2),
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert crashed.returncode < 0, crashed.stderr
    secrets = secrets_of(crm, code)
    held_then, core_limit = crashed.stdout.split()
    assert held_then in {hashlib.sha256(secret.encode()).hexdigest() for secret in secrets}, "the key was in its memory"
    assert core_limit == "0"
    crash = (home / "logs" / "crash.txt").read_text("utf-8")
    assert "Segmentation fault" in crash and "string_at" in crash
    assert held(home, secrets) + held(temporary, secrets) + held(here, secrets) == []
    assert found_in(crashed.stdout + crashed.stderr, secrets) == []
    assert list(here.iterdir()) == [], "no core dump"
