"""A target is replaced as a whole or not at all."""

import sys
from pathlib import Path

import pytest

from desktop.domain.errors import ResultsUnwritable
from desktop.domain.texts import Text
from desktop.sheets.replaced_file import replaced
from desktop.sheets.written_file import WrittenWrong
from desktop.words import say_text


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_the_new_file_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "results.csv"
    target.write_text("old")
    with replaced(target) as written:
        written.write_text("new")
        assert target.read_text() == "old"
        assert written.suffix == ".csv"
    assert target.read_text() == "new"
    assert names_in(tmp_path) == ["results.csv"]


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    with replaced(tmp_path / "a" / "b" / "results.csv") as written:
        written.write_text("new")
    assert (tmp_path / "a" / "b" / "results.csv").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    with replaced(tmp_path / "link.csv") as written:
        written.write_text("new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text() == "new"


@pytest.mark.parametrize(
    ("fault", "detail"),
    [
        (OSError(28, "No space left on device"), "no space left on device"),
        (PermissionError(13, "Permission denied"), "the file or its folder may not be written, or another program has it open"),
        (OSError("odd"), "the disk reported an error"),
        (WrittenWrong(Text("written-file-lacks-rows")), "the written file lacks rows"),
        (ValueError("a library's words"), "what was written failed its check"),
    ],
)
def test_a_fault_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, fault: Exception, detail: str) -> None:
    target = tmp_path / "results.csv"
    target.write_text("old")
    with pytest.raises(ResultsUnwritable) as caught, replaced(target) as written:
        written.write_text("half")
        raise fault
    assert (caught.value.path, say_text(caught.value.detail)) == (str(target), detail)
    assert target.read_text() == "old"
    assert names_in(tmp_path) == ["results.csv"]


def test_a_block_that_wrote_nothing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ResultsUnwritable), replaced(tmp_path / "results.csv"):
        pass
    assert names_in(tmp_path) == []


def test_a_read_only_file_is_respected(tmp_path: Path) -> None:
    target = tmp_path / "results.csv"
    target.write_text("old")
    target.chmod(0o444)
    with pytest.raises(ResultsUnwritable) as caught, replaced(target) as written:
        written.write_text("new")
    assert say_text(caught.value.detail) == "the file there is read-only"
    assert target.read_text() == "old"


def test_a_folder_of_that_name_is_reported(tmp_path: Path) -> None:
    (tmp_path / "results.csv").mkdir()
    with pytest.raises(ResultsUnwritable) as caught, replaced(tmp_path / "results.csv"):
        pass
    assert say_text(caught.value.detail) == "a folder has that name"


@pytest.mark.parametrize("name", ["results\0.csv", "x" * 300 + ".csv", "file/results.csv"])
def test_a_name_that_no_disk_accepts_is_reported(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ResultsUnwritable), replaced(tmp_path / name) as written:
        written.write_text("new")
    assert names_in(tmp_path) == ["file"]
