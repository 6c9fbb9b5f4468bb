"""The first page tells of a newer version, and only then; the button leads to the page that the notice names."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from desktop.compose import build_services
from desktop.domain.updates import UpdateNotice
from desktop.qt.flows.update_news import UpdateNews
from desktop.storage.secrets import MemorySecrets
from tests.end_to_end.desk import Desk

NOTICE = UpdateNotice("9.0.0", "https://delink.example/download")


def desk_with(qtbot: QtBot, notice: UpdateNotice | None) -> tuple[Desk, list[int]]:
    looks: list[int] = []

    def look() -> UpdateNotice | None:
        looks.append(1)
        return notice

    desk = Desk(qtbot, services=replace(build_services(MemorySecrets()), look_for_update=look))
    UpdateNews(desk.services, desk.window).begin()
    return desk, looks


def test_a_newer_version_is_told_with_a_way_to_its_page(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).toString()))
    desk, _ = desk_with(qtbot, NOTICE)
    desk.until(lambda: "Delink 9.0.0 is available" in desk.texts())
    desk.click("button_update")
    assert opened == [NOTICE.link]


def test_without_news_the_page_is_as_ever(qtbot: QtBot) -> None:
    desk, looks = desk_with(qtbot, None)
    desk.until(lambda: looks)
    desk.open_sample()
    desk.click("button_back")
    card = desk.window.findChild(QFrame, "card_update")
    assert card is not None and not card.isVisibleTo(desk.window)
