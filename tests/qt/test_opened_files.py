"""A file that the system hands over opens; other events pass."""

from pathlib import Path

from PySide6.QtCore import QEvent, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from desktop.qt.opened_files import OpenedFiles


def test_a_file_from_the_system_is_told_and_nothing_else_is(app: QApplication, tmp_path: Path) -> None:
    files = OpenedFiles(app)
    told: list[Path] = []
    files.opened.connect(told.append)
    sheet = tmp_path / "Grüße 1.xlsx"
    app.sendEvent(app, QFileOpenEvent(str(sheet)))
    app.sendEvent(app, QFileOpenEvent(QUrl("https://delink.example/list.xlsx")))
    app.sendEvent(app, QEvent(QEvent.Type.User))
    assert told == [sheet]
    app.removeEventFilter(files)
