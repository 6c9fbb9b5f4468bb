"""Every test of the screen has the one application, in light unless it asks for something else."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.qt.application import make_application
from desktop.qt.theme import Scheme, theme


@pytest.fixture(autouse=True)
def app(qapp: QApplication) -> Iterator[QApplication]:
    made = make_application()
    # A window of an earlier test that waits for its end would be styled anew at every change of the scheme.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.apply(made, Scheme.LIGHT)
    yield made
    theme.apply(made, Scheme.LIGHT)
