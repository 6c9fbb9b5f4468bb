"""Where the program keeps its files: all of them under one home, which the user alone can read."""

import sys
from pathlib import Path

from desktop.storage.paths import Paths


def test_all_folders_move_with_the_home_and_are_private(tmp_path: Path) -> None:
    paths = Paths.for_home(tmp_path / "deep" / "home")
    for folder in (paths.runs, paths.results, paths.practice, paths.logs):
        assert folder.is_dir() and folder.is_relative_to(tmp_path)
        assert sys.platform == "win32" or folder.stat().st_mode & 0o077 == 0
    assert paths.settings_file.parent == paths.home
    assert "Delink" in str(Paths.for_home(None).home)


def test_files_stand_where_they_stood_in_every_version(tmp_path: Path) -> None:
    """Another name would lose what the user has there."""
    paths = Paths.for_home(tmp_path)
    files = (paths.pasted_file, paths.settings_file, paths.connections_file, paths.token_times_file)
    assert [file.relative_to(paths.home).as_posix() for file in files] == [
        "pasted/Pasted cells.txt",
        "settings.json",
        "connections.json",
        "token-times.json",
    ]
    assert not any(file.exists() for file in files), "a path is asked for, and no file is made"
    assert {path.name for path in paths.home.iterdir()} == {"pasted"}, "a folder is made when it is needed first"


def test_a_home_that_is_named_by_a_short_way_is_the_same_home(tmp_path: Path) -> None:
    assert Paths.for_home(tmp_path / "a" / ".." / "b") == Paths.for_home(tmp_path / "b")
