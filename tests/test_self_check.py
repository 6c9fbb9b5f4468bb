"""The self-check: a line for each part, nothing left behind, and a broken part found and told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.driving import ROOT, delink_afresh
from tests.patience import PATIENCE_S

PARTS = ["program", "libraries", "encryption", "data folder", "large sheet", "window and practice run", "results", "keyring"]


@pytest.mark.secret_service
def test_every_part_is_told_in_a_line_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "temp").mkdir()
    ended = delink_afresh(tmp_path / "home", "--self-check", TMPDIR=str(tmp_path / "temp"))
    assert ended.code == 0, ended.out
    lines = ended.out.splitlines()
    assert lines[0].startswith("Delink ") and "SQLite" in lines[0]
    assert [line.removeprefix("ok").split(":")[0].strip() for line in lines[1:-1]] == PARTS
    assert lines[-1] == "8 of 8 parts work."
    assert "369 links in 6 calls: 361 removed, 8 were not linked" in ended.out
    assert "Secret Service) stored, gave back and removed a secret" in ended.out
    assert not list((tmp_path / "temp").glob("delink*"))
    assert not (tmp_path / "home").exists()


def self_check_after(breaks: str, home: Path, **environment: str) -> tuple[int, str]:
    """The self-check, with a smaller sheet, in a program that was broken before."""
    smaller = "import desktop.self_check as c; c._LARGE_ROWS = 2_000"
    code = f"{smaller}\n{breaks}\nimport sys\nfrom desktop.__main__ import main\nsys.exit(main(['--self-check']))"
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "DELINK_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert "Traceback" not in ended.stdout
    return ended.returncode, ended.stdout


def test_what_is_broken_fails_and_the_rest_is_still_checked(tmp_path: Path) -> None:
    """No keyring is no fault: sign-in then lasts as long as the window."""
    breaks = "import sys, pathlib; sys.modules['cryptography'] = None\n"
    breaks += "c.RESOURCES = pathlib.Path('away')"
    code, told = self_check_after(breaks, tmp_path / "home", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert code == 1
    assert "FAILED  program: away lacks icons" in told
    assert "FAILED  libraries: missing: cryptography" in told
    assert "ok      window and practice run" in told
    assert "ok      keyring: none that can be used" in told
    assert told.splitlines()[-1] == "6 of 8 parts work."


@pytest.fixture(scope="module")
def in_bad_surroundings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str]:
    """A home where none can be, and what the check told of it and of an environment that leads other programs astray."""
    home = tmp_path_factory.mktemp("surroundings") / "file" / "home"
    home.parent.write_text("in the way")
    return home, *self_check_after("", home, QT_PLUGIN_PATH=f"{ROOT}/plugins")


def test_two_faults_of_the_surroundings_are_two_faults(in_bad_surroundings: tuple[Path, int, str]) -> None:
    _, code, told = in_bad_surroundings
    assert code == 1 and told.count("FAILED") == 2
    assert told.splitlines()[-1] == "6 of 8 parts work."


def test_an_environment_that_would_break_other_programs_is_found(in_bad_surroundings: tuple[Path, int, str]) -> None:
    _, _, told = in_bad_surroundings
    assert "FAILED  program: QT_PLUGIN_PATH would lead other programs to the libraries of this one" in told


def test_without_a_place_for_temporary_files_it_says_so(tmp_path: Path) -> None:
    code, told = self_check_after("import tempfile; tempfile.tempdir = '/nowhere'", tmp_path / "home")
    assert code == 1
    assert "FAILED  temporary folder: No such file or directory" in told


def test_a_folder_that_cannot_be_written_is_found(in_bad_surroundings: tuple[Path, int, str]) -> None:
    home, _, told = in_bad_surroundings
    assert f"FAILED  data folder: {home} cannot be written" in told
