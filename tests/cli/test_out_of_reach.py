"""Commands on a disk that cannot be written: what reads works, what writes ends with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.practice import PracticeCrm
from tests.cli.driving import ROOT, SAMPLE, Ended, delink, pairs_of, place_of, seed, write_sheet
from tests.patience import PATIENCE_S

_MAY_MOUNT = sys.platform == "linux" and subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0
_SCRIPT = 'mount --bind "$DELINK_HOME" "$DELINK_HOME" && mount -o remount,ro,bind "$DELINK_HOME" && exec "$@"'

pytestmark = pytest.mark.skipif(not _MAY_MOUNT, reason="a disk that is mounted read-only")


def on_read_only_disk(home: Path, *arguments: str, secret: str = "") -> Ended:
    command = ["unshare", "-rm", "sh", "-c", _SCRIPT, "sh", sys.executable, "-m", "desktop", *arguments]
    environment = {**os.environ, "DELINK_HOME": str(home)}
    ended = subprocess.run(command, cwd=ROOT, env=environment, input=secret, capture_output=True, text=True, timeout=PATIENCE_S)
    assert "Traceback" not in ended.stderr + ended.stdout
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def test_a_read_only_disk_shows_its_runs_and_results_and_takes_no_run(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json").json
    assert on_read_only_disk(home, "runs", "--json").json["runs"][0]["run"] == run["run"]
    written = on_read_only_disk(home, "results", run["run"], "--output", str(tmp_path / "r.csv"), "--json")
    assert written.code == 0 and written.json["rows"] > 300
    assert on_read_only_disk(home, "support", "--output", str(tmp_path / "s.zip")).code == 0
    resumed = on_read_only_disk(home, "resume", run["run"])
    assert resumed.code == 1 and "is finished; nothing is left to be done." in resumed.err, "that only reads"
    undone = on_read_only_disk(home, "undo", run["run"], "--yes")
    assert undone.code == 2 and "cannot be opened (read-only file system)" in undone.err
    practised = on_read_only_disk(home, "run", str(SAMPLE), "--practice", "--yes")
    assert practised.code == 4 and "cannot be written" in practised.err.strip().splitlines()[-1]


def test_a_run_on_a_read_only_disk_is_verified(tmp_path: Path) -> None:
    home, pairs = tmp_path / "home", pairs_of(6, 2)
    sheet = write_sheet(tmp_path / "a.csv", pairs)
    with PracticeCrm() as crm:
        seed(crm, pairs)
        assert delink(home, "run", str(sheet), *place_of(crm), "--yes", secret=crm.access_token).code == 0
        seed(crm, pairs[:1])
        ended = on_read_only_disk(home, "verify", *place_of(crm), "--json", secret=crm.access_token)
    assert ended.json["gone"] + ended.json["still_linked"] == 6 and ended.json["unknown"] == 0
    assert "not kept" in ended.err


def test_a_run_whose_last_changes_stand_beside_its_journal_is_read_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    run = delink(home, "run", str(SAMPLE), "--practice", "--yes", "--json").json["run"]
    keep_open = (
        "import os, sys; from desktop.storage.run_folder import RunFolder; from pathlib import Path\n"
        "from desktop.domain.runs import Sighted\n"
        "book = RunFolder(Path(sys.argv[1])).open(sys.argv[2]); book.commit([Sighted((), (), 1.0, reads=7)]); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", keep_open, str(home / "runs"), run], cwd=ROOT, check=True)
    journal = home / "runs" / f"{run}.delink-run"
    assert journal.with_name(journal.name + "-wal").stat().st_size
    journal.with_name(journal.name + "-shm").unlink()
    (home / "runs" / f"{run}.json").unlink()
    (found,) = on_read_only_disk(home, "runs", "--json").json["runs"]
    assert found["reads"] >= 7
