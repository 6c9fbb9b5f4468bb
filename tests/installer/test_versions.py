"""Versions that stand in two places are the same in both."""

import re
import tomllib

from desktop import __version__
from tests.house.sources import ROOT


def test_the_project_and_the_program_have_one_version_of_three_numbers() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__), "Windows' version resources take nothing else"


def test_the_notice_names_the_qt_that_is_locked() -> None:
    locked = re.search(r"^pyside6-essentials==(\S+)", (ROOT / "requirements/run.txt").read_text("utf-8"), re.MULTILINE)
    notice = (ROOT / "resources/licences/NOTICE.txt").read_text("utf-8")
    assert locked is not None
    assert set(re.findall(r"6\.\d+\.\d+", notice)) == {locked[1]}


def test_the_interpreter_for_windows_is_the_one_that_the_wheels_are_for() -> None:
    pinned = (ROOT / "requirements/windows-python.txt").read_text("utf-8")
    wine = (ROOT / "installer/windows/wine/wine.sh").read_text("utf-8")
    assert "(3.11." in pinned
    assert "--python-version 3.11 " in wine and "python311.zip" in wine
