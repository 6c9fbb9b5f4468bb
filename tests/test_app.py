"""The window's edge: what keeps it from opening is one sentence, and a fault is in the log."""

from pathlib import Path

import pytest

from desktop import app
from desktop.compose import Services
from desktop.domain.errors import StorageUnwritable


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one, and the services are nobody's."""
    monkeypatch.setattr("desktop.qt.screen.why_no_screen", lambda: None)
    monkeypatch.setattr(app, "watch_this_program_for_crashes", lambda: None)


def test_without_a_screen_the_way_that_works_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("desktop.qt.screen.why_no_screen", lambda: "there is no screen")
    assert app.main(None, practice=False) == 2
    assert capsys.readouterr().err == "No window can be opened: there is no screen. “delink run” works without one.\n"


def test_the_window_gets_the_sheet_and_its_exit_code_is_the_programs(screen: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Path | None, bool]] = []

    def open_window(services: Services, sheet: Path | None, *, is_practice: bool) -> int:
        asked.append((sheet, is_practice))
        return 3

    monkeypatch.setattr("desktop.qt.application.open_window", open_window)
    assert app.main(Path("a.xlsx"), practice=True) == 3
    assert asked == [(Path("a.xlsx"), True)]


@pytest.mark.parametrize(
    ("error", "words"),
    [(StorageUnwritable("p", "the disk is full"), "the disk is full"), (ZeroDivisionError("canary"), "The log")],
)
def test_what_fails_is_one_sentence(
    screen: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception, words: str
) -> None:
    def build(proxies: object) -> Services:
        raise error

    monkeypatch.setattr(app, "build_services", build)
    assert app.main(None, practice=False) == 1
    told = capsys.readouterr().err
    assert words in told and told.count("\n") == 1 and "canary" not in told
