"""The way in: what opens the window, what is a command, and what is neither."""

from pathlib import Path

import pytest

from desktop import __main__ as way_in
from desktop import __version__

Opened = list[tuple[Path | None, bool]]
Commands = list[list[str]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Windows that would have been opened, with the sheet and whether in practice mode."""
    found: Opened = []

    def open_window(sheet: Path | None, *, practice: bool) -> int:
        found.append((sheet, practice))
        return 7

    monkeypatch.setattr("desktop.app.main", open_window)
    return found


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Command lines that would have been carried out."""
    found: Commands = []

    def run_command(argv: list[str]) -> int:
        found.append(argv)
        return 5

    monkeypatch.setattr("desktop.cli.main", run_command)
    return found


@pytest.mark.parametrize(
    ("argv", "sheet", "practice"),
    [([], None, False), (["--practice"], None, True), (["a.xlsx"], "a.xlsx", False), (["a.xlsx", "--practice"], "a.xlsx", True)],
)
def test_a_sheet_or_nothing_opens_the_window(opened: Opened, argv: list[str], sheet: str | None, practice: bool) -> None:
    assert way_in._carry_out(argv) == 7
    assert opened == [(Path(sheet) if sheet else None, practice)]


@pytest.mark.parametrize("argv", [["run", "a.xlsx"], ["--help"], ["a.xlsx", "--help"], ["-h"], ["undo"]])
def test_a_command_and_every_wish_for_help_go_to_the_command_line(opened: Opened, commands: Commands, argv: list[str]) -> None:
    assert way_in._carry_out(argv) == 5
    assert (commands, opened) == ([argv], [])


@pytest.mark.parametrize(("argv", "named"), [(["--practise"], "--practise"), (["a.xlsx", "b.xlsx"], "b.xlsx")])
def test_what_is_not_understood_opens_nothing(
    opened: Opened, capsys: pytest.CaptureFixture[str], argv: list[str], named: str
) -> None:
    assert way_in._carry_out(argv) == 2
    assert opened == [] and f"“{named}” is not understood" in capsys.readouterr().err


def test_the_version_is_told_without_opening_anything(opened: Opened, capsys: pytest.CaptureFixture[str]) -> None:
    assert way_in._carry_out(["--version"]) == 0
    assert (capsys.readouterr().out, opened) == (f"delink {__version__}\n", [])
